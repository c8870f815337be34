"""What goes into an export: the layers and features that a selection leaves, in an edition, and what was left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import geopandas as gpd
import numpy as np
import shapely

from atlas.errors import InputError, UnknownNameError
from atlas.exchange.projects import kept_projects
from atlas.exchange.public import coarse
from atlas.layers import THEMES, Layer
from atlas.models import Precision
from atlas.selection import Selection
from atlas.store import REGION, Atlas

Edition = Literal["working", "public"]
UNIT_TYPES = {"region", "league", "county"}
_LEAST_SHARE = 1e-6  # of a shape's length or area: less is a shared edge, not ground


@dataclass(frozen=True)
class Chosen:
    """Layers with their features (EPSG:4490), in drawing order; what was left out, with the reason."""

    layers: tuple[Layer, ...]
    features: dict[str, gpd.GeoDataFrame]
    left_out: tuple[str, ...]

    def stacked(self) -> gpd.GeoDataFrame:
        """Return all features as one frame with the column `layer` first."""
        frames = [self.features[layer.id].assign(layer=layer.id) for layer in self.layers]
        rows = [row for frame in frames for row in frame.to_dict("records")]
        columns = ["layer", *(name for name in frames[0].columns if name != "layer")]
        return gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs=frames[0].crs)


def choose(
    atlas: Atlas,
    selection: Selection | None = None,
    edition: Edition = "working",
    only: Mapping[str, Collection[str]] | None = None,
) -> Chosen:
    """Collect the features that a selection leaves.

    Args:
        atlas: the built atlas.
        selection: layers (all by default), themes, regions, classes, parts, precisions; categories, statuses, years
            and documents narrow the layers of the plan's undertakings. What lies in or crosses a chosen unit is kept
            whole.
        edition: `public` leaves out what public maps may not show and rounds what is digitised or schematic.
        only: feature ids by layer, where the caller has filtered already; other layers stay as they are.

    Raises:
        UnknownNameError: there is no such layer, theme, place, class, group, precision or edition.
        InputError: a region is no unit of Inner Mongolia, or nothing is left.
    """
    selection = selection or Selection()
    check_edition(edition)
    known = {layer.id: layer for layer in atlas.layers()}
    _check_names(selection, known)
    units = units_of(atlas, selection)
    area = None if units is None else _area(atlas, units)
    projects = kept_projects(atlas, selection)
    kept: list[Layer] = []
    features: dict[str, gpd.GeoDataFrame] = {}
    left_out: list[str] = []
    for layer in known.values():
        if not _is_wanted(layer, selection):
            continue
        if reason := _refusal(layer, edition):
            left_out.append(f"{layer.title.zh}（{layer.id}）：{reason}")
            continue
        frame = _narrowed(atlas.features(layer.id), selection, projects)
        if only is not None and layer.id in only:
            frame = frame[frame["feature"].isin(list(only[layer.id]))]
        if area is not None and units is not None:
            frame = frame[_inside(frame, area, units)]
        if frame.empty:
            continue
        kept.append(layer)
        features[layer.id] = frame.reset_index(drop=True)
    if edition == "public":
        features, said = coarse(features)
        left_out += said
    if not features:
        reason = f" ({'; '.join(left_out)})" if left_out else ""
        raise InputError(f"nothing is left to export{reason}: widen the layers, regions, classes or precisions")
    return Chosen(tuple(kept), features, tuple(left_out))


def _check_names(selection: Selection, layers: Collection[str]) -> None:
    for name in selection.layers:
        if name not in layers:
            raise UnknownNameError("layer", name, layers, "see: atlas layers")
    for theme in selection.themes:
        if theme not in THEMES:
            raise UnknownNameError("theme", theme, THEMES)


def _is_wanted(layer: Layer, selection: Selection) -> bool:
    named = not selection.layers or layer.id in selection.layers
    return named and (not selection.themes or layer.theme in selection.themes)


def _refusal(layer: Layer, edition: Edition) -> str | None:
    """Return why a layer is left out whole."""
    if edition not in layer.editions:
        return "公开地图不得表示 / not for public maps"
    return f"{layer.pending.zh} / {layer.pending.en}" if layer.pending else None


def check_edition(edition: str) -> None:
    """Refuse an unknown edition.

    Raises:
        UnknownNameError: it is neither `working` nor `public`.
    """
    if edition not in get_args(Edition):
        raise UnknownNameError("edition", edition, get_args(Edition))


def check_precisions(names: Iterable[str]) -> tuple[Precision, ...]:
    """Return precisions by their names.

    Raises:
        UnknownNameError: there is no such precision.
    """
    known = {str(one): one for one in Precision}
    for name in names:
        if name not in known:
            raise UnknownNameError("precision", name, known)
    return tuple(known[name] for name in names)


def region_codes(atlas: Atlas, names: Sequence[str]) -> tuple[str, ...]:
    """Return the codes of units by name or code; a group of units (呼包鄂) stands for its members.

    Raises:
        UnknownNameError: nothing has this name.
        InputError: it is no unit of Inner Mongolia.
    """
    groups = {form: group for group in atlas.gazetteer.groups.values() for form in (group.id, group.name)}
    codes: list[str] = []
    for name in names:
        members = groups[name].members if name in groups else (atlas.place(name).id,)
        for key in members:
            place = atlas.place(key)
            if place.type not in UNIT_TYPES or not place.id.startswith(REGION[:2]):
                raise InputError(
                    f"region {name!r} is no unit of Inner Mongolia: give leagues or banners by name or code, "
                    "for example 阿拉善盟 or 152923"
                )
            codes.append(place.id)
    return tuple(dict.fromkeys(codes))


def units_of(atlas: Atlas, selection: Selection) -> frozenset[str] | None:
    """Return the codes of the banners that regions, classes and parts leave together; None where none is chosen.

    Raises:
        UnknownNameError: there is no such place, class or group.
        InputError: a region is no unit of Inner Mongolia, or no banner is in all of them.
    """
    chosen: frozenset[str] | None = None
    wanted = [
        list(region_codes(atlas, selection.regions)),
        [member for name in selection.classes for member in _class_members(atlas, name)],
        list(region_codes(atlas, selection.parts)),
    ]
    given = (selection.regions, selection.classes, selection.parts)
    for names, codes in zip(given, wanted, strict=True):
        if names:
            banners = counties(atlas, codes)
            chosen = banners if chosen is None else chosen & banners
    if chosen is not None and not chosen:
        named = ", ".join(name for names in given for name in names)
        raise InputError(f"no banner belongs to {named} at once: leave one of them out")
    return chosen


def counties(atlas: Atlas, codes: Iterable[str]) -> frozenset[str]:
    """Return the banners among units and in them."""
    wanted = set(codes)
    return frozenset(
        place.id
        for place in atlas.gazetteer.places.values()
        if place.type == "county"
        and place.id.startswith(REGION[:2])
        and (place.id in wanted or place.parent in wanted or REGION in wanted)
    )


def _class_members(atlas: Atlas, name: str) -> tuple[str, ...]:
    known = atlas.gazetteer.classes
    key = next((one.id for one in known.values() if name in {one.id, one.id.removeprefix("class/"), one.name}), None)
    if key is None:
        raise UnknownNameError("class", name, [one.removeprefix("class/") for one in known])
    return known[key].members


def _narrowed(frame: gpd.GeoDataFrame, selection: Selection, projects: Mapping[str, bool] | None) -> gpd.GeoDataFrame:
    """Return the features of these precisions; undertakings of the register only where it keeps them."""
    if selection.precisions:
        frame = frame[frame["precision"].isin([str(one) for one in selection.precisions])]
    if projects is not None:
        frame = frame[[projects.get(place, True) for place in frame["place"]]]
    return frame


def _area(atlas: Atlas, units: frozenset[str]) -> shapely.Geometry:
    banners = atlas.features("banners")
    return shapely.union_all(banners.geometry[banners["place"].isin(units)].to_numpy())


def _inside(frame: gpd.GeoDataFrame, area: shapely.Geometry, units: frozenset[str]) -> np.ndarray:
    """Say which features lie in or cross the chosen banners; what only touches their edge does not."""
    shapely.prepare(area)
    shapes = frame.geometry.to_numpy()
    near = shapely.intersects(area, shapes)
    share = np.zeros(len(frame))
    share[near] = _shared(shapes[near], area)
    leagues = {code[:4] + "00" for code in units} | {REGION}
    by_code = [
        (code in units) if kind == "county" else (code in leagues) if kind in UNIT_TYPES else None
        for code, kind in zip(frame["place"], frame["type"], strict=True)
    ]
    # A unit is in by its code alone: tables of different levels do not share every vertex.
    return np.array(
        [
            bool(code) if code is not None else bool(part > _LEAST_SHARE) or adcode in units
            for code, part, adcode in zip(by_code, share, frame["adcode"], strict=True)
        ],
        dtype=bool,
    )


def _shared(shapes: np.ndarray, area: shapely.Geometry) -> np.ndarray:
    """Return the share (0–1) of each shape's area or length inside; 1 for a point inside."""
    cut = shapely.intersection(shapes, area)
    flat = shapely.area(shapes) > 0
    size = np.where(flat, shapely.area(cut), shapely.length(cut))
    whole = np.where(flat, shapely.area(shapes), shapely.length(shapes))
    inside = (~shapely.is_empty(cut)).astype(float)
    return np.asarray(np.where(whole > 0, size / np.where(whole > 0, whole, 1), inside))
