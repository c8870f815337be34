"""Searching: what is found, in which order, and that spans and filters are right."""

from __future__ import annotations

import sqlite3
import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from atlas.corpus import Corpus
from atlas.errors import AtlasError, InputError, UnknownNameError
from atlas.search import Hit, create_index, search
from atlas.search.fold import fold
from atlas.search.index import check_sqlite
from tests.search.conftest import OTHER, PROVISIONS, RULE
from tests.search.world import database
from tests.support import place, small_gazetteer


def ids(hits: tuple[Hit, ...], kind: str = "provision") -> set[str]:
    return {hit.id for hit in hits if hit.kind == kind}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("旗", {"rule/2"}),  # one character
        ("口岸", {"rule/2", "rule/4", "rule/12"}),  # two
        ("边境口岸", {"rule/2"}),
        ("邊境口岸", {"rule/2"}),
        ("边境 口岸", {"rule/2"}),
        ("口岸 OR 煤炭", {"rule/2", "rule/4", "rule/12", "other/2"}),
        ("口岸 -机场", {"rule/2", "rule/4"}),
        ("(煤炭 OR 口岸) AND 机场", {"rule/12", "other/2"}),
        ("双碳战略", {"rule/3"}),  # quotation marks carry no word
        ("满洲里市边境", set()),  # no phrase runs over a sentence
        ("管理 额济纳旗", {"rule/2"}),
        ("10", {"rule/3"}),  # not 2010
        ("4.3％", {"rule/3"}),
        ("5g", {"rule/3"}),
        ("GD", set()),
        ("GD*", {"rule/12"}),
        ("二连浩特-扎门乌德", {"rule/4"}),
        ("第二条", {"rule/2", "other/2"}),
        ("第2条", {"rule/2", "other/2"}),
        ("总则", {"rule/1"}),  # in the headings above
    ],
)
def test_what_is_found(world: sqlite3.Connection, query: str, found: set[str]) -> None:
    assert ids(search(world, query)) == found


def test_a_title_ranks_before_a_text_and_a_text_before_headings_above(world: sqlite3.Connection) -> None:
    assert [hit.id for hit in search(world, "铁路")] == ["rule/12", "other/2"]
    hits = {hit.id: hit for hit in search(world, "铁路")}
    assert hits["rule/12"].found_in == ("title", "text")
    assert hits["other/2"].found_in == ("path", "text")


@pytest.mark.parametrize("query", ["rule/12", "边境条例第十二条", "邊境條例 第12條", "边境地区条例12"])
def test_the_provision_that_is_cited_comes_first(world: sqlite3.Connection, query: str) -> None:
    first = search(world, query)[0]
    assert (first.id, first.found_in[0]) == ("rule/12", "id")


def test_places_of_that_name_lead_and_others_follow(world: sqlite3.Connection) -> None:
    hits = search(world, "满洲里")
    assert {hit.id for hit in hits[:2]} == {"150781", "port/manzhouli"}
    assert "rule/2" in {hit.id for hit in hits[2:]}
    assert [hit.id for hit in search(world, "科尔沁")][:2] == ["150502", "152221"]
    follow = [hit.kind for hit in search(world, "口岸")]
    assert follow == ["provision"] * 3 + ["place"] * 2


def test_everyday_words_do_not_bring_far_places_first() -> None:
    far = place("623001", "合作市", "outside-unit", ("合作",))
    made = database(PROVISIONS, [far], [RULE, OTHER])
    assert [hit.id for hit in search(made, "合作")] == ["rule/4", "623001"]
    assert next(hit.id for hit in search(made, "合作市")) == "623001"
    made.close()


def test_spans_are_those_of_the_words(world: sqlite3.Connection) -> None:
    texts = {provision.id: provision.text for provision in PROVISIONS}
    for hit in search(world, "滿洲里 OR 口岸"):
        shown = [hit.snippet[a:b] for a, b in hit.marks]
        assert shown
        assert set(shown) <= {"满洲里", "口岸"}
        if hit.kind == "provision":
            assert {texts[hit.id][a:b] for a, b in hit.matches} <= {"满洲里", "口岸"}


def test_a_phrase_with_marks_inside_is_marked_whole(world: sqlite3.Connection) -> None:
    (hit,) = search(world, "双碳战略")
    assert [hit.snippet[a:b] for a, b in hit.marks] == ["双碳”战略"]


