"""Makes `docs/layers.md` from the layer definitions and, with `--pictures`, its pictures from the built atlas.

The page is a pure function of the definitions: `tests/test_layers_page.py` compares it with the file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

import atlas
from atlas.geometry import boundaries
from atlas.layers import THEMES, Layer, catalogue, palette
from atlas.makers import NAMED_IN

HERE = Path(__file__).resolve().parent
PICTURES = HERE / "pictures" / "layers"
FRAME = (96.5, 37.0, 127.0, 53.8)  # west, south, east, north, degrees
OPENING = """# Layers

Made by `docs/layers.py` from the definitions in `layers/`: do not edit. Layers are drawn in this order; symbols come
from their definition, colours from `layers/palette.toml`. A layer that cannot be drawn truthfully yet stays here with
the reason. How many features a layer has, and how exact each is, says `atlas features LAYER`.
"""

# What a rule's features can be (docs/data.md explains the words).
PRECISIONS = {
    "units": "boundary",
    "class": "boundary",
    "neighbours": "boundary, mapped",
    "rivers": "mapped",
    "lakes": "mapped, digitised, schematic",
    "shapes": "digitised, schematic",
    "areas": "that of the least exact member",
    "points": "site, digitised, seat",
    "named": "site, digitised, seat",
    "register": "schematic lines, or as of the place of each",
    "lines": "schematic",
}


def page(layers: Iterable[Layer]) -> str:
    """Return the text of the catalogue."""
    layers = tuple(layers)
    lines = [OPENING]
    lines += ["| id | title | theme | geometry | precision | legal basis |", "|---|---|---|---|---|---|"]
    for layer in layers:
        basis = ", ".join(f"`{provision}`" for provision in layer.legal_basis)
        exact = "pending" if layer.pending else PRECISIONS[layer.geometry.rule]
        lines.append(
            f"| `{layer.id}` | {layer.title.zh} · {layer.title.en} | {THEMES[layer.theme][1]} "
            f"| {layer.geometry.kind} | {exact} | {basis} |"
        )
    for theme, (zh, en) in THEMES.items():
        lines += ["", f"## {zh} · {en}"]
        for layer in layers:
            if layer.theme == theme:
                lines += _entry(layer)
    return "\n".join(lines) + "\n"


def _entry(layer: Layer) -> list[str]:
    lines = ["", f"### {layer.title.zh} `{layer.id}`", ""]
    if layer.pending:
        lines += [f"Pending: {layer.pending.en}", "", f"{layer.pending.zh}", ""]
    else:
        lines += [f"![{layer.title.en}](pictures/layers/{layer.id}.png)", ""]
    lines += [layer.description.en, "", layer.description.zh, "", f"- attribution: {layer.attribution.en}"]
    lines += [f"- read from: {', '.join(f'`{one}`' for one in sorted(found))}"] if (found := _read_from(layer)) else []
    if layer.editions != ("working", "public"):
        lines.append(f"- editions: {', '.join(layer.editions)} only")
    return lines


def _read_from(layer: Layer) -> set[str]:
    """Return the provisions that the program reads the layer's places from."""
    named = {provision for status in layer.geometry.named for provision in status.provisions}
    members = {member for area in layer.geometry.areas for member in area.members}
    return named | {member.removeprefix(NAMED_IN) for member in members if member.startswith(NAMED_IN)}


def picture(layer: Layer, frame: gpd.GeoDataFrame, path: Path) -> None:
    """Draw a small map of one layer over the leagues."""
    colours = palette()
    west, south, east, north = FRAME
    figure, axes = plt.subplots(figsize=(4.2, 3.4))
    figure.patch.set_facecolor(colours["ground.paper"])
    boundaries.units("region").plot(ax=axes, color=colours["ground.land"], edgecolor="none")
    boundaries.units("league").boundary.plot(ax=axes, color=colours["admin.banner"], linewidth=0.4)
    for row in frame.to_dict("records"):
        symbol = layer.style.symbol(row)
        one = gpd.GeoSeries([row["geometry"]], crs=boundaries.CRS)
        stroke = colours[symbol.stroke] if symbol.stroke else "none"
        fill = colours[symbol.fill] if symbol.fill else "none"
        dashed = "--" if row["precision"] == "schematic" else "-"
        if layer.geometry.kind == "polygon":
            one.plot(ax=axes, color=fill, alpha=symbol.fill_opacity, edgecolor="none")
            one.boundary.plot(ax=axes, color=stroke, linewidth=0.8, linestyle=dashed)
        elif layer.geometry.kind == "line":
            one.plot(ax=axes, color=stroke, linewidth=max(symbol.width * 0.6, 0.6), linestyle=dashed)
        else:
            marker = {"circle": "o", "square": "s", "diamond": "D", "triangle": "^"}[symbol.marker or "circle"]
            hollow = row["precision"] == "seat"
            one.plot(
                ax=axes, marker=marker, markersize=14, color="white" if hollow else fill, edgecolor=fill, linewidth=1
            )
    boundaries.units("region").boundary.plot(ax=axes, color=colours["admin.provincial"], linewidth=0.7)
    axes.set(xlim=(west, east), ylim=(south, north), aspect=1.42)
    axes.set_axis_off()
    figure.subplots_adjust(0, 0, 1, 1)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=72, metadata={"Software": None})
    plt.close(figure)


def main() -> None:
    """Write the page, and the pictures with `--pictures`."""
    (HERE / "layers.md").write_text(page(catalogue()), encoding="utf-8")
    if "--pictures" in sys.argv:
        store = atlas.open()
        for layer in store.layers():
            if not layer.pending:
                picture(layer, store.features(layer.id), PICTURES / f"{layer.id}.png")


if __name__ == "__main__":
    main()
