"""The query language: words, "phrases", AND OR NOT, minus, parentheses → a tree → an FTS5 expression.

Source of the target language: https://www.sqlite.org/fts5.html#full_text_query_syntax. What reaches FTS5 are quoted
strings of tokens that hold neither quotes nor ASCII punctuation, so no query can be anything but a query.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from atlas.errors import InputError
from atlas.search.fold import fold, indexed, tokens

LONGEST_QUERY = 1000  # characters
MOST_TERMS = 64
DEEPEST = 16  # parentheses

_CLOSING = {'"': '"“”＂', "“": '"“”＂', "”": '"“”＂', "＂": '"“”＂', "「": "」", "『": "』"}
_OPERATORS = {"AND": "and", "&": "and", "&&": "and", "OR": "or", "|": "or", "||": "or", "NOT": "not"}
# Words of everyday text: operators only where they stand alone between two operands.
_CHINESE_OPERATORS = {"与": "and", "且": "and", "或": "or", "非": "not"}
_EDGES = ",.;:!?、。+-*…·"  # of a bare word, as folded: left by writing, not meant


@dataclass(frozen=True)
class Phrase:
    """A run of tokens; with `open_end` its last Latin word or number may go on."""

    tokens: tuple[str, ...]
    open_end: bool = False


@dataclass(frozen=True)
class Every:
    """Every of `parts` and none of `without`."""

    parts: tuple[Node, ...]
    without: tuple[Node, ...] = ()


@dataclass(frozen=True)
class Either:
    """At least one of `parts`."""

    parts: tuple[Node, ...]


Node = Phrase | Every | Either


@dataclass(frozen=True)
class _Mark:
    """A lexical unit: `kind` is word, phrase, open, close, and, or, not."""

    kind: str
    text: str


@dataclass(frozen=True)
class _Not:
    """A negated operand: only inside the conjunction that takes it in."""

    part: Node


def parse(query: str) -> Node:
    """Read a query.

    Raises:
        InputError: nothing to search for, too long, unbalanced, a lone operator, only exclusions, or not text.
    """
    text = unicodedata.normalize("NFC", query)
    if len(text) > LONGEST_QUERY:
        raise InputError(f"the query has {len(text):,} characters: at most {LONGEST_QUERY:,} are read; shorten it")
    for character in text:
        if unicodedata.category(character) in {"Cc", "Cs"} and not character.isspace():
            raise InputError(
                f"the query holds the control character U+{ord(character):04X}: leave it out and search again"
            )
    marks = _chinese_operators(list(_marks(text)))
    if sum(mark.kind in {"word", "phrase"} for mark in marks) > MOST_TERMS:
        raise InputError(f"the query has more than {MOST_TERMS} words: leave some out, or quote them as one phrase")
    tree = _Parser(text, marks).parse()
    if tree is None:
        raise InputError(f'the query {_shown(text)} names nothing to search for: give a word, for instance: "口岸"')
    return tree


def expression(node: Node) -> str:
    """Return a tree as an FTS5 expression."""
    if isinstance(node, Phrase):
        return f'"{indexed(node.tokens)}"{"*" if node.open_end else ""}'
    if isinstance(node, Either):
        return f"({' OR '.join(map(expression, node.parts))})"
    wanted = f"({' AND '.join(map(expression, node.parts))})"
    return f"({wanted} NOT ({' OR '.join(map(expression, node.without))}))" if node.without else wanted


def wanted(node: Node) -> tuple[Phrase, ...]:
    """Return the phrases that a hit may show, each once, in the order of the query; not what is excluded."""
    if isinstance(node, Phrase):
        return (node,)
    return tuple(dict.fromkeys(phrase for part in node.parts for phrase in wanted(part)))


def _marks(text: str) -> Iterator[_Mark]:
    at = 0
    while at < len(text):
        character, folded = text[at], fold(text[at])
        if character.isspace():
            at += 1
        elif character in _CLOSING:
            end = next((i for i in range(at + 1, len(text)) if text[i] in _CLOSING[character]), None)
            if end is None:
                raise InputError(
                    f"the query {_shown(text)} opens a quotation at character {at + 1} and does not close it: "
                    f"add {_CLOSING[character][0]} after the phrase, or leave the mark out"
                )
            yield _Mark("phrase", text[at + 1 : end])
            at = end + 1
        elif folded in "()|":
            yield _Mark({"(": "open", ")": "close", "|": "or"}[folded], character)
            at += 1
        elif character in "-－−" and at + 1 < len(text) and not text[at + 1].isspace():
            yield _Mark("not", character)
            at += 1
        else:
            end = at
            while end < len(text) and not (text[end].isspace() or text[end] in _CLOSING or fold(text[end]) in "()|"):
                end += 1
            word = text[at:end]
            yield _Mark(_OPERATORS.get(unicodedata.normalize("NFKC", word), "word"), word)
            at = end


def _chinese_operators(marks: list[_Mark]) -> list[_Mark]:
    found: list[_Mark] = []
    for at, mark in enumerate(marks):
        kind = _CHINESE_OPERATORS.get(fold(mark.text)) if mark.kind == "word" else None
        after_operand = bool(found) and found[-1].kind in {"word", "phrase", "close"}
        before_operand = at + 1 < len(marks) and marks[at + 1].kind in {"word", "phrase", "open", "not"}
        found.append(_Mark(kind, mark.text) if kind and after_operand and before_operand else mark)
    return found


class _Parser:
    """Recursive descent over the marks; None stands for an operand that holds nothing to search for."""

    def __init__(self, text: str, marks: list[_Mark]) -> None:
        self._text, self._marks, self._at = text, marks, 0

    def parse(self) -> Node | None:
        tree = self._any(0)
        if self._at < len(self._marks):  # only a stray ) ends the outermost level early
            raise InputError(f"the query {_shown(self._text)} closes a parenthesis that it did not open: leave ) out")
        return tree

    def _kind(self) -> str:
        return self._marks[self._at].kind if self._at < len(self._marks) else "end"

    def _any(self, depth: int) -> Node | None:
        parts = [self._all(depth)]
        while self._kind() == "or":
            self._operator_between(self._at)
            self._at += 1
            parts.append(self._all(depth))
        kept = tuple(part for part in parts if part is not None)
        return Either(kept) if len(kept) > 1 else kept[0] if kept else None

    def _all(self, depth: int) -> Node | None:
        parts: list[Node] = []
        without: list[Node] = []
        while self._kind() not in {"or", "close", "end"}:
            if self._kind() == "and":
                self._operator_between(self._at)
                self._at += 1
                continue
            operand = self._operand(depth)
            if isinstance(operand, _Not):
                without.append(operand.part)
            elif operand is not None:
                parts.append(operand)
        if not parts and without:
            raise InputError(
                f"the query {_shown(self._text)} says only what to leave out: name beside it what to find, "
                "for instance: 口岸 -机场"
            )
        if not parts:
            return None
        return parts[0] if len(parts) == 1 and not without else Every(tuple(parts), tuple(without))

    def _operand(self, depth: int) -> Node | _Not | None:
        mark = self._marks[self._at]
        negated = False
        while mark.kind == "not":
            negated = not negated
            self._at += 1
            if self._kind() not in {"word", "phrase", "open", "not"}:
                raise self._lone(mark)
            mark = self._marks[self._at]
        self._at += 1
        node = self._group(depth + 1) if mark.kind == "open" else _phrase(mark)
        return _Not(node) if negated and node is not None else node

    def _group(self, depth: int) -> Node | None:
        if depth > DEEPEST:
            raise InputError(f"the query nests parentheses deeper than {DEEPEST}: write it flatter")
        node = self._any(depth)
        if self._kind() != "close":
            raise InputError(f"the query {_shown(self._text)} opens a parenthesis and does not close it: add )")
        self._at += 1
        return node

    def _operator_between(self, at: int) -> None:
        before = self._marks[at - 1].kind if at else "start"
        after = self._marks[at + 1].kind if at + 1 < len(self._marks) else "end"
        if before not in {"word", "phrase", "close"} or after not in {"word", "phrase", "open", "not"}:
            raise self._lone(self._marks[at])

    def _lone(self, mark: _Mark) -> InputError:
        return InputError(
            f"the query {_shown(self._text)} has the operator {mark.text} with nothing beside it to work on: "
            f'add a word, or quote it to search for it: "{mark.text}"'
        )


def _phrase(mark: _Mark) -> Phrase | None:
    if mark.kind == "phrase":
        found = tokens(mark.text)
        return Phrase(found) if found else None
    folded = fold(mark.text)
    bare = folded.strip(_EDGES + " ")
    found = tokens(bare)
    open_end = folded.rstrip(" ").endswith("*") and bool(found) and found[-1].isascii() and found[-1][0].isalnum()
    return Phrase(found, open_end) if found else None


def _shown(text: str) -> str:
    short = " ".join(text.split())
    return repr(short if len(short) <= 40 else short[:39] + "…")
