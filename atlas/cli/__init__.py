"""The command line: one command a verb (DESIGN §4); one module a family of verbs.

Data go to standard output, progress and messages to standard error. Exit status 0; 1 where `check` found problems;
2 for a bad call or bad input, with one line that names the value, the choices and the next step.
"""

from __future__ import annotations

from atlas.cli import (  # noqa: F401  # each adds its verbs to the group
    analysis,
    books,
    exporting,
    layers,
    places,
    printing,
    serving,
    texts,
)
from atlas.cli.frame import commands, main, run

__all__ = ["commands", "main", "run"]
