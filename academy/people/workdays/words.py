"""Days and weekdays as the leave page says them."""

from collections.abc import Collection

from babel.dates import get_day_names
from flask_babel import gettext as _

from academy.people.calendar import MONDAY_TO_FRIDAY, Span
from academy.web.words import day, language


def days(span: Span) -> str:
    """One day by its date; several from the first to the last."""
    if span.first == span.last:
        return day(span.first)
    return _("%(first)s to %(last)s", first=day(span.first), last=day(span.last))


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
