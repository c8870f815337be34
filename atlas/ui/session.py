"""A session's own view, kept in step with the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from atlas.ui.state import View, from_address
from atlas.ui.words import word

if TYPE_CHECKING:
    from atlas.ui.opened import Opened


def view() -> View:
    """Return the session's view."""
    current: View = st.session_state["view"]
    return current


def show(changed: View) -> None:
    """Make `changed` the session's view."""
    st.session_state["view"] = changed


def read_address(opened: Opened) -> None:
    """Take the view from the address when the session begins and when the browser goes back or forward."""
    address = st.query_params.to_dict()
    if "view" in st.session_state and _same_but_camera(address, st.session_state.get("address") or {}):
        return
    asked, lost = from_address(address, opened.known)
    if "view" in st.session_state:
        asked = asked.model_copy(update={"look": asked.look + view().look + 1, "base": view().base})
    show(asked)
    st.session_state["address"] = address
    if lost:
        strange = ", ".join(_harmless(value) for value in lost)
        st.toast(f"{word('unknown', asked.lang)} {strange}", duration="long")


def _same_but_camera(one: dict[str, str], other: dict[str, str]) -> bool:
    """Say whether two addresses differ at most in where the map looks, which the map writes itself (camera.js)."""
    return {**one, "at": ""} == {**other, "at": ""}


def write_address() -> None:
    """Put the view into the address, where it differs."""
    address = view().to_address()
    if address != st.session_state.get("address"):
        st.session_state["address"] = address
        st.query_params.from_dict(address)


def _harmless(value: str) -> str:
    """Return what a stranger wrote into the address without anything that markdown could read."""
    return "".join(char if char.isalnum() or char in "=/-" else "·" for char in value[:60])
