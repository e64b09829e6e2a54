"""What rules about days need to know of a person's deeds, kept among the tallies. Pure; never grows.

For a verb (or a verb in a theme) that some rule asks about, the last days are kept as one whole number, a
few bits a day, with the day it ends on: `round_done#r`, `round_done#r.day`. From these, as deeds come in:

- `lesson_done@2026-01-01..2026-03-31`  deeds of a period
- `lesson_done#7`    the most deeds there ever were within seven days
- `round_done#run`   the working days in a row: the largest number of them that a rule asks for, if reached

In any order: a deed that comes later than the days kept is looked up in the log, with what was around it.
"""

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from dataclasses import dataclass
from datetime import date

from academy.people.calendar import Calendar

LATE = 14
"""Deeds told within so many days after a later one cost no look into the log."""
REACH = 200
"""Working days in a row, with the leave between them, must lie within so many days."""
GRACE = 1
"""Working days one may miss, and go on as if nothing had happened by coming on the next."""
COUNTS = 4
"""Bits kept of a day to count its deeds."""
MOST_A_DAY = (1 << COUNTS) - 1
"""More deeds of one verb in a day count as so many: no rule `within` days asks for more."""

Days = Mapping[int, int]
"""How many deeds on which day (its ordinal)."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What rules ask of one verb, or of one in a theme: periods by their tallies, windows and runs.

    `windows` gives, for so many days, the most deeds any rule wants within them.
    """

    periods: tuple[tuple[str, date, date], ...] = ()
    windows: tuple[tuple[int, int], ...] = ()
    runs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Around:
    """What is asked for only when it is needed: the working days around a day, and deeds in the log.

    `deeds(base, first, last)` counts them by day, the one in hand included.
    """

    calendar: Callable[[date], Calendar]
    deeds: Callable[[str, date, date], Days]


def note(
    tallies: MutableMapping[str, int], base: str, day: date, watched: Watched, around: Around
) -> None:
    """Take one more deed into account."""
    for name, first, last in watched.periods:
        if first <= day <= last:
            tallies[name] = tallies.get(name, 0) + 1
    open_ones = [one for one in watched.windows if tallies.get(f"{base}#{one[0]}", 0) < one[1]]
    if open_ones:
        _note_windows(tallies, base, day, open_ones, watched, around)
    if watched.runs and tallies.get(f"{base}#run", 0) < watched.runs[-1]:
        _note_run(tallies, base, day, watched.runs, around)


def look_again(
    tallies: MutableMapping[str, int], base: str, wanted: tuple[int, ...], calendar: Calendar
) -> bool:
    """Look at the days kept under another calendar; True when a number more is reached. Never takes away."""
    had = tallies.get(f"{base}#run", 0)
    if f"{base}#r" not in tallies or had >= wanted[-1]:
        return False
    tallies[f"{base}#ask"] = _look(tallies, base, _days(tallies, base), wanted, calendar)
    return tallies.get(f"{base}#run", 0) > had


def running(tallies: Mapping[str, int], base: str, today: date, calendar: Calendar) -> int:
    """The working days in a row as they stand today; 0 once they are over."""
    if f"{base}#r" not in tallies:
        return 0
    days = [day for day in _days(tallies, base) if today.toordinal() - day < REACH]
    return current(days, today, calendar)


def current(days: Iterable[int], today: date, calendar: Calendar) -> int:
    """How many working days in a row end today, or are still open: today is not over."""
    rows = runs_of(days, calendar)
    if not rows:
        return 0
    missed = _missed(rows[-1][-1], today.toordinal(), calendar)
    return len(rows[-1]) if missed <= GRACE else 0


def longest(days: Iterable[int], calendar: Calendar) -> int:
    """The most working days in a row that lie within REACH."""
    best = 0
    for row in runs_of(days, calendar):
        first = 0
        for place, day in enumerate(row):
            while day - row[first] >= REACH:
                first += 1
            best = max(best, place - first + 1)
    return best


def runs_of(days: Iterable[int], calendar: Calendar) -> list[list[int]]:
    """The working days among these, in rows: within one, at most GRACE working days are missed at a time.

    Days off, leave and closures break no row. Who comes on a day of leave all the same has come: leave told
    afterwards makes no row shorter.
    """
    rows: list[list[int]] = []
    expected = calendar.without_leave()
    for day in sorted(days):
        if not expected.is_working(date.fromordinal(day)):
            continue
        if rows and _missed(rows[-1][-1], day, calendar) <= GRACE:
            rows[-1].append(day)
        else:
            rows.append([day])
    return rows


