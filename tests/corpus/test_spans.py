"""Addresses of stretches: there and back, with the raw text and a citation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.corpus import Corpus
from atlas.corpus.spans import Address, cite_span, find_quotation, parse_address, resolve
from atlas.errors import InputError, UnknownNameError


@pytest.fixture(scope="module")
def loaded(corpus: Corpus) -> Corpus:
    return corpus


@given(st.from_regex(r"[a-z][a-z0-9/-]{0,60}", fullmatch=True), st.integers(0, 999999999), st.integers(0, 999999999))
def test_addresses_come_back(provision: str, start: int, end: int) -> None:
    for in_file in (False, True):
        address = Address(provision, start, end, in_file)
        assert parse_address(str(address)) == address


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "border/2",
        "border/2#",
        "border/2#1",
        "border/2#a-b",
        "border/2#-1-2",
        "#1-2",
        "border/2#1-2 ",
        "border/2#１-2",
        "border/2#1-2-3",
        "border/2#1-99999999999",
    ],
)
def test_what_is_no_address_is_refused(wrong: str) -> None:
    with pytest.raises(InputError, match="write provision#start-end"):
        parse_address(wrong)


def test_a_span_is_quoted_cited_and_located(corpus: Corpus) -> None:
    text = corpus.find("border/2").text
    at = text.index("阿拉善左旗")
    span = resolve(corpus, f"border/2#{at}-{at + 5}")
    assert span.id == f"border/2#{at}-{at + 5}"
    assert span.quotation == span.raw == "阿拉善左旗"
    assert corpus.texts[span.witness][span.witness_start : span.witness_end] == span.raw
    assert span.citation == "《内蒙古自治区促进边境地区高质量发展条例》（2023年11月30日通过）第二条第二款"
    assert span.path == ("第一章 总则",)
    back = resolve(corpus, f"border/2~{span.witness_start}-{span.witness_end}")
    assert back == span


def test_a_span_over_two_paragraphs_cites_the_article(corpus: Corpus) -> None:
    text = corpus.find("border/2").text
    at = text.index("\n")
    assert cite_span(corpus, "border/2", at - 2, at + 3).citation.endswith("第二条")
    assert cite_span(corpus, "border/2", 0, at).citation.endswith("第二条第一款")
    assert cite_span(corpus, "border/1", 0, 3).citation.endswith("第一条")


def test_mended_text_keeps_its_raw_words(corpus: Corpus) -> None:
    text = corpus.find("ecology/96").text
    at = text.index("国家和自治区")
    span = cite_span(corpus, "ecology/96", at, at + 6)
    assert span.quotation == "国家和自治区"
    assert span.raw == "国家 and 自治区"


def test_every_sentence_of_every_provision_is_addressable(loaded: Corpus) -> None:
    for item in loaded.provisions:
        if item.document != "plan":
            end = item.text.index("。") + 1
            span = resolve(loaded, f"{item.id}#0-{end}")
            assert span.quotation == item.text[:end]
            assert span.witness_start == item.start


@pytest.mark.parametrize("address", ["border/2#5-5", "border/2#6-5", "border/2#0-99999"])
def test_spans_outside_are_refused(corpus: Corpus, address: str) -> None:
    with pytest.raises(InputError, match=r"it has \d+ characters"):
        resolve(corpus, address)


def test_file_stretches_elsewhere_are_refused(corpus: Corpus) -> None:
    with pytest.raises(InputError, match="border/2 stands at"):
        resolve(corpus, "border/2~0-3")


def test_unknown_provisions_are_refused(corpus: Corpus) -> None:
    with pytest.raises(UnknownNameError, match="unknown provision"):
        resolve(corpus, "border/99#0-3")


def test_a_quotation_is_found_word_for_word(corpus: Corpus) -> None:
    spans = find_quotation(corpus, "十大孔兑")
    assert {span.provision for span in spans} >= {"ecology/40", "model/44"}
    assert all(span.quotation == "十大孔兑" for span in spans)
    assert find_quotation(corpus, "没有这句话") == ()
    with pytest.raises(InputError, match="give the words"):
        find_quotation(corpus, "")


@pytest.mark.parametrize(
    ("provision", "before", "after"),
    [
        ("border/1", None, "border/2"),
        ("border/2", "border/1", "border/3"),
        ("border/73", "border/72", None),
        ("border/2/2", "border/2/1", "border/2/3"),
        ("border/2/3", "border/2/2", None),
        ("plan/33", "plan/32/2", "plan/33/1"),
        ("plan/box-20", "plan/box-19", "plan/box-21"),
        ("plan/box-2", "plan/box-1", "plan/box-3"),
        ("plan/preamble", None, "plan/part-1"),
    ],
)
def test_neighbours(corpus: Corpus, provision: str, before: str | None, after: str | None) -> None:
    previous, following = corpus.previous(provision), corpus.next(provision)
    assert (previous.id if previous else None) == before
    assert (following.id if following else None) == after


def test_walking_through_a_document_meets_every_provision(corpus: Corpus) -> None:
    for document in corpus.documents:
        ids = [item.id for item in corpus.provisions if item.document == document.id]
        walked, at = [ids[0]], corpus.next(ids[0])
        while at:
            walked.append(at.id)
            at = corpus.next(at.id)
        assert walked == ids


def test_paragraphs_are_of_their_own_kind(corpus: Corpus) -> None:
    assert [item.kind for item in corpus.paragraphs("border/2")] == ["paragraph"] * 3
    assert corpus.paragraphs("plan/33") == ()
    assert corpus.paragraphs("border/2/1") == ()
