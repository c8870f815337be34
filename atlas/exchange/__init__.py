"""The built atlas as files for other programs: layers and tables, with styles, sources and licence inside."""

from __future__ import annotations

from atlas.exchange.choice import Chosen, Edition, choose
from atlas.exchange.export import FORMATS, Exported, export
from atlas.exchange.html import View
from atlas.exchange.projection import CRS_CHOICES, check_crs
from atlas.exchange.tables import TABLES, table

__all__ = [
    "CRS_CHOICES",
    "FORMATS",
    "TABLES",
    "Chosen",
    "Edition",
    "Exported",
    "View",
    "check_crs",
    "choose",
    "export",
    "table",
]
