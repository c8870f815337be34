"""The view and its form in the address."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from atlas.models import Basis
from atlas.ui.state import NOTHING, PAGE, Known, View, from_address

KNOWN = Known(
    places=frozenset({"152923", "lake/hulun"}),
    articles=frozenset({"border/2", "plan/box-20/1"}),
    layers=("banners", "border", "lakes"),
    leagues=("150700", "152900"),
)


def test_an_empty_address_is_the_start() -> None:
    view, lost = from_address({}, KNOWN)
    assert view == View()
    assert lost == ()
    assert view.to_address() == {}


@given(
    place=st.sampled_from([None, *sorted(KNOWN.places)]),
    article=st.sampled_from([None, *sorted(KNOWN.articles)]),
    layers=st.none() | st.sets(st.sampled_from(KNOWN.layers)),
    leagues=st.sets(st.sampled_from(KNOWN.leagues)),
    lang=st.sampled_from(["zh", "en"]),
)
def test_the_address_gives_the_view_back(place, article, layers, leagues, lang) -> None:
    view = View(
        lang=lang,
        place=place,
        article=article,
        layers=None if layers is None else tuple(name for name in KNOWN.layers if name in layers),
        leagues=tuple(code for code in KNOWN.leagues if code in leagues),
    )
    again, lost = from_address(view.to_address(), KNOWN)
    assert lost == ()
    for name in ("lang", "place", "article", "layers", "leagues"):
        assert getattr(again, name) == getattr(view, name)


def test_no_layer_at_all_is_not_the_default() -> None:
    assert View(layers=()).to_address() == {"layers": NOTHING}
    assert from_address({"layers": NOTHING}, KNOWN)[0].layers == ()


@given(st.dictionaries(st.sampled_from(["place", "article", "layers", "leagues", "lang", "x"]), st.text(max_size=30)))
def test_any_address_gives_a_view(address: dict[str, str]) -> None:
    view, _ = from_address(address, KNOWN)
    assert view.place is None or view.place in KNOWN.places
    assert view.layers is None or set(view.layers) <= set(KNOWN.layers)


def test_what_nothing_has_is_named() -> None:
    view, lost = from_address({"place": "999999", "layers": "border,<b>", "lang": "fr"}, KNOWN)
    assert (view.place, view.layers, view.lang) == (None, ("border",), "zh")
    assert set(lost) == {"place=999999", "layers=<b>", "lang=fr"}


def test_the_map_moves_only_when_asked() -> None:
    view = View().with_place("152923", move=False)
    assert view.look == 0
    assert view.with_place("lake/hulun", move=True).look == 1
    assert view.with_article("border/2").look_at == "article"
    assert view.with_article("border/2").with_article(None).look_at == "place"
    assert view.with_leagues(["150700"]).look_at == "leagues"
    assert view.with_leagues([]).look_at == "home"


def test_another_place_leaves_the_article_and_its_pages() -> None:
    view = View(place="152923", article="border/2").with_more(Basis.REGION).with_place("lake/hulun", move=True)
    assert view.article is None
    assert view.open_count(Basis.REGION) == 0


def test_pages_open_one_by_one() -> None:
    view = View()
    assert (view.open_count(Basis.NAMED), view.open_count(Basis.REGION)) == (PAGE, 0)
    view = view.with_more(Basis.REGION).with_more(Basis.REGION).with_more(Basis.NAMED)
    assert (view.open_count(Basis.NAMED), view.open_count(Basis.REGION)) == (2 * PAGE, 2 * PAGE)
