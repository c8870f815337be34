"""The command contract of DESIGN §4: data on standard output, messages on standard error, exit status 0, 1 or 2."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from atlas import cli
from atlas.paths import geodata
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
    plan = next((geodata() / "documents").glob("004_*.txt")).read_bytes().decode("utf-8")
    for row in rows:
        start, end = row["evidence"]
        assert plan[start:end].startswith(row["places"][0])
    assert {row["box"] for row in rows} == {"20"}


def test_the_ledger_accounts_for_every_mention(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "ledger")
    rows = lines(out)
    assert status == 0
    assert {row["status"] for row in rows} <= {"placed", "ambiguous", "unplaceable"}
    assert all(row["reason"] for row in rows if row["status"] != "placed")
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
    assert all(row["attribution"] and row["features"] for row in lines(out))


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
