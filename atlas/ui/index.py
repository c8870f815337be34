"""What is on the map, as a table in memory: which features a place has, in which layers and leagues."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from atlas.layers import Layer
from atlas.models import Precision, Record

# Rules whose features are context and cannot be chosen.
CONTEXT = frozenset({"neighbours"})


class Feature(Record):
    """A feature's properties without its geometry."""

    feature: str
    layer: str
    place: str
    name_zh: str
    name_en: str
    type: str
    adcode: str
    leagues: tuple[str, ...]  # names of those it lies in or crosses
    status: str
    precision: Precision
    source: str
    note: str


@dataclass(frozen=True)
class Index:
    """The features by layer, and the leagues by code."""

    layers: tuple[Layer, ...]
    features: dict[str, tuple[Feature, ...]]  # by layer id
    leagues: dict[str, str]  # code -> name

    @cached_property
    def of(self) -> dict[str, tuple[Feature, ...]]:
        """Every feature of each place that can be chosen, in drawing order."""
        found: dict[str, list[Feature]] = {}
        for layer in self.layers:
            if layer.geometry.rule not in CONTEXT:
                for row in self.features[layer.id]:
                    found.setdefault(row.place, []).append(row)
        return {place: tuple(rows) for place, rows in found.items()}

    @cached_property
    def places(self) -> dict[str, Feature]:
        """The first feature of each place that can be chosen."""
        return {place: rows[0] for place, rows in self.of.items()}

    def narrowed(self, kept: Collection[str]) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
        """Return what a filter does to the map, in few words; what is context only is never hidden.

        Returns:
            The ids of features that it hides; and for each layer of which it hides more than it keeps, the features
            that stay (their ids without the layer's) instead.
        """
        hidden: list[str] = []
        staying: dict[str, tuple[str, ...]] = {}
        for layer in self.layers:
            if layer.geometry.rule in CONTEXT:
                continue
            rows = self.features[layer.id]
            stay = tuple(row.feature for row in rows if row.feature in kept)
            if len(stay) * 2 < len(rows):
                staying[layer.id] = tuple(feature.removeprefix(f"{layer.id}/") for feature in stay)
            else:
                hidden.extend(row.feature for row in rows if row.feature not in kept)
        return tuple(hidden), staying


def make_index(layers: tuple[Layer, ...], rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> Index:
    """Return the index of these layers' features.

    Args:
        layers: in drawing order.
        rows: their features by layer id, with the columns of docs/architecture.md.
    """
    features = {
        layer.id: tuple(
            Feature(
                feature=row["feature"],
                layer=layer.id,
                place=row["place"],
                name_zh=row["name_zh"] or "",
                name_en=row["name_en"] or "",
                type=row["type"] or "",
                adcode=row["adcode"] or "",
                leagues=tuple(name for name in (row["league"] or "").split("|") if name),
                status=row["status"] or "",
                precision=Precision(row["precision"]),
                source=row["source"] or "",
                note=row["note"] or "",
            )
            for row in rows[layer.id]
        )
        for layer in layers
    }
    units = features.get("leagues", ())
    return Index(layers=layers, features=features, leagues={row.adcode: row.name_zh for row in units})
