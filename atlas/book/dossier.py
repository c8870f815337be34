"""What a dossier of a place says, gathered from the built atlas as plain records; no layout here.

A dossier answers "what do the regulations and the plan say about my banner?" on paper: facts, what the map shows there,
the plan's projects and targets, co-locations with ecological zones, and every governing provision in full by basis.
`atlas.book.typeset`, `.word` and `.markdown` set it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any, Literal

import geopandas as gpd
import pandas as pd

from atlas.analysis.colocation import colocation
from atlas.analysis.concern import features_of, projects_of, targets_of
from atlas.book.words import Language, basis_hint, basis_title, word
from atlas.layers import PRECISION_TITLES
from atlas.models import Basis, Governing, Group, Place, PlaceClass, Record
from atlas.notes import note_in
from atlas.store import Atlas

RegionWide = Literal["full", "list", "none"]


class Fact(Record):
    """A line of the dossier's head."""

    label: str
    value: str


class Entry(Record):
    """A governing provision."""

    id: str
    citation: str  # in full
    document: str  # its first part: title and date
    number: str  # its last: 第二条
    heading: str  # the headings above it
    why: str
    certainty: int  # percent
    paragraphs: tuple[str, ...]  # its whole text; empty where only its number is listed


class Listing(Record):
    """Provisions of one document that are listed by number only."""

    document: str
    numbers: str  # 第一条、第三条 …


class Chapter(Record):
    """All provisions of one basis."""

    basis: Basis
    title: str
    hint: str
    entries: tuple[Entry, ...]
    listings: tuple[Listing, ...] = ()  # of the entries without text


class Table(Record):
    """A table of the dossier."""

    id: str
    title: str
    lead: str = ""
    columns: tuple[str, ...]
    widths: tuple[int, ...]  # in parts of the whole
    rows: tuple[tuple[str, ...], ...]


class Dossier(Record):
    """Everything that is set on paper for one place."""

    place: str
    language: Language
    title: str
    subtitle: str
    facts: tuple[Fact, ...]
    tables: tuple[Table, ...]
    chapters: tuple[Chapter, ...]
    sources: tuple[str, ...]
    colophon: tuple[Fact, ...]


def gather(atlas: Atlas, name_or_id: str, language: Language = "zh", region_wide: RegionWide = "full") -> Dossier:
    """Collect the dossier of a place.

    Args:
        atlas: the built atlas.
        name_or_id: of the place.
        language: of headings and reasons; names and law text stay Chinese.
        region_wide: whether provisions that hold for the whole region stand in full, as a list of numbers, or not.

    Raises:
        UnknownNameError: there is no such place.
    """
    place = atlas.place(name_or_id)
    colon = "：" if language == "zh" else ": "
    return Dossier(
        place=place.id,
        language=language,
        title=place.name if language == "zh" or not place.name_en else place.name_en,
        subtitle=place.name_en if language == "zh" else place.name,
        facts=facts(atlas, place, language),
        tables=tuple(table for table in _tables(atlas, place, language) if table.rows),
        chapters=_chapters(atlas, atlas.governing(place.id), language, region_wide),
        sources=(*([f"{place.name}{colon}{place.source}"] if place.source else []), *sources(atlas, language)),
        colophon=(
            Fact(label=word("version", language), value=f"{atlas.meta['version']} · {atlas.meta['built_from']}"),
            Fact(label=word("date", language), value=atlas.meta["date"]),
        ),
    )


# -- head --------------------------------------------------------------------------------------------------------------


