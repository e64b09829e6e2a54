"""What sentences of notices share."""

from typing import Any

from flask_babel import gettext as _

from academy.notices.queries import Told
from academy.web.words import language


def both(data: dict[str, Any], name: str) -> str:
    """Something kept in both languages, or in the one it was said in."""
    words: dict[str, str] = data.get(name) or {}
    mine, other = ("en", "fr") if language() == "en" else ("fr", "en")
    return words.get(mine) or words.get(other) or ""


def who(told: Told) -> str:
    return told.actor or _("A colleague who has left")
