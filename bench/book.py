"""The book: seconds of the clock and of the processors, pages and bytes, with what the drawing and the setting take.

Run: .venv/bin/python -m bench.book [--atlas build/atlas.gpkg] [-o atlas.pdf]

The book is made as `atlas book` makes it, on as many processes as there are processors; a bar on standard error says
how far it is. One run: it takes a minute.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

import pypdf

from atlas.book.book import write_book
from atlas.paths import store_file
from atlas.store import Atlas

MOST_SECONDS = 90.0


def cpu() -> float:
    """Return the seconds of CPU of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--atlas", type=Path, default=store_file())
    parser.add_argument("-o", "--output", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="beijiang-atlas-") as folder:
        out = options.output or Path(folder) / "atlas.pdf"
        started, used, drawn = time.perf_counter(), cpu(), 0.0

        def progress(done: int, total: int) -> None:
            nonlocal drawn
            drawn = time.perf_counter() - started
            bar = "#" * round(30 * done / total)
            print(f"\r[{bar:<30}] {done}/{total} {drawn:.0f} s", end="", file=sys.stderr, flush=True)

        write_book(Atlas(options.atlas.resolve()), out, progress=progress)
        print(file=sys.stderr)
        whole = time.perf_counter() - started
        print("processors\tclock s\tof it drawing\tCPU s\tpages\tMB\tload")
        pages, megabytes = len(pypdf.PdfReader(out).pages), out.stat().st_size / 1e6
        figures = f"{whole:.1f}\t{drawn:.1f}\t{cpu() - used:.1f}\t{pages}\t{megabytes:.1f}\t{os.getloadavg()[0]:.1f}"
        print(f"{os.cpu_count()}\t{figures}")
        print(f"at most {MOST_SECONDS:.0f} s: {'yes' if whole <= MOST_SECONDS else 'no'}")


if __name__ == "__main__":
    main()
