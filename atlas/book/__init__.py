"""The atlas on paper as a text: dossiers of places, and the book of all plates."""
