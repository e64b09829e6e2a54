"""Word of days off told afterwards: `people` stands below and cannot call us, so it leaves letters."""

from datetime import datetime

from flask import Flask
from sqlalchemy import select

from academy import clock
from academy.database import db
from academy.passport import services as passports
from academy.people.models import Person
from academy.people.workdays import queries as workdays
from academy.people.workdays import telling
from academy.post import handlers
from academy.post.services import Leased
from academy.rewards import looking_back
from academy.rewards.badges import AwardKind


def init_app(app: Flask) -> None:
    """The outbox commits what is done here together with the mark that the letter is done."""
    handlers.register(app, telling.DAYS_OFF, carry)
    handlers.register(app, telling.CLOSED, carry_closure)


def carry(letter: Leased) -> None:
    """Grant what this person's working days in a row deserve now; nothing for somebody erased meanwhile."""
    grant(letter.payload["person"], clock.now())


def carry_closure(letter: Leased) -> None:
    """A letter for each who works where it was closed."""
    told, at = letter.payload["at"], clock.now()
    people = workdays.people_at(letter.payload["entity"], at.date())
    telling.changed_for_all(people, f"{letter.payload['entity']}:{told}", at)


def grant(person_id: int, at: datetime) -> None:
    zone = db.session.scalar(select(Person.zone).where(Person.id == person_id))
    if zone is None:
        return
    today = clock.day_in(zone, at)
    earned = looking_back.look_back(person_id, at, today)
    if any(award.kind is AwardKind.PASSPORT for award in earned.awards):
        passports.issue(person_id, at, today)
