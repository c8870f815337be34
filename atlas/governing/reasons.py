"""The reason why a provision governs a place, as one sentence in Chinese and one in English.

The sentences state a relation found in the text or measured on the map, never a legal conclusion.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from atlas.governing import notes


class Reason(NamedTuple):
    """A reason in both languages, without the full stop."""

    zh: str
    en: str


class Names:
    """Display names in both languages; an id without an English name keeps the Chinese one."""

    def __init__(self, zh: Mapping[str, str], en: Mapping[str, str] | None = None) -> None:
        """Take names by id."""
        self._zh = zh
        self._en = en or {}

    def zh(self, key: str) -> str:
        """Return the Chinese name."""
        return self._zh.get(key, key)

    def en(self, key: str) -> str:
        """Return the English name."""
        return self._en.get(key) or self._zh.get(key, key)

    def named(self, place: str) -> Reason:
        """Say that the text names the place."""
        return Reason(f"条文点名“{self.zh(place)}”", f"The text names {self.en(place)}")

    def meant(self, place: str, unit: str) -> Reason:
        """Say that the text means a thing by the name of the unit that it carries."""
        return Reason(
            f"条文点名“{self.zh(unit)}”，所指即{self.zh(place)}",
            f"The text names {self.en(unit)}, and means {self.en(place)}",
        )

    def grouped(self, place: str, group: str) -> Reason:
        """Say that the text names a group that the place belongs to."""
        return Reason(
            f"条文点名“{self.zh(group)}”，{self.zh(place)}是其中之一",
            f"The text names “{self.en(group)}”, which includes {self.en(place)}",
        )

    def addressed(self, place: str, entry: str) -> Reason:
        """Say that the text addresses a class that the place is a member of."""
        return Reason(
            f"条文适用于“{self.zh(entry)}”，{self.zh(place)}属于其中",
            f"The text addresses “{self.en(entry)}”, which includes {self.en(place)}",
        )

    def everywhere(self) -> Reason:
        """Say that the text sets no narrower area."""
        return Reason("条文未限定地域，适用于全自治区", "The text sets no narrower area and holds for the whole region")

    def natural(self, place: str) -> Reason:
        """Say that a thing of nature is reached only by what is about it."""
        return Reason(
            f"{self.zh(place)}是自然地物，只有与其有关的内容才及于它",
            f"{self.en(place)} is a natural feature, reached only by what concerns it",
        )

    def lies_in(self, inner: str, outer: str) -> Reason:
        """Say how a place lies wholly in a unit."""
        return Reason(f"{self.zh(inner)}位于{self.zh(outer)}", f"{self.en(inner)} lies in {self.en(outer)}")

    def subordinate(self, unit: str, league: str) -> Reason:
        """Say how a unit stands under a league or city."""
        return Reason(f"{self.zh(unit)}由{self.zh(league)}管辖", f"{self.en(unit)} is a unit of {self.en(league)}")

    def crosses(self, inner: str, outer: str, share: float) -> Reason:
        """Say which share of a place lies in a unit."""
        part = f"{share:.0%}" if share >= 0.01 else "不到1%"
        part_en = f"{share:.0%}" if share >= 0.01 else "less than 1%"
        return Reason(
            f"{self.zh(inner)}有{part}在{self.zh(outer)}境内", f"{part_en} of {self.en(inner)} lies in {self.en(outer)}"
        )

    def covers(self, land: str, unit: str, cover: float) -> Reason:
        """Say how much of a unit an area covers."""
        return Reason(
            f"{self.zh(land)}约占{self.zh(unit)}面积的{cover:.0%}",
            f"{self.en(land)} covers about {cover:.0%} of {self.en(unit)}",
        )


def both(first: Reason, second: Reason) -> Reason:
    """Return two reasons as one sentence."""
    return Reason(f"{first.zh}；{second.zh}", f"{first.en}; {second.en}")


@lru_cache(
    maxsize=4 * notes.REMEMBERED
)  # a hundred notes, said of every place: the region's reason is the same each time
def with_note(reason: Reason, note: str) -> Reason:
    """Return the reason with what the link's note adds: inheritance, narrowing, retrospect."""
    zh, en = reason
    route, point = notes.route(note)
    if route:
        zh, en = f"条文列出“{route}”，线路途经{point}", f"The text lists “{route}”, which runs through {point}"
    if notes.has(note, notes.BY_SCOPE):
        zh, en = f"本条未重复该词，按本条例适用范围及于此：{zh}", f"By the scope of the regulation: {_lower(en)}"
    elif notes.has(note, notes.BY_HEADING):
        zh, en = f"章节标题所及：{zh}", f"By the heading above: {_lower(en)}"
    elif notes.has(note, notes.WEAK):
        zh, en = f"{zh}（条文只是涉及，并非直接以其为对象）", f"{en} (the text touches on it without addressing it)"
    if word := notes.narrowing_word(note):
        zh, en = f"{zh}；条文所指“{word}”范围更窄", f"{en}; the words “{word}” name only a part of it"
    elif word := notes.partial_word(note):
        zh, en = f"{zh}；其中“{word}”的内容范围更窄", f"{en}; what it says of “{word}” holds for a part only"
    if notes.has(note, notes.RETROSPECTIVE):
        zh, en = f"{zh}；条文为回顾性表述", f"{en}; the text reports what has been done"
    if notes.has(note, notes.IN_PART):
        zh, en = f"{zh}；同一句中另有点名地区的内容", f"{en}; other clauses of the sentence are about named places"
    elif notes.has(note, notes.MIXED):
        zh, en = f"{zh}；条文另有针对特定地区的内容", f"{en}; other sentences are about particular places"
    return Reason(f"{zh}。", f"{en}.")


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]
