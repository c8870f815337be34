"""The book: values that the template reads, and the whole of it set once with two plates."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from atlas.book import book as book_module
from atlas.book.book import write_book
from atlas.book.index import make_index, reading
from atlas.book.order import Order, Part
from atlas.book.sheets import Sheet
from atlas.errors import InputError
from atlas.layers import Bilingual
from atlas.store import Atlas

SHEET = Sheet(
    plate="border", pdf=b"", frame=(14, 19, 406, 283), size=(420, 297), squares=(("152923", "B4"), ("152923", "B4"))
)


def test_index_entries_lead_to_plate_and_square(atlas: Atlas) -> None:
    letters = make_index(atlas.gazetteer.places.values(), {"border": SHEET}, {"lake/hulun"})
    entries = {entry.name.split(" ")[0]: entry for letter in letters for entry in letter.entries}
    assert [(ref.number, ref.square) for ref in entries["额济纳旗"].refs] == [(1, "B4")]
    assert entries["呼伦湖"].refs == ()
    assert [letter.letter for letter in letters] == sorted(letter.letter for letter in letters)


def test_names_are_sorted_by_pinyin() -> None:
    assert sorted(["乌海市", "阿拉善盟", "呼和浩特市"], key=reading) == ["阿拉善盟", "呼和浩特市", "乌海市"]


def test_the_book_is_whole(atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two plates and two border units stand for all: what is set is the same for each."""
    title = Bilingual(zh="区域", en="The region")
    monkeypatch.setattr(
        book_module, "load_order", lambda: Order(parts=(Part(title=title, plates=("border", "parts")),))
    )
    monkeypatch.setattr(book_module, "border_units", lambda atlas: ("152923", "150781"))
    told: list[tuple[int, int]] = []
    out = write_book(atlas, tmp_path / "atlas.pdf", progress=lambda done, length: told.append((done, length)))
    assert told == [(1, 2), (2, 2)]
    reader = pypdf.PdfReader(out)
    texts = [page.extract_text() for page in reader.pages]
    titles = [entry.title for entry in _flat(reader.outline)]
    assert "1　内蒙古自治区边境旗市区" in titles
    assert "地名索引" in titles
    plates = [at for at, page in enumerate(reader.pages) if abs(float(page.mediabox.width) - 1190.55) < 1]
    assert len(plates) == len(reader.pages)  # one format throughout
    facing = next(at for at, text in enumerate(texts) if "东中西部差异化布局" in text and "规划把自治区" in text)
    assert facing % 2 == 1  # a left-hand page: the second, fourth … of the book
    assert any("额济纳旗" in text and "所属" in text for text in texts)
    links = [link for page in reader.pages for link in page.get("/Annots") or ()]
    assert len(links) > 50  # contents and index


def test_only_pdf_is_offered(atlas: Atlas, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.pdf"):
        write_book(atlas, tmp_path / "atlas.docx")


def _flat(outline: list[object]) -> list[pypdf.generic.Destination]:
    return [
        one
        for entry in outline
        for one in (_flat(entry) if isinstance(entry, list) else [entry])  # type: ignore[list-item]
    ]
