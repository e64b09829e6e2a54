"""Reading the log of the engine's numbers."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import defer

from academy.database import db, fresh
from academy.mastery.nights.models import EngineNumbers

SHOWN: Final = 30


def log(lines: int = SHOWN) -> Sequence[EngineNumbers]:
    """The newest lines, newest first, without the numbers themselves."""
    newest = select(EngineNumbers).options(defer(EngineNumbers.numbers))
    return db.session.scalars(fresh(newest.order_by(EngineNumbers.id.desc()).limit(lines))).all()
