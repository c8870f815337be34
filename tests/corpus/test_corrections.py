"""Reviewed rows: read strictly, applied by their words."""

from pathlib import Path

import pytest

from atlas.corpus import Corpus, load_documents
from atlas.corpus.corrections import Corrections, load_corrections
from atlas.corpus.emend import emend
from atlas.errors import SourceError
from atlas.paths import geodata

HEADER = "witness,provision,before,raw,established,after,reason\n"


def _folder(tmp_path: Path, **tables: str) -> Path:
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, "utf-8")
    return tmp_path


def test_the_tables_of_the_repository_are_valid_and_reasoned(corpus: Corpus) -> None:
    rows = load_corrections(geodata() / "corrections")
    assert rows == corpus.corrections
    assert [len(table) for table in (rows.ocr, rows.variants, rows.losses, rows.box_item_titles)] == [1, 8, 10, 123]
    assert all(len(row.reason) > 10 for row in (*rows.ocr, *rows.variants, *rows.losses, *rows.box_item_titles))
    assert all(row.reason for row in rows.sound)


def test_absent_tables_have_no_rows(tmp_path: Path) -> None:
    assert load_corrections(tmp_path) == Corrections()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "witness,provision\na,b\n",
            r"ocr\.csv, line 2: before: Field required; columns are witness, provision, before",
        ),
        (HEADER + "t.txt,x/1,甲,,乙,丙,r\n", r"line 2: raw: String should have at least 1"),
        (HEADER + "t.txt,x/1,甲,错,乙,丙,\n", "line 2: reason"),
        (HEADER + "t.txt,x/1,甲,错,乙,丙,r\nt.txt,x/1,甲,错,乙,丙,s\n", "line 3: says the same as an earlier row"),
        (HEADER.replace("reason", "reasons") + "t.txt,x/1,甲,错,乙,丙,r\n", "reason"),
    ],
)
def test_invalid_tables_are_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        load_corrections(_folder(tmp_path, ocr=text))
    assert "\n" not in str(caught.value)


def test_a_table_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ocr.csv").write_bytes("错".encode("gb18030"))
    with pytest.raises(SourceError, match=r"ocr\.csv: cannot be read"):
        load_corrections(tmp_path)


def test_a_row_is_found_by_its_words(tmp_path: Path, corpus: Corpus) -> None:
    rows = load_corrections(
        _folder(tmp_path, ocr=HEADER + "001_db5527f66a14ad51.txt,border/1,为了促,进,錯,,for the test\n")
    )
    raw = corpus.find("border/1")
    row = rows.ocr[0].model_copy(update={"before": raw.text[:3], "raw": raw.text[3:5], "after": raw.text[5:9]})
    done, changes = emend(raw, [row])
    assert done.text == raw.text[:3] + "錯" + raw.text[5:]
    assert done.origin[3] == -1
    (change,) = changes
    assert (change.raw, change.rule, change.reason) == (raw.text[3:5], "reviewed", "for the test")
    assert corpus.texts[raw.witness][change.start : change.end] == change.raw
    with pytest.raises(SourceError, match=r"ocr\.csv: '没有错' stands 0 times in border/1"):
        emend(raw, [row.model_copy(update={"before": "没", "raw": "有", "after": "错"})])


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("ocr", HEADER + "000_4c2592d38755e2fd.txt,north/1,甲,错,乙,丙,r\n", "no provision 'north/1'"),
        ("box_item_titles", "provision,title,reason\nplan/box-99/1,甲,r\n", "no provision 'plan/box-99/1'"),
        ("box_item_titles", "provision,title,reason\nplan/box-6/1,乙,r\n", "begins '赤', not '乙'"),
    ],
)
def test_rows_about_nothing_are_refused(tmp_path: Path, name: str, text: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        load_documents(geodata() / "documents", corrections=_folder(tmp_path, **{name: text}))
