"""The texts of a built atlas: documents, provisions, how they were established, how they are cited and exported."""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any

import pandas as pd

from atlas.corpus import (
    Corpus,
    Emendation,
    HeadingDifference,
    Suspicion,
    Variant,
    akoma_ntoso,
    cite_span,
    editorial_notes,
    resolve,
)
from atlas.errors import UnknownNameError
from atlas.models import Document, Provision, Segment
from atlas.reader import Reader, with_tuples


class Texts(Reader):
    """What the documents say."""

    def documents(self) -> tuple[Document, ...]:
        """Return the documents, in the order of the house."""
        rows = self._records("SELECT * FROM documents ORDER BY position")
        return tuple(
            self._model(Document, with_tuples({key: value for key, value in row.items() if key != "position"}))
            for row in rows
        )

    def provisions(self, document: str | None = None) -> pd.DataFrame:
        """Return provisions as a table, in the order of the documents, with texts, citations and witness offsets.

        Raises:
            UnknownNameError: there is no such document.
        """
        if document is not None:
            self._check("document", document, [one.id for one in self.documents()])
        columns = "id, document, kind, number, title, path, citation, witness, start, end, text, restored"
        where = "WHERE document = ?" if document else ""
        return pd.DataFrame(
            self._records(
                f"SELECT {columns} FROM provisions {where} ORDER BY position", (document,) if document else ()
            )
        )

    @cached_property
    def provision_counts(self) -> dict[str, int]:
        """How many provisions each document has, by its id."""
        return dict(self._rows("SELECT document, count(*) FROM provisions GROUP BY document ORDER BY document"))

    def provision(self, provision_id: str) -> Provision:
        """Return one provision.

        Raises:
            UnknownNameError: there is none with this id.
        """
        rows = self._records("SELECT * FROM provisions WHERE id = ?", (provision_id,))
        if not rows:
            known = [name for (name,) in self._rows("SELECT id FROM provisions")]
            raise UnknownNameError("provision", provision_id, known, "see: atlas provisions")
        row = rows[0]
        for name in ("position", "citation"):
            del row[name]
        return Provision.model_validate(row | {"origin": json.loads(row["origin"])})

    def citation(self, provision_id: str) -> str:
        """Return the citation of a provision."""
        self.provision(provision_id)
        return str(self._rows("SELECT citation FROM provisions WHERE id = ?", (provision_id,))[0][0])

    @cached_property
    def corpus(self) -> Corpus:
        """The texts as they were built: provisions, witnesses and segments, to resolve and cite spans."""
        segments: dict[str, list[Segment]] = {}
        for row in self._records("SELECT * FROM segments ORDER BY rowid"):
            segments.setdefault(row.pop("file"), []).append(Segment.model_validate(row))
        keys = [key for (key,) in self._rows("SELECT id FROM provisions ORDER BY position")]
        return Corpus(
            documents=self.documents(),
            texts=dict(self._rows("SELECT file, text FROM witnesses ORDER BY rowid")),
            segments={file: tuple(found) for file, found in segments.items()},
            provisions=tuple(self.provision(key) for key in keys),
            witness_provisions=(),
            heading_differences=tuple(
                HeadingDifference.model_validate(row) for row in self._records("SELECT * FROM headings ORDER BY rowid")
            ),
            emendations=tuple(Emendation.model_validate(row) for row in self._records("SELECT * FROM emendations")),
        )

    def apparatus(self, kind: str) -> pd.DataFrame:
        """Return how the text was established, by `kind`.

        `variants` of witnesses, `suspicions` of losses, `emendations`, `edits` of restoration, `headings` that a table
        of contents words differently, `segments` of the files.

        Raises:
            UnknownNameError: there is no such table.
        """
        self._check("apparatus", kind, ["variants", "suspicions", "emendations", "edits", "headings", "segments"])
        return pd.DataFrame(self._records(f"SELECT * FROM {kind} ORDER BY rowid"))

    def indicators(self) -> pd.DataFrame:
        """Return the plan's main indicators (its box 1) as the table that was printed."""
        return pd.DataFrame(self._records("SELECT * FROM indicators ORDER BY number"))

    def akoma_ntoso(self, document: str) -> str:
        """Return a document as Akoma Ntoso 3.0 XML, its apparatus as notes.

        Raises:
            UnknownNameError: there is no such document.
        """
        described = self.corpus.document(document)
        variants = [Variant.model_validate(row) for row in self._records("SELECT * FROM variants ORDER BY rowid")]
        doubts = [Suspicion.model_validate(row) for row in self._records("SELECT * FROM suspicions ORDER BY rowid")]
        provisions = [one for one in self.corpus.provisions if one.document == document]
        own = {one.id for one in provisions}
        notes = editorial_notes(
            [one for one in variants if one.provision in own],
            [one for one in self.corpus.emendations if one.provision in own],
            [one for one in doubts if one.provision in own],
        )
        return akoma_ntoso(described, provisions, notes)

    def cite(self, address: str) -> dict[str, Any]:
        """Return what a citation needs of a provision (`border/2`) or of a span of it (`border/2#12-18`).

        Raises:
            InputError: the address cannot be read.
            UnknownNameError: there is no such provision.
        """
        key = address.split("#", maxsplit=1)[0].split("~", maxsplit=1)[0]
        provision = self.corpus.find(key)
        whole = key == address
        span = cite_span(self.corpus, key, 0, len(provision.text)) if whole else resolve(self.corpus, address)
        before, after = self.corpus.previous(key), self.corpus.next(key)
        return span.model_dump() | {
            "raw_provision": self.corpus.raw(provision),
            "previous": before.id if before else None,
            "next": after.id if after else None,
        }

    def mentions(self, provision: str | None = None, place: str | None = None) -> pd.DataFrame:
        """Return mentions as a table, of one provision or one place if given; offsets into text and witness."""
        wanted = {"provision": provision, "place": place}
        given = {key: value for key, value in wanted.items() if value is not None}
        where = " WHERE " + " AND ".join(f"{key} = ?" for key in given) if given else ""
        columns = [
            "provision",
            "start",
            "end",
            "witness_start",
            "witness_end",
            "surface",
            "place",
            "certainty",
            "candidates",
            "reason",
        ]
        rows = self._records(f"SELECT * FROM mentions{where} ORDER BY rowid", tuple(given.values()))
        return pd.DataFrame(rows, columns=columns)
