"""Figures as if a large company had been counted: written where the rollup writes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from academy.catalog import releases
from academy.database import db
from academy.hr.knowledge.models import HrKnowledge
from academy.hr.rollup.models import HrCohort, HrFigures, HrReader
from academy.people import services as people
from academy.people.models import EntityKind
from tests.conftest import MONDAY

SINCE = date(2025, 1, 6)
TODAY = MONDAY.date()
SITES = {"Lyon": (400, 60), "Brest": (300, 20), "Nice": (12, 80)}
"""How many people, and how many of a hundred came this month."""
CUTS = {
    "job": {"sales": (400, 50), "production": (300, 20), "baking": (12, 50)},
    "language": {"fr": (360, 45), "en": (352, 43)},
    "contract": {"": (712, 44)},
}


@dataclass(frozen=True, slots=True)
class Company:
    whole: int
    sites: Mapping[str, int]


def company() -> Company:
    """Aurore of three sites, counted for some weeks up to today."""
    whole = people.open_entity("aurore", EntityKind.COMPANY, "Aurore", SINCE)
    sites = {
        name: people.open_entity(name.lower(), EntityKind.SITE, name, SINCE, whole, "FR", "UTC")
        for name in SITES
    }
    db.session.flush()
    numbers = {name: site.id for name, site in sites.items()}
    counted(whole.id, numbers, MONDAY)
    return Company(whole.id, numbers)


def counted(whole: int, sites: Mapping[str, int], at: datetime) -> None:
    """Figures of a company and its sites, of its beginners and of its knowledge, up to that moment."""
    today = at.date()
    sunday = today - timedelta(days=today.weekday() + 1)
    db.session.add(HrReader(id=1, reached=0, day=today, salt="00" * 32, counted_at=at))
    days = {today - timedelta(days=back) for back in range(12)}
    for day in days | {sunday - timedelta(weeks=back) for back in range(10)}:
        back = (today - day).days
        _row(day, whole, "", "", 712, 44, back)
        for number, (count, share) in zip(sites.values(), SITES.values(), strict=False):
            _row(day, number, "", "", count, share, back)
    for cut, values in CUTS.items():
        for value, (count, share) in values.items():
            _row(today, whole, cut, value, count, share, 0)
    _beginners(whole, today)
    _knowledge(whole, today)
    db.session.commit()


def _row(day: date, entity: int, cut: str, value: str, count: int, share: int, back: int) -> None:
    came = _fives(count * share / 100)
    figures = {
        "begun": _fives(came * 1.2),
        "day": _fives(came / 3),
        "week": _fives(came / 2),
        "month": came,
        "rounds": _fives(came / 4),
        "new": 20,
        "back": 10,
        "lost": 15,
        "gifts": _fives(came / 8),
        "passport": max(0, _fives(came / 2) - back // 7 * 5),
        "visa-security": _fives(came / 2),
        "season": _fives(came * 1.1),
        "season-visas": _fives(came / 4),
        "season-passport": _fives(came / 8),
        "took-60": _fives(came / 8),
        "took-90": _fives(came / 8),
    }
    told = count >= 5
    db.session.add(
        HrFigures(
            day=day,
            entity_id=entity,
            cut=cut,
            value=value,
            people=count if told else None,
            figures=figures if told else {},
        )
    )


def _beginners(entity: int, today: date) -> None:
    """A hundred began two months ago and ninety of them are left; ten began this month."""
    march = today.replace(day=1)
    february = (march - timedelta(days=1)).replace(day=1)
    january = (february - timedelta(days=1)).replace(day=1)
    for began, month, count, came in (
        (january, january, 100, 100),
        (january, february, 90, 45),
        (january, march, 90, 60),
        (march, march, 10, 10),
    ):
        db.session.add(
            HrCohort(month=month, entity_id=entity, began=began, people=count, came=came)
        )


def _knowledge(entity: int, today: date) -> None:
    catalog = releases.current()
    for theme in catalog.themes:
        _subject(entity, today, f"theme:{theme}", 1_000, 700)
    for number, notion in enumerate(catalog.notions):
        met, known = (300, 210) if number else (15, 15)
        _subject(entity, today, f"notion:{notion}", met, known)


def _subject(entity: int, day: date, subject: str, met: int, known: int) -> None:
    row = HrKnowledge(day=day, entity_id=entity, subject=subject, met=met, known=known)
    db.session.add(row)


def _fives(value: float) -> int:
    return round(value / 5) * 5
