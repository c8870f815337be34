"""Time to restore, parse and index the plan's text at 1, 10 and 100 times its length: it must grow in proportion.

Run: python -m bench.corpus [--times 1 10 100]. Prints seconds of processor time (a busy machine does not disturb
them) and, by step, those per character against 1×.
The long texts are the plan's own, one after the other, so that every step meets real damage; the peers of search are in
bench/search.py, those of the geoparser in bench/geoparse.py.
"""

from __future__ import annotations

import argparse
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from typing import TypeVar

from atlas.corpus import load_documents, reading
from atlas.corpus.restore import LONGEST_TEXT, restore
from atlas.models import Provision
from atlas.paths import geodata
from atlas.search import create_index

T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def index(provisions: list[Provision]) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE provisions (id TEXT, document TEXT)")
        database.execute("CREATE TABLE places (id TEXT)")
        database.execute("CREATE TABLE documents (id TEXT)")
        create_index(database, provisions, [])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 10, 100])
    times = parser.parse_args().times
    folder = geodata() / "documents"
    parse_seconds, corpus = timed(lambda: load_documents(folder))
    print(f"parse of all five documents: {parse_seconds:.2f} s, {sum(map(len, corpus.texts.values())):,} characters")
    plan = next(text for file, text in corpus.texts.items() if file.startswith("004"))
    base: dict[str, float] = {}
    for many in times:
        text = plan * many
        provisions = [
            one.model_copy(update={"id": f"{one.id}-{number}"}) for number in range(many) for one in corpus.provisions
        ]
        steps: list[tuple[str, Callable[[], object]]] = [
            ("read", lambda text=text: reading(text)),
            ("restore", lambda text=text: [restore(part) for part in _parts(text)]),
            ("index", lambda provisions=provisions: index(provisions)),
        ]
        for name, work in steps:
            seconds, _ = timed(work)
            each = seconds / many
            base.setdefault(name, each)
            print(f"{many:>4}×  {name:8} {seconds:8.2f} s   per character against 1×: {each / base[name]:.2f}")


def _parts(text: str) -> list[str]:
    """Return the text in the pieces that `restore` takes at once."""
    return [text[at : at + LONGEST_TEXT] for at in range(0, len(text), LONGEST_TEXT)]


if __name__ == "__main__":
    main()
