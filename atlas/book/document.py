"""Sets a dossier as a Word document, for offices that edit in Word or WPS. The same dossier gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import _Row

from atlas.book.dossier import Chapter, Dossier, Table
from atlas.book.words import Language, certain, counted, word

SONG, HEI = "宋体", "黑体"  # on every Chinese Windows and in WPS; others fall back to their own
_TEXT_WIDTH = 158  # mm of an A4 page
MUTED = RGBColor(0x6F, 0x68, 0x5F)
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP archive can state


def word_document(dossier: Dossier, picture: bytes | None = None) -> bytes:
    """Return the dossier as a .docx file, with its location map (PNG) if there is one."""
    document = docx.Document()
    _styles(document)
    language = dossier.language
    document.core_properties.title = f"{dossier.title} {word('dossier', language)}"
    document.core_properties.author = word("atlas", language)
    document.core_properties.comments = ""
    fixed = datetime.fromisoformat(dossier.colophon[-1].value or "2021-02-07")
    document.core_properties.created = document.core_properties.modified = fixed
    document.add_heading(dossier.title, 0)
    _muted(document, " · ".join(part for part in (dossier.subtitle, word("dossier", language)) if part))
    for fact in dossier.facts:
        line = document.add_paragraph()
        line.add_run(f"{fact.label}　").font.color.rgb = MUTED
        line.add_run(fact.value)
    if picture:
        document.add_heading(word("map", language), 1)
        document.add_picture(io.BytesIO(picture), width=Mm(_TEXT_WIDTH))
    for table in dossier.tables:
        _table(document, table, language)
    document.add_heading(word("governing", language), 1)
    _muted(document, word("governing_lead", language) if dossier.chapters else word("none", language))
    for chapter in dossier.chapters:
        _chapter(document, chapter, dossier)
    document.add_heading(word("sources", language), 1)
    for source in dossier.sources:
        document.add_paragraph(source, style="List Bullet")
    _muted(document, " · ".join(f"{fact.label} {fact.value}" for fact in dossier.colophon))
    _muted(document, word("disclaimer", language))
    raw = io.BytesIO()
    document.save(raw)
    return _without_clock(raw.getvalue())


def _styles(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm((210 - _TEXT_WIDTH) / 2)
    section.top_margin = section.bottom_margin = Mm(25)
    _numbered(section)
    for style in document.styles:
        if not isinstance(style, ParagraphStyle):
            continue
        heading = style.name is not None and (style.name.startswith("Heading") or style.name == "Title")
        style.font.name = "Times New Roman"
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), HEI if heading else SONG)
        if heading:
            style.font.color.rgb = RGBColor(0x2E, 0x2A, 0x26)
        if style.name == "Title":  # without the blue rule that Word's own has
            for border in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
                style.element.pPr.remove(border)
    normal = document.styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.paragraph_format.space_after = Pt(4)
    normal.paragraph_format.line_spacing = 1.35


def _muted(document: Document, text: str) -> None:
    line = document.add_paragraph()
    run = line.add_run(text)
    run.font.color.rgb = MUTED
    run.font.size = Pt(9)


def _table(document: Document, table: Table, language: Language) -> None:
    document.add_heading(counted(table.title, len(table.rows), language), 1)
    if table.lead:
        _muted(document, table.lead)
    grid = document.add_table(rows=1, cols=len(table.columns), style="Table Grid")
    grid.autofit = False  # else Word and WPS make all columns as wide as each other
    widths = [Mm(_TEXT_WIDTH * share / sum(table.widths)) for share in table.widths]
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for cell, title in zip(grid.rows[0].cells, table.columns, strict=True):
        cell.text = title
    for row in table.rows:
        for cell, text in zip(grid.add_row().cells, row, strict=True):
            cell.text = text
    _repeated(grid.rows[0])
    for row in grid.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # a row is read at one glance
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
            for line in cell.paragraphs:
                line.alignment = WD_ALIGN_PARAGRAPH.LEFT
                line.paragraph_format.space_after = Pt(1)
                line.paragraph_format.line_spacing = 1.0
                for run in line.runs:
                    run.font.size = Pt(9)


def _repeated(row: _Row) -> None:
    """Mark a table's head, so that it stands on every page that the table reaches."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _numbered(section: Section) -> None:
    """Put the number of the page into the foot."""
    line = section.footer.paragraphs[0]
    line.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    line._p.append(field)


def _chapter(document: Document, chapter: Chapter, dossier: Dossier) -> None:
    document.add_heading(counted(chapter.title, len(chapter.entries), dossier.language), 2)
    _muted(document, chapter.hint)
    for entry in chapter.entries:
        if not entry.paragraphs:
            continue
        document.add_heading(entry.citation, 3)
        reason = entry.why + certain(entry.certainty, dossier.language)
        _muted(document, f"{entry.heading}　{reason}" if entry.heading else reason)
        for paragraph in entry.paragraphs:
            line = document.add_paragraph(paragraph)
            line.paragraph_format.first_line_indent = Pt(21)
    for listing in chapter.listings:
        document.add_heading(listing.document, 3)
        document.add_paragraph(listing.numbers)


def _without_clock(raw: bytes) -> bytes:
    """Pack a ZIP archive again without the times of its members, so that equal documents are equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            new.writestr(zipfile.ZipInfo(name, _EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
