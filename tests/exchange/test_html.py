"""The offline map as text: one file, everything in it, nothing asked for, no data that could be markup."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest

from atlas.errors import InputError
from atlas.exchange import View, choose, export
from atlas.exchange.about import about
from atlas.exchange.html import html
from atlas.models import Basis
from atlas.selection import Selection
from atlas.store import Atlas
from atlas.web.files import SCRIPTS
from atlas.web.standalone import json_text, page

HERE = Selection(layers=("banners", "border", "ports", "railways"), regions=("152900",))


def made(atlas: Atlas, selection: Selection = HERE, view: View | None = None, edition: str = "working") -> str:
    chosen = choose(atlas, selection, edition)  # type: ignore[arg-type]
    return html(atlas, chosen, about(atlas, chosen.layers, edition, "EPSG:4490"), view)  # type: ignore[arg-type]


def data_of(text: str) -> dict:
    found = re.search(r'<script type="application/json" id="atlas-data">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.fixture(scope="module")
def text(atlas: Atlas) -> str:
    return made(atlas, view=View(selected="152923"))


def test_the_policy_allows_what_is_inside_and_nothing_else(text: str) -> None:
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    rules = dict(rule.split(" ", 1) for rule in policy[1].split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["img-src"] == "data:"
    assert not re.search(r"https?:|\*|unsafe|connect-src", policy[1])
    for tag, rule in (("script", "script-src"), ("style", "style-src")):
        parts = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        wanted = {f"'sha256-{base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()}'" for part in parts}
        assert set(rules[rule].split()) == wanted


def test_nothing_is_named_that_could_be_fetched(text: str) -> None:
    assert not re.search(r"<(?:link|img|iframe|object|embed|base)\b", text)
    assert not re.search(r"<script[^>]+src=", text)
    assert not re.search(r"url\((?!['\"]?data:)", "".join(re.findall(r"<style>(.*?)</style>", text, re.DOTALL)))
    assert "sourceMappingURL" not in text


def test_only_what_is_chosen_is_inside(text: str, atlas: Atlas) -> None:
    data = data_of(text)
    config = data["files"]["atlas.json"]
    assert {layer["id"]: layer["count"] for layer in config["layers"]} == {
        "banners": 3,
        "border": 3,
        "ports": 2,
        "railways": len(data["files"]["railways.geojson"]["features"]),
    }
    assert {one["properties"]["place"] for one in data["files"]["banners.geojson"]["features"]} == {
        "152921",
        "152922",
        "152923",
    }
    assert data["about"]["licence"]
    assert data["edition"]["zh"] == "内部工作"


def test_counts_are_those_of_the_atlas(text: str, atlas: Atlas) -> None:
    governing = data_of(text)["governing"]
    for place in ("152923", "port/ceke"):
        records = atlas.governing(place)
        for basis in Basis:
            count = sum(one.basis is basis for one in records)
            own = governing[place]
            assert (own["region"] if basis is Basis.REGION else own["counts"].get(str(basis), 0)) == count
    quotes = [data_of(text)["quotes"][index] for index in governing["152923"]["quotes"]]
    assert any(quote["text"][slice(*quote["marks"][0])] == "额济纳旗" for quote in quotes)


def test_the_public_edition_holds_no_finer_coordinates(atlas: Atlas) -> None:
    data = data_of(made(atlas, Selection(layers=("railways", "kongdui")), edition="public"))
    text = json.dumps([data["files"][name]["features"] for name in ("railways.geojson", "kongdui.geojson")])
    shapes = re.findall(r'"coordinates": (\[.*?\])\}', text)
    assert shapes
    assert all(len(number.partition(".")[2]) <= 2 for shape in shapes for number in re.findall(r"-?\d+\.\d+", shape))
    assert data["edition"]["zh"] == "公开送审稿"


def test_hostile_data_stay_json() -> None:
    hostile = "</script><script>alert(1)</script><!--\u2028\u2029&lt;`${1}`"
    text = page({"files": {hostile: hostile}, "config": hostile}, hostile)
    assert text.count("<script") == text.count("</script>") == len(SCRIPTS) + 3  # data, Leaflet, ours, its own
    assert data_of(text)["files"] == {hostile: hostile}
    assert "\u2028" not in text.partition("atlas-data")[2]
    assert "<title>&lt;/script&gt;" in text
    assert not set("<>&\u2028\u2029") & set(json_text([hostile]))


def test_same_input_same_bytes_and_refusals(atlas: Atlas, tmp_path: Path) -> None:
    small = Selection(layers=("ports",), regions=("152923",))
    export(atlas, tmp_path / "a.html", small)
    export(atlas, tmp_path / "b.html", small)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    with pytest.raises(InputError, match="degrees"):
        export(atlas, tmp_path / "c.html", small, crs="EPSG:4547")
    assert not (tmp_path / "c.html").exists()
