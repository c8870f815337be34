"""Many short texts at once: names and generic words are looked for in all of them together, the rest in each alone.

A search costs the same whether a text has ten characters or a thousand, so texts are joined for it, with so many line
breaks between that nothing of one can be read with another. What depends on the text (its province, its lists) is
worked out text by text, so that the answers are those of `Geoparser.parse`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from atlas.geoparse.automaton import Match
from atlas.geoparse.evidence import Surroundings
from atlas.geoparse.layout import full_width, joined
from atlas.geoparse.mentions import flat
from atlas.geoparse.words import REACH
from atlas.models import Mention

_BETWEEN = "\n" * (REACH + 1)
_TOGETHER = 100_000  # characters that are searched together
_SHORT = 20_000  # characters: a longer text gains nothing


class Parser(Protocol):
    """What reads one text."""

    def parse(self, text: str) -> tuple[Mention, ...]: ...  # noqa: D102
    def names_in(self, text: str) -> list[Match]: ...  # noqa: D102
    def read(self, text: str, matches: list[Match], around: Surroundings) -> list[Mention]: ...  # noqa: D102


def parse_many(parser: Parser, texts: Iterable[str]) -> Iterator[tuple[Mention, ...]]:
    """Yield the mentions of each text, in the order of the texts."""
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if size >= _TOGETHER:
            yield from _parse_batch(parser, batch)
            batch, size = [], 0
    yield from _parse_batch(parser, batch)


def _parse_batch(parser: Parser, batch: Sequence[str]) -> Iterator[tuple[Mention, ...]]:
    views = [joined(text) if len(text) <= _SHORT else None for text in batch]
    readings = [full_width(view.text if view else text) for view, text in zip(views, batch, strict=True)]
    together = _BETWEEN.join(text if len(text) <= _SHORT else "" for text in readings)
    try:
        matches = parser.names_in(together)
        words = Surroundings.words_in(together)
    except UnicodeEncodeError:  # half of a surrogate pair somewhere: each text for itself
        yield from map(parser.parse, batch)
        return
    at = first = first_word = 0
    last_match, last_generic = len(matches), len(words)
    for text, view, reading in zip(batch, views, readings, strict=True):
        if len(text) > _SHORT:
            yield parser.parse(text)
            at += len(_BETWEEN)
            continue
        end = at + len(reading)
        last, last_word = first, first_word
        while last < last_match and matches[last].start < end:
            last += 1
        while last_word < last_generic and words[last_word][1] < end:
            last_word += 1
        if last == first and last_word == first_word and "旗" not in reading:
            at = end + len(_BETWEEN)
            yield ()
            continue
        own = [Match(start - at, past - at, name, number) for start, past, name, number in matches[first:last]]
        near = [(index, start - at, past - at) for index, start, past in words[first_word:last_word]]
        found = flat(parser.read(reading, own, Surroundings(reading, near)))
        if view is not None:
            view.place(found)
        yield found
        at, first, first_word = end + len(_BETWEEN), last, last_word
