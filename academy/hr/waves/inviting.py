"""Telling the people of a wave that the academy is open to them, each once.

A batch is one transaction: notices, the mails they put in the outbox, and the marks on the members. Each is
named after the person, so that two workers, or one that was killed, tell nobody twice.
"""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from sqlalchemy import Select, select, update

from academy import database
from academy.database import db
from academy.hr.rollup.counting import ROWS
from academy.hr.waves.admitting import has_opened
from academy.hr.waves.models import Wave, WaveMember
from academy.notices import services as notices
from academy.notices.kinds import Kind
from academy.notices.services import News
from academy.people.accounts import queries as accounts
from academy.people.accounts.queries import Keys
from academy.people.models import Person
from academy.people.newcomers import services as newcomers
from academy.post import mail
from academy.post import services as post
from academy.post.composing import compose
from academy.post.mail import Reader
from academy.post.services import Sealed


def invite(wave: Wave, at: datetime) -> Iterator[int]:
    """Those who came in by it and were not told; yields how many, where the caller is to commit.

    Letters are written before anybody is kept from writing.
    """
    last = 0
    while True:
        database.reading_only()
        people = db.session.scalars(_untold(wave.id).where(WaveMember.person_id > last)).all()
        letters = _letters(people, at)
        db.session.rollback()
        if not people:
            return
        database.about_to_write()
        held = _untold(wave.id).where(WaveMember.person_id.in_(people)).with_for_update()
        yield _tell(wave, db.session.scalars(held).all(), letters, at)
        last = people[-1]


def _untold(wave: int) -> Select[int]:
    """The next who wait to be told, by number."""
    return (
        select(WaveMember.person_id)
        .where(WaveMember.wave_id == wave, ~WaveMember.was_in)
        .where(WaveMember.entered_on.is_not(None), WaveMember.invited_at.is_(None))
        .order_by(WaveMember.person_id)
        .limit(ROWS)
    )


def _letters(people: Collection[int], at: datetime) -> dict[int, Sealed]:
    opened = set(db.session.scalars(select(Person.id).where(Person.id.in_(people), has_opened())))
    return {
        each.person_id: _open(each, at)
        if each.person_id in opened
        else newcomers.invitation(each, _once(each), at)
        for each in accounts.keys_of_all(people)
    }


def _tell(wave: Wave, people: Collection[int], letters: Mapping[int, Sealed], at: datetime) -> int:
    """Those who are still to be told: another worker may have been first."""
    if people:
        notices.tell(people, News(Kind.WAVE, "wave"), at)
        post.put_all(mail.KIND, [letters[each] for each in people if each in letters])
        db.session.execute(
            update(WaveMember)
            .where(WaveMember.wave_id == wave.id, WaveMember.person_id.in_(people))
            .values(invited_at=at)
            .execution_options(synchronize_session=False)
        )
    return len(people)


def _open(keys: Keys, at: datetime) -> Sealed:
    """For whoever has been in their account already, and found the academy closed."""
    words = compose("wave", keys.language, name=keys.given_name)
    return mail.sealed(Reader(keys.email, keys.given_name, keys.person_id), words, _once(keys), at)


def _once(keys: Keys) -> str:
    """One opening a person, whatever the wave."""
    return f"wave:{keys.person_id}"
