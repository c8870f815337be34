"""Search: time to index and to answer, beside plain scans in the same run, at 1×, 10× and 100× the text.

Run: .venv/bin/python -m bench.search [--scales 1,10,100]

Peers, all for the same words: SQL LIKE over the same table; Python `in` over texts that are in memory already, as they
are; Python `in` over folded texts (what traditional input needs). Search does more than any of them: it ranks, reads
the hits, cuts snippets and gives spans. The median of several runs is shown; ratios are what to compare.
"""

from __future__ import annotations

import argparse
import sqlite3
import statistics
import time
from collections.abc import Callable

from atlas.corpus import Corpus, load_documents
from atlas.models import Provision
from atlas.paths import geodata
from atlas.search import create_index, search, suggest
from atlas.search.fold import fold
from tests.search.world import database

# One query a line of the table: as typed, and the words that a scan has to look for.
QUERIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("旗", ("旗",)),
    ("口岸", ("口岸",)),
    ("額濟納", ("额济纳",)),
    ("高质量发展", ("高质量发展",)),
    ("发展", ("发展",)),
    ("呼伦湖 岱海", ("呼伦湖", "岱海")),
    ("口岸 铁路", ("口岸", "铁路")),
    ("旗县级以上人民政府应当", ("旗县级以上人民政府应当",)),
    ("没有这样的词语", ("没有这样的词语",)),
)


def milliseconds(work: Callable[[], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times) * 1000


def copies(corpus: Corpus, scale: int) -> tuple[Provision, ...]:
    return tuple(
        provision if not copy else provision.model_copy(update={"id": f"{provision.id}-{copy}"})
        for copy in range(scale)
        for provision in corpus.provisions
    )


def like(made: sqlite3.Connection, words: tuple[str, ...]) -> int:
    where = " AND ".join("text LIKE ?" for _ in words)
    rows = made.execute(f"SELECT id FROM provisions WHERE {where}", tuple(f"%{word}%" for word in words))
    return len(rows.fetchall())


def measure(corpus: Corpus, scale: int) -> tuple[float, float]:
    provisions = copies(corpus, scale)
    texts = [provision.text for provision in provisions]
    characters = sum(map(len, texts))
    made = database((), (), corpus.documents)
    made.executemany(
        "INSERT INTO provisions VALUES (?, ?, ?, ?, '[]', '', ?)",
        [(p.id, p.document, p.number, p.title, p.text) for p in provisions],
    )
    before = made.execute("PRAGMA page_count").fetchone()[0]
    started = time.perf_counter()
    create_index(made, provisions, ())
    seconds = time.perf_counter() - started
    pages = made.execute("PRAGMA page_count").fetchone()[0] - before
    size = pages * made.execute("PRAGMA page_size").fetchone()[0]
    print(f"\n{scale}×: {len(provisions):,} provisions, {characters:,} characters")
    print(f"  index {seconds:.2f} s, {characters / seconds / 1e6:.2f} M characters/s, {size / 1e6:.1f} MB")
    print("  query\tsearch ms\tLIKE ms\tin ms\tfolded in ms\tsearch/LIKE\tsearch/folded in")
    runs = 15 if scale < 100 else 5
    slowest = 0.0
    for query, words in QUERIES:
        ours = milliseconds(lambda query=query: search(made, query), runs)
        peers = (
            milliseconds(lambda words=words: like(made, words), runs),
            milliseconds(lambda words=words: [t for t in texts if all(word in t for word in words)], runs),
            milliseconds(lambda words=words: [t for t in map(fold, texts) if all(word in t for word in words)], runs),
        )
        slowest = max(slowest, ours)
        shown = "\t".join(f"{value:.2f}" for value in (ours, *peers, ours / peers[0], ours / peers[2]))
        print(f"  {query}\t{shown}")
    print(f"  suggest 边境条例 第二条\t{milliseconds(lambda: suggest(made, '边境条例 第二条'), runs):.2f}")
    made.close()
    return seconds / characters, slowest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scales", default="1,10,100", help="how many times the text, parted by commas")
    scales = [int(scale) for scale in parser.parse_args().scales.split(",")]
    corpus = load_documents(geodata() / "documents")
    per_character = {}
    for scale in scales:
        per_character[scale], _ = measure(corpus, scale)
    base = per_character[scales[0]]
    print("\nindex time a character, relative to the first scale (1.0 is linear):")
    print("  " + "  ".join(f"{scale}×: {value / base:.2f}" for scale, value in per_character.items()))


if __name__ == "__main__":
    main()
