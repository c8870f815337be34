"""The built atlas on the real documents: counts, places in the right place, what governs them."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from pathlib import Path

import pytest
import shapely
from pyproj import Geod

from atlas.checks.places import LAND_KINDS, distance_km
from atlas.errors import AtlasError, NotBuiltError, UnknownNameError
from atlas.geometry.boundaries import national_border, units
from atlas.models import Basis, Precision
from atlas.paths import geodata
from atlas.store import Atlas
from atlas.verbs import OpenAtlas
from tests.support import BORDER_UNITS

ARTICLES = {"model": 66, "ecology": 99, "security": 89, "energy": 79, "agriculture": 79, "bridgehead": 86, "border": 73}


def test_the_built_atlas_has_no_defect(built_atlas: Path) -> None:
    assert OpenAtlas(built_atlas).check() == ()


def test_a_path_from_the_working_folder_opens_it(built_atlas: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(built_atlas.parent)
    opened = Atlas(Path(built_atlas.name))
    assert opened.place("152501").name == "二连浩特市"
    opened.close()


def test_articles_by_document(atlas: Atlas) -> None:
    table = atlas.provisions()
    counts = table[table["kind"] == "article"].groupby("document").size().to_dict()
    assert counts == ARTICLES


def test_provisions_rebuild_from_their_witness(atlas: Atlas) -> None:
    """The contract of DESIGN §4 for every provision: its text is what the witness has from start to end, established.

    Each character stands at its offset in the file; what the file has there and the text has not is white space, a page
    mark, an artefact, the number of a heading or box, or listed as an emendation; what the text has and the file has
    not is listed, too.
    """
    texts = {file: (geodata() / "documents" / file).read_bytes().decode("utf-8") for file in atlas.corpus.texts}
    assert texts == atlas.corpus.texts
    emended = atlas.apparatus("emendations")
    noise = {
        (file, at)
        for file, found in atlas.corpus.segments.items()
        for one in found
        if one.kind in ("page-mark", "artefact", "heading")
        for at in range(one.start, one.end)
    }
    table = atlas.provisions().set_index("id")
    assert len(table) == 938
    for provision in atlas.corpus.provisions:
        row, witness = table.loc[provision.id], texts[provision.witness]
        assert (row["text"], row["start"], row["end"]) == (provision.text, provision.start, provision.end)
        changes = emended[(emended["provision"] == provision.id) & (emended["witness"] == provision.witness)]
        mended = {at for one in changes.itertuples() for at in range(one.start, one.end)}
        placed = [(character, at) for character, at in zip(provision.text, provision.origin, strict=True) if at >= 0]
        assert all(witness[at] == character and provision.start <= at < provision.end for character, at in placed)
        assert len(provision.text) - len(placed) == sum(map(len, changes["established"]))
        used = {at for _, at in placed}
        assert len(used) == len(placed), "no character of the file is used twice"
        for at in range(provision.start, provision.end):
            known = at in used or at in mended or (provision.witness, at) in noise
            assert known or witness[at].isspace(), (provision.id, at, witness[at])


@pytest.mark.parametrize(
    "name",
    ["border/2/2", "plan/33/2", "plan/33", "plan/part-11", "plan/box-20/1", "plan/box-20", "plan/box-1", "model/12"],
)
def test_every_kind_of_address_can_be_cited(atlas: Atlas, name: str) -> None:
    cited = atlas.cite(name)
    assert cited["provision"] == name
    assert cited["citation"].startswith("《内蒙古自治区")
    assert cited["raw"] == atlas.corpus.texts[cited["witness"]][cited["witness_start"] : cited["witness_end"]]
    assert atlas.cite(f"{name}#0-2")["quotation"] == cited["quotation"][:2]


def test_headings_that_the_contents_word_differently_are_recorded(atlas: Atlas) -> None:
    table = atlas.apparatus("headings")
    assert ("ecology", "第三章", "环境污染防治", "污染防治") in set(
        table[["document", "number", "contents", "body"]].itertuples(index=False, name=None)
    )
    segments = atlas.apparatus("segments")
    assert {file: "".join(atlas.corpus.texts[file][a:b] for a, b in zip(found["start"], found["end"], strict=True))
            for file, found in segments.groupby("file")} == atlas.corpus.texts  # fmt: skip


def test_the_border_units_are_read_from_article_2_in_its_order(atlas: Atlas) -> None:
    members = atlas.gazetteer.classes["class/border"].members
    assert [atlas.place(member).name for member in members] == BORDER_UNITS
    assert set(atlas.features("border")["name_zh"]) == set(BORDER_UNITS)


def test_every_border_unit_but_the_two_of_manzhouli_touches_the_national_border(atlas: Atlas) -> None:
    border = national_border()
    frame = atlas.features("border")
    away = {row.name_zh for row in frame.itertuples() if row.geometry.distance(border) > 0.01}
    assert away <= {"扎赉诺尔区"}, "扎赉诺尔区 is listed though only 满洲里市 around it may reach the border"


def test_boundaries_are_drawn_unchanged(atlas: Atlas) -> None:
    official = units("county").set_index("adcode").geometry
    for row in atlas.features("banners").itertuples():
        assert shapely.normalize(row.geometry).equals_exact(
            shapely.normalize(
                shapely.multipolygons([official[row.place]])
                if official[row.place].geom_type == "Polygon"
                else official[row.place]
            ),
            0,
        )


@pytest.mark.parametrize(
    ("lake", "unit_names"),
    [
        ("lake/hulun", {"新巴尔虎右旗", "新巴尔虎左旗", "扎赉诺尔区", "满洲里市"}),
        ("lake/daihai", {"凉城县"}),
        ("lake/wuliangsuhai", {"乌拉特前旗"}),
        ("lake/chahannaoer", {"商都县"}),
    ],
)
def test_each_lake_lies_in_the_right_banner(atlas: Atlas, lake: str, unit_names: set[str]) -> None:
    within = {atlas.place(relation.unit).name for relation in atlas.relations(lake) if relation.place == lake}
    assert within
    assert within <= unit_names


def test_land_ports_lie_within_ten_km_of_the_national_border(atlas: Atlas) -> None:
    border = national_border()
    land = [
        place
        for place in atlas.gazetteer.places.values()
        if place.type == "port" and place.kind.split("-")[0] in LAND_KINDS and place.lon is not None
    ]
    assert len(land) >= 6
    away = {place.id: distance_km(shapely.Point(place.lon, place.lat), border) for place in land}
    sites = {place.id for place in land if place.precision is Precision.SITE}
    assert len(sites) >= 5
    assert {port: round(km, 1) for port, km in away.items() if km > 10} == {}


def test_the_distance_is_geodesic() -> None:
    line = shapely.LineString([(110, 40), (110, 50)])
    expected = Geod(ellps="GRS80").inv(111, 45, 110, 45)[2] / 1000
    assert distance_km(shapely.Point(111, 45), line) == pytest.approx(expected, rel=1e-3)


def test_points_lie_in_the_unit_that_their_row_names(atlas: Atlas) -> None:
    shapes = atlas.features("banners").set_index("place").geometry
    outside = [
        place.id
        for place in atlas.gazetteer.places.values()
        if place.type in {"county", "port", "town", "station"}
        and place.lon is not None
        and place.adcode in shapes.index
        and not shapes[place.adcode].buffer(0.02).covers(shapely.Point(place.lon, place.lat))
    ]
    assert outside == []


def test_railways_are_schematic_and_run_through_their_nodes(atlas: Atlas) -> None:
    frame = atlas.features("railways")
    assert set(frame["precision"]) == {Precision.SCHEMATIC.value}
    assert set(frame["status"]) == {"complete", "build", "advance"}
    projects = atlas.projects().set_index("id")
    for row in frame.itertuples():
        for stop in projects.loc[row.place, "places"]:
            place = atlas.place(stop)
            if place.lon is not None:
                assert row.geometry.distance(shapely.Point(place.lon, place.lat)) < 1e-9, (row.name_zh, place.name)


def test_what_governs_a_border_banner(atlas: Atlas) -> None:
    records = {record.id: record for record in atlas.governing("额济纳旗")}
    named = records["border/2"]
    assert named.basis is Basis.NAMED
    assert [named.quotation[start:end] for start, end in named.marks] == ["额济纳旗"]
    assert {f"border/{number}" for number in range(1, 74)} <= records.keys()
    assert records["border/10"].basis is Basis.CLASS
    bases = [list(Basis).index(record.basis) for record in records.values()]
    assert bases == sorted(bases)


def test_the_border_regulation_does_not_reach_an_inland_banner(atlas: Atlas) -> None:
    assert not [record.id for record in atlas.governing("150121") if record.document == "border"]


def test_a_kongdui_is_governed_through_its_group(atlas: Atlas) -> None:
    records = {record.id: record for record in atlas.governing("kongdui/xiliugou")}
    assert records["ecology/40"].basis is Basis.GROUP
    assert records["model/44"].basis is Basis.GROUP


def test_a_lake_is_governed_by_name_and_group(atlas: Atlas) -> None:
    records = {record.id: record for record in atlas.governing("岱海")}
    assert records["ecology/25"].basis is Basis.NAMED
    assert records["plan/6/2"].basis is Basis.GROUP


def test_what_is_abroad_is_not_governed_by_the_whole_region(atlas: Atlas) -> None:
    abroad = next(place for place in atlas.gazetteer.places.values() if place.type == "foreign-place")
    assert not [record for record in atlas.governing(abroad.id) if record.basis is Basis.REGION]


def test_evidence_of_every_answer_stands_in_its_witness(atlas: Atlas) -> None:
    from atlas.paths import geodata

    texts = {path.name: path.read_bytes().decode("utf-8") for path in (geodata() / "documents").glob("*.txt")}
    for record in atlas.governing("满洲里市"):
        witness = texts[atlas.provision(record.id).witness]
        if record.basis is Basis.NAMED:
            assert record.evidence is not None
            assert witness[slice(*record.evidence)].startswith("满")
            assert record.start <= record.evidence[0] < record.evidence[1] <= record.end


def test_offsets_of_every_quotation_reproduce_the_witness(atlas: Atlas) -> None:
    """Character for character, but for what was mended: the OCR's commas, the order of the plan's displaced marks."""
    from atlas.paths import geodata

    texts = {path.name: path.read_bytes().decode("utf-8") for path in (geodata() / "documents").glob("*.txt")}
    exact = total = 0
    for record in atlas.governing("150102"):
        provision = atlas.provision(record.id)
        stretch = "".join(texts[provision.witness][record.start : record.end].split())
        quoted = "".join(record.quotation.split())
        total += record.document != "plan"
        exact += record.document != "plan" and stretch.replace(",", "，") == quoted.replace(",", "，")
        same = Counter(stretch) & Counter(quoted)
        assert same.total() >= 0.9 * len(quoted), record.id
    assert total > 300
    assert exact >= 0.98 * total


def test_reach_is_the_reverse(atlas: Atlas) -> None:
    assert len([place for place in atlas.reach("border/2") if place.isdigit()]) == 20
    assert "kongdui/xiliugou" in atlas.reach("ecology/40")


def test_point_queries(atlas: Atlas) -> None:
    assert atlas.at(101.07, 41.95).name == "额济纳旗"
    with pytest.raises(AtlasError, match="did you swap them"):
        atlas.at(41.95, 101.07)
    with pytest.raises(AtlasError, match=r"116\.4, 39\.9"):
        atlas.at(116.4, 39.9)


@pytest.mark.parametrize(("name", "near"), [("额济纳其", "额济纳旗"), ("kongdui/xiliugo", "kongdui/xiliugou")])
def test_an_unknown_place_names_the_nearest(atlas: Atlas, name: str, near: str) -> None:
    with pytest.raises(UnknownNameError, match=near):
        atlas.place(name)


def test_there_must_be_an_atlas(tmp_path: Path) -> None:
    with pytest.raises(NotBuiltError, match="atlas build"):
        Atlas(tmp_path / "none.gpkg")
    wrong = tmp_path / "wrong.gpkg"
    wrong.write_text("not a database", encoding="utf-8")
    with pytest.raises(AtlasError, match="not an atlas"):
        Atlas(wrong)


def test_the_store_cannot_be_written(atlas: Atlas) -> None:
    with pytest.raises(Exception, match="readonly"):
        atlas._rows("DELETE FROM links")


def test_an_atlas_of_another_version_says_what_to_do(built_atlas: Path, tmp_path: Path) -> None:
    older = tmp_path / "older.gpkg"
    shutil.copyfile(built_atlas, older)
    database = sqlite3.connect(older)
    database.execute("DROP TABLE townships")
    database.commit()
    database.close()
    with pytest.raises(AtlasError, match=r"another version .*no such table: townships.*atlas build"):
        Atlas(older).place("150100")


def test_an_atlas_whose_records_differ_says_what_to_do(built_atlas: Path, tmp_path: Path) -> None:
    older = tmp_path / "older.gpkg"
    shutil.copyfile(built_atlas, older)
    database = sqlite3.connect(older)
    database.execute("ALTER TABLE documents DROP COLUMN short_en")
    database.commit()
    database.close()
    with pytest.raises(AtlasError, match=r"another version .*short_en.*atlas build"):
        Atlas(older).documents()
