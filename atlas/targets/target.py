"""The record of a target: what a plan commits itself to, as a number that a machine can compute with."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from atlas.models import Record, Share

Kind = Literal["indicator", "commitment", "coverage", "extent", "achieved"]
Bound = Literal["exactly", "at-least", "at-most", "about", "national-requirement"]
Change = Literal["level", "increase", "decrease", "hold"]
Period = Literal["", "annual", "cumulative", "daily"]


class Target(Record):
    """One quantity of a plan that is to be reached (or, `achieved`, that it says has been)."""

    id: str = Field(pattern=r"^target/[a-z0-9-]+(?:/[a-z0-9-]+)*$")
    kind: Kind  # indicator: of the plan's table; coverage: all of something; extent: how many units a programme covers
    subject: str  # what is counted or measured
    value: float | None  # None where the plan only says that the national requirement is met
    high: float | None = None  # of a range
    unit: str  # normalised: mu, t, km, percent, persons, count
    text: str  # as printed: 5500万亩
    bound: Bound
    change: Change
    period: Period = ""
    year: int | None = None  # by when; None where neither the sentence nor the table says so
    horizon: int | None = None  # the last year of the plan, by when all of it holds that has no year of its own
    baseline: float | None = None  # of an indicator, and where a sentence says 由…提高到: the value of `baseline_year`
    baseline_year: int | None = None
    attribute: str = ""  # of an indicator: 预期性 (expected) or 约束性 (binding)
    places: tuple[str, ...] = ()  # place or group ids that it is said of, in order
    place_names: tuple[str, ...] = ()  # as printed
    provision: str
    start: int  # of the words that say it, in the witness
    end: int
    text_start: int  # the same in the provision's text
    text_end: int
    box: str = ""
    certainty: Share
