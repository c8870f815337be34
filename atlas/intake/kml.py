"""KML read with nothing but an XML parser: no document types, no entities, no links to a network, no driver of GDAL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET
from xml.parsers import expat

import shapely

from atlas.intake.limits import Limits, RefusedError

_DEEPEST = 80


def read_kml(content: bytes, name: str, limits: Limits) -> tuple[list[dict[str, Any]], list[Any]]:
    """Return the properties and shapes (longitude, latitude; WGS 84) of all placemarks.

    Raises:
        RefusedError: a document type, a network link, too many placemarks, or no KML.
    """
    _look(content, name)
    root = ET.fromstring(content)
    if _tag(root) != "kml" and not any(_tag(one) == "Placemark" for one in root.iter()):
        raise RefusedError("content", name=name, form="KML")
    rows: list[dict[str, Any]] = []
    shapes: list[Any] = []
    for mark in root.iter():
        if _tag(mark) == "NetworkLink":
            raise RefusedError("network-link")
        if _tag(mark) != "Placemark":
            continue
        if len(rows) >= limits.features:
            raise RefusedError("features", most=limits.features)
        parts = list(_parts(mark))
        rows.append(_properties(mark))
        shapes.append(None if not parts else parts[0] if len(parts) == 1 else _gathered(parts))
    return rows, shapes


def _look(content: bytes, name: str) -> None:
    """Parse once without building anything, to refuse what must not be built."""
    parser = expat.ParserCreate()
    depth = 0

    def start(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise RefusedError("nested")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_: object) -> None:
        raise RefusedError("xml")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise RefusedError("content", name=name, form="KML") from error


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _parts(element: ET.Element) -> Iterator[Any]:
    for child in element:
        kind = _tag(child)
        if kind == "Point" and (points := _coordinates(child)):
            yield shapely.Point(points[0])
        elif kind in {"LineString", "LinearRing"} and len(points := _coordinates(child)) > 1:
            yield shapely.LineString(points)
        elif kind == "Polygon":
            rings = {"outerBoundaryIs": [], "innerBoundaryIs": []}  # type: dict[str, list[list[tuple[float, float]]]]
            for boundary in child:
                if _tag(boundary) in rings:
                    rings[_tag(boundary)] += [ring for one in boundary if len(ring := _coordinates(one)) > 3]
            if rings["outerBoundaryIs"]:
                yield shapely.Polygon(rings["outerBoundaryIs"][0], rings["innerBoundaryIs"])
        elif kind == "MultiGeometry":
            yield from _parts(child)


def _coordinates(element: ET.Element) -> list[tuple[float, float]]:
    found = next((one.text or "" for one in element.iter() if _tag(one) == "coordinates"), "")
    points = []
    for tuple_text in found.split():
        numbers = tuple_text.split(",")
        try:
            points.append((float(numbers[0]), float(numbers[1])))
        except (ValueError, IndexError) as error:
            raise RefusedError("coordinates", detail=tuple_text) from error
    return points


def _gathered(parts: list[Any]) -> Any:
    kinds = {part.geom_type for part in parts}
    if kinds == {"Point"}:
        return shapely.MultiPoint(parts)
    if kinds == {"LineString"}:
        return shapely.MultiLineString(parts)
    return shapely.MultiPolygon(parts) if kinds == {"Polygon"} else shapely.GeometryCollection(parts)


def _properties(mark: ET.Element) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for child in mark:
        if _tag(child) in {"name", "description"}:
            found[_tag(child)] = (child.text or "").strip()
    for data in mark.iter():
        if _tag(data) == "Data" and (key := data.get("name")):
            found[key] = next((one.text or "" for one in data if _tag(one) == "value"), "")
        elif _tag(data) == "SimpleData" and (key := data.get("name")):
            found[key] = data.text or ""
    return found
