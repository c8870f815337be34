"""Writes a drawn plate as PDF, SVG, PNG or TIFF: atomically, and the same bytes for the same drawing.

PDF embeds its fonts as subsets with their own outlines (`pdf_fonts.py`), stays searchable and says where its maps lie
(`geo_pdf.py`). SVG carries outlines, so that it looks the same where the fonts are missing. TIFF is RGB with LZW; asked
to be georeferenced it is a GeoTIFF.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import matplotlib as mpl
import numpy as np
import rasterio
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from PIL import Image
from pypdf import PdfReader, PdfWriter
from rasterio.errors import NotGeoreferencedWarning
from rasterio.io import MemoryFile

from atlas.errors import InputError
from atlas.files import check_target as check_path
from atlas.files import replacing
from atlas.plate import georeference, words
from atlas.plate.blocks import Setting
from atlas.plate.geo_pdf import Located, locate
from atlas.plate.pdf_fonts import outline_fonts

FORMATS = {".pdf": "pdf", ".svg": "svg", ".png": "png", ".tif": "tiff", ".tiff": "tiff"}
DPI = 300
LEAST_DPI, MOST_DPI = 50, 1200
_CANVASES = {"pdf": FigureCanvasPdf, "svg": FigureCanvasSVG, "png": FigureCanvasAgg}
_SETTINGS: Any = {
    "pdf.fonttype": 3,  # made Type 1C afterwards: as Type 42 matplotlib declares CFF outlines TrueType
    "pdf.compression": 3,
    "svg.fonttype": "path",
    "svg.hashsalt": "beijiang-atlas",
    "text.hinting": "none",  # a picture sets its lines as wide as they were measured
    "path.simplify": False,
    "agg.path.chunksize": 0,
}

Georeference = Literal["none", "world", "geotiff"]


def check_target(out: Path, georeferenced: Georeference = "none") -> str:
    """Return the format that a path asks for.

    Raises:
        InputError: the ending is unknown or cannot be georeferenced so, or there is no folder to write to.
    """
    form = FORMATS[check_path(out, tuple(FORMATS), "plate")]
    allowed = {"none": set(FORMATS.values()), "world": {"png", "tiff"}, "geotiff": {"tiff"}}[georeferenced]
    if form not in allowed:
        endings = ", ".join(ending for ending, kind in FORMATS.items() if kind in allowed)
        raise InputError(f"cannot georeference {out.name!r} by {georeferenced!r}: give a file that ends in {endings}")
    return form


def check_dpi(dpi: int) -> int:
    """Refuse a resolution that no picture should have.

    Raises:
        InputError: names the limits.
    """
    if not LEAST_DPI <= dpi <= MOST_DPI:
        raise InputError(f"dpi {dpi} is not between {LEAST_DPI} and {MOST_DPI}: print needs 300 to 600")
    return dpi


def encode(
    figure: Figure,
    form: str,
    setting: Setting,
    *,
    dpi: int = DPI,
    georeferenced: Georeference = "none",
    maps: Sequence[Located] = (),
    cut: float = 0.0,
) -> bytes:
    """Return a drawn plate as the bytes of a file.

    Args:
        figure: the drawing.
        form: pdf, svg, png or tiff.
        setting: what the file says of itself.
        dpi: of a picture.
        georeferenced: `geotiff` puts CRS and position into a TIFF.
        maps: the maps of the sheet, whose places on the ground a PDF tells.
        cut: mm at the sheet's lower end that are not drawn.
    """
    buffer = io.BytesIO()
    with mpl.rc_context(_SETTINGS):
        if form != "tiff":
            _CANVASES[form](figure)
            figure.savefig(buffer, format=form, dpi=dpi, metadata=_metadata(form, setting))
            return _finished(buffer, maps, cut) if form == "pdf" else buffer.getvalue()
        canvas = FigureCanvasAgg(figure)
        figure.set_dpi(dpi)
        canvas.draw()  # type: ignore[no-untyped-call]
        pixels = np.ascontiguousarray(np.asarray(canvas.buffer_rgba())[..., :3])  # type: ignore[no-untyped-call]
    if georeferenced == "geotiff":
        return _geotiff(pixels, setting, dpi)
    tags = {270: _title(setting), 305: "beijiang-atlas", 315: _author(setting), 33432: _rights(setting)}
    Image.fromarray(pixels).save(buffer, "TIFF", compression="tiff_lzw", dpi=(dpi, dpi), tiffinfo=tags)
    return buffer.getvalue()


def save(content: bytes, out: Path, beside: Mapping[Path, str]) -> Path:
    """Save a file, and the texts that lie beside it, each through a temporary file; `out` comes last.

    Raises:
        InputError: the folder cannot be written or the disk is full; an existing file stays as it was.
    """
    for path, data in {**{path: text.encode() for path, text in beside.items()}, out: content}.items():
        with replacing(path) as part:
            part.write_bytes(data)
    return out


def _finished(drawn: io.BytesIO, maps: Sequence[Located], cut: float) -> bytes:
    """Return a PDF of matplotlib's with outline fonts and the places of its maps."""
    reader = PdfReader(drawn)
    writer = PdfWriter(clone_from=reader)
    writer.pdf_header = reader.pdf_header
    outline_fonts(writer)
    locate(writer, maps, cut)
    finished = io.BytesIO()
    writer.write(finished)
    return finished.getvalue()


def _geotiff(pixels: np.ndarray[Any, np.dtype[np.uint8]], setting: Setting, dpi: int) -> bytes:
    rows, columns, _ = pixels.shape
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with MemoryFile() as memory:
            with memory.open(
                driver="GTiff",
                width=columns,
                height=rows,
                count=3,
                dtype="uint8",
                photometric="RGB",
                compress="lzw",
                predictor=2,
                crs=rasterio.crs.CRS.from_wkt(setting.sheet.crs.to_wkt("WKT2_2019")),
                transform=georeference.transform(setting.plate, setting.sheet, dpi),
            ) as target:
                target.write(np.moveaxis(pixels, 2, 0))
                target.update_tags(
                    TIFFTAG_IMAGEDESCRIPTION=_title(setting),
                    TIFFTAG_COPYRIGHT=_rights(setting),
                    TIFFTAG_SOFTWARE="beijiang-atlas",
                    TIFFTAG_XRESOLUTION=str(dpi),
                    TIFFTAG_YRESOLUTION=str(dpi),
                    TIFFTAG_RESOLUTIONUNIT="2",
                )
            return bytes(memory.read())


def _title(setting: Setting) -> str:
    return words.say(setting.plate.title, setting.language)


def _author(setting: Setting) -> str:
    return words.say(words.ATLAS, setting.language)


def _rights(setting: Setting) -> str:
    return f"{words.CREDIT.zh}；{words.EDITIONS[setting.edition].zh}"


def _metadata(form: str, setting: Setting) -> Mapping[str, Any]:
    """Return what the file says of itself; no clock, so that the same drawing gives the same bytes."""
    title, author, rights = _title(setting), _author(setting), _rights(setting)
    version = " ".join(filter(None, (setting.meta.get("version"), setting.meta.get("built_from"))))
    if form == "pdf":
        day = setting.meta.get("date")
        made = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
        return {
            "Title": title,
            "Author": author,
            "Subject": rights,
            "Keywords": version,
            "Creator": "beijiang-atlas",
            "CreationDate": made,
        }
    if form == "svg":
        return {"Title": title, "Creator": author, "Rights": rights, "Identifier": version or None, "Date": None}
    return {"Title": title, "Author": author, "Copyright": rights, "Software": "beijiang-atlas", "Comment": version}
