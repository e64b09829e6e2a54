"""What the page of one's rhythm shows, put together."""

from dataclasses import dataclass
from datetime import date

from babel.dates import get_day_names
from flask_babel import gettext as _

from academy.deeds.verbs import Verb
from academy.people.workdays import queries as workdays
from academy.rewards import badges, shown
from academy.rewards import queries as rewards
from academy.rewards.regularity import queries, services, words
from academy.rewards.regularity.rhythm import A_WEEK, Day, Rhythm, Row, rhythm
from academy.rewards.rules import Facts, Run
from academy.rewards.shown import AwardView
from academy.web.words import day, day_within, language, weekday


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of the calendar: `words` say all that its shape shows."""

    number: str
    state: str
    words: str
    today: bool


@dataclass(frozen=True, slots=True)
class RhythmPage:
    mine: Rhythm
    row: str
    onward: str
    expected: str
    longest: str
    longest_until: str
    month: str
    weekdays: tuple[tuple[str, str], ...]
    weeks: tuple[tuple[str, tuple[Cell, ...]], ...]
    legend: tuple[tuple[str, str], ...]
    award: AwardView | None
    record: Row | None


def rhythm_page(person_id: int, today: date) -> RhythmPage:
    """`record` is a row longer than the one kept, to be noted. Six statements, whatever the history."""
    calendar = workdays.calendar_of(person_id, today)
    kept = queries.kept_of(person_id)
    mine = rhythm(queries.days_done(person_id, today), calendar, today, kept.joined_on)
    best = services.longer(mine.longest, kept.longest)
    return RhythmPage(
        mine=mine,
        row=words.row(mine.current),
        onward=words.onward(mine, today),
        expected=words.expected(mine),
        longest=words.row(best.length) if best else "",
        longest_until=_("until %(day)s", day=day(best.until)) if best else "",
        month=words.month(mine.this_month),
        weekdays=_weekdays(),
        weeks=tuple(_week(week, today) for week in mine.weeks),
        legend=tuple((state.value, str(words.STATES[state])) for state in words.LEGEND),
        award=_next_award(person_id, mine.current),
        record=best if best != kept.longest else None,
    )


def _weekdays() -> tuple[tuple[str, str], ...]:
    """Each day of the week, whole and in short."""
    wide, short = (get_day_names(width, locale=language()) for width in ("wide", "abbreviated"))
    return tuple((wide[number], short[number].rstrip(".")) for number in range(A_WEEK))


def _week(week: tuple[Day, ...], today: date) -> tuple[str, tuple[Cell, ...]]:
    title = _("Week of %(day)s", day=day_within(week[0].on, "d MMMM"))
    return title, tuple(
        Cell(
            str(each.on.day),
            each.state,
            _(
                "%(day)s: %(state)s",
                day=weekday(each.on),
                state=words.STATES[each.state],
            ),
            each.on == today,
        )
        for each in week
    )


def _next_award(person_id: int, row: int) -> AwardView | None:
    """The next award for working days in a row; None once they are all held."""
    granted, withdrawn = rewards.all_grants(person_id)
    facts = Facts({}, frozenset(granted), runs={Verb.ROUND_DONE: row})
    asked = [
        (award.rule.at_least, award)
        for award in badges.current().values()
        if isinstance(award.rule, Run) and award.rule.verb == Verb.ROUND_DONE
        if award.key not in granted and award.key not in withdrawn
    ]
    found = min(asked, key=lambda each: each[0], default=None)
    return shown.award_view(found[1], facts, granted) if found else None
