"""The floor of `bench/app.py`: a Streamlit page that says one word. What it takes to open, no page can save."""

import streamlit as st

st.set_page_config(layout="wide")
st.text("empty")
