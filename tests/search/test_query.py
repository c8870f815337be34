"""The query language: what it means, and one clear line for what it refuses."""

from __future__ import annotations

import pytest

from atlas.errors import InputError
from atlas.search.query import LONGEST_QUERY, MOST_TERMS, expression, parse


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("口岸 铁路", "口岸 AND 铁路"),
        ("口岸 与 铁路", "口岸 AND 铁路"),
        ("口岸 或 铁路", "口岸 OR 铁路"),
        ("口岸｜铁路", "口岸 | 铁路"),
        ("口岸 非 铁路", "口岸 NOT 铁路"),
        ("口岸 -铁路", "口岸 NOT 铁路"),
        ("口岸 －铁路", "口岸 NOT 铁路"),
        ("（口岸 OR 机场） 铁路", "(口岸 | 机场) & 铁路"),
        ("“边境 口岸”", '"边境口岸"'),
        ("「边境口岸」", "边境口岸"),
        ("NOT NOT 口岸", "口岸"),
        ("口岸， 。", "口岸"),
        ('口岸 () ""', "口岸"),
        ("額濟納", "额济纳"),
    ],
)
def test_ways_to_say_the_same(query: str, same: str) -> None:
    assert parse(query) == parse(same)


def test_and_binds_closer_than_or() -> None:
    assert parse("口岸 OR 铁路 机场") == parse("口岸 OR (铁路 AND 机场)")
    assert parse("口岸 OR 铁路 机场") != parse("(口岸 OR 铁路) AND 机场")


@pytest.mark.parametrize("word", ["与", "或", "非", "and", "非 口岸", "口岸 或"])
def test_chinese_operator_words_are_words_where_they_join_nothing(word: str) -> None:
    assert word[0] in expression(parse(word))


def test_a_hyphen_inside_a_word_excludes_nothing() -> None:
    assert parse("二连浩特-扎门乌德") == parse('"二连浩特—扎门乌德"')


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "names nothing to search for"),
        (" \n ", "names nothing to search for"),
        ("，。", "names nothing to search for"),
        ('""', "names nothing to search for"),
        ("()", "names nothing to search for"),
        ('口岸 "边境', "opens a quotation at character 4"),
        ("(口岸", "opens a parenthesis"),
        ("口岸)", "closes a parenthesis"),
        ("AND", "the operator AND"),
        ("口岸 AND", "the operator AND"),
        ("OR 口岸", "the operator OR"),
        ("口岸 OR OR 铁路", "the operator OR"),
        ("口岸 NOT", "the operator NOT"),
        ("-口岸", "only what to leave out"),
        ("口岸 OR -铁路", "only what to leave out"),
        ("口\x00岸", r"U\+0000"),
        ("口\ud800岸", r"U\+D800"),
        ("口" * 10_000, "10,000 characters"),
        ("口 " * (MOST_TERMS + 1), "more than 64 words"),
        ("(" * 40 + "口" + ")" * 40, "nests parentheses"),
    ],
)
def test_bad_queries_get_one_clear_line(query: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        parse(query)
    assert "\n" not in str(caught.value)


def test_the_longest_query_is_read() -> None:
    assert expression(parse("口" * LONGEST_QUERY)).count("口") == LONGEST_QUERY
