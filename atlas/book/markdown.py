"""Sets a dossier as Markdown, for people who go on writing with it; nothing in a name or a text becomes markup."""

from __future__ import annotations

import re

from atlas.book.dossier import Chapter, Dossier, Table
from atlas.book.words import Language, certain, counted, word

# Every character that CommonMark gives a meaning somewhere; a backslash before it takes that away.
_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&!$])")
# At the start of a line these would begin a list or a heading.
_LINE_START = re.compile(r"^(\s*)(\d+)([.)])|^(\s*)([-+=])")


def plain(text: str) -> str:
    """Return a text in which nothing is markup."""
    escaped = _MARKUP.sub(r"\\\1", " ".join(text.split()))
    return _LINE_START.sub(
        lambda found: f"{found[1]}{found[2]}\\{found[3]}" if found[2] else f"{found[4]}\\{found[5]}", escaped
    )


def markdown(dossier: Dossier) -> str:
    """Return the dossier as Markdown."""
    language = dossier.language
    parts = [f"# {plain(dossier.title)}", f"{plain(dossier.subtitle)} · {word('dossier', language)}".strip(" ·")]
    parts.append("\n".join(f"- **{plain(fact.label)}**  {plain(fact.value)}" for fact in dossier.facts))
    parts.extend(_table(table, language) for table in dossier.tables)
    parts.append(f"## {word('governing', language)}\n\n{plain(word('governing_lead', language))}")
    if not dossier.chapters:
        parts.append(word("none", language))
    parts.extend(_chapter(chapter, dossier) for chapter in dossier.chapters)
    parts.append(f"## {word('sources', language)}")
    parts.append("\n".join(f"- {plain(source)}" for source in dossier.sources))
    parts.append(" · ".join(f"{plain(fact.label)} {plain(fact.value)}" for fact in dossier.colophon))
    parts.append(f"*{plain(word('disclaimer', language))}*")
    return "\n\n".join(part for part in parts if part) + "\n"


def _table(table: Table, language: Language) -> str:
    lines = [f"## {counted(plain(table.title), len(table.rows), language)}", ""]
    if table.lead:
        lines += [plain(table.lead), ""]
    lines += [_row(table.columns), _row(["---"] * len(table.columns), as_is=True)]
    lines += [_row(row) for row in table.rows]
    return "\n".join(lines)


def _row(cells: tuple[str, ...] | list[str], *, as_is: bool = False) -> str:
    return "| " + " | ".join(cell if as_is else plain(cell) for cell in cells) + " |"


def _chapter(chapter: Chapter, dossier: Dossier) -> str:
    language = dossier.language
    parts = [f"### {counted(plain(chapter.title), len(chapter.entries), language)}", plain(chapter.hint)]
    for entry in chapter.entries:
        if not entry.paragraphs:
            continue
        reason = plain(entry.why) + certain(entry.certainty, language)
        parts.append(f"#### {plain(entry.citation)}")
        parts.append(f"{plain(entry.heading)}\n\n*{reason}*" if entry.heading else f"*{reason}*")
        parts.extend(f"> {plain(paragraph)}" for paragraph in entry.paragraphs)
    parts.extend(f"**{plain(one.document)}**\n\n{plain(one.numbers)}" for one in chapter.listings)
    return "\n\n".join(parts)
