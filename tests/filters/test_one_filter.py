"""One filter for everything: the map, the tables, every export, the offline map and the plate hold the same ids."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest

from atlas import plates
from atlas.errors import InputError
from atlas.exchange import table
from atlas.filters import filters_of
from atlas.models import Basis, Precision
from atlas.plate.content import gather
from atlas.plate.projection import SheetMap
from atlas.selection import Selection
from atlas.store import Atlas
from atlas.ui import chart, registers, taking
from atlas.ui.index import make_index
from atlas.ui.state import View
from atlas.verbs import OpenAtlas

LAYERS = ("banners", "border", "lakes", "rivers", "railways", "ports", "zones")
SELECTIONS = {
    "banner": Selection(regions=("152923",)),
    "league and class": Selection(regions=("150700",), classes=("class/border",)),
    "part and theme": Selection(parts=("group/xibu-mengshi",), themes=("nodes",)),
    "precision": Selection(classes=("class/border",), precisions=(Precision.SITE,)),
    "status": Selection(statuses=("build",), regions=("152500", "150700")),
    "document and basis": Selection(documents=("border",), bases=(Basis.NAMED,)),
    "category and document": Selection(categories=("railway", "water"), documents=("plan",)),
}


@pytest.fixture(scope="module")
def opened(built_atlas: Path) -> Iterator[SimpleNamespace]:
    """What a view of the app stands on, as far as the map and taking away ask."""
    atlas = OpenAtlas(built_atlas)
    layers = atlas.layers()
    index = make_index(layers, {layer.id: atlas.properties(layer.id) for layer in layers})
    yield SimpleNamespace(atlas=atlas, index=index, filters=filters_of(atlas), projects={})
    atlas.close()


def on_the_map(opened: SimpleNamespace, view: View) -> set[str]:
    """Return the features that the map draws: of its layers all that its state keeps, or does not hide."""
    state = chart.map_state(opened, view)
    drawn: set[str] = set()
    for layer in state["layers"]:
        kept = state["kept"].get(layer)
        drawn |= (
            {row.feature for row in opened.index.features[layer]}
            if kept is None
            else {f"{layer}/{one}" for one in kept}
        )
    return drawn - set(state["hidden"])


@pytest.mark.parametrize("name", SELECTIONS)
def test_map_table_export_offline_map_and_plate_agree(opened: SimpleNamespace, tmp_path: Path, name: str) -> None:
    selection = SELECTIONS[name]
    view = View(layers=LAYERS, selection=selection)
    seen = on_the_map(opened, view)
    assert seen, "a filter that leaves nothing proves nothing"
    layers = tuple(taking.shown_layers(opened, view))

    made = taking.make_data(opened.atlas, (), ".geojson", layers, view=view)
    assert {one["properties"]["feature"] for one in json.loads(made.content)["features"]} == seen

    page = taking.make_data(opened.atlas, (), ".html", layers, view=view).content.decode("utf-8")
    data = json.loads(re.search(r'<script type="application/json" id="atlas-data">(.*?)</script>', page)[1])
    drawn = (data["files"][layer["url"]]["features"] for layer in data["files"]["atlas.json"]["layers"])
    assert {one["properties"]["feature"] for features in drawn for one in features} == seen

    book = taking.make_data(opened.atlas, (), ".xlsx", layers, view=view, tables=registers.NAMES)
    sheets = openpyxl.load_workbook(io.BytesIO(book.content), read_only=True)
    head, *rows = (row[:2] for row in sheets["要素"].iter_rows(values_only=True))
    assert head[1] == "要素编号 feature"
    assert {row[1] for row in rows} == seen

    plate = plates.choose(opened.atlas, taking.data_selection(view, layers))
    shown = {entry.layer.id: entry for entry in gather(opened.atlas, plate, SheetMap.of(plate), "working").layers}
    assert {key for layer in layers if layer != "banners" for key in shown[layer].features["feature"]} == {
        key for key in seen if not key.startswith("banners/")
    }
    kept = {row.place for row in opened.index.features["banners"] if row.feature in seen}
    assert set(plate.highlight) == (kept if len(kept) < len(opened.index.features["banners"]) else set())


@pytest.mark.parametrize("name", [*SELECTIONS, "year"])
def test_tables_of_the_app_and_of_an_export_have_the_same_rows(opened: SimpleNamespace, name: str) -> None:
    selection = (SELECTIONS | {"year": Selection(years=(2025,))})[name]
    found = 0
    for register in registers.NAMES:
        rows = registers.kept_rows(opened.atlas, opened.filters, selection, register, "zh")
        taken = registers.taken(opened.atlas, register, rows)
        exported = table(opened.atlas, register, selection)[0]
        if register == "places":  # the app leaves out units elsewhere in China that no text names
            exported = exported[(exported["type"] != "outside-unit") | exported["id"].isin(set(taken["id"]))]
        columns = ["provision", "text_start", "surface"] if register == "ledger" else ["id"]
        assert taken[columns].to_numpy().tolist() == exported[columns].to_numpy().tolist(), register
        found += len(rows)
    assert found


def test_the_command_and_python_filter_alike(opened: SimpleNamespace, tmp_path: Path) -> None:
    """Names as people write them give the features of the ids that the app sends."""
    out = tmp_path / "a.geojson"
    opened.atlas.export(
        out, layers=LAYERS, regions=["呼伦贝尔市"], classes=["border"], documents=["border", "plan"], bases=["named"]
    )
    found = {one["properties"]["feature"] for one in json.loads(out.read_text(encoding="utf-8"))["features"]}
    selection = Selection(
        regions=("150700",), classes=("class/border",), documents=("border", "plan"), bases=(Basis.NAMED,)
    )
    assert found == on_the_map(opened, View(layers=LAYERS, selection=selection))


def test_a_plate_may_be_fitted_to_a_unit_without_being_filtered_by_it(opened: SimpleNamespace) -> None:
    atlas: Atlas = opened.atlas
    ports = Selection(layers=("ports",))
    whole, about = plates.choose(atlas, ports), plates.choose(atlas, ports, about=Selection(regions=("152923",)))
    assert about.view.scale < whole.view.scale
    assert about.highlight == ("152923",)
    assert about.layers[-1].only is None
    assert about.lead.zh == "所选地区：额济纳旗。"
    named = plates.choose(atlas, Selection(layers=("ports", "border", "banners"), parts=("西部盟市",)))
    assert named.lead.zh == "所选地区：西部盟市。只画出筛选留下的要素。"
    assert {layer.id for layer in named.layers if layer.labels} & {"border", "banners"} == {"banners"}
    with pytest.raises(InputError, match="leaves nothing of ports"):
        plates.choose(atlas, ports.model_copy(update={"precisions": (Precision.BOUNDARY,)}))


def test_a_filter_by_a_unit_keeps_what_its_page_lists(atlas: Atlas) -> None:
    """For every banner, and by each basis: the filter and `governing` are one answer."""
    filters = filters_of(atlas)
    counties = [unit.id for unit in filters.units if not unit.id.endswith("00")]
    assert len(counties) == 103
    for code in counties:
        records = atlas.governing(code, region_wide=False)
        assert set(filters.keep(Selection(regions=(code,)))["provisions"]) == {record.id for record in records}
    for basis in ("named", "feature", "class"):
        kept = filters.keep(Selection(regions=("152923",), bases=(basis,)))["provisions"]
        listed = {record.id for record in atlas.governing("152923", region_wide=False) if record.basis == basis}
        assert set(kept) == listed
