"""The coverage of the ledger in the docs is that of the atlas built from this tree."""

from __future__ import annotations

import re
from types import ModuleType

import pytest

from atlas.store import Atlas
from tests.support import docs_script


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    return docs_script("coverage")


def test_the_coverage_is_current(maker: ModuleType, atlas: Atlas) -> None:
    page = maker.PAGE.read_text(encoding="utf-8")
    assert page == maker.replaced(page, maker.section(atlas)), "run: atlas build; python docs/coverage.py"


def test_the_coverage_drops_nothing(maker: ModuleType, atlas: Atlas) -> None:
    made = maker.section(atlas)
    counted = re.findall(r"^\| (\w+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|", made, flags=re.MULTILINE)
    assert [row[0] for row in counted] == [*(one.id for one in atlas.documents()), "all"]
    assert all(int(total) == sum(map(int, parts)) for _, total, *parts in counted)
    assert int(counted[-1][1]) == len(atlas.mentions()) == sum(int(row[1]) for row in counted[:-1])
    reasons = re.findall(r"^\| .* \| (?:unplaceable|ambiguous) \| (\d+) \| .+ \| .+ \|$", made, flags=re.MULTILINE)
    assert sum(map(int, reasons)) == int(counted[-1][3]) + int(counted[-1][4])
