"""Writes a dossier as PDF, Word or Markdown: the format is the file's ending."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

from atlas.book.document import word_document
from atlas.book.dossier import Dossier, RegionWide, gather
from atlas.book.location import location_map
from atlas.book.markdown import markdown
from atlas.book.typeset import typeset
from atlas.book.words import Language, word
from atlas.errors import UnknownNameError
from atlas.files import check_target, replacing
from atlas.store import Atlas

FORMS = (".pdf", ".docx", ".md")
_WORDS = ("atlas", "dossier", "governing", "governing_lead", "none", "sources", "disclaimer", "map", "contents")


def write_dossier(
    atlas: Atlas, place: str, out: Path, *, language: Language = "zh", region_wide: RegionWide = "full"
) -> Path:
    """Write the dossier of a place at `out` in one step; what was there stays until the new file is whole.

    Args:
        atlas: the built atlas.
        place: name or id.
        out: a file that ends in .pdf, .docx or .md.
        language: of headings and reasons.
        region_wide: whether what holds for the whole region stands in full, as a list of numbers, or not.

    Raises:
        InputError: the ending is unknown, or the folder is missing or cannot be written.
        UnknownNameError: there is no such place, language or choice.
    """
    form = check_target(out, FORMS, "dossier")
    for kind, value, choices in (
        ("language", language, get_args(Language)),
        ("region_wide", region_wide, get_args(RegionWide)),
    ):
        if value not in choices:
            raise UnknownNameError(kind, value, choices)
    dossier = gather(atlas, place, language, region_wide)
    content = {
        ".pdf": lambda: dossier_pdf(atlas, dossier),
        ".docx": lambda: word_document(dossier, _picture(atlas, dossier)),
    }.get(form, lambda: markdown(dossier).encode("utf-8"))()
    with replacing(out) as part:
        part.write_bytes(content)
    return out


def _picture(atlas: Atlas, dossier: Dossier) -> bytes | None:
    """Return the location map for a program that edits text: pixels, which Word, WPS and others all show."""
    return location_map(atlas, dossier.place, dossier.language, form="png")


def dossier_pdf(atlas: Atlas, dossier: Dossier) -> bytes:
    """Return the dossier as a PDF with bookmarks: location map, tables, provisions."""
    language = dossier.language
    words = {key: word(key, language) for key in _WORDS} | {"certainty": word("certainty", language)}
    drawn = location_map(atlas, dossier.place, language)
    values: dict[str, Any] = {
        "dossier": dossier.model_dump(mode="json"),
        "words": words,
        "version": dossier.colophon[0].value,
        "map": "map.pdf" if drawn else None,
    }
    return typeset("dossier", values, {"map.pdf": drawn} if drawn else None)
