"""How the words of each class are read: what addresses it, what only touches it, what narrows it, what looks like it.

Read from the same table as the classes (`geodata/gazetteer/classes.csv`): the gazetteer knows who is a member, this
module knows what the texts say to call them, and how sure the membership is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from atlas.errors import SourceError
from atlas.gazetteer.tables import rows, split
from atlas.models import PlaceClass, Record, Share

_BASIN = "流域"
_LISTED = rf"(?:[、和及与][^、，。；和及与]{{2,10}})+?等{_BASIN}"


class ClassRule(Record):
    """The words of one class. `not_words` are phrases that hold a trigger and address something else."""

    id: str
    triggers: tuple[str, ...]
    weak: tuple[str, ...] = ()  # touch the class without addressing it
    narrower: tuple[str, ...] = ()  # name only a part of it
    not_words: tuple[str, ...] = ()
    restricts: bool = True  # whether what addresses the class leaves all others out
    people: bool = False  # a set of people and their economies, not a stretch of ground
    basin: bool = False  # ground that holds all land in it
    documents: tuple[str, ...] = ()  # where the triggers count; everywhere when empty
    certainty: Share = 1.0  # of the membership

    @cached_property
    def words(self) -> re.Pattern[str]:
        """Matches a trigger (group `word`) or swallows a phrase that is none, or a weak one that holds a trigger."""
        longer = [word for word in self.weak if any(trigger in word for trigger in self.triggers)]
        return _pattern(self.triggers, (*self.not_words, *longer))

    @cached_property
    def weak_words(self) -> re.Pattern[str]:
        """Matches a weak trigger (group `word`) or swallows a phrase that is none."""
        return _pattern(self.weak, self.not_words)

    @cached_property
    def lookalikes(self) -> re.Pattern[str]:
        """Matches a phrase (group `word`) that holds a trigger and means something else."""
        return _pattern(self.not_words, ())

    def narrow_word(self, text: str) -> str:
        """Return the first word in `text` that names only a part of the class, or nothing."""
        found = [(text.find(word), -len(word), word) for word in self.narrower if word in text]
        return min(found)[2] if found else ""

    def narrowed(self, text: str, start: int, end: int) -> str:
        """Return the word over the class word at `text[start:end]` that narrows it (重点专业口岸), or nothing."""
        for word in sorted(self.narrower, key=len, reverse=True):
            if text.find(word, max(0, start - len(word) + 1), end + len(word) - 1) >= 0:
                return word
        return ""

    def counts_in(self, document: str) -> bool:
        """Say whether the triggers count in a document."""
        return not self.documents or document in self.documents


def _pattern(words: Iterable[str], swallowed: Iterable[str]) -> re.Pattern[str]:
    def either(choices: Iterable[str]) -> str:
        return "|".join(re.escape(word) for word in sorted(choices, key=len, reverse=True))

    words = tuple(words)
    # A list that shares its generic word: 黄河、嫩江、辽河等流域 addresses the basin of the first as well.
    heads = tuple(word.removesuffix(_BASIN) for word in words if word.endswith(_BASIN))
    kept, lost = either(words), either(swallowed)
    if heads:
        kept += rf"|(?:{either(heads)})(?={_LISTED})"
    if not kept:
        return re.compile(r"(?P<word>(?!))")
    return re.compile(rf"(?:{lost})|(?P<word>{kept})" if lost else rf"(?P<word>{kept})")


def plain_rules(classes: Iterable[PlaceClass]) -> dict[str, ClassRule]:
    """Return rules that know nothing but the triggers."""
    return {entry.id: ClassRule(id=entry.id, triggers=entry.triggers) for entry in classes}


def read_rules(path: Path) -> Mapping[str, ClassRule]:
    """Return the rules of the table of classes, by class id, in its order.

    Raises:
        SourceError: a row lacks its source, or a cell has a value that is not among the choices.
    """
    required = (
        "id",
        "triggers",
        "members",
        "weak",
        "narrower",
        "not_words",
        "restricts",
        "binds",
        "documents",
        "certainty",
    )
    found: dict[str, ClassRule] = {}
    for line, row in rows(path, (*required, "method", "defined_by", "date", "note")):
        if not row["defined_by"]:
            raise SourceError(f"table {path.name}, line {line}: {row['id']} has no source in defined_by")
        if not row["members"] and row["method"] != "text" and not row["note"]:
            raise SourceError(f"table {path.name}, line {line}: {row['id']} has no members and no note that says why")
        if row["restricts"] not in {"yes", "no"}:
            raise SourceError(f"table {path.name}, line {line}: restricts is {row['restricts']!r}, choose yes or no")
        if row["binds"] not in {"ground", "people", "basin"}:
            raise SourceError(
                f"table {path.name}, line {line}: binds is {row['binds']!r}, choose ground, people or basin"
            )
        try:
            found[row["id"]] = ClassRule(
                id=row["id"],
                triggers=split(row["triggers"]),
                weak=split(row["weak"]),
                narrower=split(row["narrower"]),
                not_words=split(row["not_words"]),
                restricts=row["restricts"] == "yes",
                people=row["binds"] == "people",
                basin=row["binds"] == "basin",
                documents=split(row["documents"]),
                certainty=float(row["certainty"]),
            )
        except (ValidationError, ValueError) as error:
            raise SourceError(f"table {path.name}, line {line}: certainty {row['certainty']!r}: {error}") from error
    return found
