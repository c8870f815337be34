"""Shapes with their precision and provenance; knows nothing of text."""
