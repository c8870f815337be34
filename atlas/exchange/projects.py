"""Which undertakings of the register a selection leaves: by document, category, status and target year."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from atlas.errors import UnknownNameError
from atlas.selection import Selection
from atlas.store import Atlas


def narrowed(table: pd.DataFrame, selection: Selection, documents: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows of the projects or targets that documents, categories, statuses and years leave.

    Args:
        table: `Atlas.projects()` or `Atlas.targets()`.
        selection: the filter; a target has neither category nor status, so these do not touch it.
        documents: provision id -> document id.

    Raises:
        UnknownNameError: there is no such document, category or status.
    """
    kept = pd.Series(data=True, index=table.index)
    if selection.documents:
        _check("document", selection.documents, set(documents.values()))
        kept &= table["provision"].map(documents).isin(selection.documents)
    for name, wanted in (("category", selection.categories), ("status", selection.statuses)):
        if wanted and name in table:
            _check(name, wanted, set(table[name]))
            kept &= table[name].isin(wanted)
    if selection.years:
        kept &= table["year"].isin(selection.years)
    return table[kept]


def kept_projects(atlas: Atlas, selection: Selection) -> dict[str, bool] | None:
    """Return, for each undertaking, whether the selection leaves it; None where no filter touches undertakings."""
    if not (selection.categories or selection.statuses or selection.years or selection.documents):
        return None
    table = atlas.projects()
    kept = set(narrowed(table, selection, provision_documents(atlas))["id"])
    return {str(key): key in kept for key in table["id"]}


def provision_documents(atlas: Atlas) -> dict[str, str]:
    """Return the document of each provision."""
    table = atlas.provisions()
    return dict(zip(table["id"], table["document"], strict=True))


def _check(kind: str, wanted: tuple[str, ...], known: set[str]) -> None:
    for name in wanted:
        if name not in known:
            raise UnknownNameError(kind, name, known)
