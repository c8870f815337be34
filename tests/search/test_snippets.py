"""Snippets show the densest stretch, and their marks are the words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from atlas.search.query import parse, wanted
from atlas.search.snippets import WIDTH, Finder, merged, snippet

FILLER = "各级人民政府应当加强领导，" * 20


def shown(query: str, text: str) -> tuple[str, list[str]]:
    spans = Finder(wanted(parse(query))).spans(text)
    found, marks = snippet(text, spans)
    return found, [found[start:end] for start, end in marks]


def test_a_short_text_is_shown_whole() -> None:
    assert shown("口岸", "建设口岸。\n发展口岸。") == ("建设口岸。 发展口岸。", ["口岸", "口岸"])


def test_the_stretch_with_most_different_words_is_shown() -> None:
    text = f"口岸口岸口岸。{FILLER}。口岸和铁路。{FILLER}"
    found, marks = shown("口岸 铁路", text)
    assert marks == ["口岸", "铁路"]
    assert found.startswith("…口岸和铁路。")  # a sentence begins there
    assert found.endswith("…")


def test_the_end_of_a_text_has_no_ellipsis() -> None:
    found, marks = shown("口岸", f"{FILLER}建设口岸")
    assert (found[0], found[-2:], marks) == ("…", "口岸", ["口岸"])
    assert len(found) <= WIDTH + 2


def test_without_a_match_the_beginning_is_shown() -> None:
    assert shown("口岸", FILLER) == (FILLER[:WIDTH] + "…", [])


def test_overlapping_words_are_marked_once() -> None:
    spans = Finder(wanted(parse("边境口岸 OR 口岸建设"))).spans("边境口岸建设")
    assert merged(spans) == ((0, 6),)


@given(st.lists(st.sampled_from(["口岸", "铁路", "。", "\n", "各级政府", "“", FILLER]), max_size=30).map("".join))
def test_marks_are_words_of_the_query(text: str) -> None:
    _, marks = shown("口岸 OR 铁路", text)
    assert all(mark.replace("“", "").replace("\n", "") in {"口岸", "铁路", "口岸"[:1], "铁路"[:1]} for mark in marks)
    assert bool(marks) == any(word in text.replace("“", "") for word in ("口岸", "铁路"))
