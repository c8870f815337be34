"""What the server does before the first visitor comes."""

from __future__ import annotations

import gc
import runpy
import subprocess
import sys
from pathlib import Path

import pytest
import streamlit as st
from streamlit.web.server.app_discovery import discover_asgi_app

from atlas.analysis import colocation
from atlas.cli.serving import publish_for_browser
from atlas.errors import InputError
from atlas.paths import home
from atlas.ui import choropleth, comparing, components
from atlas.ui.opened import Opened
from atlas.ui.serve import has_screen, keep_out_of_collections, read_options


def test_what_is_loaded_is_not_walked_over_again() -> None:
    kept = [{"number": number} for number in range(1000)]
    try:
        keep_out_of_collections()
        assert gc.get_freeze_count() > len(kept)
        walked = {id(one) for one in gc.get_objects()}
        assert not any(id(one) in walked for one in kept)
    finally:
        gc.unfreeze()


def test_the_first_map_loads_no_folium() -> None:
    program = "import sys, atlas.ui.session, atlas.ui.views.map; sys.exit('folium' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_whoever_compares_first_waits_for_nothing(
    built_atlas: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("atlas.ui.components.web_folder", lambda: tmp_path)
    opened = Opened(built_atlas)
    opened.warm()
    for _ in opened.warm_the_rest():
        pass
    remembered = (choropleth.counts, choropleth.outlines, comparing.areas, colocation._all, opened._governing)
    before = [one.cache_info().misses for one in remembered]
    choropleth.matrix_data(opened.atlas, "", "", "", ("152923",), "en")
    comparing.beside(opened.atlas, ("150781",), "en")
    comparing.side_by_side(opened.atlas, opened.index, ("150781", "152923"), opened.governing, "zh")
    assert [one.cache_info().misses for one in remembered] == before
    assert "ground" in vars(opened)
    opened.atlas.close()


def test_the_build_leaves_the_page_of_the_frame(
    built_atlas: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / built_atlas.name
    store.symlink_to(built_atlas)
    publish_for_browser(store)
    folder = tmp_path / "web"
    made = set(folder.rglob("index.html"))
    monkeypatch.setattr("atlas.ui.components.web_folder", lambda: folder)
    opened = Opened(store)
    components.map_page.cache_clear()
    components.map_page(opened.config)
    components.map_page.cache_clear()
    opened.atlas.close()
    assert len(made) == 1
    assert set(folder.rglob("index.html")) == made, "the address that the build writes is the one that the page has"


def test_streamlit_gives_no_advice_to_planners(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where a coding agent is installed, Streamlit offers "skills" for it, in English, over the page."""
    from streamlit import config
    from streamlit.web import skills

    monkeypatch.setattr(skills, "agent_harness_present", lambda: True)
    monkeypatch.setattr(skills, "_nudge_dismissed_marker_path", lambda: tmp_path / "not dismissed")
    monkeypatch.chdir(home())
    try:
        flags = {"server.headless": False}  # as where a browser is opened
        config.get_config_options(force_reparse=True, options_from_flags=flags)
        assert skills.nudge_suppression_reason(str(home())) == "welcome_hidden"
    finally:
        monkeypatch.undo()
        config.get_config_options(force_reparse=True)


def test_options_are_streamlits_own_and_of_their_kind() -> None:
    from streamlit import config

    options = read_options(["--server.port=8502", "--server.headless=true", "--server.fileWatcherType=none"])
    assert options == {"server.port": 8502, "server.headless": True, "server.fileWatcherType": "none"}
    assert options.keys() <= config.get_config_options().keys()


def test_what_is_no_option_is_said() -> None:
    with pytest.raises(InputError, match="8502"):
        read_options(["8502"])


def test_a_browser_is_opened_only_where_there_is_a_screen() -> None:
    assert has_screen("win32", {})
    assert has_screen("linux", {"DISPLAY": ":0"})
    assert not has_screen("linux", {"DISPLAY": ""})


def test_streamlit_run_serves_the_page_with_our_routes() -> None:
    """`streamlit run app.py` looks for an application in the file; a run of the page makes none."""
    found = discover_asgi_app(home() / "app.py")
    assert found.import_string == "app:app"
    served = runpy.run_path(str(home() / "app.py"), run_name="app")["app"]
    assert isinstance(served, st.App)
    assert "/" in {route.path for route in served._user_routes}
