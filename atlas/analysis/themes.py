"""What each provision is about: one subject for each regulation and each chapter of the plan (geodata/themes.csv)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from atlas.errors import SourceError
from atlas.layers import Bilingual
from atlas.paths import geodata

SUBJECTS: dict[str, Bilingual] = {
    "general": Bilingual(zh="总则与实施", en="General"),
    "ecology": Bilingual(zh="生态环境", en="Ecology"),
    "water": Bilingual(zh="水利", en="Water"),
    "energy": Bilingual(zh="能源资源", en="Energy and resources"),
    "agriculture": Bilingual(zh="农牧业与乡村", en="Farming and countryside"),
    "industry": Bilingual(zh="工业", en="Industry"),
    "innovation": Bilingual(zh="科技人才", en="Innovation"),
    "digital": Bilingual(zh="数字化", en="Digital"),
    "transport": Bilingual(zh="交通", en="Transport"),
    "regions": Bilingual(zh="区域与城镇", en="Regions and towns"),
    "opening": Bilingual(zh="对外开放", en="Opening"),
    "border": Bilingual(zh="边境地区", en="Border areas"),
    "market": Bilingual(zh="市场与改革", en="Market and reform"),
    "culture": Bilingual(zh="文化旅游与服务业", en="Culture, tourism, services"),
    "society": Bilingual(zh="社会民生", en="Society"),
    "security": Bilingual(zh="安全", en="Security"),
}


@cache
def _scopes(path: Path) -> dict[str, str]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = {row["scope"]: row["theme"] for row in csv.DictReader(file)}
    except (OSError, KeyError) as error:
        raise SourceError(f"{path.name}: {error}; columns are scope, theme, reason") from error
    if unknown := sorted(set(rows.values()) - SUBJECTS.keys()):
        raise SourceError(f"{path.name}: unknown theme {', '.join(unknown)}; known are {', '.join(SUBJECTS)}")
    return rows


def subjects(provisions: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Return the subject of each provision.

    Args:
        provisions: `id`, `document`, `number`, `kind`, `title` and `path` of each, in the order of the documents.

    Raises:
        SourceError: the table is missing, or names no subject for a chapter.
    """
    scopes = _scopes(geodata() / "themes.csv")
    chapters: dict[str, str] = {}  # number and title as they stand in a path -> chapter id
    found: dict[str, str] = {}
    for row in provisions:
        if row["document"] != "plan":
            found[row["id"]] = _of(scopes, row["document"])
            continue
        if row["kind"] == "chapter":
            chapters[f"{row['number']} {row['title']}"] = row["id"]
            found[row["id"]] = _of(scopes, row["id"])
            continue
        chapter = next((chapters[name] for name in row["path"] if name in chapters), None)
        found[row["id"]] = _of(scopes, chapter) if chapter else "general"
    return found


def _of(scopes: Mapping[str, str], scope: str) -> str:
    if scope not in scopes:
        raise SourceError(f"themes.csv has no row for {scope}: add it with its theme, one of {', '.join(SUBJECTS)}")
    return scopes[scope]
