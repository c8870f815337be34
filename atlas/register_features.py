"""Features of the register of projects: routes as lines, sites as points, and what the register says of other features.

The register says which undertakings there are, what they are called and what is done with them; their shapes come
from `atlas.project_shapes`. A layer of places (airports, zones) keeps the gazetteer's points and takes the words from
the register.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import geopandas as gpd

from atlas.gazetteer import Gazetteer
from atlas.geometry import boundaries
from atlas.layers import Layer
from atlas.makers import Sources, of_place
from atlas.project_shapes import Shape
from atlas.projects.project import Project

_KIND = {"Point": "point", "LineString": "line", "MultiLineString": "line"}
_NUMBER = re.compile(r"^[GSX]\d+")
_STATUS_ZH = {
    "complete": "建成",
    "build": "建设",
    "advance": "推进",
    "prepare": "前期",
    "study": "研究",
    "operate": "运营",
}


def make_register(layer: Layer, sources: Sources) -> gpd.GeoDataFrame:
    """Return the undertakings of the layer's categories whose shapes are of its kind, each once."""
    found: dict[str, dict[str, Any]] = {}
    for project, shape in of_layer(layer, sources):
        row = _row(layer, project, shape, sources)
        drawn = next((one for one in found.values() if one["geometry"] is shape.geometry), None)
        if drawn is not None:  # sections that are drawn as one line from end to end
            drawn["projects"].append(project)
            drawn["name_zh"], drawn["name_en"] = _whole_name(drawn["projects"], sources.gazetteer)
        else:
            found.setdefault(row["place"], row)
    rows = [{key: value for key, value in row.items() if key != "projects"} for row in found.values()]
    return gpd.GeoDataFrame(rows, crs=boundaries.CRS)


def of_layer(layer: Layer, sources: Sources) -> Iterator[tuple[Project, Shape]]:
    """Yield the undertakings that a layer draws, with their shapes."""
    wanted = {provision for status in layer.geometry.named for provision in status.provisions}
    for project in sources.projects:
        if project.category not in layer.geometry.categories or (wanted and not wanted & set(_listed(project))):
            continue
        shape = sources.shapes.get(project.id)
        if (
            shape is not None
            and shape.geometry is not None
            and _KIND.get(shape.geometry.geom_type) == layer.geometry.kind
        ):
            yield project, shape


def said_of(place: str, layer: Layer, sources: Sources) -> tuple[str, str]:
    """Return the status and the note that the register has for a place of the gazetteer; empty where it has none.

    The undertaking is the one that the place is the site of; an airport that no name leads to is its unit's.
    """
    found = [one for one in sources.projects if _is_at(one, place, sources)]
    if not found:
        return "", ""
    said = "；".join(f"{one.name}（{one.verb or _STATUS_ZH[one.status]}，{one.listing.provision}）" for one in found)
    return status_of_project(found[0], layer), f"项目名录：{said}"


def status_of_project(project: Project, layer: Layer) -> str:
    """Return the status that a layer shows: by the list that names the undertaking, else what is done with it."""
    listed = _listed(project)
    for status in layer.geometry.named:
        if any(provision in listed for provision in status.provisions):
            return status.status
    return project.status


def name_en(project: Project, gazetteer: Gazetteer) -> str:
    """Return the number and the stops of a route in English, empty where a stop has no English name."""
    return _stops_en(_NUMBER.match(project.name), project.places, gazetteer)


def _listed(project: Project) -> tuple[str, ...]:
    return (project.listing.provision, *(one.provision for one in project.also))


def _is_at(project: Project, place: str, sources: Sources) -> bool:
    if project.site is not None:
        return project.site == place
    known = sources.gazetteer.places.get(place)
    return (
        known is not None
        and known.type == project.category == "airport"
        and known.adcode in project.places
        and any(known.name.startswith(name) for name in project.place_names)
    )


def _row(layer: Layer, project: Project, shape: Shape, sources: Sources) -> dict[str, Any]:
    line = layer.geometry.kind == "line"
    site = project.site or (project.places[0] if len(project.places) == 1 else None)
    place = None if line else sources.gazetteer.places.get(site or "")
    facts = of_place(place) if place else {"place": project.id, "type": project.category, "adcode": ""}
    if place is None:
        facts |= {"name_zh": project.name, "name_en": name_en(project, sources.gazetteer) if line else ""}
    origin = "节点与途经点坐标来源见地名表" if line else (place.source if place else "坐标来源见地名表")
    return facts | {
        "status": status_of_project(project, layer),
        "precision": shape.precision,
        "source": f"{project.listing.provision}；{origin}",
        "note": shape.note if line else f"{project.name}：{shape.note}",
        "geometry": shape.geometry,
        "projects": [project],
    }


def _whole_name(sections: list[Project], gazetteer: Gazetteer) -> tuple[str, str]:
    """Return the names of sections drawn as one: the number, every stop once, the kind."""
    first = sections[0]
    number = _NUMBER.match(first.name)
    kind = first.name.split(first.place_names[-1])[-1]
    names = [*first.place_names, *(one.place_names[-1] for one in sections[1:])]
    stops = [*first.places, *(one.places[-1] for one in sections[1:])]
    return f"{number.group() if number else ''}{'至'.join(names)}{kind}", _stops_en(
        number, (stops[0], stops[-1]), gazetteer
    )


def _stops_en(number: re.Match[str] | None, stops: tuple[str | None, ...], gazetteer: Gazetteer) -> str:
    known = [gazetteer.places.get(stop or "") for stop in stops]
    names = [place.name_en for place in known if place is not None and place.name_en]
    if not names or len(names) < len(stops):
        return ""
    return f"{number.group()} {'–'.join(names)}" if number else "–".join(names)
