"""Weeks out of days, and who stays: what is unknown is not made up."""

from datetime import date, timedelta

from academy.hr.dashboards.adoption import LARGE, retention, weeks_of
from academy.hr.dashboards.equity import Finding
from academy.hr.dashboards.fairness import Group
from academy.hr.dashboards.queries import Cohort, Told

MONDAY = date(2026, 3, 2)
JANUARY, FEBRUARY, MARCH = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


def told(when: date, /, **figures: int) -> Told:
    return Told(1, "", "", when, 100, {"month": 50, "week": 40, "new": 5, "back": 5, **figures})


def days(until: date, many: int, /, **figures: int) -> list[Told]:
    return [told(until - timedelta(days=back), **figures) for back in reversed(range(many))]


def test_a_week_ends_on_sunday_and_the_one_under_way_today() -> None:
    weeks = weeks_of(days(MONDAY, 15, day=10), MONDAY)

    assert [week.day for week in weeks] == [date(2026, 2, 22), date(2026, 3, 1), MONDAY]


def test_an_ordinary_day_is_the_mean_of_working_days() -> None:
    found = days(date(2026, 3, 1), 7, day=20, rounds=15)
    found[-1].figures["day"] = found[-2].figures["day"] = 0  # a week-end

    week = weeks_of(found, date(2026, 3, 1))[-1]

    assert (week.ordinary, week.minutes, week.sticks) == (20, 75, 40)
    assert week.stays == 30


def test_where_days_were_forgotten_there_is_no_ordinary_day() -> None:
    week = weeks_of([told(date(2026, 3, 1), day=20)], MONDAY)[-1]

    assert (week.ordinary, week.minutes, week.sticks) == (None, None, None)


def test_of_many_groups_both_ends_are_listed() -> None:
    groups = tuple(Group(f"site {number}", 100, 100 - number) for number in range(25))

    few, many = (Finding("month", "Came", None, some) for some in (groups[:20], groups))

    assert (few.shown, few.between) == (groups[:20], 0)
    assert many.shown == (*groups[:10], None, *groups[-10:])
    assert many.between == 5


def test_nobody_in_the_month_makes_no_share() -> None:
    found = weeks_of(days(MONDAY, 7, day=0, month=0), MONDAY)[-1]

    assert found.sticks is None
    assert found.share == 0


def test_those_who_stay_are_told_month_by_month_with_gaps(context: object) -> None:
    found = retention(
        [
            Cohort(JANUARY, JANUARY, 100, 100),
            Cohort(JANUARY, MARCH, 80, 40),
            Cohort(FEBRUARY, FEBRUARY, LARGE - 5, 40),
        ]
    )

    assert [(month.people, month.shares) for month in found] == [
        (100, (100.0, None, 50.0)),
        (LARGE - 5, ()),
    ]
