"""The errors that the atlas raises on purpose: each names the value, the choices and the next step."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class AtlasError(Exception):
    """Base of every error that a caller can act on; the command line turns it into one line and exit status 2."""


class InputError(AtlasError):
    """A file, value or option that the caller gave cannot be used; some say so in Chinese too, for the app."""

    def __init__(self, message: str, zh: str = "") -> None:
        """Say what is wrong in English, and in Chinese where a user of the app may meet it."""
        super().__init__(message)
        self.zh = zh


class SourceError(AtlasError):
    """A file of the repository (document, table, shape, layer) is missing, altered or invalid."""


class NotBuiltError(AtlasError):
    """There is no built atlas where one was expected."""


class UnknownNameError(InputError):
    """A name that is not in the set it is looked up in."""

    def __init__(self, kind: str, value: str, choices: Iterable[str], next_step: str = "") -> None:
        """Name the `kind` of thing, the `value` given, the nearest of `choices` and where to see them all."""
        known = sorted(set(choices))
        near = get_close_matches(value, known, n=5, cutoff=0.4)
        shown = near or known[:8]
        label = "did you mean" if near else "known are"
        more = "" if near or len(known) <= len(shown) else f" and {len(known) - len(shown)} more"
        hint = f"; {next_step}" if next_step else ""
        super().__init__(f"unknown {kind} {value!r}: {label} {', '.join(shown) or '(none)'}{more}{hint}")
        self.kind = kind
        self.value = value
        self.choices = known
