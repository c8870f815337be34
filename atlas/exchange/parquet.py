"""GeoParquet: all chosen features in one table, the note in the file's metadata; a table alone as plain Parquet."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from atlas.exchange.choice import Chosen
from atlas.exchange.projection import to_crs

METADATA_KEY = b"beijiang-atlas"


def write_geoparquet(chosen: Chosen, crs: str, lines: Mapping[str, str], part: Path) -> None:
    """Write the features of all layers, the column `layer` first; easting or longitude first in every CRS."""
    with io.BytesIO() as raw:
        to_crs(chosen.stacked(), crs).to_parquet(raw, index=False, write_covering_bbox=False)
        table = pq.read_table(io.BytesIO(raw.getvalue()))
    _write(table, lines, part)


def write_parquet(table: pd.DataFrame, lines: Mapping[str, str], part: Path) -> None:
    """Write one table without geometry."""
    _write(pa.Table.from_pandas(table, preserve_index=False), lines, part)


def _write(table: pa.Table, lines: Mapping[str, str], part: Path) -> None:
    note = {METADATA_KEY: json.dumps(dict(lines), ensure_ascii=False).encode("utf-8")}
    pq.write_table(table.replace_schema_metadata({**(table.schema.metadata or {}), **note}), part)
