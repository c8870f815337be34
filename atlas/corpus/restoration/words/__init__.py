"""Word lists of the restoration, one word a line: common knowledge of official prose, not taken from one document.

`quoted`: names set in quotation marks; `plus_heads`: words that take a plus sign; `places`: names of places (the
administrative divisions of China and her neighbours); `chain`, `products`: members of chains with hyphens and arrows.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8").split())
