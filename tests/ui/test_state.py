"""The view and its form in the address."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from atlas.models import Basis
from atlas.selection import Selection
from atlas.ui.state import FILTERED, NOTHING, PAGE, SCHEMES, Camera, Known, View, from_address

KNOWN = Known(
    places=frozenset({"152923", "lake/hulun"}),
    articles=frozenset({"border/2", "plan/box-20/1"}),
    views=("map", "about"),
    documents=("border", "plan"),
    layers=("banners", "border", "lakes"),
    choices=dict.fromkeys(FILTERED, ())
    | {
        "regions": ("150700", "152900", "150781"),
        "classes": ("class/border", "class/port-county"),
        "bases": tuple(str(basis) for basis in Basis),
        "years": ("2025", "2035"),
        "statuses": ("build", "advance"),
    },
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
    regions=st.sets(st.sampled_from(KNOWN.choices["regions"])),
    bases=st.sets(st.sampled_from(list(Basis))),
    years=st.sets(st.sampled_from([2025, 2035])),
    opacity=st.dictionaries(st.sampled_from(KNOWN.layers), st.integers(0, 99)),
    camera=st.none() | st.builds(Camera, lat=st.just(42.5), lon=st.sampled_from([97.1234, 126.0]), zoom=st.just(6.25)),
    own=st.text(max_size=30),
    name=st.sampled_from(["map", "about"]),
    lang=st.sampled_from(["zh", "en"]),
    scheme=st.sampled_from(SCHEMES),
)
def test_the_address_gives_the_view_back(
    place, article, layers, regions, bases, years, opacity, camera, own, name, lang, scheme
) -> None:
    view = View(
        name=name,
        lang=lang,
        scheme=scheme,
        place=place,
        article=article,
        layers=None if layers is None else tuple(name for name in KNOWN.layers if name in layers),
        selection=Selection(
            regions=tuple(code for code in KNOWN.choices["regions"] if code in regions),
            bases=tuple(basis for basis in Basis if basis in bases),
            years=tuple(sorted(years)),
        ),
        opacity=tuple(opacity.items()),
        camera=camera,
    ).with_own("about.part", own)
    again, lost = from_address(view.to_address(), KNOWN)
    assert lost == ()
    for name in ("lang", "scheme", "place", "article", "layers", "selection", "opacity", "camera", "own", "name"):
        assert getattr(again, name) == getattr(view, name)


def test_no_layer_at_all_is_not_the_default() -> None:
    assert View(layers=()).to_address() == {"layers": NOTHING}
    assert from_address({"layers": NOTHING}, KNOWN)[0].layers == ()


@given(
    st.dictionaries(
        st.sampled_from(
            ["place", "article", "layers", "leagues", "regions", "at", "opacity", "years", "about.x", "map.", "lang"]
        ),
        st.text(max_size=30),
    )
)
def test_any_address_gives_a_view(address: dict[str, str]) -> None:
    view, _ = from_address(address, KNOWN)
    assert view.place is None or view.place in KNOWN.places
    assert view.layers is None or set(view.layers) <= set(KNOWN.layers)


def test_what_nothing_has_is_named() -> None:
    view, lost = from_address({"place": "999999", "layers": "border,<b>", "lang": "fr", "scheme": "<i>"}, KNOWN)
    assert (view.place, view.layers, view.lang, view.scheme) == (None, ("border",), "zh", "system")
    assert set(lost) == {"place=999999", "layers=<b>", "lang=fr", "scheme=<i>"}


def test_the_map_moves_only_when_asked() -> None:
    view = View().with_place("152923", move=False)
    assert view.look == 0
    assert view.with_place("lake/hulun", move=True).look == 1
    assert view.with_article("border/2").look_at == "article"
    assert view.with_article("border/2").with_article(None).look_at == "place"
    chosen = view.with_choice("regions", "150700", on=True)
    assert (chosen.look_at, chosen.look) == ("selection", 1)
    assert chosen.with_choice("statuses", "build", on=True).look == 1
    assert chosen.without("regions").look_at == "home"


def test_choices_combine_and_clear_one_by_one_and_all_at_once() -> None:
    view = View().with_choice("regions", "150700", on=True).with_choice("regions", "152900", on=True)
    view = view.with_choice("years", "2025", on=True).with_choice("bases", "named", on=True)
    assert view.selection == Selection(regions=("150700", "152900"), years=(2025,), bases=(Basis.NAMED,))
    assert view.with_choice("regions", "150700", on=False).selection.regions == ("152900",)
    assert view.without("regions").selection == Selection(years=(2025,), bases=(Basis.NAMED,))
    assert view.without().selection == Selection()


def test_leagues_of_old_addresses_are_regions() -> None:
    assert from_address({"leagues": "150700"}, KNOWN)[0].selection.regions == ("150700",)


def test_the_place_that_the_map_was_moved_to_is_restored_and_forgotten_when_it_is_sent_elsewhere() -> None:
    view, lost = from_address({"at": "42.1000,110.2000,6.5", "place": "152923"}, KNOWN)
    assert (view.camera, view.look_at, lost) == (Camera(lat=42.1, lon=110.2, zoom=6.5), "camera", ())
    assert view.with_place("lake/hulun", move=True).camera is None
    assert from_address({"at": "1e9,2,3"}, KNOWN)[1] == ("at=1e9,2,3",)


def test_a_parameter_of_a_view_that_is_not_there_is_left_out() -> None:
    assert from_address({"nowhere.units": "1", "about.part": "2"}, KNOWN)[0].own == (("about.part", "2"),)


def test_another_place_leaves_the_article_and_its_pages() -> None:
    view = View(place="152923", article="border/2").with_more(Basis.REGION).with_place("lake/hulun", move=True)
    assert view.article is None
    assert view.open_count(Basis.REGION) == 0


def test_pages_open_one_by_one() -> None:
    view = View()
    assert (view.open_count(Basis.NAMED), view.open_count(Basis.REGION)) == (PAGE, 0)
    view = view.with_more(Basis.REGION).with_more(Basis.REGION).with_more(Basis.NAMED)
    assert (view.open_count(Basis.NAMED), view.open_count(Basis.REGION)) == (2 * PAGE, 2 * PAGE)


def test_what_a_view_of_its_own_cannot_know_is_named() -> None:
    known = KNOWN.model_copy(update={"views": ("map", "compare"), "own": {"compare.units": frozenset({"152923"})}})
    view, lost = from_address({"view": "compare", "compare.units": "152923,999", "compare.by": "theme"}, known)
    assert lost == ("compare.units=999",)
    assert view.get_own("compare.units") == "152923,999", "the view takes what it knows, as before"
    assert view.get_own("compare.by") == "theme"
