"""What a planner has narrowed the atlas down to: one filter that map, tables, exports and plates read alike.

Filters of different kinds are joined by AND, the values of one kind by OR; an empty kind filters nothing.
"""

from __future__ import annotations

from atlas.models import Basis, Precision, Record


class Selection(Record):
    """A filter over units, features, provisions, projects and targets."""

    regions: tuple[str, ...] = ()  # unit codes: leagues or counties
    classes: tuple[str, ...] = ()  # class ids; a unit must belong to one of them
    parts: tuple[str, ...] = ()  # group ids of the region's parts (east, centre, west …)
    documents: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()  # themes of layers
    layers: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()  # of projects
    statuses: tuple[str, ...] = ()  # of projects
    years: tuple[int, ...] = ()  # target years of projects and targets
    bases: tuple[Basis, ...] = ()  # of what governs
    precisions: tuple[Precision, ...] = ()
