"""Archives of strangers: looked at before anything is written, unpacked under names of our own, each byte counted."""

from __future__ import annotations

import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from atlas.intake.limits import Limits, RefusedError

PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_CHUNK = 1 << 16


def unpack_shapefiles(path: Path, folder: Path, limits: Limits) -> list[tuple[str, Path]]:
    """Unpack the Shapefiles of an archive; return (name, path of the .shp) of each.

    Raises:
        RefusedError: unsafe paths, links, passwords, too many or too large members, or no whole Shapefile.
    """
    with _open(path) as packed:
        stems: dict[str, dict[str, zipfile.ZipInfo]] = {}
        for info in _members(packed, limits):
            name = PurePosixPath(info.filename)
            if name.suffix.lower() in PARTS and not name.name.startswith("."):
                stems.setdefault(str(name.with_suffix("")), {})[name.suffix.lower()] = info
        whole = {stem: parts for stem, parts in stems.items() if {".shp", ".shx", ".dbf"} <= parts.keys()}
        if not whole:
            raise RefusedError("archive-content")
        left = limits.unpacked_bytes
        found = []
        for number, (stem, parts) in enumerate(sorted(whole.items())):
            for suffix, info in parts.items():
                left -= _unpack(packed, info, folder / f"layer{number}{suffix}", left)
            found.append((PurePosixPath(stem).name, folder / f"layer{number}.shp"))
        return found


def unpack_kml(path: Path, limits: Limits) -> bytes:
    """Return the document of a KMZ.

    Raises:
        RefusedError: as for Shapefiles.
    """
    with _open(path) as packed:
        documents = [info for info in _members(packed, limits) if info.filename.lower().endswith(".kml")]
        if not documents:
            raise RefusedError("content", name=path.name, form="KML")
        out = path.with_name("doc.kml")
        _unpack(packed, documents[0], out, limits.size_bytes)
        return out.read_bytes()


def _open(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise RefusedError("content", name=path.name, form="ZIP") from error


def _members(packed: zipfile.ZipFile, limits: Limits) -> list[zipfile.ZipInfo]:
    """Return the files of an archive after a look at all of them."""
    infos = packed.infolist()
    if len(infos) > limits.members or sum(info.file_size for info in infos) > limits.unpacked_bytes:
        raise RefusedError("archive-size")
    for info in infos:
        parts = PurePosixPath(info.filename.replace("\\", "/"))
        mode = info.external_attr >> 16
        linked = stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}
        # A drive letter makes a path absolute on Windows.
        if linked or parts.is_absolute() or ".." in parts.parts or ":" in info.filename or "\0" in info.filename:
            raise RefusedError("archive-path")
        if info.flag_bits & 1:
            raise RefusedError("archive-locked")
    return [info for info in infos if not info.is_dir()]


def _unpack(packed: zipfile.ZipFile, info: zipfile.ZipInfo, out: Path, most: int) -> int:
    """Write one member, counting: what the archive says of sizes may be a lie. Return its bytes."""
    size = 0
    try:
        with packed.open(info) as source, out.open("wb") as target:
            while chunk := source.read(_CHUNK):
                size += len(chunk)
                if size > most:
                    raise RefusedError("archive-size")
                target.write(chunk)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError) as error:
        raise RefusedError("broken", name=info.filename) from error
    return size