def facts(atlas: Atlas, place: Place, language: Language, shapes: gpd.GeoDataFrame | None = None) -> tuple[Fact, ...]:
    """Return the head of a dossier: what the gazetteer and the layers know of a place.

    Args:
        atlas: the built atlas.
        place: of the dossier.
        language: of the labels.
        shapes: from `Atlas.shapes_of`, where the caller has asked for many places at once: it reads every layer.
    """
    gazetteer = atlas.gazetteer
    position = 0 if language == "zh" else 1
    comma = "、" if language == "zh" else ", "
    parent = gazetteer.places.get(place.parent or "")
    shape = PRECISION_TITLES[place.precision][position] if place.precision else ""
    drawn = atlas.shapes_of([place.id]) if shapes is None else shapes[shapes["place"] == place.id]
    area = ""
    if not drawn.empty and drawn.geometry.iloc[0].geom_type.endswith("Polygon"):
        area = f"{drawn.to_crs('ESRI:102025').area.iloc[0] / 1e6:,.0f} km²"
        shape = PRECISION_TITLES[_precision(drawn["precision"].iloc[0])][position]
    point = "" if place.lon is None else f"{place.lon:.3f}°E {place.lat:.3f}°N"
    pairs = {
        "code": place.id if place.id.isdigit() else "",
        "aliases": comma.join(alias for alias in place.aliases if alias != place.name),
        "parent": _called(parent, language) if parent else "",
        "area": area,
        "position": point,
        "precision": shape,
        "groups": comma.join(_called(one, language) for one in gazetteer.groups.values() if place.id in one.members),
        "classes": comma.join(_called(one, language) for one in gazetteer.classes.values() if place.id in one.members),
        "note": note_in(place.note, language),
    }
    return tuple(Fact(label=word(key, language), value=value) for key, value in pairs.items() if value)


def _called(one: Place | Group | PlaceClass, language: Language) -> str:
    """Return a name in the dossier's language; English names are unofficial, so the Chinese one stands beside them."""
    return one.name if language == "zh" or not one.name_en else f"{one.name_en} {one.name}"


def _precision(value: str) -> Any:
    return next(one for one in PRECISION_TITLES if str(one) == value)


# -- tables ------------------------------------------------------------------------------------------------------------


def _tables(atlas: Atlas, place: Place, language: Language) -> list[Table]:
    targets = targets_of(atlas, place)
    tables = [
        project_table(atlas, projects_of(atlas, place), language),
        target_table(atlas, targets[targets["kind"] != "achieved"], language),
    ]
    if place.type in {"county", "league"}:
        return [_feature_table(atlas, place, language), *tables, _colocation_table(atlas, place, language)]
    return tables


def _feature_table(atlas: Atlas, place: Place, language: Language) -> Table:
    """List what the layers draw in a unit, without the units themselves."""
    titles = {layer.id: getattr(layer.title, language) for layer in atlas.layers()}
    position = 0 if language == "zh" else 1
    rows = [
        (
            titles[layer],
            zh if language == "zh" or not en else f"{en} {zh}",
            "" if share >= 0.99 else f"{share:.0%}",
            PRECISION_TITLES[_precision(precision)][position],
        )
        for layer, zh, en, precision, share in features_of(atlas, place)
    ]
    return Table(
        id="features",
        title=word("features", language),
        columns=tuple(word(key, language) for key in ("layer", "name", "inside", "precision")),
        widths=(4, 5, 2, 4),
        rows=tuple(dict.fromkeys(rows)),
    )


def project_table(atlas: Atlas, projects: pd.DataFrame, language: Language) -> Table:
    """Return rows of the register as a table."""
    rows = [
        (
            row.name,
            row.verb if language == "zh" and row.verb else word(f"status_{row.status}", language),
            "—".join(row.place_names),
            "；".join(str(one["text"]) for one in row.quantities),
            _number(row.year),
            _number_of(atlas, row.provision),
        )
        for row in projects.itertuples(index=False, name="Row")
    ]
    keys = ("name", "status", "places", "quantities", "year", "evidence")
    return Table(
        id="projects",
        title=word("projects", language),
        columns=tuple(word(key, language) for key in keys),
        widths=(8, 4, 6, 4, 2, 5),
        rows=tuple(rows),
    )


