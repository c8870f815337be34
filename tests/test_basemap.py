"""The online base map's setting: addresses of tiles, the one host that is allowed, settings that are refused."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from atlas.errors import InputError
from atlas.web.basemap import KEY, KINDS, SERVER, TIANDITU, Basemap, policy, read_basemap
from atlas.webmap import make_page

SECRET = "0123456789abcdef0123456789abcdef"


def pictures(page_policy: str) -> list[str]:
    directives = dict(part.strip().split(" ", 1) for part in page_policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["connect-src"] == "'self'"
    return directives["img-src"].split()


def test_without_a_key_there_is_none_and_no_host_is_allowed() -> None:
    assert read_basemap({}) is None
    assert read_basemap({SERVER: TIANDITU}) is None
    assert pictures(policy(None)) == ["'self'", "data:"]


def test_a_key_allows_one_host_for_pictures_alone() -> None:
    basemap = read_basemap({KEY: f" {SECRET} "})
    assert basemap == Basemap(server=TIANDITU, key=SECRET)
    assert pictures(policy(basemap)) == ["'self'", "data:", TIANDITU]
    page = make_page("data/atlas.json", basemap)
    assert policy(basemap) in page
    assert SECRET not in page, "the key goes only to whoever switches the map on"


@pytest.mark.parametrize("kind", KINDS)
def test_the_address_of_a_tile(kind: str) -> None:
    address = Basemap(server="http://10.1.2.3:8080/tdt", key=SECRET).template(kind)  # type: ignore[arg-type]
    parts = urlsplit(address.format(z=5, y=11, x=25))
    assert (parts.netloc, parts.path) == ("10.1.2.3:8080", f"/tdt/{kind}_w/wmts")
    asked = {name: value for name, (value,) in parse_qs(parts.query).items()}
    assert asked == {
        "SERVICE": "WMTS",
        "REQUEST": "GetTile",
        "VERSION": "1.0.0",
        "LAYER": kind,
        "STYLE": "default",
        "TILEMATRIXSET": "w",
        "FORMAT": "tiles",
        "TILEMATRIX": "5",
        "TILEROW": "11",
        "TILECOL": "25",
        "tk": SECRET,
    }


@pytest.mark.parametrize(
    "setting",
    [
        {KEY: "short"},
        {KEY: "x" * 20 + "&tk="},
        {KEY: SECRET, SERVER: "ftp://x"},
        {KEY: SECRET, SERVER: "https://a.b; script-src *"},
        {KEY: SECRET, SERVER: "https://a.b/x?y={z}"},
        {KEY: SECRET, SERVER: "https://*"},
    ],
)
def test_a_wrong_setting_is_named_in_one_line(setting: dict[str, str]) -> None:
    with pytest.raises(InputError, match="ATLAS_TIANDITU_") as caught:
        read_basemap(setting)
    assert "\n" not in str(caught.value)
