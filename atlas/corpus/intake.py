"""Files from outside: read as text with a clear refusal, and parsed into provisions, be it a regulation or a plan.

Nothing here runs longer than linear in the size of the file, and a file larger than `LARGEST_FILE` is refused: each of
its characters would carry an offset through the whole program.
"""

from __future__ import annotations

from pathlib import Path

from atlas.corpus.plan import parse_plan
from atlas.corpus.plan_headings import find_contents
from atlas.corpus.regulations import ParsedWitness, parse_regulations
from atlas.errors import InputError

LARGEST_FILE = 64 * 1024 * 1024  # bytes
_CONTROLS = {*range(9), 14, 15, *range(16, 27), *range(28, 32)}  # no text has them; tabs, line and page breaks are text
_BINARY_SHARE = 0.01  # of control characters


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


def parse_text(text: str, name: str, document: str = "text") -> ParsedWitness:
    """Parse any regulation, or a plan with a table of contents, into provisions with ids that begin with `document`.

    Raises:
        InputError: no provisions are found.
    """
    contents = find_contents(text)
    parsed = parse_plan(text, name, document) if contents else parse_regulations(text, name, {}, document)
    if all(item.kind == "preamble" for item in parsed.provisions):
        raise InputError(
            f"{name}: no provisions found: no line begins with an article (第一条 …), and there is no table of "
            "contents with dotted leaders whose headings stand in the text"
        )
    return parsed
