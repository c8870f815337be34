"""The registers: every undertaking and every target stands in a provision, at the words that it quotes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from atlas.models import Defect

if TYPE_CHECKING:
    from atlas.store import Atlas


def provisions(atlas: Atlas) -> Iterator[Defect]:
    """Look for rows without a span inside a provision and its witness."""
    texts = {one.id: one for one in atlas.corpus.provisions}
    for name, table in (("projects", atlas.projects()), ("targets", atlas.targets())):
        for row in table.itertuples(index=False):
            home = texts.get(row.provision)
            if home is None:
                yield Defect(rule=name, subject=row.id, message=f"there is no provision {row.provision}")
            elif not 0 <= row.text_start < row.text_end <= len(home.text):
                yield Defect(rule=name, subject=row.id, message=f"no span in {row.provision}")
            elif not home.start <= row.start < row.end <= home.end:
                yield Defect(rule=name, subject=row.id, message=f"{row.start}–{row.end} is outside {row.provision}")


def known_places(atlas: Atlas) -> Iterator[Defect]:
    """Look for places that a row names by an id which the gazetteer lacks."""
    gazetteer = atlas.gazetteer
    known = gazetteer.places.keys() | gazetteer.groups.keys() | gazetteer.classes.keys()
    for name, table in (("projects", atlas.projects()), ("targets", atlas.targets())):
        for row in table.itertuples(index=False):
            listed = json.loads(row.places) if isinstance(row.places, str) else row.places
            for place in listed:
                if place is not None and place not in known:
                    yield Defect(rule=name, subject=row.id, message=f"there is no place {place}")
