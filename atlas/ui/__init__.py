"""The pieces of the Streamlit page: words, the state of the view, what the pane says, components, the page itself."""
