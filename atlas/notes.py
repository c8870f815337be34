"""What is noted on places and shapes, in the language of whoever reads: a catalogue of messages, looked up both ways.

Curators write their notes in English, the program writes its own in Chinese (示意线：…). Both are messages of
`geodata/translations/notes.csv`, a row with `zh` and `en` each. A message may have slots, `{0}`, for names and figures
that the program puts in; a slot holds no joint, or what one message says would be told as another's. A note may be
several messages, joined with ；, and a message may follow a name or a message (长三角: …, published: …).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

from atlas.errors import SourceError
from atlas.gazetteer.tables import rows
from atlas.paths import geodata

CATALOGUE = "notes.csv"
Language = Literal["zh", "en"]

_SLOT = re.compile(r"\{(\d)\}")
_JOINT = re.compile("；|; ")
# What a message is about: a name, which holds no sentence of its own, or another message.
_ABOUT = re.compile(r"([^;；:：]{1,60})(?:: |：)(.+)", re.DOTALL)
_JOINTS: dict[Language, str] = {"zh": "；", "en": "; "}
_COLONS: dict[Language, str] = {"zh": "：", "en": ": "}


@dataclass(frozen=True)
class Messages:
    """The messages that lead into one language: by their text, and those with slots as patterns."""

    whole: Mapping[str, str]
    slotted: tuple[tuple[re.Pattern[str], str], ...]


@lru_cache(maxsize=8192)  # thousands of units share a note
def note_in(note: str, language: Language) -> str:
    """Return a note in a language; a part that is no message of the catalogue stays as it was written.

    Args:
        note: as it stands in the atlas: English, Chinese, or parts in both.
        language: the language that is wanted.

    Raises:
        SourceError: the catalogue cannot be read.
    """
    return put(note, language, _catalogue()[language])


def put(note: str, language: Language, messages: Messages) -> str:
    """Return a note in a language by messages that lead into it; the longest run of clauses that is one counts."""
    joints = list(_JOINT.finditer(note))
    starts = [0, *(joint.end() for joint in joints)]
    ends = [*(joint.start() for joint in joints), len(note)]
    said: list[str] = []
    at, translated = 0, False
    while at < len(starts):
        for last in reversed(range(at, len(ends))):
            if (told := _message(note[starts[at] : ends[last]], language, messages)) is not None:
                said.append(told)
                at, translated = last + 1, True
                break
        else:
            said.append(note[starts[at] : ends[at]])
            at += 1
    return _JOINTS[language].join(said) if translated else note


def _message(text: str, language: Language, messages: Messages) -> str | None:
    told = _told(text, language, messages)
    if told is not None:
        return told
    about = _ABOUT.fullmatch(text)
    told = _told(about[2], language, messages) if about else None
    if about is None or told is None:
        return None
    return f"{messages.whole.get(about[1], about[1])}{_COLONS[language]}{told}"


def _told(text: str, language: Language, messages: Messages) -> str | None:
    if text in messages.whole:
        return messages.whole[text]
    for pattern, message in messages.slotted:
        if found := pattern.fullmatch(text):
            slots = {number: put(slot, language, messages) for number, slot in found.groupdict().items()}
            parts = _SLOT.split(message)
            return "".join(slots[f"slot{part}"] if at % 2 else part for at, part in enumerate(parts))
    return None


@cache
def _catalogue() -> Mapping[Language, Messages]:
    return read_catalogue(geodata() / "translations" / CATALOGUE)


def read_catalogue(path: Path) -> dict[Language, Messages]:
    """Return the messages of a catalogue by the language that they lead into.

    Raises:
        SourceError: the table cannot be read, a row lacks a language, has slots in one language that the other lacks
            or a slot twice, or repeats a message.
    """
    whole: dict[Language, dict[str, str]] = {"zh": {}, "en": {}}
    slotted: dict[Language, list[tuple[re.Pattern[str], str]]] = {"zh": [], "en": []}
    seen: set[str] = set()
    for line, row in rows(path, ("en", "zh")):
        zh, en = row["zh"], row["en"]
        slots = sorted(_SLOT.findall(zh))
        if not zh or not en or slots != sorted(_SLOT.findall(en)) or len(set(slots)) < len(slots):
            raise SourceError(f"table {path.name}, line {line}: zh and en need text with the same slots, each once")
        if en in seen:
            raise SourceError(f"table {path.name}, line {line}: the message is there already; keep one of the rows")
        seen.add(en)
        if slots:
            slotted["zh"].append((_pattern(en), zh))
            slotted["en"].append((_pattern(zh), en))
        else:
            whole["zh"][en] = zh
            whole["en"].setdefault(zh, en)
    return {language: Messages(whole[language], tuple(slotted[language])) for language in whole}


def _pattern(message: str) -> re.Pattern[str]:
    parts = _SLOT.split(message)
    return re.compile(
        "".join(
            rf"(?P<slot{part}>(?:(?!{_JOINT.pattern}).)+?)" if at % 2 else re.escape(part)
            for at, part in enumerate(parts)
        ),
        re.DOTALL,
    )
