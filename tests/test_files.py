"""A reader sees the whole old file or the whole new one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from atlas.errors import InputError
from atlas.files import check_target, replacing


def test_what_was_written_takes_the_place(tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    out.write_text("old")
    with replacing(out) as part:
        part.write_text("new")
        assert out.read_text() == "old"
    assert out.read_text() == "new"
    assert list(tmp_path.iterdir()) == [out]


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    out = tmp_path / "a.pdf"
    out.write_text("old")

    def cut_short() -> None:
        with replacing(out) as part:
            part.write_text("half")
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        cut_short()
    assert out.read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


def test_a_full_disk_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No space left"), replacing(tmp_path / "a.pdf"):
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "message"),
    [("a.xyz", r"\.xyz is no format of a dossier; choose one of \.pdf"), ("gone/a.pdf", "is missing; make it first")],
)
def test_bad_targets_name_the_choices(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        check_target(tmp_path / name, (".pdf", ".md"), "dossier")


def test_a_folder_is_no_target(tmp_path: Path) -> None:
    folder = tmp_path / "a.pdf"
    folder.mkdir()
    with pytest.raises(InputError, match="it is a folder"):
        check_target(folder, (".pdf",), "book")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_closed_folder_is_one_clear_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InputError, match="may write"), replacing(tmp_path / "a.pdf"):
        pass
