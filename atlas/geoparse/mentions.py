"""Mentions in the making: built without validating what a validated gazetteer gave, moved before anyone sees them."""

from __future__ import annotations

from collections.abc import Sequence

from atlas.models import Mention

_FIELDS = set(Mention.model_fields)
_set = object.__setattr__


def make_mention(
    start: int, end: int, surface: str, place: str | None, certainty: float, candidates: tuple[str, ...], reason: str
) -> Mention:
    """Return a mention without validating it again: all of its values come from a validated gazetteer."""
    made = Mention.__new__(Mention)
    _set(
        made,
        "__dict__",
        {
            "start": start,
            "end": end,
            "surface": surface,
            "place": place,
            "certainty": certainty,
            "candidates": candidates,
            "reason": reason,
        },
    )
    _set(made, "__pydantic_fields_set__", _FIELDS)
    _set(made, "__pydantic_extra__", None)
    _set(made, "__pydantic_private__", None)
    return made


def flat(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the mentions that lie in no other."""
    outer: list[Mention] = []
    for one in mentions:
        if not outer or one.start >= outer[-1].end:
            outer.append(one)
    return tuple(outer)


def place_at(one: Mention, start: int, end: int) -> None:
    """Give a mention that no one has seen yet its final offsets."""
    one.__dict__.update(start=start, end=end)
