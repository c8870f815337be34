"""The documents as they lie in `geodata/documents`: described by `documents.toml`, checked byte for byte, parsed.

Base witnesses. 模范自治区 and 桥头堡 stand in two files: in the compilation 000, and alone in 002 and 003. The latter
are the base: articles and paragraphs agree one to one, and where the wordings differ the compilation shows the damage
of its text recognition (`related` for 相关, `and` for 和; characters lost: 国家[安全]和社会稳定, [中]蒙, 生产[力]).
Its few readings that are not damage (中亚 for 中西亚, 申报 for 申建) are in the apparatus (`atlas.corpus.collate`). The
other four regulations of the compilation have no second witness: what they seem to have lost is flagged, not supplied
(`atlas.corpus.losses`).
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

from pydantic import Field, ValidationError, model_validator

from atlas.corpus.corpus import Corpus
from atlas.corpus.corrections import BOX_ITEM_TITLES, OCR, Corrections, load_corrections
from atlas.corpus.emend import Emended, emend
from atlas.corpus.plan import parse_plan
from atlas.corpus.reading import View
from atlas.corpus.regulations import ParsedWitness, parse_regulations, squeezed
from atlas.errors import SourceError
from atlas.models import Document, Provision, Record

MANIFEST = "documents.toml"
_NEXT_STEP = "restore it from the repository (git checkout -- geodata/documents)"


class Manifest(Record):
    """`documents.toml`: the files with their SHA-256, and the documents that they carry."""

    files: dict[str, str]
    documents: tuple[Document, ...] = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _absent_date(cls, data: object) -> object:
        """TOML has no null: a document without `in_force` says nothing of its coming into force."""
        if isinstance(data, dict) and isinstance(data.get("documents"), list):
            entries = [{"in_force": None, **entry} if isinstance(entry, dict) else entry for entry in data["documents"]]
            return {**data, "documents": entries}
        return data

    @model_validator(mode="after")
    def _is_closed(self) -> Manifest:
        ids = [document.id for document in self.documents]
        if len(ids) != len(set(ids)):
            raise ValueError(f"document ids are not unique: {', '.join(ids)}")
        named = {file for document in self.documents for file in (document.witness, *document.other_witnesses)}
        if named != set(self.files):
            raise ValueError(f"files and witnesses differ: {', '.join(sorted(named ^ set(self.files)))}")
        return self


def load_documents(
    folder: Path, restore: Callable[[str], View] | None = None, corrections: Path | None = None
) -> Corpus:
    """Read, check and parse the documents in `folder`.

    `restore` turns the plan's damaged text into a restored view of it (see `atlas.corpus.plan`); without it the plan
    reads as the file has it. `corrections` is the folder of reviewed rows, by default the one beside `folder`.

    Raises:
        SourceError: a file is missing, altered or not UTF-8, the manifest is invalid, a witness lacks its document, or
            a reviewed row does not fit the text that it speaks of.
    """
    manifest = read_manifest(folder)
    rows = load_corrections(corrections if corrections is not None else folder.parent / "corrections")
    texts = {file: read_witness(folder, file, expected) for file, expected in manifest.files.items()}
    parsed = {file: _parse(file, text, manifest, restore, rows) for file, text in texts.items()}
    base: list[Emended] = []
    others: list[Emended] = []
    for document in manifest.documents:
        for file in (document.witness, *document.other_witnesses):
            found = [_emended(item, document, rows) for item in parsed[file].provisions if item.document == document.id]
            if not found:
                raise SourceError(f"{file}: no provision of {document.title!r} found; correct {MANIFEST}")
            (base if file == document.witness else others).extend(found)
    _every_row_is_used(rows, base + others)
    return Corpus(
        documents=manifest.documents,
        texts=texts,
        segments={file: witness.segments for file, witness in parsed.items()},
        provisions=tuple(item.provision for item in base),
        witness_provisions=tuple(item.provision for item in others),
        heading_differences=tuple(item for witness in parsed.values() for item in witness.differences),
        emendations=tuple(change for item in [*base, *others] for change in item.emendations),
        corrections=rows,
    )


def read_manifest(folder: Path) -> Manifest:
    """Read and validate `documents.toml`.

    Raises:
        SourceError: it is missing or invalid.
    """
    path = folder / MANIFEST
    try:
        return Manifest.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise SourceError(f"{path}: not found; {_NEXT_STEP}") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourceError(f"{path}: cannot be read ({error}); {_NEXT_STEP}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the table"
        raise SourceError(f"{path}: {where}: {first['msg']}; {_NEXT_STEP}") from error


def read_witness(folder: Path, file: str, expected: str) -> str:
    """Return the text of a witness whose bytes have the SHA-256 `expected`; line ends stay as they are.

    Raises:
        SourceError: the file is missing, altered or not UTF-8.
    """
    path = folder / file
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(
            f"document {file}: not found in {folder} (expected sha256 {expected}); {_NEXT_STEP}"
        ) from error
    found = hashlib.sha256(data).hexdigest()
    if found != expected:
        raise SourceError(f"document {file}: altered (expected sha256 {expected}, found {found}); {_NEXT_STEP}")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SourceError(f"document {file}: not UTF-8 (byte {error.start}); {_NEXT_STEP}") from error


def _every_row_is_used(rows: Corrections, provisions: list[Emended]) -> None:
    """Refuse a reviewed row about a provision that does not exist."""
    known = {(item.provision.id, item.provision.witness) for item in provisions}
    for row in rows.ocr:
        if (row.provision, row.witness) not in known:
            raise SourceError(f"{OCR}: no provision {row.provision!r} in {row.witness!r}; correct the row")
    ids = {provision for provision, _ in known}
    for title in rows.box_item_titles:
        if title.provision not in ids:
            raise SourceError(f"{BOX_ITEM_TITLES}: no provision {title.provision!r}; correct the row")


def _emended(provision: Provision, document: Document, rows: Corrections) -> Emended:
    """Mend a regulation's article; the plan's Latin letters and marks are restored, not mended."""
    return emend(provision, rows.ocr) if document.kind == "regulation" else Emended(provision, ())


def _parse(
    file: str, text: str, manifest: Manifest, restore: Callable[[str], View] | None, rows: Corrections
) -> ParsedWitness:
    carried = [document for document in manifest.documents if file in (document.witness, *document.other_witnesses)]
    plans = [document for document in carried if document.kind == "plan"]
    if plans:
        titles = {row.provision: row.title for row in rows.box_item_titles}
        return parse_plan(text, file, plans[0].id, restore(text) if restore else None, titles)
    documents: Mapping[str, str] = {squeezed(document.title): document.id for document in carried}
    return parse_regulations(text, file, documents)
