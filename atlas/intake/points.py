"""Tables of points: delimiter, encoding, columns of longitude and latitude in Chinese or English, degrees or DMS."""

from __future__ import annotations

import csv
import io
import re

import shapely

from atlas.intake.limits import Limits, RefusedError

LON = ("lon", "lng", "long", "longitude", "经度", "东经", "lon_deg", "x", "东坐标", "easting", "横坐标", "point_x")
LAT = ("lat", "latitude", "纬度", "北纬", "lat_deg", "y", "北坐标", "northing", "纵坐标", "point_y")
_UNIT = re.compile(r"[\s\(（\[【].*$")
_NUMBER = r"(\d+(?:\.\d+)?)"
_DMS = re.compile(
    rf"^\s*([NSEWnsew]|东经|西经|北纬|南纬)?\s*([-+−])?{_NUMBER}\s*(?:[°º度:d]|\s)\s*"
    rf"(?:{_NUMBER}\s*(?:['′’分:m]|\s|$)\s*)?(?:{_NUMBER}\s*(?:[\"″”秒s]|''|′′)?)?\s*([NSEWnsew])?\s*$"
)
_DECIMAL = re.compile(
    r"^\s*([NSEWnsew]|东经|西经|北纬|南纬)?\s*([-+−])?(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*[°º度]?\s*([NSEWnsew])?\s*$"
)
_NEGATIVE = {"W", "S", "西经", "南纬", "-", "−"}


def read_points(
    content: bytes, name: str, limits: Limits
) -> tuple[list[str], list[dict[str, str]], list[shapely.Point | None]]:
    """Return the columns, rows and points of a CSV; a row whose coordinates cannot be read has no point.

    Raises:
        RefusedError: no text, no columns of coordinates, or too many rows.
    """
    text = decode(content, name)
    head = text[:4096].partition("\n")[0]
    delimiter = max(",;\t，", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        columns = [column.strip() for column in next(reader, [])]
        where = find_columns(columns)
        if where is None:
            raise RefusedError("columns")
        rows: list[dict[str, str]] = []
        points: list[shapely.Point | None] = []
        for cells in reader:
            if len(rows) >= limits.features:
                raise RefusedError("features", most=limits.features)
            if any(cell.strip() for cell in cells):
                padded = cells + [""] * (len(columns) - len(cells))
                rows.append(dict(zip(columns, padded, strict=False)))
                points.append(_point(padded[where[0]], padded[where[1]]))
    except csv.Error as error:
        raise RefusedError("content", name=name, form="CSV") from error
    if not any(points):
        raise RefusedError("no-features")
    return columns, rows, points


def decode(content: bytes, name: str) -> str:
    """Return text in UTF-8 (with or without byte-order mark), UTF-16 with one, or GB 18030.

    Raises:
        RefusedError: it is none of these, or binary.
    """
    encodings = ("utf-16",) if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise RefusedError("encoding", name=name)


def find_columns(columns: list[str]) -> tuple[int, int] | None:
    """Return the positions of longitude and latitude among column names, or None."""
    plain = [_UNIT.sub("", column.strip().lower().removeprefix("\ufeff")) for column in columns]
    found = [next((plain.index(name) for name in names if name in plain), None) for names in (LON, LAT)]
    return (found[0], found[1]) if found[0] is not None and found[1] is not None else None


def degrees(text: str) -> float | None:
    """Return a coordinate written as decimal number or degrees, minutes and seconds; None if it is neither."""
    if match := _DECIMAL.match(text):
        value = float(match[3])
        signs = {(match[1] or "").upper(), match[2] or "", (match[4] or "").upper()}
    elif match := _DMS.match(text):
        value = float(match[3]) + float(match[4] or 0) / 60 + float(match[5] or 0) / 3600
        if float(match[4] or 0) >= 60 or float(match[5] or 0) >= 60:
            return None
        signs = {(match[1] or "").upper(), match[2] or "", (match[6] or "").upper()}
    else:
        return None
    return -value if signs & _NEGATIVE else value


def _point(lon: str, lat: str) -> shapely.Point | None:
    x, y = degrees(lon), degrees(lat)
    return None if x is None or y is None else shapely.Point(x, y)
