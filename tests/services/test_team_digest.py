"""The week of a team: for those who asked, once a week, in figures that point at nobody."""

from datetime import UTC, date, datetime, timedelta

from flask import Flask
from sqlalchemy import select

from academy.database import db
from academy.notices import wishing
from academy.notices.digest import jobs, queries
from academy.notices.digest.calendar import week_before
from academy.notices.digest.figures import Counts
from academy.notices.models import TeamDigest
from academy.notices.queries import Preferences
from academy.notices.stopping import Stop, What
from academy.people import services as people
from academy.people.calendar import Span
from academy.people.models import Person
from academy.people.workdays import services as workdays
from academy.post.models import Letter
from tests.conftest import MONDAY
from tests.factories import TODAY, do_round, make_person, make_site, read_lesson

NEXT_MONDAY = datetime(2026, 3, 9, 7, 30, tzinfo=UTC)
A_WEEK = timedelta(days=7)


def managed(members: int) -> tuple[Person, list[Person]]:
    """Somebody who manages that many, and asked for the digest."""
    boss, team = make_person(), make_site()
    staff = [make_person() for _ in range(members)]
    for person in staff:
        people.post(person, team, "sales", date(2026, 1, 5), boss)
    wishing.prefer(boss.id, Preferences(digest=True), MONDAY)
    db.session.commit()
    return boss, staff


def letters() -> list[Letter]:
    return list(db.session.scalars(select(Letter).order_by(Letter.id)))


def next_at(boss: Person) -> datetime | None:
    return db.session.get_one(TeamDigest, boss.id, populate_existing=True).next_at


def test_nobody_gets_it_who_did_not_ask(context: Flask) -> None:
    boss, _staff = managed(5)
    wishing.prefer(boss.id, Preferences(digest=False), MONDAY)
    db.session.commit()

    assert jobs.tell_managers(NEXT_MONDAY) == 0


def test_it_tells_the_week_before_in_figures_once(context: Flask) -> None:
    boss, staff = managed(6)
    do_round(staff[0])
    do_round(staff[1])
    read_lesson(staff[1], "cloud-has-an-address")
    do_round(make_person())

    assert [jobs.tell_managers(NEXT_MONDAY) for _ in range(3)] == [1, 0, 0]

    (letter,) = letters()
    said = letter.payload["text"]
    assert "2 to 8 March 2026, your team of 6:" in said
    assert "about 30% took part" in said
    assert "2 minutes done" in said
    assert "1 lesson read" in said
    assert "3 badges, medals or visas earned" in said
    assert next_at(boss) == NEXT_MONDAY + A_WEEK
    assert letter.payload["unsubscribe"]


def test_no_name_is_ever_in_it(context: Flask) -> None:
    _boss, staff = managed(5)
    for person in staff:
        do_round(person)

    jobs.tell_managers(NEXT_MONDAY)

    (letter,) = letters()
    for person in staff:
        assert person.family_name not in str(letter.payload)
        assert person.email not in str(letter.payload)


def test_a_team_of_four_has_no_figures_and_the_mail_says_why(context: Flask) -> None:
    _boss, staff = managed(4)
    do_round(staff[0])

    jobs.tell_managers(NEXT_MONDAY)

    (letter,) = letters()
    assert "fewer than 5 people" in letter.payload["text"]
    assert "minute" not in letter.payload["text"]


def test_who_left_the_team_or_the_company_is_not_counted(context: Flask) -> None:
    boss, staff = managed(7)
    for person in staff:
        do_round(person)
    people.post(staff[0], make_site(), "sales", TODAY, make_person())
    staff[1].active = False
    db.session.commit()

    found = queries.counts(boss.id, NEXT_MONDAY.date(), week_before(NEXT_MONDAY.date()))

    assert (found.people, found.took_part, found.minutes) == (5, 5, 5)


def test_only_that_week_counts(context: Flask) -> None:
    boss, staff = managed(5)
    for day in (MONDAY - timedelta(days=1), MONDAY, MONDAY + A_WEEK):
        do_round(staff[0], day)

    assert queries.counts(boss.id, TODAY, week_before(NEXT_MONDAY.date())) == Counts(5, 1, 1, 0, 0)


def test_on_leave_one_gets_it_on_the_day_one_is_back(context: Flask) -> None:
    boss, _staff = managed(5)
    monday = NEXT_MONDAY.date()
    workdays.declare_leave(boss.id, Span(monday, monday + timedelta(days=1)), TODAY)
    db.session.commit()

    assert jobs.tell_managers(NEXT_MONDAY) == 0
    assert jobs.tell_managers(NEXT_MONDAY + timedelta(days=2)) == 1
    assert next_at(boss) == NEXT_MONDAY + A_WEEK


def test_one_click_stops_it(context: Flask) -> None:
    boss, _staff = managed(5)

    wishing.stop(Stop(boss.id, What.DIGEST))
    db.session.commit()

    assert next_at(boss) is None
    assert jobs.tell_managers(NEXT_MONDAY) == 0
