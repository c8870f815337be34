"""A user's own data: vectors, tables of points and rasters, read in a guarded child process and joined to units.

Files come from strangers. Each is parsed in a process of its own with limits of time, memory, size, vertices and
pixels, with only the drivers that its format needs; nothing of it stays on the disk afterwards.
"""

from __future__ import annotations

from atlas.intake.intake import Intake, RasterIntake, raster_statistics, read_raster, read_vectors
from atlas.intake.limits import Limits, RefusedError
from atlas.intake.units import join_units

__all__ = [
    "Intake",
    "Limits",
    "RasterIntake",
    "RefusedError",
    "join_units",
    "raster_statistics",
    "read_raster",
    "read_vectors",
]
