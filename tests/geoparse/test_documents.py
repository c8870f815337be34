"""Every mention in the documents' provisions, held fast: what makes the geoparser faster must not change an answer.

After a change that is meant: `.venv/bin/python -m tests.geoparse.test_documents > tests/gold/geoparse_documents.csv`,
and read the difference.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from atlas.corpus import load_documents
from atlas.corpus.restore import restore
from atlas.paths import geodata
from tests.geoparse.scoring import parser

GOLD = Path(__file__).parents[1] / "gold" / "geoparse_documents.csv"
HEADER = ["provision", "start", "end", "surface", "place"]


def rows() -> list[list[str]]:
    corpus = load_documents(geodata() / "documents", restore)
    provisions = corpus.provisions
    mentions = parser().parse_many(provision.text for provision in provisions)
    return [
        [provision.id, str(one.start), str(one.end), one.surface, one.place or ""]
        for provision, found in zip(provisions, mentions, strict=True)
        for one in found
    ]


def test_the_mentions_of_the_documents_are_those_that_were_read() -> None:
    with GOLD.open(encoding="utf-8", newline="") as file:
        header, *kept = csv.reader(file)
    assert header == HEADER
    assert rows() == kept


def test_each_provision_alone_reads_as_among_others() -> None:
    provisions = load_documents(geodata() / "documents").provisions[::7]
    assert list(parser().parse_many(one.text for one in provisions)) == [parser().parse(one.text) for one in provisions]


if __name__ == "__main__":
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(rows())
