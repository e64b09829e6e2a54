"""How an entity is cut into groups, as figures name it; further cuts are what its people share. Pure."""

ALL = ""
"""The cut of a whole entity: everybody in it and under it."""
HERE = "here"
"""Those who work in the entity itself, not in one under it."""
WAVE = "wave"
"""By the number of the wave by which people came in; empty for those who came in by none, or wait."""
