"""The Streamlit page of the atlas (`atlas serve` opens it)."""

from atlas.ui.page import main

main()
