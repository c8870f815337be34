"""Folding: what a search treats as the same character, and the cutting of folded text into search tokens.

Traditional and simplified, full and half width, capitals, accents, dashes and kinds of space fold together. Every
character folds to exactly one, so that offsets into folded text are offsets into the text. Source of the pairs of
characters: OpenCC (the `opencc` package, configuration t2s).

A token is one Chinese character, one mark of punctuation, a Latin word or a number. A phrase is a run of tokens; that
makes words of one and two characters as searchable as long ones, which trigrams do not, and keeps 10 out of 2010.
"""

from __future__ import annotations

import re
import unicodedata

import opencc

RULES = "1"
"""Counts changes of the rules here; an index made by other rules than the search's must be made again."""

VERSION = f"rules {RULES}, opencc {opencc.__version__}"

# Characters that OpenCC keeps because one of their readings is standard: a search wants both readings.
_BOTH_READINGS = {"著": "着", "乾": "干", "瞭": "了", "藉": "借", "○": "〇"}
_QUOTES = '"“”„‟«»「」『』〝〞＂'
_FIRST_CODE_OF_OWN = 0xE000  # private use: stands for ASCII punctuation, which the index's tokenizer would drop

# Between two tokens of a phrase the text may have spaces and quotation marks, which carry no word.
GAP = '[ "]*'
_TOKEN = re.compile(r'[a-z]+|[0-9]+(?:\.[0-9]+)*|[^ "]', re.DOTALL)


class _Folding(dict[int, int]):
    """Code point to code point, worked out when first asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._to_simplified = opencc.OpenCC("t2s")

    def __missing__(self, code: int) -> int:
        self[code] = folded = ord(self._fold(chr(code)))
        return folded

    def _fold(self, character: str) -> str:  # noqa: PLR0911  # one return a rule
        if character == "\n":
            return character  # parts paragraphs: no phrase runs over it
        if character in _QUOTES:
            return '"'
        if 0xD800 <= ord(character) <= 0xDFFF:  # half of a pair: no text
            return " "
        if character.isspace() or unicodedata.category(character) in {"Cc", "Cf", "Mn"}:
            return " "
        if unicodedata.category(character) == "Pd":
            return "-"
        plain = _single(_without_accents(_single(unicodedata.normalize("NFKC", character), character)), character)
        if plain.isspace():
            return " "
        if unicodedata.category(plain) == "Pd":
            return "-"
        if plain in _QUOTES:
            return '"'
        plain = _single(plain.lower(), plain)
        simplified = _single(self._to_simplified.convert(plain), plain) if ord(plain) >= 0x2E80 else plain
        return _BOTH_READINGS.get(simplified, simplified)


def _single(text: str, otherwise: str) -> str:
    return text if len(text) == 1 else otherwise


def _without_accents(character: str) -> str:
    parts = unicodedata.normalize("NFKD", character)
    base, marks = parts[0], parts[1:]
    return base if marks and all(unicodedata.category(mark) == "Mn" for mark in marks) else character


_FOLDING = _Folding()


def fold(text: str) -> str:
    """Return `text` with everything folded that a search treats as the same; as long as `text`."""
    return text.translate(_FOLDING)


def tokens(text: str) -> tuple[str, ...]:
    """Return the search tokens of a text."""
    return tuple(_TOKEN.findall(fold(text)))


def indexed(words: tuple[str, ...]) -> str:
    """Return tokens as FTS5's `ascii` tokenizer is given them: parted by spaces, punctuation moved out of ASCII."""
    return " ".join(
        chr(_FIRST_CODE_OF_OWN + ord(word)) if len(word) == 1 and word.isascii() and not word.isalnum() else word
        for word in words
    )


def pattern(words: tuple[str, ...], *, open_end: bool = False) -> str:
    """Return a regular expression that finds a phrase in folded text exactly where the index finds it.

    With `open_end`, the last Latin word or number may go on.
    """
    parts = []
    for at, word in enumerate(words):
        more = open_end and at == len(words) - 1
        if word[0].isascii() and word[0].isalpha():
            parts.append(f"(?<![a-z]){word}{'[a-z]*' if more else '(?![a-z])'}")
        elif word[0].isascii() and word[0].isdigit():
            parts.append(rf"(?<![0-9])(?<![0-9]\.){re.escape(word)}" + (r"(?:\.?[0-9])*" if more else r"(?!\.?[0-9])"))
        else:
            parts.append(re.escape(word))
    return GAP.join(parts)