def target_table(atlas: Atlas, targets: pd.DataFrame, language: Language) -> Table:
    """Return rows of the targets as a table."""
    rows = [
        (row.subject, row.text, _number(row.year), "、".join(row.place_names), _number_of(atlas, row.provision))
        for row in targets.itertuples(index=False)
    ]
    keys = ("subject", "value", "year", "places", "evidence")
    return Table(
        id="targets",
        title=word("targets", language),
        columns=tuple(word(key, language) for key in keys),
        widths=(7, 5, 2, 6, 5),
        rows=tuple(rows),
    )


def _colocation_table(atlas: Atlas, place: Place, language: Language) -> Table:
    found = colocation(atlas, unit=place.id)
    rows = [
        (
            row.project_name,
            row.zone_name,
            word(f"relation_{row.relation}", language),
            row.project_quotation,
            row.zone_quotation,
        )
        for row in found.itertuples(index=False)
    ]
    return Table(
        id="colocation",
        title=word("colocation", language),
        lead=word("colocation_lead", language),
        columns=(*(word(key, language) for key in ("project", "zone", "relation")), *[word("quotation", language)] * 2),
        widths=(5, 4, 3, 7, 7),
        rows=tuple(dict.fromkeys(rows)),
    )


def _number(year: float | None) -> str:
    return "" if year is None or pd.isna(year) else str(int(year))


def _number_of(atlas: Atlas, provision: str) -> str:
    """Return how a provision of the plan is cited within a table: its own number, without the document."""
    return parted(atlas.citation(provision))[1]


def parted(citation: str) -> tuple[str, str]:
    """Part 《title》（date）number into the document and the number."""
    found = re.fullmatch(r"(《.+?》（[^（）]*）)(.+)", citation)
    return (found[1], found[2]) if found else (citation, citation)


# -- provisions --------------------------------------------------------------------------------------------------------


def _chapters(
    atlas: Atlas, governing: Sequence[Governing], language: Language, region_wide: RegionWide
) -> tuple[Chapter, ...]:
    table = atlas.provisions().set_index("id")
    reading = {key: at for at, key in enumerate(table.index)}
    chapters = []
    for basis, rows in groupby(governing, key=lambda row: row.basis):
        whole = basis is not Basis.REGION or region_wide == "full"
        if basis is Basis.REGION and region_wide == "none":
            continue
        entries = tuple(_entry(row, table.loc[row.id], language, whole) for row in rows)
        hint = basis_hint(basis, language) if whole else word("region_list", language)
        chapters.append(
            Chapter(
                basis=basis,
                title=basis_title(basis, language),
                hint=hint,
                entries=entries,
                listings=_listings(sorted(entries, key=lambda entry: reading[entry.id])),
            )
        )
    return tuple(chapters)


def _listings(entries: Sequence[Entry]) -> tuple[Listing, ...]:
    """Gather the numbers of entries without text by document: 742 of them take a page, not eight."""
    numbers: dict[str, list[str]] = {}
    for entry in entries:
        if not entry.paragraphs:
            numbers.setdefault(entry.document, []).append(entry.number)
    return tuple(Listing(document=document, numbers="、".join(found)) for document, found in numbers.items())


def _entry(row: Governing, provision: Any, language: Language, whole: bool) -> Entry:
    return Entry(
        id=row.id,
        citation=row.citation,
        document=parted(row.citation)[0],
        number=parted(row.citation)[1],
        heading=" · ".join(provision["path"]),
        why=row.why if language == "zh" else row.why_en,
        certainty=round(row.certainty * 100),
        paragraphs=tuple(line for line in provision["text"].split("\n") if line.strip()) if whole else (),
    )


# -- sources -----------------------------------------------------------------------------------------------------------


def sources(atlas: Atlas, language: Language = "zh") -> tuple[str, ...]:
    """Return the documents and the attributions of all layers, each once; titles of documents stay Chinese."""
    documents = [
        f"《{one.title}》（{one.adopted}{'，' + one.number if one.number else ''}）"
        if language == "zh"
        else f"《{one.title}》 {one.title_en} ({', '.join(part for part in (one.adopted, one.number) if part)})"
        for one in atlas.documents()
    ]
    return tuple(dict.fromkeys([*documents, *(getattr(layer.attribution, language) for layer in atlas.layers())]))
