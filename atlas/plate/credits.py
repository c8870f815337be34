"""The sources block: whose data, datum and projection, data version, and what an edition leaves out."""

from __future__ import annotations

from atlas.plate import words
from atlas.plate.blocks import COLON, NOTE, Laid, Setting, paragraph, stack
from atlas.plate.definition import Language
from atlas.plate.words import say


def source_lines(setting: Setting) -> list[str]:
    """Return the lines of the sources block: attributions, datum and projection, data version, what is left out."""
    language = setting.language
    attributions = [shown.layer.attribution for shown in setting.content.layers]
    if setting.plate.ground.relief:
        attributions.append(words.RELIEF)
    # Layers share sources: each is named once.
    sources: dict[Language, str] = {
        "zh": "；".join(dict.fromkeys(part for text in attributions for part in text.zh.split("；"))),
        "en": "; ".join(dict.fromkeys(part for text in attributions for part in text.en.split("; "))),
    }
    # A bilingual sheet names its sources once, in Chinese, which is authoritative: there is no room for both.
    lines = [sources["en" if language == "en" else "zh"]]
    meta = setting.meta
    built = " · ".join(filter(None, (meta.get("version"), meta.get("built_from", "")[:12], meta.get("date"))))
    colon = COLON[language]
    lines.append(f"{say(words.PROJECTION, language)}{colon}{_projection(setting)}")
    lines.append(f"{say(words.DATA, language)}{colon}{say(words.ATLAS, language)} {built}")
    if setting.content.left_out:
        titles = (say(layer.title, language) for layer in setting.content.left_out)
        joined = ", ".join(titles) if language == "en" else "、".join(titles)
        lines.append(f"{say(words.LEFT_OUT, language)}{colon}{joined}")
    return lines


def _projection(setting: Setting) -> str:
    """Name datum and projection with their parameters."""
    plate = setting.plate
    south, north = plate.projection.parallels
    meridian = plate.projection.central_meridian
    meridian = plate.view.centre[0] if meridian is None else meridian
    if setting.language == "both":
        return (
            f"CGCS2000（EPSG:4490）；阿尔伯斯等积割圆锥 Albers equal-area conic，{meridian:g}°；{south:g}°、{north:g}°"
        )
    if setting.language == "en":
        return (
            f"CGCS2000 (EPSG:4490); Albers equal-area conic, central meridian {meridian:g}°, "
            f"standard parallels {south:g}° and {north:g}°"
        )
    return f"CGCS2000（EPSG:4490）；阿尔伯斯等积割圆锥投影，中央经线{meridian:g}°，标准纬线{south:g}°、{north:g}°"


def sources(setting: Setting, width: float) -> Laid:
    """Lay the lines of the sources out."""
    lines = source_lines(setting)
    return stack(
        [(1.2 if row else 0.0, paragraph(line, width, NOTE, "ground.muted")) for row, line in enumerate(lines)]
    )
