"""What people of the demonstration were told: most of it read, the latest not; a reminder, and a digest."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import func, select

from academy import clock
from academy.database import db
from academy.notices import queries, services, stopping, wishing
from academy.notices.digest import services as digest
from academy.notices.digest.queries import Manager
from academy.notices.models import Notice
from academy.notices.reminders import services as reminders
from academy.notices.reminders.rhythm import Tone
from academy.notices.reminders.words import words
from academy.notices.stopping import What
from academy.people.models import Person
from academy.post import mail
from academy.post.mail import Reader

LATELY = timedelta(days=9)
UNREAD = 3


def told(personas: list[Person], now: datetime) -> None:
    """Read what is old; leave a few notices of these days for the personas to find."""
    before = select(Notice.person_id, func.max(Notice.id)).where(Notice.at < now - LATELY)
    for person_id, newest in db.session.execute(before.group_by(Notice.person_id)).all():
        services.read(person_id, now - LATELY, until=newest)
    for person in personas:
        _read_all_but_a_few(person, now)
        _reminded(person, now)
    helene = next(person for person in personas if person.given_name == "Hélène")
    wishing.prefer(helene.id, replace(queries.preferences(helene.id), digest=True), now)
    digest.write(
        Manager(helene.id, now, helene.email, helene.given_name, helene.language, helene.zone), now
    )


def _read_all_but_a_few(person: Person, now: datetime) -> None:
    found, _older = queries.page(person.id)
    for each in found[UNREAD:]:
        services.read(person.id, now, number=each.id)


def _reminded(person: Person, now: datetime) -> None:
    """This morning's reminder, for the mailbox."""
    stop = stopping.link(person.id, What.REMINDER, now)
    day = clock.day_in(person.zone, now)
    composed = reminders.written(
        person.given_name, person.language, words(Tone.DAILY, person.id, day), stop, weekly=False
    )
    to = Reader(person.email, person.given_name, person.id)
    mail.put(to, composed, f"reminder:{person.id}:seed", now, unsubscribe=stop)
