"""Provisions as CSV: read back, they are what they were."""

import csv
import io

from atlas.corpus import Corpus
from atlas.corpus.tables import COLUMNS, PATH_SEPARATOR, provisions_csv


def test_csv_comes_back(corpus: Corpus) -> None:
    rows = list(csv.DictReader(io.StringIO(provisions_csv(corpus.provisions), newline="")))
    assert len(rows) == len(corpus.provisions)
    for row, item in zip(rows, corpus.provisions, strict=True):
        assert tuple(row) == COLUMNS
        assert (row["id"], row["text"], row["title"], row["number"]) == (item.id, item.text, item.title, item.number)
        assert (int(row["start"]), int(row["end"])) == (item.start, item.end)
        assert tuple(row["path"].split(PATH_SEPARATOR) if row["path"] else ()) == item.path
        assert row["restored"] == str(item.restored).lower()


def test_no_provisions_are_a_header() -> None:
    assert provisions_csv([]) == ",".join(COLUMNS) + "\n"


def test_the_path_separator_stands_in_no_heading(corpus: Corpus) -> None:
    assert not any(PATH_SEPARATOR in heading for item in corpus.provisions for heading in item.path)
