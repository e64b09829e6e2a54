"""Two waves that are open, and one that is planned: the demonstration opened its sites in turn."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import update

from academy.database import db
from academy.hr.campaigns.rules import Population
from academy.hr.rollup import counting as rollup
from academy.hr.waves import jobs, services
from academy.hr.waves.rules import Move, Verdict
from academy.hr.waves.services import Decision, Plan
from academy.people.models import Entity, Person

FIRST, SECOND = timedelta(days=70), timedelta(days=35)
AHEAD = timedelta(days=21)


def open_in_turn(
    entities: Mapping[str, Entity], asleep: Sequence[Person], hr: Person, now: datetime
) -> None:
    """Whoever has come stays in; those `asleep` never chose a password, and wait or are invited."""
    db.session.execute(
        update(Person)
        .where(Person.id.in_([person.id for person in asleep]))
        .values(password_hash=None)
    )
    first = _plan(_wave("Lyon", "Lyon", entities["lyon"]), "seed-first", hr, now - FIRST)
    places = (entities["lille"], entities["annonay"])
    second = _plan(
        _wave("Lille et Annonay", "Lille and Annonay", *places), "seed-second", hr, now - FIRST
    )
    export = _wave("Export", "Export", entities["export"], opens_on=(now + AHEAD).date())
    third = _plan(export, "seed-third", hr, now - FIRST)
    for number, ago, why in (
        (first, FIRST, "Le site pilote est prêt, le comité d’entreprise est informé."),
        (second, SECOND, "Plus de la moitié de Lyon vient chaque semaine."),
    ):
        _decide(number, Decision(Verdict.GO, why), hr, now - ago)
        services.move(number, 1, Move.OPEN, hr.id, now - ago, (now - ago).date())
        db.session.commit()
        jobs.look_after(now - ago)
    reason = "Les leçons doivent d’abord être relues en anglais par Montréal."
    _decide(
        third, Decision(Verdict.WAIT, reason, (now + AHEAD).date()), hr, now - timedelta(days=4)
    )
    db.session.commit()
    jobs.look_after(now)
    rollup.count(now.astimezone(UTC).date())  # the figures of today, by wave too


def _wave(french: str, english: str, *places: Entity, opens_on: date | None = None) -> Plan:
    names = {"name_fr": french, "name_en": english, "opens_on": opens_on}
    return Plan(names, Population(tuple(sorted(place.id for place in places))))


def _plan(wave: Plan, once: str, hr: Person, at: datetime) -> int:
    number = services.declare(wave, once, hr.id, at)
    db.session.commit()
    return number


def _decide(number: int, decision: Decision, hr: Person, at: datetime) -> None:
    services.decide(number, decision, f"seed-{number}-{decision.verdict}", hr.id, at)
