"""Where the map looks: told by the browser when somebody has moved it, kept in the view so that links hold it."""

from __future__ import annotations

import streamlit as st

from atlas.ui import components, session
from atlas.ui.state import Camera


def keep() -> None:
    """Mount what keeps the address in step; once a page, because it draws nothing and no view need know of it."""
    with st.container(key="camera"):
        _keep()


@st.fragment
def _keep() -> None:
    """Listen; it runs alone, so that panning costs nothing."""
    components.camera(key="camera_listener", data={}, on_camera_change=_moved)


def _moved() -> None:
    text = st.session_state["camera_listener"].camera
    if text and (camera := Camera.read(str(text))):
        moved = session.view().model_copy(update={"camera": camera, "look_at": "camera"})
        session.show(moved)
        st.session_state["address"] = moved.to_address()  # the browser has put it there already
