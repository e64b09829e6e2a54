"""Figures as if a large company had been counted: written where the rollup writes them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

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


def company(weeks: int = 10) -> Company:
    """Aurore of three sites, counted for some weeks up to today; its beginners and its knowledge too."""
    whole = people.open_entity("aurore", EntityKind.COMPANY, "Aurore", SINCE)
    sites = {
        name: people.open_entity(name.lower(), EntityKind.SITE, name, SINCE, whole, "FR", "UTC")
        for name in SITES
    }
    db.session.flush()
    numbers = {name: site.id for name, site in sites.items()}
    db.session.add(HrReader(id=1, reached=0, day=TODAY, salt="00" * 32, counted_at=MONDAY))
    days = {TODAY - timedelta(days=back) for back in range(12)}
    days |= {TODAY - timedelta(days=1, weeks=back) for back in range(weeks)}
    for day in days:
        back = (TODAY - day).days
        _row(day, whole.id, "", "", 712, 44, back)
        for name, (count, share) in SITES.items():
            _row(day, numbers[name], "", "", count, share, back)
    for cut, values in CUTS.items():
        for value, (count, share) in values.items():
            _row(TODAY, whole.id, cut, value, count, share, 0)
    _beginners(whole.id)
    _knowledge(whole.id)
    db.session.commit()
    return Company(whole.id, numbers)


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


def _beginners(entity: int) -> None:
    """A hundred began in January and ninety of them are left in February; ten began this month."""
    january, february, march = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)
    for began, month, count, came in (
        (january, january, 100, 100),
        (january, february, 90, 45),
        (january, march, 90, 60),
        (march, march, 10, 10),
    ):
        db.session.add(
            HrCohort(month=month, entity_id=entity, began=began, people=count, came=came)
        )


def _knowledge(entity: int) -> None:
    catalog = releases.current()
    for theme in catalog.themes:
        _subject(entity, f"theme:{theme}", 1_000, 700)
    for number, notion in enumerate(catalog.notions):
        _subject(entity, f"notion:{notion}", 15 if number == 0 else 300, 15 if number == 0 else 210)


def _subject(entity: int, subject: str, met: int, known: int) -> None:
    db.session.add(HrKnowledge(day=TODAY, entity_id=entity, subject=subject, met=met, known=known))


def _fives(value: float) -> int:
    return round(value / 5) * 5
