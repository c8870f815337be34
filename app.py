"""The Streamlit page of the atlas. `atlas serve` opens it; `streamlit run app.py` does too, without the warm start."""

import streamlit as st

from atlas.ui import front
from atlas.ui.page import main

if __name__ == "__main__":  # a run of the page, inside a server
    main()
else:  # what `streamlit run` looks for and serves: the page with our routes before Streamlit's own
    app = st.App(__file__, routes=front.routes())
