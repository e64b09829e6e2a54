"""What somebody kept for later."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from academy.catalog import releases
from academy.database import db
from academy.learning import queries as learning
from academy.learning.cards import LessonCard
from academy.learning.models import Bookmark
from academy.learning.queries import Standings


@dataclass(frozen=True, slots=True)
class Shelf:
    """The lessons kept, the last one first; `withdrawn` were kept and are not in the academy just now."""

    lessons: tuple[LessonCard, ...]
    withdrawn: int


def is_kept(person_id: int, lesson: str) -> bool:
    kept = select(Bookmark.lesson).where(Bookmark.person_id == person_id, Bookmark.lesson == lesson)
    return db.session.scalar(kept) is not None


def shelf(person_id: int, known: Standings, today: date) -> Shelf:
    """Everything kept: at most one line for each lesson there ever was."""
    kept = list(
        db.session.scalars(
            select(Bookmark.lesson)
            .where(Bookmark.person_id == person_id)
            .order_by(Bookmark.at.desc(), Bookmark.lesson)
        )
    )
    lessons = releases.current().lessons
    cards = tuple(
        learning.lesson_card(lessons[key], known, today) for key in kept if key in lessons
    )
    return Shelf(cards, len(kept) - len(cards))
