"""The optional online base map: Tianditu's tiles under the atlas's layers, with a key of one's own.

It is there only where `ATLAS_TIANDITU_KEY` holds a key (of the browser kind), and off until somebody switches it on.
Tiles are those of the spherical Mercator matrix `w` in CGCS2000: no offset against the atlas, unlike GCJ-02 maps.
`ATLAS_TIANDITU_URL` names another server of the same kind, as a mirror on an intranet. The map's frame may ask that
server for pictures and no other host for anything (`policy`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, get_args

from atlas.errors import InputError
from atlas.models import Record

KEY, SERVER = "ATLAS_TIANDITU_KEY", "ATLAS_TIANDITU_URL"
TIANDITU = "https://t0.tianditu.gov.cn"

Kind = Literal["vec", "img", "ter"]  # streets, satellite pictures, terrain
KINDS: tuple[Kind, ...] = get_args(Kind)

_KEY = re.compile(r"[0-9A-Za-z]{8,64}")
_SERVER = re.compile(r"(https?://[0-9A-Za-z.-]{1,200}(?::\d{1,5})?)((?:/[0-9A-Za-z._-]+)*)/?")


class Basemap(Record):
    """Where tiles come from."""

    server: str  # without a slash at the end
    key: str

    @property
    def origin(self) -> str:
        """The one host that the browser may ask."""
        found = _SERVER.fullmatch(self.server)
        return found[1] if found else ""

    def template(self, kind: Kind) -> str:
        """Return the address of a tile as Leaflet fills it in: `{z}`, `{y}`, `{x}`."""
        return (
            f"{self.server}/{kind}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={kind}&STYLE=default"
            f"&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={self.key}"
        )


def read_basemap(environment: Mapping[str, str]) -> Basemap | None:
    """Return the base map that the environment asks for; None where there is no key.

    Raises:
        InputError: key or server are not of a form that can be one.
    """
    key = environment.get(KEY, "").strip()
    if not key:
        return None
    if not _KEY.fullmatch(key):
        raise InputError(f"{KEY} is no key of Tianditu (8 to 64 letters and digits): correct it, or unset it")
    server = environment.get(SERVER, "").strip() or TIANDITU
    if not _SERVER.fullmatch(server):
        raise InputError(f"{SERVER} is {server!r}: give a server as {TIANDITU}, or unset it")
    return Basemap(server=server.rstrip("/"), key=key)


def policy(basemap: Basemap | None) -> str:
    """Return the Content Security Policy of the map's frame: the atlas's own host, and pictures of the base map's."""
    pictures = f" {basemap.origin}" if basemap else ""
    return (
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
        f"img-src 'self' data:{pictures}; connect-src 'self'; base-uri 'none'; form-action 'none'"
    )
