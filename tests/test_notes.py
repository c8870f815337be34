"""Notes in two languages: the catalogue is whole, true to the figures, and refuses rows that cannot be right."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from atlas.errors import SourceError
from atlas.notes import CATALOGUE, note_in, put, read_catalogue
from atlas.paths import geodata, home
from atlas.store import Atlas

PACKAGE = home() / "atlas"
TABLE = geodata() / "translations" / CATALOGUE
ENGLISH = re.compile(r"[A-Za-z]{2,} [a-z]{2,}")
# Names stand in Chinese in an English note too; what only sentences have is told by their small words.
CHINESE = re.compile(r"[，。]|不是|没有|无点位|位置误差|来源坐标|驻地代位")
# Titles of pages and names of programs keep their language.
TITLES = re.compile(r"“[^”]*”|《[^》]*》|（[^（）]*）|\([^()]*\)")
FIGURES = re.compile(r"\d+(?:\.\d+)?")


def notes_of(atlas: Atlas) -> Iterator[str]:
    """Yield every note that the atlas shows."""
    yield from (place.note for place in atlas.gazetteer.places.values())
    for layer in atlas.layers():
        yield from atlas.features(layer.id)["note"]
    yield from atlas.ledger()["reason"]
    yield from atlas.projects()["geometry_note"]


def test_every_note_is_told_in_both_languages(atlas: Atlas) -> None:
    notes = {note for note in notes_of(atlas) if note}
    assert len(notes) > 500
    still_english = [note for note in notes if ENGLISH.search(TITLES.sub("", note_in(note, "zh")))]
    assert still_english == [], "no Chinese in geodata/translations/notes.csv"
    still_chinese = [note for note in notes if CHINESE.search(TITLES.sub("", note_in(note, "en")))]
    assert still_chinese == [], "no English in geodata/translations/notes.csv"


def test_sources_that_many_places_share_are_told_in_chinese(atlas: Atlas) -> None:
    """A citation of one page keeps its language; what many rows cite is a message like any note."""
    sources = [place.source for place in atlas.gazetteer.places.values() if place.source and place.lon is not None]
    sources = [source for source in sources if ENGLISH.search(TITLES.sub("", source))]
    told = [note_in(source, "zh") for source in sources]
    still_english = [one for one in told if ENGLISH.search(TITLES.sub("", one))]
    assert not {one for one in still_english if still_english.count(one) > 2}
    assert len(still_english) < len(sources) / 3, "for the most part they are shared"


def test_a_translation_keeps_every_figure_and_every_id() -> None:
    for row in csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()):
        here = set(FIGURES.findall(row["zh"].replace(",", "")))
        lost = set(FIGURES.findall(re.sub(r"(?<=\d),(?=\d{3})", "", row["en"]))) - here
        assert not lost, (lost, row["en"])
        assert set(re.findall(r"[a-z]+/[a-z0-9/-]+", row["en"])) <= set(re.findall(r"[a-z]+/[a-z0-9/-]+", row["zh"]))


@pytest.mark.parametrize(
    ("note", "zh", "en"),
    [
        ("9 reviewed WDBII lines", "由9条经核对的 WDBII 线段组成", "9 reviewed WDBII lines"),
        ("俄罗斯: A country: no point", "俄罗斯：国家，无点位", "俄罗斯: A country: no point"),
        (
            "CMA station list, table in meteva 1.9.6.2 (Python package; two decimals), station 图克镇 (109.38, 39.00)",
            "中国气象局台站表，取自 Python 包 meteva 1.9.6.2（两位小数），台站 图克镇 (109.38, 39.00)",
            "CMA station list, table in meteva 1.9.6.2 (Python package; two decimals), station 图克镇 (109.38, 39.00)",
        ),
        (
            "plan/box-21/3；节点与途经点坐标来源见地名表",
            "plan/box-21/3；节点与途经点坐标来源见地名表",
            "plan/box-21/3; coordinates of the nodes and the points between: gazetteer",
        ),
        (
            "示意线：甲—乙，只表示关系，不是线位；途经点未查到，只连起讫",
            "示意线：甲—乙，只表示关系，不是线位；途经点未查到，只连起讫",
            "Schematic line 甲—乙: it shows a relation, not the alignment; "
            "Way points not found: only start and end are joined",
        ),
        (
            "published: about 600 km², 33 km by 19 km, most of it in Mongolia; 601 km² as mapped",
            "公布：约 600 平方千米，长 33 千米、宽 19 千米，大部在蒙古国；图上 601 平方千米",
            "published: about 600 km², 33 km by 19 km, most of it in Mongolia; 601 km² as mapped",
        ),
        (
            "published: 2,210 km², at most 2,315 (Inner Mongolia's main lakes); 2,339 km² (Wikipedia); 9 km² as mapped",
            "公布：2210 平方千米，最大 2315 平方千米（Inner Mongolia's main lakes）；2339 平方千米（维基百科）；"
            "图上 9 平方千米",
            "published: 2,210 km², at most 2,315 (Inner Mongolia's main lakes); 2,339 km² (Wikipedia); 9 km² as mapped",
        ),
        (
            "nobody knows why; 293 km² published, 337 km² as drawn",
            "nobody knows why；公布面积 293 平方千米，所绘 337 平方千米",
            "nobody knows why; 293 km² published, 337 km² as drawn",
        ),
        ("nobody knows why", "nobody knows why", "nobody knows why"),
        ("nobody knows why; ranked by length", "nobody knows why；按长度分级", "nobody knows why; ranked by length"),
    ],
)
def test_a_note_is_put_together_from_messages(note: str, zh: str, en: str) -> None:
    assert note_in(note, "zh") == zh
    assert note_in(note, "en") == en


def test_slots_may_change_places_and_hold_messages(tmp_path: Path) -> None:
    table = tmp_path / "notes.csv"
    table.write_text("en,zh\n{0} of {1},{1}的{0}\nsome,一些\n", encoding="utf-8")
    assert put("some of 乙", "zh", read_catalogue(table)["zh"]) == "乙的一些"
    assert put("乙的一些", "en", read_catalogue(table)["en"]) == "some of 乙"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("a,\n", "line 2: zh and en"),
        ("{0} lines,条\n", "same slots"),
        ("{0} by {0},{0}和{0}\n", "each once"),
        ("a,甲\na,乙\n", "line 3: the message is there already"),
        ("{0} a,{0}甲\n{0} a,{0}乙\n", "line 3: the message is there already"),
    ],
)
def test_a_row_that_cannot_be_right_is_refused(tmp_path: Path, rows: str, told: str) -> None:
    table = tmp_path / "notes.csv"
    table.write_text("en,zh\n" + rows, encoding="utf-8")
    with pytest.raises(SourceError, match=told):
        read_catalogue(table)


def test_no_message_is_left_over(atlas: Atlas) -> None:
    """What no note says any more goes from the catalogue; some messages of the program wait for their case."""
    code = [path.read_text(encoding="utf-8").replace('\\"', '"') for path in PACKAGE.rglob("*.py")]
    sources = {place.source for place in atlas.gazetteer.places.values()}
    sources |= {source for layer in atlas.layers() for source in atlas.features(layer.id)["source"]}
    said = "\n".join((*{note for note in notes_of(atlas) if note}, *sources, *code))
    for row in csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()):
        assert "{0}" in row["en"] or row["en"] in said or row["zh"] in said, row["en"]
