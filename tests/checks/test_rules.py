"""Each rule finds its own defect in an atlas that was damaged on purpose, and nothing in the one that was built."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
import shapely

from atlas.checks import RULES, links, places, registers, shapes, texts
from atlas.store import Atlas


@pytest.fixture
def copy(built_atlas: Path, tmp_path: Path) -> Path:
    """A copy without triggers, which call functions that plain SQLite lacks."""
    path = tmp_path / "atlas.gpkg"
    shutil.copy(built_atlas, path)
    with closing(sqlite3.connect(path)) as database:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.commit()
    return path


def damaged(path: Path, *statements: str) -> Atlas:
    with closing(sqlite3.connect(path)) as database:
        for statement in statements:
            assert database.execute(statement).rowcount > 0, statement
        database.commit()
    return Atlas(path)


def redrawn(path: Path, layer: str, geometry: shapely.Geometry) -> Atlas:
    """Give the first feature of a layer another shape."""
    frame = pyogrio.read_dataframe(path, layer=layer)
    frame.loc[0, "geometry"] = geometry
    pyogrio.write_dataframe(frame, path, layer=layer)
    return Atlas(path)


DAMAGE = {
    "articles": (texts.articles, "DELETE FROM provisions WHERE id = 'border/7'", r"border: 72 articles"),
    "boxes": (texts.plan_units, "DELETE FROM provisions WHERE id LIKE 'plan/box-20%'", r"box: 31 instead"),
    "span": (texts.offsets, "UPDATE provisions SET end = 9999999 WHERE id = 'border/7'", r"border/7: .* no span"),
    "surface": (
        texts.offsets,
        "UPDATE mentions SET start = start - 1, end = end - 1 WHERE provision = 'border/2' AND surface = '额济纳旗'",
        r"border/2: .* where 额济纳旗 should",
    ),
    "english": (places.units, "UPDATE places SET name_en = '' WHERE id = '152923'", r"152923: .* no English name"),
    "member": (
        places.members,
        "UPDATE groups SET members = '[\"lake/hulun\"]' WHERE id = 'group/yihu-lianghai'",
        r"yihu-lianghai: 1 members instead of 3",
    ),
    "unknown member": (
        places.members,
        'UPDATE groups SET members = \'["lake/hulun", "lake/daihai", "lake/none"]\' WHERE id = \'group/yihu-lianghai\'',
        r"lake/none is not in the gazetteer",
    ),
    "outside": (
        places.inside_their_unit,
        "UPDATE places SET lon = lon + 3 WHERE id = 'port/ganqimaodu'",
        r"port/ganqimaodu: .* is outside",
    ),
    "inland": (places.land_ports, "UPDATE places SET lat = lat - 1 WHERE id = 'port/ceke'", r"port/ceke: .* km from"),
    "source": (shapes.complete, "UPDATE lakes SET source = '' WHERE rowid = 1", r"lakes/.*: no precision or no source"),
    "empty": (shapes.complete, "DELETE FROM kongdui", r"kongdui: the layer has no features"),
    "feature id": (shapes.one_id_each, "UPDATE lakes SET feature = 'lakes/x'", r"lakes/x: \d+ features have this id"),
    "stray id": (shapes.one_id_each, "UPDATE lakes SET feature = 'x/1' WHERE rowid = 1", r"x/1: stands in layer lakes"),
    "attribution": (
        shapes.attributed,
        "UPDATE layers SET definition = json_set(definition, '$.attribution.en', ' ') WHERE id = 'lakes'",
        r"lakes: no attribution",
    ),
    "basis": (links.legal_basis, "DELETE FROM provisions WHERE id = 'ecology/40'", r"kongdui: there is no provision"),
    "target": (
        links.known_ends,
        "UPDATE links SET target = 'x/none' WHERE target = 'lake/daihai'",
        r"x/none: \d",
    ),
    "source of link": (links.known_ends, "DELETE FROM provisions WHERE id = 'border/2'", r"border/2: links from"),
    "project": (
        registers.provisions,
        "UPDATE projects SET provision = 'plan/99' WHERE rowid = 1",
        r"there is no provision plan/99",
    ),
    "project span": (registers.provisions, "UPDATE projects SET start = 1 WHERE rowid = 5", r": 1–\d+ is outside"),
    "project place": (
        registers.known_places,
        "UPDATE projects SET places = '[\"town/none\"]' WHERE rowid = 5",
        r"there is no place town/none",
    ),
}


@pytest.mark.parametrize(("rule", "statement", "message"), DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_table_is_found(copy: Path, rule: object, statement: str, message: str) -> None:
    with closing(damaged(copy, statement)) as atlas:
        assert any(re.search(message, f"{one.subject}: {one.message}") for one in rule(atlas))


@pytest.fixture
def undamaged(built_atlas: Path) -> Iterator[Atlas]:
    with closing(Atlas(built_atlas)) as atlas:
        yield atlas


def test_a_shape_that_crosses_itself_is_found(copy: Path) -> None:
    bow = shapely.Polygon([(110, 41), (111, 42), (111, 41), (110, 42)])
    with closing(redrawn(copy, "lakes", shapely.MultiPolygon([bow]))) as atlas:
        assert [one.message for one in shapes.complete(atlas)] == ["empty or invalid geometry"]


def test_swapped_coordinates_are_found(copy: Path) -> None:
    swapped = shapely.box(41, 110, 42, 111)
    with closing(redrawn(copy, "lakes", shapely.MultiPolygon([swapped]))) as atlas:
        assert len(list(shapes.inside_the_extent(atlas))) == 1


def test_a_gap_in_a_river_is_found(undamaged: Atlas) -> None:
    frame = undamaged.features("rivers")
    yellow = frame[frame["name_zh"] == "黄河"]
    assert shapes.widest_gap_km(yellow) < shapes.RIVER_GAP_KM
    cut = yellow.set_geometry(yellow.geometry.difference(shapely.box(109, 38, 110, 42)))
    assert 60 < shapes.widest_gap_km(cut) < 100


def test_gaps_are_measured_between_neighbouring_parts() -> None:
    parts = [shapely.LineString([(start, 0), (start + 0.5, 0)]) for start in (100, 102, 101)]
    rows = gpd.GeoDataFrame(geometry=parts, crs="EPSG:4490")
    assert shapes.widest_gap_km(rows) == pytest.approx(0.5 * shapes.KM_PER_DEGREE)


def test_a_link_that_only_one_side_sees_is_found(copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(Atlas(copy)) as atlas:
        whole = atlas.reached
        monkeypatch.setattr(atlas, "reached", lambda provision: () if provision == "border/2" else whole(provision))
        found = {one.subject for one in links.both_ways(atlas)}
        assert {"152923", "150781"} <= found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_built_atlas_breaks_no_rule(undamaged: Atlas, rule: object) -> None:
    assert list(rule(undamaged)) == []
