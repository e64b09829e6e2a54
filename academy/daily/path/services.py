"""Hearing what a person says of a notion, and taking it back."""

from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, or_

from academy.catalog import releases
from academy.daily.hearing import Word
from academy.daily.models import NotionWord
from academy.database import db, insert
from academy.mastery import queries as mastery
from academy.mastery.mind import tag
from academy.refusal import Refusal


class NoSuchNotion(Refusal):
    """The notion is not in the release in force."""

    def __init__(self) -> None:
        super().__init__(
            _("This idea is no longer in the academy. Nothing was changed; open your path again."),
            404,
        )


def say(person_id: int, notion: str, word: Word, at: datetime) -> None:
    """Keep the word, in place of another one; saying the same again changes nothing.

    But after an answer it is said anew: who was wrong once may know it now.

    Raises NoSuchNotion.
    """
    if notion not in releases.current().notions:
        raise NoSuchNotion
    known = mastery.mind_of(person_id).traces.get(tag(notion))
    statement = insert(NotionWord).values(
        person_id=person_id,
        notion=notion,
        word=word,
        at=at,
        answers=known.answers if known else 0,
        right_answers=known.right if known else 0,
    )
    new = statement.excluded
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=[NotionWord.person_id, NotionWord.notion],
            set_={
                "word": new.word,
                "at": new.at,
                "answers": new.answers,
                "right_answers": new.right_answers,
            },
            where=or_(NotionWord.word != new.word, NotionWord.answers != new.answers),
        )
    )


def take_back(person_id: int, notion: str) -> None:
    """As if it had never been said; harmless when it was not."""
    db.session.execute(
        delete(NotionWord).where(NotionWord.person_id == person_id, NotionWord.notion == notion)
    )
