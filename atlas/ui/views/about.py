"""The view about the data: coverage, precision, sources, licences, version."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from atlas.ui import components
from atlas.ui.describing import about_data

if TYPE_CHECKING:
    from atlas.ui.opened import Opened
    from atlas.ui.state import View


def draw(opened: Opened, view: View) -> None:
    """Draw the view."""
    with st.container(key="content"):
        components.about(key="about", data=about_data(opened, view.lang))
