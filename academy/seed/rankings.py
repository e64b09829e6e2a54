"""Some colleagues take part in the rankings, Karim among them; the worker has counted last night."""

from datetime import datetime, timedelta

from academy.database import db
from academy.people.models import Person
from academy.rewards.rankings import jobs, services

EVERY_THIRD = 3


def open_rankings(staff: list[Person], now: datetime) -> None:
    entrants = [person for number, person in enumerate(staff) if number % EVERY_THIRD == 1]
    for person in entrants:
        services.join(person.id, now - timedelta(days=7))
    db.session.commit()
    jobs.count(now)
