"""The state of the view, and its form in the address: whoever opens the address sees the same thing.

Pure: no Streamlit here. The address holds `place`, `article`, `layers`, `leagues` and `lang`; what is as the page opens
by default is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from atlas.models import Basis, Record
from atlas.ui.words import LANGS, Lang

PAGE = 12  # provisions of one basis that are shown at first, and again with each "more"
NOTHING = "-"  # in the address: no layer at all


class View(Record):
    """What is chosen and shown. `None` layers are those that are on by default."""

    lang: Lang = "zh"
    place: str | None = None
    article: str | None = None
    layers: tuple[str, ...] | None = None
    leagues: tuple[str, ...] = ()
    under: tuple[str, ...] = ()  # what else lay under the mouse when the place was clicked
    shown: tuple[tuple[Basis, int], ...] = ()  # how many provisions of a basis are open, where not the default
    look: int = 0  # counts the occasions on which the map is to move
    look_at: Literal["home", "place", "article", "leagues"] = "home"

    def with_place(self, place: str | None, *, move: bool, under: Sequence[str] = ()) -> View:
        """Choose a place and leave an article; the map moves there if asked to."""
        others = tuple(other for other in under if other != place)
        new = self.model_copy(update={"place": place, "article": None, "shown": (), "under": others})
        return new.moved("place" if place else "home") if move else new

    def with_article(self, article: str | None) -> View:
        """Open an article, or go back to the place; the map shows either."""
        new = self.model_copy(update={"article": article})
        return new.moved("article" if article else "place" if self.place else "home")

    def with_leagues(self, leagues: Collection[str]) -> View:
        """Filter by leagues; none means all."""
        return self.model_copy(update={"leagues": tuple(leagues)}).moved("leagues" if leagues else "home")

    def with_more(self, basis: Basis) -> View:
        """Show another page of one basis."""
        now = self.open_count(basis) + PAGE
        others = tuple((key, count) for key, count in self.shown if key != basis)
        return self.model_copy(update={"shown": (*others, (basis, now))})

    def open_count(self, basis: Basis) -> int:
        """Return how many provisions of a basis are shown; region-wide ones are closed at first."""
        return dict(self.shown).get(basis, 0 if basis is Basis.REGION else PAGE)

    def moved(self, look_at: Literal["home", "place", "article", "leagues"]) -> View:
        """Ask the map to move."""
        return self.model_copy(update={"look": self.look + 1, "look_at": look_at})

    def to_address(self) -> dict[str, str]:
        """Return the parameters of the address."""
        pairs = {
            "lang": self.lang if self.lang != "zh" else "",
            "place": self.place or "",
            "article": self.article or "",
            "layers": "" if self.layers is None else ",".join(self.layers) or NOTHING,
            "leagues": ",".join(self.leagues),
        }
        return {key: value for key, value in pairs.items() if value}


class Known(Record):
    """What an address may name."""

    places: frozenset[str]
    articles: frozenset[str]
    layers: tuple[str, ...]
    leagues: tuple[str, ...]


def from_address(parameters: Mapping[str, str], known: Known) -> tuple[View, tuple[str, ...]]:
    """Return the view that an address asks for, and those values in it that nothing has.

    Args:
        parameters: of the address.
        known: the ids that exist.
    """
    lost: list[str] = []

    def one(key: str, choices: Collection[str]) -> str | None:
        value = parameters.get(key, "")
        if value and value not in choices:
            lost.append(f"{key}={value}")
            return None
        return value or None

    def several(key: str, choices: Collection[str]) -> tuple[str, ...]:
        asked = [value for value in parameters.get(key, "").split(",") if value and value != NOTHING]
        lost.extend(f"{key}={value}" for value in asked if value not in choices)
        return tuple(value for value in choices if value in asked)

    lang = one("lang", LANGS)
    view = View(
        lang="en" if lang == "en" else "zh",
        place=one("place", known.places),
        article=one("article", known.articles),
        layers=several("layers", known.layers) if parameters.get("layers") else None,
        leagues=several("leagues", known.leagues),
    )
    if view.article:
        view = view.moved("article")
    elif view.place:
        view = view.moved("place")
    elif view.leagues:
        view = view.moved("leagues")
    return view, tuple(lost)
