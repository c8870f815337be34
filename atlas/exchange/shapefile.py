"""Zipped Shapefiles: short ASCII field names with a sheet that explains them, long texts beside, joined by FEATURE."""

from __future__ import annotations

import tempfile
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyogrio

from atlas.errors import InputError, UnknownNameError
from atlas.exchange.about import as_text
from atlas.exchange.choice import Chosen
from atlas.exchange.fields import FIELDS
from atlas.exchange.projection import to_crs
from atlas.exchange.sheets import csv_bytes
from atlas.files import write_zip

# At most ten ASCII characters each, and unique: what the format allows.
SHORT = {
    "feature": "FEATURE",
    "place": "PLACE",
    "name_zh": "NAME_ZH",
    "name_en": "NAME_EN",
    "type": "TYPE",
    "adcode": "ADCODE",
    "league": "LEAGUE",
    "status": "STATUS",
    "precision": "PRECISION",
}
LONG = ("source", "note", "note_en")  # longer than a field of the format can be
WIDEST = 254  # bytes of a text field
ENCODINGS = ("UTF-8", "GBK")
_FIXED_DATE = "2021-02-07"  # of last change, in the header: the day the plan was issued


def write_shapefiles(
    chosen: Chosen | None,
    tables: Mapping[str, pd.DataFrame],
    crs: str,
    lines: Mapping[str, str],
    part: Path,
    encoding: str = "UTF-8",
) -> None:
    """Write one Shapefile a layer, and each table as CSV, into a ZIP archive.

    Raises:
        UnknownNameError: the encoding is neither UTF-8 nor GBK.
        InputError: a text holds characters that GBK lacks, also without their accents.
    """
    if encoding not in ENCODINGS:
        raise UnknownNameError("encoding", encoding, ENCODINGS)
    members: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory(prefix="beijiang-atlas-") as name:
        folder = Path(name)
        for layer in chosen.layers if chosen else ():
            frame = to_crs(chosen.features[layer.id], crs) if chosen else None
            if frame is None:
                continue
            short = frame[[*SHORT, "geometry"]].rename(columns=SHORT)
            for column in SHORT.values():
                short[column] = [fitting(value, encoding) for value in short[column]]
            pyogrio.write_dataframe(
                short,
                folder / f"{layer.id}.shp",
                driver="ESRI Shapefile",
                encoding=encoding,
                promote_to_multi=layer.geometry.kind != "point",
                layer_options={"DBF_DATE_LAST_UPDATE": _FIXED_DATE},
            )
            # GDAL writes GBK as the number of its code page, which ArcGIS reads but others do not.
            (folder / f"{layer.id}.cpg").write_text(encoding, encoding="ascii")
            members[f"{layer.id}_texts.csv"] = csv_bytes(frame[["feature", "name_zh", *LONG]])
        members |= {path.name: path.read_bytes() for path in folder.iterdir()}
    members |= {f"{name}.csv": csv_bytes(table) for name, table in tables.items()}
    members["fields.csv"] = csv_bytes(_field_sheet())
    note = as_text({**lines, "encoding": f"{encoding} (.dbf)；CSV 均为 UTF-8 / CSV always UTF-8"})
    members["README.txt"] = ("\ufeff" + note).replace("\n", "\r\n").encode("utf-8")
    write_zip(part, dict(sorted(members.items())))


def fitting(value: Any, encoding: str) -> str | None:
    """Return a text that a field can hold: in the encoding, at most `WIDEST` bytes, cut between characters.

    Raises:
        InputError: the encoding lacks a character, also without its accent.
    """
    if value is None or pd.isna(value):
        return None
    text = "".join(_encodable(character, encoding) for character in str(value))
    if len(text.encode(encoding)) <= WIDEST:
        return text
    return text.encode(encoding)[: WIDEST - 3].decode(encoding, "ignore") + "…"


def _encodable(character: str, encoding: str) -> str:
    for form in (character, "".join(one for one in unicodedata.normalize("NFKD", character) if ord(one) < 128)):
        try:
            form.encode(encoding)
        except UnicodeEncodeError:
            continue
        if form:
            return form
    raise InputError(f"{encoding} has no character {character!r}: export with --encoding UTF-8")


def _field_sheet() -> pd.DataFrame:
    rows = [
        {"field": short, "name": name, "meaning_zh": FIELDS[name][0], "meaning_en": FIELDS[name][1], "where": ".dbf"}
        for name, short in SHORT.items()
    ]
    rows += [
        {
            "field": name,
            "name": name,
            "meaning_zh": FIELDS[name][0],
            "meaning_en": FIELDS[name][1],
            "where": "*_texts.csv, joined by FEATURE = feature",
        }
        for name in LONG
    ]
    return pd.DataFrame(rows)
