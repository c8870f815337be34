"""Places, their names, groups and classes: tables under `geodata/gazetteer/`, one row a fact with its source."""

from atlas.gazetteer.gazetteer import Gazetteer, load_gazetteer

__all__ = ["Gazetteer", "load_gazetteer"]
