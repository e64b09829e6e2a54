"""What every page of figures begins with: whose figures, of which day, and whether one may see them."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import abort, request
from flask_babel import gettext as _

from academy.hr.dashboards import queries
from academy.people import places
from academy.people.directory import desk
from academy.people.models import Role
from academy.people.places import Place
from academy.web.words import day as said

SEES = (Role.HR, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Moment:
    """The day shown; `asked` when somebody chose a past one, `trouble` when that could not be shown."""

    day: date
    counted_at: datetime
    asked: bool = False
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """The entity, and what is above it as far as one may see, from the top."""

    here: Place
    trail: tuple[Place, ...]
    moment: Moment

    @property
    def day(self) -> date:
        return self.moment.day

    @property
    def asked(self) -> str | None:
        """What links carry on, so that one stays in the past."""
        return self.day.isoformat() if self.moment.asked else None


def moment() -> Moment | None:
    """The last day counted, or the last one kept before the day asked for; None before the first count."""
    counted = queries.as_of()
    typed = request.values.get("day", "")
    if counted is None or not typed:
        return Moment(*counted) if counted else None
    latest, at = counted
    try:
        wanted = date.fromisoformat(typed)
    except ValueError:
        return Moment(latest, at, trouble=_("That is no day. These are the latest figures."))
    if wanted >= latest:
        return Moment(latest, at)
    if (found := queries.kept_day(wanted)) is not None:
        return Moment(found, at, asked=True)
    none = _(
        "Nothing is kept of %(day)s or before. These are the latest figures.", day=said(wanted)
    )
    return Moment(latest, at, trouble=none)


def framed(entity: int, shown: Moment) -> Frame:
    """The frame of this entity as it stood that day; ends with 404 or 403 where there is nothing to see."""
    chain = places.above(entity, shown.day) or abort(404)
    mine = desk.my_reach(*SEES).part_of([place.id for place in chain])
    if not mine:
        abort(403)
    here, *above = (place for place in chain if place.id in mine)
    return Frame(here, tuple(reversed(above)), shown)
