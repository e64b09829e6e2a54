"""The page that puts two to four entities side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from academy.hr.dashboards import charts, queries
from academy.hr.dashboards.framing import SEES, Moment
from academy.hr.dashboards.pages import LINE_HIGH, LINE_WIDE, PASSPORT
from academy.hr.dashboards.queries import Told
from academy.people import places
from academy.people.directory import desk
from academy.people.places import Place
from academy.web.incoming import row_number

MOST = 4
FEWEST = 2


@dataclass(frozen=True, slots=True)
class Side:
    """One entity. `others` is the address of the page without it; `line` its passports, week by week."""

    place: Place
    told: Told | None
    shares: dict[date, float | None]
    line: str
    others: str


@dataclass(frozen=True, slots=True)
class ComparePage:
    moment: Moment
    sides: tuple[Side, ...]
    days: tuple[date, ...]
    near: tuple[str, ...]
    trouble: str

    @property
    def enough(self) -> bool:
        return len(self.sides) >= FEWEST

    @property
    def full(self) -> bool:
        return len(self.sides) >= MOST


def chosen(typed: Iterable[str]) -> tuple[int, ...]:
    """The numbers in an address, each once, four at most; what is no number is left out."""
    found: dict[int, None] = {}
    for each in typed:
        try:
            found[row_number(each)] = None
        except ValueError:
            continue
    return tuple(found)[:MOST]


def elsewhere() -> str:
    return _("Somebody else looks after this entity.")


def address(entities: Sequence[int], moment: Moment) -> str:
    day = moment.day.isoformat() if moment.asked else None
    return url_for("dashboards.compare", entity=chosen(str(each) for each in entities), day=day)


def page(entities: Sequence[int], moment: Moment, trouble: str = "") -> ComparePage:
    """Those of these entities that are within reach; four statements."""
    reach = desk.my_reach(*SEES)
    ways = places.ways_up(entities, moment.day)
    mine = [each for each in entities if each in ways and reach.holds(p.id for p in ways[each])]
    weeks = queries.weekly(mine, moment.day) if mine else ()
    sides = tuple(_side(ways[each][0], weeks, moment, mine) for each in mine)
    return ComparePage(
        moment=moment,
        sides=sides,
        days=tuple(dict.fromkeys(each.day for each in weeks)),
        near=desk.suggested(*SEES),
        trouble=trouble,
    )


def _side(place: Place, weeks: Sequence[Told], moment: Moment, mine: Sequence[int]) -> Side:
    own = {each.day: each for each in weeks if each.entity_id == place.id}
    shares = {day: each.share(PASSPORT) for day, each in own.items()}
    now = own.get(moment.day)
    others = address([each for each in mine if each != place.id], moment)
    return Side(place, now if now and now.people else None, shares, _line(shares, weeks), others)


def _line(shares: dict[date, float | None], weeks: Sequence[Told]) -> str:
    """On the days of all of them, so that lines lie over one another."""
    if not weeks:
        return ""
    first, last = weeks[0].day.toordinal(), weeks[-1].day.toordinal()
    return charts.path(
        [
            (
                (day.toordinal() - first) / ((last - first) or 1) * LINE_WIDE,
                (100 - share) * LINE_HIGH / 100,
            )
            for day, share in shares.items()
            if share is not None
        ]
    )
