"""Another plan's text through the same programs as the plan's own: its undertakings with geometry, its targets."""

from __future__ import annotations

from collections.abc import Sequence

from atlas.corpus.intake import parse_text
from atlas.corpus.plan_headings import find_contents
from atlas.corpus.prose_plan import sections
from atlas.errors import InputError
from atlas.geoparse import Geoparser
from atlas.models import Provision
from atlas.paths import geodata
from atlas.project_shapes import Shape, known_shapes, legs, project_shapes, read_waypoints
from atlas.projects.project import Project
from atlas.projects.register import register
from atlas.targets.find import targets
from atlas.targets.target import Target


def provisions(text: str, name: str) -> tuple[Provision, ...]:
    """Return the provisions of a plan: by its table of contents where it has one, else by its headings.

    Raises:
        InputError: the text is empty.
    """
    if find_contents(text):
        from atlas.corpus.restore import restore  # noqa: PLC0415  # its statistics take a moment to load

        return parse_text(text, name, restore=restore).provisions
    found = sections(text, name)
    if not found:
        raise InputError(f"{name}: holds no words; give the text of a plan")
    return found


def own_projects(text: str, name: str, parser: Geoparser) -> list[tuple[Project, Shape]]:
    """Return the undertakings that a plan names, in its order, each with its geometry (EPSG:4490) or why it has none.

    A route that the atlas has sourced way points for goes through them; another is straight between its stops.

    Raises:
        InputError: the text is empty.
    """
    rows: Sequence[Project] = register(provisions(text, name), parser)
    if not rows:
        return []
    waypoints = legs(read_waypoints(geodata() / "gazetteer" / "waypoints.csv"))
    shapes = project_shapes(rows, parser.gazetteer, waypoints, known_shapes(geodata() / "shapes"), {})
    return [(row, shapes[row.id]) for row in rows]


def own_targets(text: str, name: str, parser: Geoparser) -> tuple[Target, ...]:
    """Return the quantified commitments of a plan, in its order.

    Raises:
        InputError: the text is empty.
    """
    return targets(provisions(text, name), parser)
