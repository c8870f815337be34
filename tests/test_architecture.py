"""The direction of imports (docs/architecture.md): text at the bottom, pictures at the top."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from atlas.paths import home

PACKAGE = home() / "atlas"

BASE = {"errors", "paths", "models", "reviewed"}
TEXT = BASE | {"corpus", "gazetteer", "geoparse", "projects", "targets", "governing"}

# Room -> the rooms it may import. Every room of the package must be listed here.
ALLOWED: dict[str, set[str]] = {
    "__init__": {"store", "verbs"},
    "errors": set(),
    "paths": BASE,
    "models": set(),
    "reviewed": {"errors", "models"},
    "corpus": BASE,
    "gazetteer": BASE,
    "geometry": BASE,
    "notes": BASE | {"gazetteer"},
    "layers": BASE,
    "manifest": BASE,
    "geoparse": BASE | {"corpus", "gazetteer"},
    "targets": BASE | {"corpus", "gazetteer", "geoparse"},
    "projects": BASE | {"targets"} | {"corpus", "gazetteer", "geoparse"},
    "governing": BASE | {"corpus", "gazetteer", "geoparse"},
    "project_shapes": BASE | {"gazetteer", "geometry", "projects"},
    "makers": BASE | {"gazetteer", "geometry", "layers", "projects", "project_shapes"},
    "register_features": BASE | {"gazetteer", "geometry", "layers", "makers", "projects", "project_shapes"},
    "own_plan": TEXT | {"project_shapes"},
    "features": BASE | {"gazetteer", "geometry", "layers", "makers", "projects", "register_features"},
    "colocations": BASE | {"features", "gazetteer", "geometry", "governing", "layers", "projects", "project_shapes"},
    "search": BASE,
    "qgis": BASE | {"layers"},
    "tables": BASE,
    "reader": BASE,
    "texts": BASE | {"corpus", "reader"},
    "package": TEXT | {"colocations", "geometry", "layers", "manifest", "project_shapes", "qgis", "search", "tables"},
    "build": TEXT
    | {"colocations", "geometry", "layers", "manifest", "features", "makers", "package", "project_shapes", "search"},
    "checks": BASE | {"geometry", "store"},
    "store": BASE | {"gazetteer", "geoparse", "governing", "layers", "manifest", "search", "reader", "texts"},
    "plate": BASE | {"files", "geometry", "layers", "plate"},
    "plates": BASE | {"analysis", "filters", "geometry", "layers", "plate", "selection", "store"},
    "web": BASE | {"geometry", "layers", "web"},
    "webmap": BASE | {"files", "geometry", "layers", "store", "web"},
    "ui": BASE
    | {
        "analysis",
        "book",
        "corpus",
        "exchange",
        "files",
        "layers",
        "plate",
        "plates",
        "search",
        "selection",
        "store",
        "intake",
        "notes",
        "verbs",
        "web",
    }
    | {"__init__", "filters", "webmap"},
    "files": BASE,
    "selection": BASE | {"layers", "store"},
    "filters": BASE | {"governing", "layers", "selection", "store"},
    "analysis": BASE | {"colocations", "files", "geometry", "governing", "layers", "store"},
    "exchange": BASE
    | {"files", "filters", "geometry", "layers", "notes", "qgis", "selection", "store", "web", "webmap"},
    "intake": BASE | {"analysis", "files", "geometry", "layers", "store"},
    "book": BASE | {"analysis", "files", "layers", "notes", "plate", "plates", "selection", "store"},
    "verbs": BASE | {"analysis", "checks", "exchange", "files", "filters", "intake", "plates", "selection", "store"},
    "cli": BASE
    | {
        "analysis",
        "book",
        "build",
        "corpus",
        "exchange",
        "layers",
        "manifest",
        "own_plan",
        "plate",
        "plates",
        "search",
        "selection",
        "store",
    }
    | {"__init__", "intake", "verbs", "webmap"},
}


def room(module: str) -> str:
    """The room of a dotted module name: atlas.corpus.plan -> corpus."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def imports(path: Path) -> set[str]:
    """Every module of the atlas that a file imports, at any depth of its code."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module)
            if node.module == "atlas":
                found.update(
                    f"atlas.{name.name}"
                    for name in node.names
                    if (PACKAGE / name.name).exists() or (PACKAGE / f"{name.name}.py").exists()
                )
        elif isinstance(node, ast.ImportFrom):
            pytest.fail(f"{path.name}: relative imports hide the direction; write atlas.…")
    return found


MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_run_one_way(path: Path) -> None:
    own = room("atlas." + ".".join(path.relative_to(PACKAGE).with_suffix("").parts))
    assert own in ALLOWED, f"say in ALLOWED what {own} may import"
    used = {room(name) for name in imports(path) if name.split(".")[0] == "atlas" and name != "atlas"}
    assert used - {own} <= ALLOWED[own]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_only_the_page_imports_streamlit(path: Path) -> None:
    if path.is_relative_to(PACKAGE / "ui"):
        return
    assert not {name for name in imports(path) if name.split(".")[0] == "streamlit"}


def test_the_rule_would_catch_a_wrong_import(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text("def late():\n    from atlas.webmap import make_map\n", encoding="utf-8")
    assert {room(name) for name in imports(wrong)} == {"webmap"}


def test_allowed_has_no_cycle() -> None:
    """The declared directions themselves admit an order (checks and store know each other's type only)."""
    graph = {name: used - {name} for name, used in ALLOWED.items()}
    graph["checks"] = graph["checks"] - {"store"}  # only under TYPE_CHECKING
    done: set[str] = set()
    while graph:
        free = [name for name, used in graph.items() if used <= done | {name}]
        assert free, f"a cycle among {sorted(graph)}"
        done.update(free)
        for name in free:
            del graph[name]


def ui_module(path: Path) -> str:
    """The dotted name of a file of the page's room."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def ui_graph() -> dict[str, set[str]]:
    """Module of the page's room -> those of it that it imports, for types alone and at any depth of its code too."""
    names = {ui_module(path) for path in (PACKAGE / "ui").rglob("*.py")}
    graph: dict[str, set[str]] = {}
    for path in (PACKAGE / "ui").rglob("*.py"):
        found: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module in names:
                inside = {f"{node.module}.{name.name}" for name in node.names} & names
                found |= inside
                if len(inside) < len(node.names):
                    found.add(node.module)
            elif isinstance(node, ast.Import):
                found |= {name.name for name in node.names} & names
        graph[ui_module(path)] = found - {ui_module(path)}
    return graph


def test_the_page_has_no_circle_of_imports() -> None:
    """What is opened, the session, what views share, the views, the page: each knows only what lies below it."""
    graph = ui_graph()
    assert graph["atlas.ui.session"], "the graph is read"
    done: set[str] = set()
    while graph:
        free = [name for name, used in graph.items() if used <= done]
        assert free, f"a circle among {sorted(graph)}"
        done.update(free)
        for name in free:
            del graph[name]


@pytest.mark.parametrize("name", ["state", "index", "packing", "ground", "chaptering", "matching", "navigation"])
def test_what_lies_lowest_knows_no_session(name: str) -> None:
    """These are pure: neither Streamlit nor what is opened stands behind them."""
    used = imports(PACKAGE / "ui" / f"{name}.py")
    assert not used & {"streamlit", "atlas.ui.session", "atlas.ui.opened", "atlas.ui.components"}


def test_what_is_opened_knows_no_streamlit() -> None:
    assert "streamlit" not in imports(PACKAGE / "ui" / "opened.py")
