"""The texts: nothing is missing, every offset leads to the words it claims; ids are primary keys of their tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from atlas.models import Defect

if TYPE_CHECKING:
    from atlas.store import Atlas

ARTICLES = {"model": 66, "ecology": 99, "security": 89, "energy": 79, "agriculture": 79, "bridgehead": 86, "border": 73}
PLAN = {"part": 17, "chapter": 54, "section": 163, "box": 32}


def articles(atlas: Atlas) -> Iterator[Defect]:
    """Look for regulations that lack an article."""
    table = atlas.provisions()
    found = table[table["kind"] == "article"].groupby("document").size()
    for document, wanted in ARTICLES.items():
        if (count := int(found.get(document, 0))) != wanted:
            yield Defect(rule="articles", subject=document, message=f"{count} articles instead of {wanted}")


def plan_units(atlas: Atlas) -> Iterator[Defect]:
    """Look for parts, chapters, sections and boxes that the plan lacks."""
    table = atlas.provisions()
    table = table[table["document"] == "plan"]
    found = table.groupby("kind").size().to_dict()
    found["box"] = table["id"].str.extract(r"^plan/(box-\d+)", expand=False).nunique()  # most stand as their items
    for kind, wanted in PLAN.items():
        if (count := int(found.get(kind, 0))) != wanted:
            yield Defect(rule="plan-units", subject=kind, message=f"{count} instead of {wanted}")


def offsets(atlas: Atlas) -> Iterator[Defect]:
    """Look for provisions and mentions that do not stand where they say, in the witness or in the provision."""
    corpus = atlas.corpus
    lengths = {one.id: len(one.text) for one in corpus.provisions}
    for one in corpus.provisions:
        if not 0 <= one.start < one.end <= len(corpus.texts[one.witness]):
            yield Defect(rule="offsets", subject=one.id, message=f"{one.start}–{one.end} is no span of {one.witness}")
    witness = {one.id: corpus.texts[one.witness] for one in corpus.provisions}
    texts = {one.id: one.text for one in corpus.provisions}
    for row in atlas.mentions().itertuples(index=False):
        if not 0 <= row.start < row.end <= lengths.get(row.provision, 0):
            yield Defect(rule="offsets", subject=row.provision, message=f"{row.surface} has no span in its provision")
        elif not _reads(row.surface, found := texts[row.provision][row.start : row.end]):
            yield Defect(rule="offsets", subject=row.provision, message=f"{found} stands where {row.surface} should")
        elif not 0 <= row.witness_start < row.witness_end <= len(witness[row.provision]):
            yield Defect(rule="offsets", subject=row.provision, message=f"{row.surface} has no span in its witness")


def _reads(surface: str, found: str) -> bool:
    """Say whether a span reads as a name, but for marks inside it (黄河“几字弯” is 黄河几字弯)."""
    return surface == "".join(mark for mark in found if mark in surface) and found[0] == surface[0]