def test_filters(world: sqlite3.Connection) -> None:
    assert ids(search(world, "机场", documents=["other"])) == {"other/2"}
    assert ids(search(world, "机场", place_provisions={"rule/12", "rule/1"})) == {"rule/12"}
    assert search(world, "机场", place_provisions=set()) == ()
    assert search(world, "口岸", documents=["rule"], place_provisions={"rule/2"})[0].id == "rule/2"
    assert not ids(search(world, "满洲里", documents=["rule"]), "place")
    assert not search(world, "rule/12", documents=["other"])
    assert len(search(world, "口岸", limit=2)) == 2


def test_bad_filters(world: sqlite3.Connection) -> None:
    with pytest.raises(UnknownNameError, match="rule"):
        search(world, "口岸", documents=["rules"])
    with pytest.raises(InputError, match="limit 0"):
        search(world, "口岸", limit=0)


@given(st.text(max_size=40) | st.text(alphabet="口岸 \"“”()（）|&-*ANDORT与或非'1.a/第条：", max_size=40))
@example("'; DROP TABLE provisions; --")
@example('" OR 1=1')
@example("NEAR(口 岸)")
@example("title : 口")
@example("^口")
@example("{title text}: 口")
@example("口\ud800")
@example("第" * 200 + "条")
@example("一" * 900)
def test_any_query_is_answered_or_refused(world: sqlite3.Connection, query: str) -> None:
    try:
        hits = search(world, query)
    except InputError:
        return
    for hit in hits:
        assert all(0 <= a < b <= len(hit.snippet) for a, b in hit.marks)
    assert world.execute("SELECT count(*) FROM provisions").fetchone() == (len(PROVISIONS),)


def test_words_of_every_length_are_found_where_they_stand(real: sqlite3.Connection, corpus: Corpus) -> None:
    """Against the plain truth: the folded text, number, headings hold the folded word."""
    texts = [provision.text for provision in corpus.provisions]
    for at, text in enumerate(texts[::23]):
        start = (at * 7) % max(1, len(text) - 6)
        word = text[start : start + 1 + at % 6]
        if not all("\u4e00" <= character <= "\u9fff" for character in word):
            continue
        truth = {
            provision.id
            for provision in corpus.provisions
            for field in (provision.text, provision.title, provision.number, *provision.path)
            if fold(word) in fold(field).replace('"', "").replace(" ", "")
        }
        assert ids(search(real, f'"{word}"', limit=10_000)) == truth, word


def test_matches_are_where_the_text_says(real: sqlite3.Connection, corpus: Corpus) -> None:
    texts = {provision.id: provision.text for provision in corpus.provisions}
    hits = search(real, "一湖两海 OR 岱海", limit=1000)
    assert len(hits) > 3
    for hit in hits:
        assert hit.matches
        for start, end in hit.matches:
            assert texts[hit.id][start:end].strip("“”") in {"一湖两海", "岱海"}


def test_every_article_answers_to_its_citation(real: sqlite3.Connection, corpus: Corpus) -> None:
    border = [provision for provision in corpus.provisions if provision.document == "border"]
    assert len(border) == 73
    for provision in border:
        assert search(real, f"边境条例{provision.number}")[0].id == provision.id


def test_the_same_input_gives_the_same_bytes() -> None:
    def made() -> bytes:
        with_index = database(PROVISIONS, tuple(small_gazetteer().places.values()), (RULE, OTHER))
        with_index.commit()
        image = with_index.serialize()
        with_index.close()
        return image

    assert made() == made()


def test_indexing_again_replaces(world: sqlite3.Connection) -> None:
    made = database(PROVISIONS, (), (RULE, OTHER))
    counts = create_index(made, PROVISIONS[:2], ())
    assert counts == {"search_provisions": 2, "search_places": 0, "search_names": 0}
    assert ids(search(made, "口岸")) == {"rule/2"}
    made.close()


def test_an_atlas_without_an_index_or_with_another_says_so() -> None:
    bare = sqlite3.connect(":memory:")
    with pytest.raises(AtlasError, match="no search index: run `atlas build`"):
        search(bare, "口岸")
    bare.close()
    made = database(PROVISIONS, (), (RULE, OTHER))
    made.execute("UPDATE search_settings SET value = 'rules 0'")
    with pytest.raises(AtlasError, match=r"rules 0.*run `atlas build`"):
        search(made, "口岸")
    made.close()


def test_an_sqlite_without_full_text_search_is_refused() -> None:
    check_sqlite("3.40.1", {"fts5", "json_each"})
    with pytest.raises(AtlasError, match=r"SQLite \(3\.8\.0\) lacks FTS5 and JSON"):
        check_sqlite("3.8.0", {"fts3", *string.ascii_lowercase})
