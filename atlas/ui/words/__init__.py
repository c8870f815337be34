"""Every word of the interface, once: Chinese first, English beside it. Names and law text are data, not here.

Each module of this package holds the words of one view in `WORDS`; a view that is added brings a module of its own. A
word that two modules claim is refused when the package is loaded.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Literal

from atlas.errors import AtlasError, UnknownNameError

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")


def _collect() -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for module in sorted(entry.name for entry in pkgutil.iter_modules(__path__)):
        own: dict[str, tuple[str, str]] = importlib.import_module(f"{__name__}.{module}").WORDS
        if twice := found.keys() & own.keys():
            raise AtlasError(f"words {', '.join(sorted(twice))} of atlas/ui/words/{module}.py are taken: choose others")
        found |= own
    return found


WORDS = _collect()


def word(key: str, lang: Lang, **values: object) -> str:
    """Return a word of the interface with its values filled in.

    Raises:
        UnknownNameError: there is no such word.
    """
    if key not in WORDS:
        raise UnknownNameError("word", key, WORDS, "see atlas/ui/words")
    text = WORDS[key][LANGS.index(lang)]
    return text.format(**values) if values else text


def named(kind: str, value: str, lang: Lang) -> str:
    """Return the word for a coded value (`named("type", "lake", "zh")`), or the value itself where there is none."""
    key = f"{kind}_{value}"
    return word(key, lang) if key in WORDS else value
