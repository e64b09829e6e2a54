"""The roles people may hold. Pure: content names them too, without knowing any table."""

from enum import StrEnum


class Role(StrEnum):
    """Everybody is a learner; the others are granted, in the whole company or within an entity."""

    MENTOR = "mentor"
    AUTHOR = "author"
    ANIMATOR = "animator"
    HOST = "host"
    ORGANISER = "organiser"
    HR = "hr"
    ADMIN = "admin"


NEVER_WAIT = frozenset({Role.AUTHOR, Role.HOST, Role.ORGANISER, Role.HR, Role.ADMIN})
"""Whose work begins before the academy opens to them as learners."""
