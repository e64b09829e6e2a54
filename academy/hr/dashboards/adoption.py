"""The page of who comes: how many, how often, who is new, who was lost, and who stays month after month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from statistics import mean

from flask_babel import gettext as _

from academy.hr.dashboards import charts, queries, seasonal
from academy.hr.dashboards.framing import Frame
from academy.hr.dashboards.queries import Cohort, Told
from academy.hr.dashboards.seasonal import Season
from academy.hr.rollup import spans
from academy.web.words import day_within

TARGET = 50
"""Per cent of the staff who come in a month: what companies before this one aimed at."""
LARGE = 50
"""Of fewer beginners no share is told: rounding would decide what it says."""
COLUMNS = 13
WIDE, HIGH = 640.0, 200.0
FEWEST_DAYS = 3
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Week:
    """`ordinary` is the mean over the working days kept of that week, `minutes` their sum.

    `took` is how many seconds half of these minutes took at most; None for few of them.
    """

    day: date
    people: int
    month: int
    week: int
    ordinary: float | None
    minutes: int | None
    new: int
    back: int
    lost: int
    took: int | None = None

    @property
    def share(self) -> float:
        return share(self.month, self.people)

    @property
    def time(self) -> str:
        return told_time(self.took)

    @property
    def stays(self) -> int:
        """Who came this week, and neither began nor came back in it."""
        return max(0, self.week - self.new - self.back)

    @property
    def sticks(self) -> float | None:
        """Of those who came in the month, the share that comes on an ordinary day."""
        if self.ordinary is None or not self.month:
            return None
        return share(self.ordinary, self.month)


@dataclass(frozen=True, slots=True)
class Column:
    """A week drawn as a column of three parts, from the ground up: x, and where each begins and ends."""

    x: float
    width: float
    stays: tuple[float, float]
    back: tuple[float, float]
    new: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Month:
    """Beginners of one month: `shares` of them who came in it and in each month after; None when unknown."""

    name: str
    people: int
    shares: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class AdoptionPage:
    now: Week | None
    weeks: tuple[Week, ...]
    lines: Mapping[str, str]
    columns: tuple[Column, ...]
    most: int
    months: tuple[Month, ...]
    seasons: tuple[Season, ...]
    target: int = TARGET

    @property
    def lately(self) -> tuple[Week, ...]:
        """The weeks that are drawn as columns."""
        return self.weeks[-COLUMNS:]

    @property
    def furthest(self) -> int:
        """How many months the longest row tells of."""
        return max((len(month.shares) for month in self.months), default=0)


def page(frame: Frame) -> AdoptionPage:
    """Three statements: the history of an entity, its beginners, its seasons."""
    told = [each for each in queries.history(frame.here.id, frame.day) if each.people]
    weeks = weeks_of(told, frame.day)
    most = max((week.week for week in weeks[-COLUMNS:]), default=0)
    return AdoptionPage(
        now=weeks[-1] if weeks and weeks[-1].day == frame.day else None,
        weeks=weeks,
        lines=_lines(weeks),
        columns=tuple(_columns(weeks[-COLUMNS:], most)),
        most=most,
        months=retention(queries.cohorts(frame.here.id, frame.day)),
        seasons=seasonal.page(frame),
    )


def share(part: float, whole: float) -> float:
    return min(100.0, 100 * part / whole) if whole else 0.0


def weeks_of(told: Sequence[Told], last: date) -> tuple[Week, ...]:
    """A week for each Sunday that was kept, and the one under way up to the last day."""
    days = {each.day: each for each in told}
    ends = [day for day in days if day.weekday() == _SATURDAY + 1 or day == last]
    return tuple(_week(days, day) for day in ends)


def _week(days: Mapping[date, Told], end: date) -> Week:
    """On a day in the middle of a week, an ordinary day is one of the seven days up to it."""
    found = days[end]
    working = [
        days[day].figures
        for day in (end - timedelta(days=back) for back in range(7))
        if day in days and day.weekday() < _SATURDAY
    ]
    enough = len(working) >= FEWEST_DAYS
    figure = found.figures.get
    return Week(
        day=end,
        people=found.people or 0,
        month=figure("month", 0),
        week=figure("week", 0),
        ordinary=mean(each.get("day", 0) for each in working) if enough else None,
        minutes=sum(each.get("rounds", 0) for each in working) if enough else None,
        new=figure("new", 0),
        back=figure("back", 0),
        lost=figure("lost", 0),
        took=_took(working) if enough else None,
    )


def _took(days: Sequence[Mapping[str, int]]) -> int | None:
    """The median over these days; the one under way is not measured yet."""
    return spans.median({name: sum(day.get(name, 0) for day in days) for name in spans.TOOK})


def told_time(seconds: int | None) -> str:
    """45 s, or 1 min 30 s."""
    if seconds is None:
        return ""
    if seconds >= spans.EDGES[-1]:
        return _("5 min or more")
    minutes, rest = divmod(seconds, 60)
    if not minutes:
        return _("%(seconds)s s", seconds=rest)
    return _("%(minutes)s min %(seconds)s s", minutes=minutes, seconds=rest)


def _lines(weeks: Sequence[Week]) -> dict[str, str]:
    """Month, week and ordinary day as shares of the staff, drawn in a box of 640 by 200."""
    if len(weeks) <= 1:  # a line has two ends
        return {}
    first, last = weeks[0].day.toordinal(), weeks[-1].day.toordinal()
    drawn: dict[str, str] = {}
    for name in ("month", "week", "ordinary"):
        points = [
            (
                (week.day.toordinal() - first) / (last - first) * WIDE,
                (100 - share(value, week.people)) * HIGH / 100,
            )
            for week in weeks
            if (value := getattr(week, name)) is not None
        ]
        drawn[name] = charts.path(points)
    return drawn


def _columns(weeks: Sequence[Week], most: int) -> list[Column]:
    if not most:
        return []
    step, found = WIDE / len(weeks), []
    for number, week in enumerate(weeks):
        heights = [0.0]
        for part in (week.stays, week.back, week.new):
            heights.append(min(HIGH, heights[-1] + part * HIGH / most))
        edges = [(HIGH - above, HIGH - below) for below, above in pairwise(heights)]
        found.append(Column(number * step + step * 0.15, step * 0.7, *edges))
    return found


def retention(cohorts: Sequence[Cohort]) -> tuple[Month, ...]:
    """A row for each month somebody began in, large enough for its shares to mean something."""
    found = []
    for began, rows in groupby(cohorts, key=lambda each: each.began):
        came = {_apart(began, each.month): each for each in rows}
        shares = tuple(_stayed(came.get(ahead)) for ahead in range(max(came) + 1))
        people = max(each.people for each in came.values())
        found.append(Month(day_within(began, "LLLL y"), people, shares if people >= LARGE else ()))
    return tuple(found)


def _stayed(cohort: Cohort | None) -> float | None:
    if cohort is None or cohort.people < LARGE:
        return None
    return share(cohort.came, cohort.people)


def _apart(began: date, month: date) -> int:
    return (month.year - began.year) * 12 + month.month - began.month
