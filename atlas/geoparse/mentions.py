"""Mentions in the making: built without validating what a validated gazetteer gave, moved before anyone sees them."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel

from atlas.models import Mention

_FIELDS = set(Mention.model_fields)
_new = Mention.__new__
# The slots of a record, set directly.
_set_values = BaseModel.__dict__["__dict__"].__set__
_set_fields = BaseModel.__dict__["__pydantic_fields_set__"].__set__
_set_extra = BaseModel.__dict__["__pydantic_extra__"].__set__
_set_private = BaseModel.__dict__["__pydantic_private__"].__set__


def make_mention(
    start: int, end: int, surface: str, place: str | None, certainty: float, candidates: tuple[str, ...], reason: str
) -> Mention:
    """Return a mention without validating it again: all of its values come from a validated gazetteer."""
    made = _new(Mention)
    _set_values(
        made,
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
    _set_fields(made, _FIELDS)
    _set_extra(made, None)
    _set_private(made, None)
    return made


def flat(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return the mentions that lie in no other."""
    outer: list[Mention] = []
    reached = 0
    for one in mentions:
        if one.start >= reached:
            reached = one.end
            outer.append(one)
    return tuple(outer)


def place_at(one: Mention, start: int, end: int) -> None:
    """Give a mention that no one has seen yet its final offsets."""
    one.__dict__.update(start=start, end=end)
