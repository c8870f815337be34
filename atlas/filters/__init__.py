"""What a selection keeps: one filter over units, features, provisions, projects, targets and places.

`items` makes plain records of the built atlas once, `keep` narrows them down by an `atlas.selection.Selection`, and
`choices` lists what can be chosen. Map, tables, exports and plates all ask here (`filters_of`, `keep`), so that they
agree.
"""

from __future__ import annotations

from atlas.filters.choices import Choice, choices
from atlas.filters.items import SUBJECTS, Item, Subject, Way, Work, is_ground, make_items
from atlas.filters.keep import KINDS, Kept, Kind, Narrowed, narrow
from atlas.filters.mentions import kept_mentions, meant
from atlas.filters.names import region_codes, resolved
from atlas.filters.room import Filters, filters_of, keep, placed, where

__all__ = [
    "KINDS",
    "SUBJECTS",
    "Choice",
    "Filters",
    "Item",
    "Kept",
    "Kind",
    "Narrowed",
    "Subject",
    "Way",
    "Work",
    "choices",
    "filters_of",
    "is_ground",
    "keep",
    "kept_mentions",
    "make_items",
    "meant",
    "narrow",
    "placed",
    "region_codes",
    "resolved",
    "where",
]
