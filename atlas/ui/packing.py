"""Data for components in few bytes: what never changes is fetched once as a file, the rest goes compressed. Pure.

Streamlit sends the data of a component whole whenever anything in it changes, and the layer list and the filter hold
hundreds of words and symbols that stay. So their data as they are without any choice are a file (`Base`), and what is
sent is the difference from it (static/loader.js puts both together).
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_LEVEL = 5  # of zlib: more costs more time than it saves


@dataclass(frozen=True, eq=False)
class Base:
    """Data that the browser fetches once."""

    data: Mapping[str, Any]
    address: str  # as seen from the page


def packed(data: Mapping[str, Any], base: Base | None = None) -> dict[str, str]:
    """Return data as static/loader.js takes them: compressed, whole or as the difference from `base`."""
    if base is None:
        return {"packed": _squeezed(data)}
    return {"packed": _squeezed(difference(base.data, data)), "base": base.address}


def difference(old: Any, new: Any) -> dict[str, Any]:
    """Return what makes `new` of `old`: nothing, a new value (`v`), or differences of the parts (`o`, by key)."""
    if old == new:
        return {}
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
        return {"o": {key: difference(old[key], new[key]) for key in old if old[key] != new[key]}}
    if isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        pairs = enumerate(zip(old, new, strict=True))
        return {"o": {str(at): difference(one, other) for at, (one, other) in pairs if one != other}}
    return {"v": new}


def text(data: Any) -> str:
    """Return data as short JSON."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _squeezed(data: Any) -> str:
    return base64.b64encode(zlib.compress(text(data).encode("utf-8"), _LEVEL)).decode("ascii")
