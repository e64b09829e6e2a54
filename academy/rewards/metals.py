"""The metals a badge may be won in. Pure."""

from enum import StrEnum


class Metal(StrEnum):
    """The least first."""

    BRONZE = "bronze"
    SILVER = "silver"
    GOLD = "gold"
