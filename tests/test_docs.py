"""The docs name every layer, command, precision and dependency, and every file that they link to is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from atlas.cli import commands
from atlas.layers import THEMES, catalogue
from atlas.models import Precision
from atlas.paths import home

DOCS = home() / "docs"
PAGES = [home() / "README.md", home() / "README.zh-CN.md", home() / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]


@pytest.mark.parametrize("layer", catalogue(), ids=lambda layer: layer.id)
def test_every_layer_is_in_the_catalogue(layer) -> None:
    assert f"| `{layer.id}` |" in (DOCS / "layers.md").read_text(encoding="utf-8")
    assert layer.theme in THEMES


@pytest.mark.parametrize("name", sorted(commands.commands))
def test_every_command_is_documented(name: str) -> None:
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert f"`atlas {name}" in page
    for parameter in commands.commands[name].params:
        for option in parameter.opts:
            if option.startswith("-") and option not in ("-o", "--output"):
                assert option in page, f"atlas {name} {option}"


@pytest.mark.parametrize("precision", list(Precision))
def test_every_precision_is_explained(precision: Precision) -> None:
    assert f"| `{precision.value}` |" in (DOCS / "data.md").read_text(encoding="utf-8")


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((home() / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (DOCS / "decisions.md").read_text(encoding="utf-8")
    names = {re.split(r"[<>=\[ ]", one)[0] for one in project["dependencies"]}
    assert {name for name in names if name not in page} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
