"""Running the child: a private folder, an empty environment, a clock; nothing of the file stays, whatever happens.

The environment names the drivers that GDAL must not load, before anything imports GDAL: that is where its allow-list is
decided (DESIGN §8). Folders that a killed program left behind are swept away by the next call.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from atlas.errors import AtlasError
from atlas.intake.limits import Limits, RefusedError

UPLOAD = "upload."  # what a file is called in the child's folder, before its form
PREFIX = "atlas-intake-"
_MIB = 1024 * 1024
# All drivers that could read a file by its content or reach beyond it; GPKG, ESRI Shapefile and GTiff are what is left.
_SKIP = (
    "VRT OGR_VRT GDALG GTI STACTA STACIT DERIVED HTTP WMS WCS WMTS WFS OAPIF OGCAPI CSW EEDA EEDAI PLMOSAIC "
    "PLSCENES NGW DAAS Carto AmigoCloud Elasticsearch CSV KML LIBKML GeoJSON GeoJSONSeq ESRIJSON TopoJSON JSONFG "
    "GML GPX GeoRSS GMLAS SQLite MBTiles Rasterlite PDF DXF DGN S57 OSM MapML XLSX ODS XLS JML FlatGeobuf "
    "OpenFileGDB Parquet Arrow netCDF HDF5 HDF4 PDS4 PDS VICAR ISIS3 ENVI EHdr ERS AAIGrid XYZ JPEG PNG GIF "
    "JP2OpenJPEG Zarr RMF MRF PMTiles MVT GTFS VDV LVBAG Selafin SXF EDIGEO AVCBin AVCE00 WAsP ADBC PGDUMP "
    "MiraMonVector TIGER Idrisi OGR_GMT GPSBabel MapInfo "
)


def run_child(
    content: bytes, task: dict[str, Any], limits: Limits, extra: dict[str, str] | None = None
) -> dict[str, Any]:
    """Read a file in a child process and return what it found.

    Args:
        content: the file.
        task: `kind` (vectors or raster), `form` (geojson, gpkg …), `name` (for messages), and what the kind needs.
        limits: of size, time and memory.
        extra: more files for the child's folder, by name.

    Raises:
        RefusedError: what the child refused, or that it needed too much time or memory, or broke.
    """
    if not content:
        raise RefusedError("empty")
    if len(content) > limits.size_bytes:
        raise RefusedError("size", size=-(-len(content) // _MIB), most=limits.size_bytes // _MIB)
    sweep()
    with tempfile.TemporaryDirectory(prefix=f"{PREFIX}{os.getpid()}-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        # A name of our own: no word of the user's reaches a path.
        file = f"{UPLOAD}{task['form']}"
        (folder / file).write_bytes(content)
        for key, text in (extra or {}).items():
            (folder / key).write_text(text, encoding="utf-8")
        full = task | {"file": file, "limits": limits.model_dump()}
        (folder / "task.json").write_text(json.dumps(full, ensure_ascii=False), encoding="utf-8")
        status = _wait(folder, limits)
        return _result(folder, status, task["name"], limits)


def environment(folder: Path) -> dict[str, str]:
    """Return the child's environment: nothing of ours but where Python finds the atlas."""
    import atlas  # noqa: PLC0415

    own = {
        "PYTHONPATH": str(Path(str(atlas.__file__)).resolve().parent.parent),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "PATH": os.defpath,
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "OGR_SKIP": ",".join(_SKIP.split()),
        "GDAL_SKIP": ",".join(_SKIP.split()),
        "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
        "GDAL_PAM_ENABLED": "NO",
        "GDAL_CACHEMAX": "64",
        "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
        "GDAL_HTTP_TIMEOUT": "1",
        "PROJ_NETWORK": "OFF",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
    }
    kept = {key: os.environ[key] for key in ("SYSTEMROOT", "ATLAS_BUILD") if key in os.environ}
    return own | kept


def _wait(folder: Path, limits: Limits) -> int | None:
    """Run the child to its end; return its exit status, or None when its time was up."""
    with (folder / "said.txt").open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "atlas.intake.child", str(folder)],
            cwd=folder,
            env=environment(folder),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=said,
            start_new_session=True,
        )
        try:
            return process.wait(timeout=limits.wall_s)
        except subprocess.TimeoutExpired:
            return None
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.wait()


def _result(folder: Path, status: int | None, name: str, limits: Limits) -> dict[str, Any]:
    over_time = {-getattr(signal, "SIGXCPU", 24), -getattr(signal, "SIGKILL", 9)}
    if status is None or status in over_time:
        raise RefusedError("time", most=limits.cpu_s if status else limits.wall_s)
    path = folder / "result.json"
    if status != 0 or not path.is_file():
        said = (folder / "said.txt").read_text(encoding="utf-8", errors="replace")
        if "MemoryError" in said or "bad_alloc" in said or "Cannot allocate memory" in said:
            raise RefusedError("memory")
        if "No module named" in said:
            raise AtlasError(f"the reader of files did not start ({said.splitlines()[-1]}): run `make setup` again")
        raise RefusedError("broken", name=name)
    result: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if "refused" in result:
        values = result["values"]
        if str(values.get("name", "")).startswith(UPLOAD):  # what the file is called inside is no name of the user's
            values = values | {"name": name}
        raise RefusedError(result["refused"], **values)
    return result


def sweep() -> None:
    """Remove folders of programs that were killed before they could."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = folder.name.removeprefix(PREFIX).partition("-")[0]
        if owner.isdigit() and not _lives(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
