"""Files from outside: read as text with a clear refusal, and parsed into provisions, be it a regulation or a plan.

Nothing here runs longer than linear in the size of the file, and a file larger than `LARGEST_FILE` is refused: each of
its characters would carry an offset through the whole program.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from atlas.corpus.emend import emend
from atlas.corpus.plan import parse_plan
from atlas.corpus.plan_headings import find_contents
from atlas.corpus.reading import SPACE, View, ends_sentence
from atlas.corpus.regulations import ParsedWitness, parse_regulations, squeezed
from atlas.errors import InputError

LARGEST_FILE = 64 * 1024 * 1024  # bytes
_CONTROLS = {*range(9), 14, 15, *range(16, 27), *range(28, 32)}  # no text has them; tabs, line and page breaks are text
_BINARY_SHARE = 0.01  # of control characters
_TITLE_MAX = 60  # characters of a regulation's title
_TITLE = re.compile(r"《?(?P<title>[\u3400-\u9fff“”（）()\dA-Za-z、—-]{4,60}?(?:条例|办法|规定|细则|规则|法))》?")
_LISTED = re.compile(
    rf"[{SPACE}]*(?P<title>[^\n.…·]{{4,{_TITLE_MAX}}}?)(?:[.…·]{{3,}}|\t)[{SPACE}.…·]*\d{{1,4}}[{SPACE}]*$"
)
_ADOPTED = re.compile(r"[（(]\d{4}年\d{1,2}月\d{1,2}日")


def read_text(path: Path, largest: int = LARGEST_FILE) -> str:
    """Return the text of a file, line ends and all.

    Raises:
        InputError: it is missing, no file, empty, too large, binary or not UTF-8.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise InputError(f"{path}: is not a file; give a text file in UTF-8")
        if size > largest:
            raise InputError(
                f"{path}: has {size / 2**20:.0f} MB, more than {largest / 2**20:.0f}; split it into smaller files"
            )
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); give a text file in UTF-8") from error
    return decode(data, str(path))


def decode(data: bytes, name: str) -> str:
    """Return `data` as text; `name` is what messages call it.

    Raises:
        InputError: it is empty, binary or not UTF-8.
    """
    if not data.strip():
        raise InputError(f"{name}: is empty; give a text file in UTF-8")
    head = data[: 2**16]
    if b"\0" in data or sum(byte in _CONTROLS for byte in head) > _BINARY_SHARE * len(head):
        raise InputError(f"{name}: is binary, not text; convert it to plain text in UTF-8 first")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{name}: is not UTF-8 (byte {error.start}); convert it first, for instance: iconv -f GB18030 -t UTF-8"
        ) from error


def parse_text(
    text: str, name: str, document: str = "text", restore: Callable[[str], View] | None = None
) -> ParsedWitness:
    """Parse any regulation, a compilation of several, or a plan with a table of contents into provisions.

    Their ids begin with `document`; in a compilation, whose titles stand in its table of contents or above notes of
    adoption, with `document-1`, `document-2` and so on. Defects that a rule can mend are mended; `restore` makes a
    restored view of a plan (see `atlas.corpus.plan`).

    Raises:
        InputError: no provisions are found.
    """
    if find_contents(text):
        parsed = parse_plan(text, name, document, restore(text) if restore else None)
    else:
        titles = {title: f"{document}-{number}" for number, title in enumerate(find_titles(text), 1)}
        several = len(titles) > 1
        parsed = parse_regulations(text, name, titles if several else {}, None if several else document)
    if all(item.kind == "preamble" for item in parsed.provisions):
        raise InputError(
            f"{name}: no provisions found: no line begins with an article (第一条 …), and there is no table of "
            "contents with dotted leaders whose headings stand in the text"
        )
    if any(item.restored for item in parsed.provisions):
        return parsed
    return parsed._replace(provisions=tuple(emend(item).provision for item in parsed.provisions))


def find_titles(text: str) -> tuple[str, ...]:
    """Return the titles of the regulations in `text`, without white space and title marks, in order.

    A title stands in a table of contents and again as a line (or two) of the body, or right above a note of adoption.
    """
    lines = [(line.strip(SPACE), squeezed(line)) for line in text.split("\n") if line.strip(SPACE)]
    listed = {
        squeezed(match["title"])
        for line, _ in lines
        if len(line) <= 2 * _TITLE_MAX and (match := _LISTED.match(line)) and _TITLE.fullmatch(squeezed(match["title"]))
    }
    found: dict[str, None] = {}
    for index, (line, words) in enumerate(lines):
        if not words or len(words) > _TITLE_MAX:
            continue
        two, one = (["", ""] + [each for _, each in lines[max(0, index - 2) : index]])[-2:]
        joined = words + lines[index + 1][1] if index + 1 < len(lines) else ""
        if words in listed or joined in listed:
            found[words if words in listed else joined] = None
        elif _ADOPTED.match(line) and not listed:
            apart = ends_sentence(two) or not _TITLE.fullmatch(two + one)
            title = one if apart else two + one
            if _TITLE.fullmatch(title):
                found[title] = None
    return tuple(found)
