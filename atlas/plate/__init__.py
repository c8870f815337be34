"""The rooms of a static plate, from its definition to the written file; the entry is `atlas.plates.draw`."""
