"""The book: values that the template reads, and the whole of it set once with two plates."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from atlas import files
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
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]  # two plates, two maps of units
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
    _assert_links_arrive(reader)
    _assert_index_leads_to_plates(reader)
    for name in ("额济纳旗", "满洲里市"):
        bookmark = next(one for one in _flat(reader.outline) if one.title == name)
        assert name in texts[reader.get_destination_page_number(bookmark)]
    assert not any("\ufffd" in text for text in texts)
    assert sum(not text.strip() for text in texts) == 0  # no page without words
    _assert_fonts_embedded(reader)


def _assert_links_arrive(reader: pypdf.PdfReader) -> None:
    """Every bookmark and every link leads to a page of the book."""
    pages = {page.indirect_reference.idnum for page in reader.pages}
    for bookmark in _flat(reader.outline):
        assert reader.get_destination_page_number(bookmark) >= 0
    for page in reader.pages:
        for link in page.get("/Annots") or ():
            entry = link.get_object()
            target = entry.get("/Dest") or entry["/A"]["/D"]
            if isinstance(target, str):
                assert target in reader.named_destinations
            else:
                assert target[0].idnum in pages


def _assert_index_leads_to_plates(reader: pypdf.PdfReader) -> None:
    """The links of the index lead to the two plates and to the pages of the two units, each to some."""
    first = next(at for at, page in enumerate(reader.pages) if "地名索引" in page.extract_text() and at > 2)
    last = next(at for at, page in enumerate(reader.pages) if "资料来源" in page.extract_text() and at > first)
    found = set()
    for link in [link for page in reader.pages[first:last] for link in page.get("/Annots") or ()]:
        target = link.get_object().get("/Dest") or link.get_object()["/A"]["/D"]
        page = reader.named_destinations[target].page if isinstance(target, str) else target[0]
        found.add(reader.get_page_number(page.get_object()))
    titles = {one.title: reader.get_destination_page_number(one) for one in _flat(reader.outline)}
    assert found == {titles[key] + 1 for key in titles if key[:1] in "12"} | {titles["额济纳旗"], titles["满洲里市"]}


def _assert_fonts_embedded(reader: pypdf.PdfReader) -> None:
    for page in reader.pages:
        for one in (page["/Resources"].get("/Font") or {}).values():
            font = one.get_object()
            for inner in font.get("/DescendantFonts") or [font]:
                described = inner.get_object().get("/FontDescriptor")
                embedded = described and {"/FontFile", "/FontFile2", "/FontFile3"} & set(described.get_object())
                assert embedded, font.get("/BaseFont")
                assert font["/Subtype"] != "/Type3"


def test_a_place_where_nothing_can_be_written_is_told_before_drawing(
    atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_drawing(*_: object) -> None:
        raise AssertionError("nothing is drawn for a file that cannot be written")

    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(book_module, "draw_all", no_drawing)
    monkeypatch.setattr(files.tempfile, "mkstemp", refuse)
    with pytest.raises(InputError, match="Permission denied; choose a folder"):
        write_book(atlas, tmp_path / "atlas.pdf")


def test_a_full_disk_leaves_the_old_book(atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "atlas.pdf"
    old.write_bytes(b"%PDF the old one")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(book_module, "draw_all", lambda *_: ({}, {}))
    monkeypatch.setattr(book_module, "contents", lambda *_: {})
    monkeypatch.setattr(book_module, "typeset", full)
    with pytest.raises(InputError, match="No space left on device; free the disk"):
        write_book(atlas, old)
    assert old.read_bytes() == b"%PDF the old one"
    assert list(tmp_path.iterdir()) == [old]


def test_only_pdf_is_offered(atlas: Atlas, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.pdf"):
        write_book(atlas, tmp_path / "atlas.docx")


def _flat(outline: list[object]) -> list[pypdf.generic.Destination]:
    return [
        one
        for entry in outline
        for one in (_flat(entry) if isinstance(entry, list) else [entry])  # type: ignore[list-item]
    ]
