"""What goes into an export: the layers and features that a selection leaves, in an edition, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import geopandas as gpd
import pandas as pd

from atlas.errors import InputError, UnknownNameError
from atlas.exchange.public import coarse
from atlas.filters import is_ground, keep
from atlas.layers import Layer
from atlas.notes import note_in
from atlas.selection import Selection
from atlas.store import Atlas

Edition = Literal["working", "public"]


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


def choose(atlas: Atlas, selection: Selection | None = None, edition: Edition = "working") -> Chosen:
    """Collect the features that a selection leaves: those that the map shows under the same filter.

    Args:
        atlas: the built atlas.
        selection: layers (all by default, or those of the themes) and the filter (`atlas.filters`). Units carry the
            map: where they are named as layers, themes and precisions do not take them away.
        edition: `public` leaves out what public maps may not show and rounds what is digitised or schematic.

    Raises:
        UnknownNameError: there is no such layer, theme, place, class, group, document, category, status or edition.
        InputError: a region is no unit of Inner Mongolia, or nothing is left.
    """
    selection = selection or Selection()
    check_edition(edition)
    kept = keep(atlas, selection)
    features: dict[str, gpd.GeoDataFrame] = {}
    layers: list[Layer] = []
    left_out: list[str] = []
    for layer in atlas.layers():
        if not _is_wanted(layer, selection):
            continue
        if reason := _refusal(layer, edition):
            left_out.append(f"{layer.title.zh}（{layer.id}）：{reason}")
            continue
        frame = atlas.features(layer.id)
        if kept is not None:
            frame = frame[frame["feature"].isin(kept["features"])]
        if frame.empty:
            continue
        layers.append(layer)
        features[layer.id] = frame.reset_index(drop=True)
        add_languages(features[layer.id], "note")
    if edition == "public":
        features, said = coarse(features)
        left_out += said
    if not features:
        withheld = [layer for layer in atlas.layers() if _is_wanted(layer, selection) and _refusal(layer, edition)]
        why = "".join(f" ({layer.id}: {'pending' if layer.pending else 'not for public maps'})" for layer in withheld)
        raise InputError(
            f"nothing is left to export{why}: widen the layers or the filter",
            "没有可输出的要素" + (f"（{'；'.join(left_out)}）" if left_out else "") + "：请放宽图层或筛选",
        )
    return Chosen(tuple(layers), features, tuple(left_out))


def _is_wanted(layer: Layer, selection: Selection) -> bool:
    if selection.layers:
        return layer.id in selection.layers
    if is_ground(layer) and selection.precisions:
        return layer.theme in selection.themes
    return not selection.themes or layer.theme in selection.themes


def _refusal(layer: Layer, edition: Edition) -> str | None:
    """Return why a layer is left out whole."""
    if edition not in layer.editions:
        return "公开地图不得表示 / not for public maps"
    return f"{layer.pending.zh} / {layer.pending.en}" if layer.pending else None


def add_languages(frame: pd.DataFrame, column: str) -> None:
    """Put the notes of a table into Chinese, and into English in a column `{column}_en` right behind it."""
    notes = [text if isinstance(text, str) else "" for text in frame[column]]
    frame[column] = [note_in(note, "zh") for note in notes]
    frame.insert(list(frame.columns).index(column) + 1, f"{column}_en", [note_in(note, "en") for note in notes])


def check_edition(edition: str) -> None:
    """Refuse an unknown edition.

    Raises:
        UnknownNameError: it is neither `working` nor `public`.
    """
    if edition not in get_args(Edition):
        raise UnknownNameError("edition", edition, get_args(Edition))
