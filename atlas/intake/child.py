"""The guarded process: sets its own limits, reads one file, writes one JSON of plain values, and ends.

Run by guard.py as `python -m atlas.intake.child FOLDER`; `FOLDER/task.json` says what to do. It imports the libraries
that read files only after the limits stand.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any


def main(folder: Path) -> None:
    """Do the task of a folder and write `result.json` beside it."""
    task = json.loads((folder / "task.json").read_text(encoding="utf-8"))
    restrict(task["limits"])
    from atlas.intake.limits import Limits, RefusedError  # noqa: PLC0415  # after the limits

    limits = Limits.model_validate(task["limits"])
    try:
        result = _raster(folder, task, limits) if task["kind"] == "raster" else _vectors(folder, task, limits)
    except RefusedError as error:
        result = {"refused": error.reason, "values": error.values}
    except MemoryError:
        result = {"refused": "memory", "values": {}}
    (folder / "result.json").write_text(json.dumps(result, ensure_ascii=False, default=str), encoding="utf-8")


def restrict(limits: dict[str, Any]) -> None:
    """Limit this process: CPU time, address space, size of files, open files, no core dump. Not on Windows."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_CPU, limits["cpu_s"]),
        (resource.RLIMIT_AS, limits["memory_bytes"]),
        (resource.RLIMIT_FSIZE, limits["unpacked_bytes"] * 2),
        (resource.RLIMIT_NOFILE, 256),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (allowed, allowed))


def _vectors(folder: Path, task: dict[str, Any], limits: Any) -> dict[str, Any]:
    import shapely  # noqa: PLC0415

    from atlas.intake.columns import column_names, row  # noqa: PLC0415
    from atlas.intake.limits import RefusedError  # noqa: PLC0415
    from atlas.intake.shapes import label, settled  # noqa: PLC0415

    found = _read(folder / task["file"], folder, task, limits)
    if any(not (task["crs"] or crs) for _, _, _, crs in found):
        edges = [shapely.total_bounds(shapely.from_wkb(shapely.to_wkb(shapes))).tolist() for _, _, shapes, _ in found]
        return {"crs_needed": True, "bounds": edges[0], "table": task["form"] == "csv"}
    layers, vertices = [], 0
    for name, rows, shapes, crs in found:
        # A CRS that is given fills a gap; it does not overrule what the file states.
        moved = settled(shapes, crs or task["crs"], limits)
        vertices += int(shapely.get_num_coordinates(moved).sum())
        if vertices > limits.vertices:
            raise RefusedError("vertices", most=limits.vertices)
        keys: dict[str, None] = {}
        for one in rows:
            keys.update(dict.fromkeys(one))
        names = column_names(map(str, keys), limits)
        kept = [at for at, shape in enumerate(moved) if shape is not None]
        layers.append(
            {
                "name": name,
                "crs": label(crs or task["crs"]),
                "columns": list(names.values()),
                "rows": [row(rows[at], names, limits) for at in kept],
                "shapes": [shapely.to_wkb(moved[at], hex=True) for at in kept],
                "dropped": len(rows) - len(kept),
                "columns_dropped": len(keys) - len(names),
            }
        )
    if not any(layer["shapes"] for layer in layers):
        raise RefusedError("no-features")
    return {"layers": layers}


def _read(path: Path, folder: Path, task: dict[str, Any], limits: Any) -> list[tuple[str, list[Any], list[Any], str]]:
    form, name = task["form"], task["name"]
    stem = Path(name).stem
    if form == "geojson":
        from atlas.intake.geojson import read_geojson  # noqa: PLC0415

        rows, shapes, crs = read_geojson(path.read_bytes(), name, limits)
        return [(stem, rows, shapes, crs)]
    if form in {"kml", "kmz"}:
        from atlas.intake.archive import unpack_kml  # noqa: PLC0415
        from atlas.intake.kml import read_kml  # noqa: PLC0415

        content = unpack_kml(path, limits) if form == "kmz" else path.read_bytes()
        rows, shapes = read_kml(content, name, limits)
        return [(stem, rows, shapes, "EPSG:4326")]
    if form == "csv":
        from atlas.intake.points import read_points  # noqa: PLC0415

        _, table, points = read_points(path.read_bytes(), name, limits)
        return [(stem, table, points, "")]
    from atlas.intake.archive import unpack_shapefiles  # noqa: PLC0415
    from atlas.intake.drivers import read_file  # noqa: PLC0415

    if form == "gpkg":
        return read_file(path, "GPKG", name, limits)
    found = []
    for title, shapefile in unpack_shapefiles(path, folder, limits):
        found += [
            (title, rows, shapes, crs) for _, rows, shapes, crs in read_file(shapefile, "ESRI Shapefile", name, limits)
        ]
    return found


def _raster(folder: Path, task: dict[str, Any], limits: Any) -> dict[str, Any]:
    import geopandas as gpd  # noqa: PLC0415
    import rasterio  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    from atlas.errors import InputError  # noqa: PLC0415
    from atlas.intake.limits import RefusedError  # noqa: PLC0415
    from atlas.intake.raster import open_guarded, picture, statistics  # noqa: PLC0415
    from atlas.intake.shapes import label  # noqa: PLC0415

    zones = json.loads((folder / "zones.json").read_text(encoding="utf-8"))
    frame = gpd.GeoDataFrame(zones["rows"], geometry=shapely.from_wkb(zones["shapes"]), crs="EPSG:4490")
    try:
        with open_guarded(folder / task["file"], task["name"], task["crs"], task["band"], limits) as raster:
            table = statistics(raster, frame, task["statistics"], task["band"], task["name"])
            grey, bounds = picture(raster, task["band"]) if task["picture"] else ([], (0.0, 0.0, 0.0, 0.0))
            facts = {
                "width": raster.width,
                "height": raster.height,
                "bands": raster.count,
                "crs": label(raster.crs.to_wkt()),
            }
    except RefusedError:
        raise
    except InputError as error:
        raise RefusedError("elsewhere") from error
    except rasterio.errors.RasterioError as error:
        raise RefusedError("broken", name=task["name"]) from error
    return {"table": table, "grey": grey, "bounds": bounds, "facts": facts}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
