"""Quantities in plan text: what is to be reached, how much of it, by when."""
