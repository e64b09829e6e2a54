"""What has yet to appear cannot be opened, and says when it will be there."""

from datetime import date

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from academy.catalog import releases, seasons
from academy.catalog.tree import Catalog, Lesson, Module
from academy.refusal import Refusal
from academy.web import words


class NotThereYet(Refusal):
    """The lesson, or every lesson of the module, has yet to appear."""

    def __init__(self, day: date) -> None:
        super().__init__(
            _(
                "This appears on %(day)s. Everything else is open meanwhile.",
                day=LazyString(words.weekday, day),
            ),
            403,
        )


def refuse_early(lesson: Lesson, today: date, edition: Catalog) -> None:
    """Raises NotThereYet for a lesson that has yet to appear, in the edition it was opened in."""
    day = seasons.timetable(edition).appears_on(lesson.key)
    if day is not None and day > today:
        raise NotThereYet(day)


def refuse_closed(module: Module, today: date) -> None:
    """Raises NotThereYet for the quiz of a module of which no lesson has appeared."""
    day = seasons.opens_on(releases.current(), module)
    if day is not None and day > today:
        raise NotThereYet(day)
