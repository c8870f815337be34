"""Full-text search over provisions and place names, and suggestions while somebody types.

`create_index` writes the tables when the atlas is built; `search` and `suggest` read them. Source: SQLite FTS5,
https://www.sqlite.org/fts5.html. docs/search.md explains the query language, the ranking and the figures.
"""

from __future__ import annotations

from atlas.search.find import Hit, search
from atlas.search.index import create_index
from atlas.search.suggest import Suggestion, suggest

__all__ = ["Hit", "Suggestion", "create_index", "search", "suggest"]
