"""Days and weekdays as the leave page says them."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from babel.dates import get_day_names
from flask_babel import gettext as _

from academy.people.calendar import MONDAY_TO_FRIDAY, Span
from academy.people.workdays.models import Leave
from academy.web.words import day, day_within, language


class Dated(Protocol):
    """Something with a first day, and perhaps a last one."""

    @property
    def starts_on(self) -> date: ...

    @property
    def ends_on(self) -> date | None: ...


def days(span: Span) -> str:
    """One day by its date; several from the first to the last, without saying a month or a year twice."""
    first, last = span
    if first == last:
        return day(first)
    if first.year != last.year:
        begun = day(first)
    else:
        pattern = "d" if first.month == last.month else "d MMMM"
        begun = day_within(first, pattern)
    return _("%(first)s to %(last)s", first=begun, last=day(last))


def term(dated: Dated) -> str:
    """How long something dated holds."""
    if dated.ends_on is None:
        return _("from %(day)s", day=day(dated.starts_on))
    return days(Span(dated.starts_on, dated.ends_on))


def spans(leave: Sequence[Leave]) -> str:
    """One absence after the other, on one line."""
    return " · ".join(days(Span(each.starts_on, each.ends_on)) for each in leave)


def weekdays(worked: Collection[int]) -> str:
    """Monday to Friday, or the days one by one."""
    if set(worked) == MONDAY_TO_FRIDAY:
        return _("Monday to Friday")
    if not worked:
        return _("no day of the week")
    names = get_day_names("wide", locale=language())
    said = [names[number] for number in sorted(worked)]
    return (
        said[0]
        if len(said) == 1
        else _("%(days)s and %(last)s", days=", ".join(said[:-1]), last=said[-1])
    )
