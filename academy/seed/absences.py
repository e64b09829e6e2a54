"""Closed sites, part time, leave, and a role lent meanwhile."""

from datetime import date, datetime, timedelta

from academy.people.calendar import Span
from academy.people.models import Entity, Person
from academy.people.roles import queries as held_roles
from academy.people.roles import services as lending
from academy.people.workdays import services as workdays

PERSONAS = 6


def arrange_absences(entities: dict[str, Entity], staff: list[Person], now: datetime) -> None:
    """What the first six arranged, and the closures that an administrator set."""
    _lea, karim, _ines, helene, tom, awa = staff[:PERSONAS]
    today = now.date()
    monday = today + timedelta(days=21 - today.weekday())
    week = Span(monday, monday + timedelta(days=4))
    entities["montreal"].region = "QC"
    year_end = Span(date(today.year, 12, 24), date(today.year + 1, 1, 1))
    workdays.close_site(entities["aurore"], year_end, "Fermeture de fin d’année", awa.id, now)
    workdays.close_site(entities["lille"], week, "Inventaire", awa.id, now)
    workdays.set_pattern(helene.id, {0, 1, 3, 4}, today - timedelta(days=60), awa.id, now)
    workdays.declare_leave(
        karim.id, Span(monday + timedelta(days=7), monday + timedelta(days=18)), today
    )
    workdays.declare_leave(helene.id, week, today)
    held = held_roles.held_by(helene.id, today)[0]
    grant = held_roles.grant_numbered(held.id)
    if grant is not None:
        lending.lend(grant, tom, week, today, now)