def _within(days: Days, end: int, span: int) -> int:
    return sum(min(days.get(day, 0), MOST_A_DAY) for day in range(end - span + 1, end + 1))


def _missed(before: int, after: int, calendar: Calendar) -> int:
    """Working days strictly between, as far as it matters."""
    missed = 0
    for day in range(before + 1, after):
        missed += calendar.is_working(date.fromordinal(day))
        if missed > GRACE:
            break
    return missed


def _note_windows(
    tallies: MutableMapping[str, int],
    base: str,
    day: date,
    windows: Iterable[tuple[int, int]],
    watched: Watched,
    around: Around,
) -> None:
    widest = watched.windows[-1][0]
    back = _mark(tallies, f"{base}#w", day.toordinal(), COUNTS, widest + LATE)
    kept = _counts(tallies, base) if back <= LATE else None
    for span, _most in windows:
        first, final = _shifted(day, 1 - span), _shifted(day, span - 1)
        days = around.deeds(base, first, final) if kept is None else kept
        name = f"{base}#{span}"
        ends = range(day.toordinal(), day.toordinal() + min(back, span - 1) + 1)
        tallies[name] = max(tallies.get(name, 0), *(_within(days, end, span) for end in ends))


def _note_run(
    tallies: MutableMapping[str, int],
    base: str,
    day: date,
    wanted: tuple[int, ...],
    around: Around,
) -> None:
    """Count down to the first day on which the next number may be reached; ask for the calendar then.

    A day adds at most one to a row: until so many more have come, there is nothing to know.
    """
    before = tallies.get(f"{base}#r"), tallies.get(f"{base}#r.day")
    back = _mark(tallies, f"{base}#r", day.toordinal(), 1, REACH + LATE)
    if back < REACH + LATE and before == (tallies[f"{base}#r"], tallies[f"{base}#r.day"]):
        return  # that day was there
    wait = tallies.get(f"{base}#ask", wanted[0]) - 1
    if back or wait <= 0:
        wait = _ask(tallies, base, day, back, wanted, around)
    tallies[f"{base}#ask"] = wait


def _ask(
    tallies: MutableMapping[str, int],
    base: str,
    day: date,
    back: int,
    wanted: tuple[int, ...],
    around: Around,
) -> int:
    """Look at the rows as they are; gives how many more days until it is worth looking again."""
    calendar = around.calendar(day)
    if back <= LATE:
        days: Iterable[int] = _days(tallies, base)
    else:
        days = around.deeds(base, _shifted(day, 1 - REACH), _shifted(day, REACH - 1))
    wait = _look(tallies, base, days, wanted, calendar)
    return wait if back <= LATE else 1  # the row of today was not looked at: the next day will


def _look(
    tallies: MutableMapping[str, int],
    base: str,
    days: Iterable[int],
    wanted: tuple[int, ...],
    calendar: Calendar,
) -> int:
    """Note the number reached; gives how many more days until the next one may be."""
    found = longest(days, calendar)
    reached = max((number for number in wanted if number <= found), default=0)
    had = tallies.get(f"{base}#run", 0)
    if reached > had:
        tallies[f"{base}#run"] = had = reached
    following = next((number for number in wanted if number > had), had)
    rows = runs_of(days, calendar)
    return max(1, following - (len(rows[-1]) if rows else 0))


def _mark(tallies: MutableMapping[str, int], name: str, day: int, width: int, kept: int) -> int:
    """One deed more on that day; gives how many days it lies behind the last."""
    last = tallies.get(f"{name}.day", day)
    days = tallies.get(name, 0)
    back = last - day
    if back >= kept:
        return back
    if back < 0:
        days = (days << -back * width) & ((1 << kept * width) - 1) if -back < kept else 0
        last, back = day, 0
    most, place = (1 << width) - 1, back * width
    if (days >> place) & most < most:
        days += 1 << place
    tallies[name], tallies[f"{name}.day"] = days, last
    return back


def _counts(tallies: Mapping[str, int], base: str) -> dict[int, int]:
    days, day = tallies[f"{base}#w"], tallies[f"{base}#w.day"]
    found = {}
    while days:
        if days & MOST_A_DAY:
            found[day] = days & MOST_A_DAY
        days, day = days >> COUNTS, day - 1
    return found


def _days(tallies: Mapping[str, int], base: str) -> list[int]:
    """The days kept on which there is a deed, the oldest first."""
    days, last = tallies[f"{base}#r"], tallies[f"{base}#r.day"]
    return [last - place for place in range(days.bit_length() - 1, -1, -1) if days >> place & 1]


def _shifted(day: date, days: int) -> date:
    """So many days later, or as far as dates go."""
    ordinal = min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal())
    return date.fromordinal(ordinal)
