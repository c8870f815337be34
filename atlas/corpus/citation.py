"""How a provision is cited in Chinese legal writing: title, date or number of issue, and the unit down to paragraph."""

from __future__ import annotations

import re
from datetime import date

from atlas.corpus.numerals import numeral
from atlas.errors import InputError
from atlas.models import Document, Provision


def citation(document: Document, provision: Provision) -> str:
    """Return for instance 《…条例》（2023年11月30日通过）第二条, or 《…纲要》（内政发〔2021〕1号）第三十三章第一节.

    Raises:
        InputError: the provision is not one of the document.
    """
    if provision.document != document.id:
        raise InputError(f"citation of {provision.id!r} from {document.id!r}: give the document {provision.document!r}")
    return f"《{document.title}》（{_issue(document)}）{_unit(provision)}"


def _issue(document: Document) -> str:
    if document.number:
        return document.number
    adopted = date.fromisoformat(document.adopted)
    return f"{adopted.year}年{adopted.month}月{adopted.day}日{'通过' if document.kind == 'regulation' else '印发'}"


def _unit(provision: Provision) -> str:
    """Return the number of a unit; a section comes with its chapter, since sections are numbered anew in each."""
    section = re.fullmatch(r"[a-z]+/(\d+)/\d+", provision.id)
    if provision.kind == "section" and section:
        return f"第{numeral(int(section[1]))}章{provision.number}"
    return provision.number
