"""Finding the places that a text names."""

from atlas.geoparse.parser import Geoparser

__all__ = ["Geoparser"]
