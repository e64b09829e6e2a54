"""Keeping a lesson for later, and letting it go. Doing either twice changes nothing more."""

from datetime import datetime

from sqlalchemy import delete

from academy.catalog.tree import Lesson
from academy.database import db, insert
from academy.learning.models import Bookmark


def keep(person_id: int, lesson: Lesson, at: datetime) -> None:
    db.session.execute(
        insert(Bookmark)
        .values(person_id=person_id, lesson=lesson.key, at=at)
        .on_conflict_do_nothing(index_elements=[Bookmark.person_id, Bookmark.lesson])
    )


def let_go(person_id: int, lesson: str) -> None:
    """Whether or not the lesson is still in the academy."""
    db.session.execute(
        delete(Bookmark).where(Bookmark.person_id == person_id, Bookmark.lesson == lesson)
    )
