"""Finding rounds."""

from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType

from sqlalchemy import select

from academy.catalog.tree import Barrier, Catalog
from academy.daily import hearing
from academy.daily.hearing import Heard, Heards, Word
from academy.daily.models import NotionWord, Round
from academy.database import db
from academy.learning import queries as learning
from academy.learning.models import Kind
from academy.learning.queries import Standings
from academy.mastery.engine import Askable, Candidate, Memory


def round_of(person_id: int, day: date) -> Round | None:
    return db.session.scalar(select(Round).where(Round.person_id == person_id, Round.day == day))


def round_numbered(number: int, for_update: bool = False) -> Round | None:
    statement = select(Round).where(Round.id == number)
    return db.session.scalar(statement.with_for_update() if for_update else statement)


def candidates(
    catalog: Catalog,
    known: Mapping[str, Memory],
    standings: Standings,
    needs: Collection[str],
    there: Collection[str],
    heard: Heards = MappingProxyType({}),
) -> list[Candidate]:
    """Whose turn it is, in the order of the path, with the questions this person can fairly be asked.

    Of the lessons that are `there` only: what has yet to appear is asked of nobody.
    """
    barriers = frozenset(Barrier(need) for need in needs)
    read = {subject for kind, subject in standings if kind == Kind.CHECK}
    met = {key for key, notion in catalog.notions.items() if key in known or notion.lesson in read}
    notions = (
        catalog.notions[key]
        for lesson in learning.path(catalog)
        if lesson.key in there
        for key in catalog.modules[lesson.module].notions
        if catalog.notions[key].lesson == lesson.key
    )
    found = [
        Candidate(
            notion=notion.key,
            questions=tuple(
                Askable(key, catalog.questions[key].difficulty)
                for key in catalog.questions_of[notion.key]
                if catalog.questions[key].not_for.isdisjoint(barriers)
            ),
            memory=known.get(notion.key),
            read=notion.lesson in read,
            ready=met.issuperset(notion.requires),
        )
        for notion in notions
    ]
    return hearing.turn(found, heard)


def words_said(person_id: int) -> dict[str, Heard]:
    """What the person said of notions; one statement."""
    rows = db.session.execute(
        select(
            NotionWord.notion, NotionWord.word, NotionWord.answers, NotionWord.right_answers
        ).where(NotionWord.person_id == person_id)
    )
    return {notion: Heard(Word(word), answers, right) for notion, word, answers, right in rows}
