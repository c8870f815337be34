"""The command contract of DESIGN §4: data on standard output, messages on standard error, exit status 0, 1 or 2."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from atlas import cli
from atlas.layers import catalogue
from atlas.manifest import Inputs, is_current
from atlas.paths import geodata, layer_definitions
from atlas.store import open_atlas


@pytest.fixture(autouse=True)
def use_built_atlas(built_atlas: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_BUILD", str(built_atlas.parent))
    open_atlas.cache_clear()
    yield
    open_atlas.cache_clear()


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = cli.run(list(arguments))
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def lines(out: str) -> list[dict]:
    return [json.loads(line) for line in out.splitlines()]


def test_provisions(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "provisions")
    rows = lines(out)
    assert status == 0
    assert sum(row["kind"] == "article" for row in rows) == 571
    assert {"id", "document", "kind", "path", "text", "witness", "start", "end", "restored"} <= rows[0].keys()


def test_provisions_as_csv_and_akoma_ntoso(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "provisions", "--document", "border", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert (status, len(rows)) == (0, 73)
    status, out, _ = run(capsys, "provisions", "--document", "border", "--format", "akn")
    articles = [one for one in ET.fromstring(out.encode("utf-8")).iter() if one.tag.endswith("}article")]
    assert (status, len(articles)) == (0, 73)


def test_provisions_of_a_file_of_ones_own(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    own = tmp_path / "own.txt"
    own.write_text("某某条例\n第一章 总则\n第一条 为了促进工作, 制定本条例。\n第二条 本条例自 2023 年施行。\n", "utf-8")
    status, out, _ = run(capsys, "provisions", str(own))
    rows = lines(out)
    assert status == 0
    assert [row["id"] for row in rows] == ["text/1", "text/2"]
    assert rows[0]["text"] == "为了促进工作，制定本条例。"
    assert rows[0]["path"] == ["第一章 总则"]
    assert run(capsys, "provisions", str(own), "--format", "csv")[1].startswith("id,document,kind,")
    own.write_text("没有条文。", "utf-8")
    status, out, message = run(capsys, "provisions", str(own))
    assert (status, out) == (2, "")
    assert "no provisions found" in message


def test_the_plan_is_restored_and_still_points_into_its_file(capsys: pytest.CaptureFixture[str]) -> None:
    rows = {row["id"]: row for row in lines(run(capsys, "provisions", "--document", "plan")[1])}
    assert "年均增长4.3%，人均地区生产总值突破1万美元，常住人口城镇化率达到64.1%。" in rows["plan/1/1"]["text"]
    assert rows["plan/1/1"]["restored"] is True
    assert "\n" not in rows["plan/33/2"]["text"]
    edits = lines(run(capsys, "apparatus", "edits")[1])
    plan = next((geodata() / "documents").glob("004_*.txt")).read_bytes().decode("utf-8")
    assert len(edits) > 500
    assert all(plan[edit["from_"] :].startswith(edit["token"][0]) for edit in edits)


def test_box_1_is_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    rows = lines(run(capsys, "indicators")[1])
    assert [row["number"] for row in rows] == list(range(1, 21))
    urban = next(row for row in rows if "城镇化率" in row["name"])
    assert (urban["value_2020"], urban["value_2025"], urban["unit"]) == ("64.1", "66", "%")


def test_restore(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "damaged.txt"
    text = "地区生产总值年均增长，人4.3%均地区生产总值突破万美元，常住人口城镇化率达到。164.1%"
    file.write_text(text, encoding="utf-8")
    status, out, _ = run(capsys, "restore", str(file))
    answer = json.loads(out)
    assert status == 0
    assert answer["text"] == "地区生产总值年均增长4.3%，人均地区生产总值突破1万美元，常住人口城镇化率达到64.1%。"
    assert "".join(text[at] for at in answer["origin"]) == answer["text"]
    assert {"token", "from", "to", "rule", "certainty"} <= answer["edits"][0].keys()


def test_cite(capsys: pytest.CaptureFixture[str]) -> None:
    whole = json.loads(run(capsys, "cite", "border/2/2")[1])
    assert whole["citation"].endswith("第二条第二款")
    assert (whole["previous"], whole["next"]) == ("border/2/1", "border/2/3")
    span = json.loads(run(capsys, "cite", "border/2#69-73")[1])
    assert span["quotation"] == span["raw"] == "额济纳旗"


def test_places(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "places")
    rows = lines(out)
    assert status == 0
    assert sum(row["type"] == "county" for row in rows) == 103
    assert all(row["source"] for row in rows if row["lon"] is not None)
    assert all(row["note"] for row in rows if row["lon"] is None)


def test_geoparse_gives_offsets_into_the_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    text = "推动额济纳旗和二连浩—71—特口岸发展，\r\n治理十大孔兑。"
    file = tmp_path / "text.txt"
    file.write_bytes(text.encode("utf-8"))
    status, out, _ = run(capsys, "geoparse", str(file))
    rows = lines(out)
    assert status == 0
    assert [row["place"] for row in rows] == ["152923", "port/erlianhaote", "group/shida-kongdui"]
    assert text[rows[1]["start"] : rows[1]["end"]] == "二连浩—71—特口岸"
    assert len(rows[2]["members"]) == 10
    assert "西柳沟" in rows[2]["members"]


def test_governing(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "governing", "152923", "--format", "json")
    answer = json.loads(out)
    assert status == 0
    assert answer["place"]["name"] == "额济纳旗"
    first = answer["provisions"][0]
    assert {"id", "basis", "why", "quotation", "start", "end", "certainty"} <= first.keys()


def test_reach(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "reach", "ecology/40")
    rows = {row["place"]: row for row in lines(out)}
    assert status == 0
    assert rows["kongdui/xiliugou"]["basis"] == "group"
    collection = json.loads(run(capsys, "reach", "border/2", "--format", "geojson")[1])
    shapes = {one["properties"]["place"]: one["geometry"]["type"] for one in collection["features"]}
    assert shapes["152923"] == "MultiPolygon"


def test_at(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "at", "101.07", "41.95")
    assert (status, json.loads(out)["place"]["id"]) == (0, "152923")


def test_features_are_geojson(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "features", "border")
    collection = json.loads(out)
    assert status == 0
    assert len(collection["features"]) == 20
    assert collection["features"][0]["properties"]["precision"] == "boundary"


def test_projects(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "projects")
    rows = lines(out)
    assert status == 0
    assert len({row["id"] for row in rows}) == len(rows) > 300
    plan = next((geodata() / "documents").glob("004_*.txt")).read_bytes().decode("utf-8")
    for row in rows:
        start, end = row["evidence"]
        assert 0 < start < end <= len(plan)
        assert row["status"] in {"complete", "build", "advance", "prepare", "study", "operate"}
        assert (row["geometry"] is None) == (row["precision"] is None)
        assert row["geometry_note"]
        assert row["box"] == (row["provision"].rsplit("/", 1)[0] if "box-" in row["provision"] else "")
        if row["category"] == "railway" and row["box"] == "plan/box-20":
            assert plan[start:end].startswith(row["places"][0])
            assert row["geometry"]["type"] == "LineString"


def test_targets(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "targets")
    rows = lines(out)
    assert status == 0
    assert sum(row["kind"] == "indicator" for row in rows) == 20
    assert not [row for row in rows if row["kind"] == "achieved"]
    farmland = next(row for row in rows if row["text"].startswith("5500万亩"))
    assert (farmland["value"], farmland["unit"], farmland["year"]) == (55_000_000, "mu", 2025)
    assert lines(run(capsys, "targets", "--kind", "achieved")[1])


OWN_PLAN = """第一章 基础设施
加快推进海拉尔至满洲里铁路前期工作，实施呼伦湖综合治理，公路总里程达到
2.8万公里。
（一）水利
到2030年，新增高标准农田200万亩以上，建设某某平台。
"""


def test_another_plan_goes_through_the_same_programs(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "city.txt"
    file.write_text(OWN_PLAN, encoding="utf-8")
    status, out, _ = run(capsys, "projects", str(file))
    assert status == 0
    railway, lake = lines(out)
    assert (railway["name"], railway["status"], railway["provision"]) == ("海拉尔至满洲里铁路", "prepare", "text/1")
    assert railway["geometry"]["type"] == "LineString"
    assert (lake["places"], lake["precision"]) == (["呼伦湖"], "mapped")
    start, end = railway["evidence"]
    assert OWN_PLAN[start:end] == "海拉尔至满洲里铁路"
    status, out, _ = run(capsys, "targets", str(file))
    roads, fields = lines(out)
    assert (status, roads["value"], roads["unit"]) == (0, 28_000, "km")
    assert (fields["value"], fields["bound"], fields["year"]) == (2_000_000, "at-least", 2030)


@pytest.mark.parametrize("verb", ["projects", "targets"])
def test_a_plan_that_cannot_be_read_says_so(verb: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("\n \n", encoding="utf-8")
    status, out, error = run(capsys, verb, str(empty))
    assert (status, out) == (2, "")
    assert "empty.txt" in error
    status, out, error = run(capsys, verb, str(tmp_path / "none.txt"))
    assert (status, out) == (2, "")
    assert "none.txt" in error


def test_the_ledger_accounts_for_every_mention(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "ledger")
    rows = lines(out)
    assert status == 0
    assert {row["status"] for row in rows} <= {"placed", "ambiguous", "unplaceable"}
    assert all(row["reason"] for row in rows if row["status"] != "placed")
    status, out, _ = run(capsys, "ledger", "--format", "csv")
    flat = list(csv.DictReader(io.StringIO(out)))
    assert [row["surface"] for row in flat] == [row["surface"] for row in rows]
    assert [row["candidates"] for row in flat] == ["|".join(row["candidates"]) for row in rows]
    status, out, _ = run(capsys, "ledger", "--format", "counts")
    assert sum(int(line.split("\t")[2]) for line in out.splitlines()[1:]) == len(rows)


def test_search(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "search", "十大孔兑", "-泥沙")
    rows = lines(out)
    assert status == 0
    assert "model/44" in {row["id"] for row in rows}
    assert "ecology/40" not in {row["id"] for row in rows}
    first = next(row for row in rows if row["kind"] == "provision")
    plan = {path.name: path.read_bytes().decode("utf-8") for path in (geodata() / "documents").glob("*.txt")}
    assert any(first["citation"] and plan[name][slice(*first["evidence"][0])].startswith("十") for name in plan)
    assert run(capsys, "search", "無此詞語")[0] == 0


def test_search_finds_simplified_by_traditional_and_within_a_place(capsys: pytest.CaptureFixture[str]) -> None:
    rows = lines(run(capsys, "search", "邊境地區", "--document", "border", "--place", "额济纳旗")[1])
    assert {row["document"] for row in rows} == {"border"}


def test_layers(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "layers")
    assert status == 0
    waiting = {layer.id for layer in catalogue() if layer.pending}
    assert all(row["attribution"] and (row["features"] or row["id"] in waiting) for row in lines(out))


def test_an_atlas_of_another_version_says_so(
    capsys: pytest.CaptureFixture[str], built_atlas: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "atlas.gpkg"
    shutil.copy(built_atlas, old)
    monkeypatch.setenv("ATLAS_BUILD", str(tmp_path))
    open_atlas.cache_clear()
    sources = Inputs(geodata(), layer_definitions())
    assert is_current(old, sources)
    with closing(sqlite3.connect(old)) as database:
        database.execute("UPDATE manifest SET code = '0.0.1+old'")
        database.execute("UPDATE layers SET definition = json_set(definition, '$.geometry.rule', 'gone')")
        database.commit()
    assert not is_current(old, sources)
    assert not is_current(tmp_path / "none.gpkg", sources)
    status, _, err = run(capsys, "layers")
    assert status == 2
    assert "another version" in err
    assert "run `atlas build`" in err
    assert "Traceback" not in err


def test_check(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "check")
    assert (status, out) == (0, "rule\tsubject\tmessage\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["features", "boarder"], "border"),
        (["featurs", "border"], "features"),
        (["governing", "额济纳其"], "额济纳旗"),
        (["provisions", "--document", "bordr"], "border"),
        (["at", "0", "0"], "0.0, 0.0"),
        (["at", "east", "north"], "east"),
        (["geoparse", "no-such-file.txt"], "no-such-file.txt"),
        (["plate", "nope", "-o", "x.pdf"], "border"),
        (["plate", "border", "-o", "x.docx"], "pdf"),
        (["plate", "border"], "-o"),
        (["provisions", "--format", "xml"], "jsonl"),
        (["serve", "--port", "99999"], "65535"),
        (["cite", "border/2#1-9999"], "border/2"),
        (["cite", "boarder/2"], "boarder/2"),
        (["provisions", "--format", "akn"], "--document"),
        (["restore", "no-such-file.txt"], "no-such-file.txt"),
        (["search", '"'], '"'),
        (["search", "草原", "--document", "bordr"], "border"),
    ],
)
def test_a_bad_call_is_one_line_and_status_2(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    status, out, err = run(capsys, *arguments)
    assert status == 2
    assert out == ""
    assert len(err.splitlines()) == 1
    assert said in err
    assert not list(tmp_path.iterdir())


def test_text_that_is_not_utf8_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "gbk.txt"
    file.write_bytes("额济纳旗".encode("gbk"))
    status, _, err = run(capsys, "geoparse", str(file))
    assert status == 2
    assert "UTF-8" in err


def test_without_a_built_atlas_the_next_step_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ATLAS_BUILD", str(tmp_path))
    open_atlas.cache_clear()
    status, _, err = run(capsys, "places")
    assert status == 2
    assert "atlas build" in err


def test_serve_never_waits_for_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit's first start on a machine asks for an address unless it is told not to."""
    called: list[list[str]] = []

    def started(command: list[str], **_: object) -> object:
        called.append(command)
        return type("Done", (), {"returncode": 0})()

    monkeypatch.setattr(cli.serving.subprocess, "run", started)
    assert cli.run(["serve", "--port", "48713"]) == 0
    assert {"--server.address=127.0.0.1", "--server.showEmailPrompt=false"} <= set(called[0])


def test_export(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    out = tmp_path / "alxa.geojson"
    status, printed, said = run(
        capsys, "export", "--layers", "banners，ports", "--region", "阿拉善盟", "--edition", "public", "-o", str(out)
    )
    assert (status, printed) == (0, "")
    assert "banners 3" in said
    kinds = {feature["properties"]["layer"] for feature in json.loads(out.read_text(encoding="utf-8"))["features"]}
    assert kinds == {"banners", "ports"}
    status, printed, said = run(capsys, "export", "--layers", "banner", "-o", str(out))
    assert (status, printed, said.count("\n")) == (2, "", 1)
    assert "banners" in said
