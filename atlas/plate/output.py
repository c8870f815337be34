"""Writes a drawn plate as PDF, SVG or PNG: atomically, and the same bytes for the same drawing.

PDF embeds its fonts as Type 3 subsets, the form in which matplotlib embeds these OpenType fonts without a defect (as
Type 42 their CFF outlines are declared TrueType), and stays searchable. SVG carries outlines, so that it looks the same
where the fonts are missing.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from atlas.errors import InputError
from atlas.plate import words
from atlas.plate.blocks import Setting

FORMATS = {".pdf": "pdf", ".svg": "svg", ".png": "png"}
PNG_DPI = 300
_CANVASES = {"pdf": FigureCanvasPdf, "svg": FigureCanvasSVG, "png": FigureCanvasAgg}
_SETTINGS: Any = {
    "pdf.fonttype": 3,
    "pdf.compression": 6,
    "svg.fonttype": "path",
    "svg.hashsalt": "beijiang-atlas",
    "path.simplify": False,
    "agg.path.chunksize": 0,
}


def check_target(out: Path) -> str:
    """Return the format that a path asks for.

    Raises:
        InputError: the ending is unknown, or there is no folder to write to.
    """
    form = FORMATS.get(out.suffix.lower())
    if form is None:
        raise InputError(
            f"cannot write {out.name!r}: {out.suffix or 'no ending'} is not a plate format; "
            f"choose one of {', '.join(FORMATS)}, for example {out.stem or 'plate'}.pdf"
        )
    if out.is_dir():
        raise InputError(f"cannot write {str(out)!r}: it is a folder; give a file in it, for example plate.pdf")
    if not out.parent.is_dir():
        raise InputError(f"cannot write {str(out)!r}: the folder {str(out.parent)!r} is missing; make it first")
    return form


def write(figure: Figure, out: Path, setting: Setting) -> Path:
    """Save a figure at `out` through a temporary file beside it.

    Raises:
        InputError: the folder cannot be written or the disk is full; an existing file stays as it was.
    """
    form = check_target(out)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.name}.", suffix=out.suffix, dir=out.parent)
    except OSError as error:
        raise InputError(f"cannot write {str(out)!r}: {error.strerror}; choose a folder that you may write") from error
    os.close(handle)
    part = Path(name)
    try:
        with mpl.rc_context(_SETTINGS):
            _CANVASES[form](figure)
            figure.savefig(part, format=form, dpi=PNG_DPI, metadata=_metadata(form, setting))
        part.chmod(0o666 & ~_umask())
        part.replace(out)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"cannot write {str(out)!r}: {reason}; free the disk or choose another folder") from error
    finally:
        part.unlink(missing_ok=True)
    return out


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _metadata(form: str, setting: Setting) -> Mapping[str, Any]:
    """Return what the file says of itself; no clock, so that the same drawing gives the same bytes."""
    title = words.say(setting.plate.title, setting.language)
    author = words.say(words.ATLAS, setting.language)
    rights = f"{words.CREDIT.zh}；{words.EDITIONS[setting.edition].zh}"
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
