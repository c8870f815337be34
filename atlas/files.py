"""Writing files so that a reader sees the whole old one or the whole new one, never a half."""

from __future__ import annotations

import os
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from atlas.errors import InputError

ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that ZIP knows: equal contents give equal archives


def check_target(out: Path, forms: tuple[str, ...], what: str) -> str:
    """Return the ending of a path that is to be written, in lower case.

    Args:
        out: the file to write.
        forms: the endings that can be written (`.pdf`).
        what: what the file holds, for the message (`dossier`).

    Raises:
        InputError: the ending is unknown, or there is no folder to write to.
    """
    suffix = out.suffix.lower()
    if suffix not in forms:
        raise InputError(
            f"cannot write {out.name!r}: {out.suffix or 'no ending'} is no format of a {what}; "
            f"choose one of {', '.join(forms)}, for example {out.stem or what}{forms[0]}"
        )
    if out.is_dir():
        raise InputError(f"cannot write {str(out)!r}: it is a folder; give a file in it, for example {what}{forms[0]}")
    if not out.parent.is_dir():
        raise InputError(f"cannot write {str(out)!r}: the folder {str(out.parent)!r} is missing; make it first")
    return suffix


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """Yield a temporary path beside `out`; when the block ends well, what was written there takes `out`'s place.

    Raises:
        InputError: the folder cannot be written or the disk is full; a file that was there stays as it was.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{out.stem}.", suffix=out.suffix, dir=out.parent)
    except OSError as error:
        raise InputError(f"cannot write {str(out)!r}: {error.strerror}; choose a folder that you may write") from error
    os.close(handle)
    part = Path(name)
    try:
        yield part
        part.chmod(0o666 & ~_umask())
        part.replace(out)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"cannot write {str(out)!r}: {reason}; free the disk or choose another folder") from error
    finally:
        part.unlink(missing_ok=True)


def write_zip(path: Path, members: Mapping[str, bytes]) -> None:
    """Write an archive of named files, in their order, without times: equal contents give equal bytes."""
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in members.items():
            packed.writestr(zipfile.ZipInfo(name, ZIP_EPOCH), content, zipfile.ZIP_DEFLATED)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
