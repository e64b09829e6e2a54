"""Figures of groups: kept as the log grows, and the same when counted anew."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from academy.catalog import releases, seasons
from academy.database import db
from academy.deeds.models import Deed
from academy.hr import jobs
from academy.hr.rollup import blocks, counting, log, services
from academy.hr.rollup.models import HrCohort, HrFigures, HrReader, HrStanding
from academy.hr.rollup.rounding import BASE
from academy.hr.rollup.spans import TOOK
from academy.hr.waves import jobs as wave_jobs
from academy.hr.waves.models import WaveMember
from academy.passport.keeping import services as keeping
from academy.people import services as people
from academy.people.models import Entity, EntityKind, Person
from academy.privacy import services as privacy
from tests import gifts, waves
from tests.factories import answer, do_round, draw, earn_passport, make_person, read_lesson

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
LATE = timedelta(hours=11)
LESSONS = (
    "web-versus-internet",
    "cloud-has-an-address",
    "speed-of-change",
    "change-is-people",
    "phish-fake-plumber",
    "password-long-and-alone",
    "twofactor-and-passkeys",
    "incident-first-minutes",
    "ai-learns-from-examples",
)
Rows = dict[tuple[date, int, str, str], tuple[int | None, dict[str, int]]]


def at(ahead: int, hour: int = 10) -> datetime:
    return MONDAY.replace(hour=hour) + timedelta(days=ahead)


@pytest.fixture
def company(context: Flask) -> tuple[Entity, Entity, list[Person]]:
    """A company of two teams: eight people in the first, six in the second."""
    since = date(2025, 1, 6)
    whole = people.open_entity("aurore", EntityKind.COMPANY, "Aurore", since)
    teams = [
        people.open_entity(key, EntityKind.TEAM, key.title(), since, whole)
        for key in ("bakers", "drivers")
    ]
    staff = [make_person() for _each in range(14)]
    for number, person in enumerate(staff):
        people.post(person, teams[number >= 8], "baker" if number % 2 else "driver", since)
    db.session.commit()
    return whole, teams[0], staff


def kept() -> Rows:
    db.session.expire_all()
    return {
        (row.day, row.entity_id, row.cut, row.value): (row.people, row.figures)
        for row in db.session.scalars(select(HrFigures))
    }


def stayed() -> dict[tuple[date, int, date], tuple[int, int]]:
    db.session.expire_all()
    return {
        (row.month, row.entity_id, row.began): (row.people, row.came)
        for row in db.session.scalars(select(HrCohort))
    }


def figures(entity: Entity, day: date, cut: str = "", value: str = "") -> dict[str, int]:
    row = db.session.get(HrFigures, (day, entity.id, cut, value), populate_existing=True)
    assert row is not None
    return row.figures


def test_they_tell_who_came_and_what_was_won_in_fives(
    company: tuple[Entity, Entity, list[Person]],
) -> None:
    whole, bakers, staff = company
    for person in staff[:10]:
        read_lesson(person, "cloud-has-an-address", MONDAY)
    for person in staff[:5]:
        do_round(person, MONDAY)
    earn_passport(staff[0], MONDAY)

    services.advance(at(0, 20))

    told = figures(whole, MONDAY.date())
    assert (told["begun"], told["day"], told["rounds"], told["lost"]) == (10, 10, 5, 0)
    assert told["passport"] in (0, 5)
    assert told["visa-security"] in (0, 5)
    assert figures(bakers, MONDAY.date())["rounds"] == 5
    assert figures(whole, MONDAY.date(), "language", "en")["week"] == 10


def some_come(staff: list[Person], ahead: int) -> None:
    for number, person in enumerate(staff):
        if (number + ahead) % 3:
            read_lesson(person, LESSONS[ahead], at(ahead))
        if number % 4 == 0:
            drawn = draw(person, at(ahead, 11))
            while drawn.finished_at is None:
                answer(person, drawn, True, at(ahead, 11) + timedelta(seconds=20 * number))


def test_counted_day_by_day_they_are_what_counting_anew_gives(
    company: tuple[Entity, Entity, list[Person]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also of somebody who was in before the waves, and only later belongs to one."""
    _whole, _bakers, staff = company
    for ahead in range(9):
        some_come(staff, ahead)
        if ahead == 4:
            wave = waves.opened(staff[0], _bakers)
        if ahead == 6:
            people.post(staff[-1], _bakers, "baker", at(6).date())
            db.session.commit()
        if ahead >= 4:
            wave_jobs.look_after(at(ahead, 11))
        services.advance(at(ahead, 12))
        services.advance(at(ahead, 12))
    services.advance(at(11, 9))
    standing = {row.person_id: row.last_on for row in db.session.scalars(select(HrStanding))}
    before, months = kept(), stayed()
    theirs = db.session.get_one(WaveMember, staff[-1].id)
    assert (theirs.was_in, theirs.wave_id) == (True, wave)

    services.rebuild(at(11, 9))

    assert kept() == before
    assert stayed() == months != {}
    assert {each: row.last_on for each, row in _standings().items()} == standing
    assert len({day for day, *_rest in before}) == 12

    monkeypatch.setattr(log, "BLOCK", 5)
    monkeypatch.setattr(blocks, "ENOUGH", 10)
    services.rebuild(at(11, 9))  # the log is read in many parts
    assert kept() == before
    assert {each: row.last_on for each, row in _standings().items()} == standing


def test_who_is_erased_while_it_is_counted_anew_stands_nowhere(
    company: tuple[Entity, Entity, list[Person]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _whole, _bakers, staff = company
    for person in staff[:6]:
        read_lesson(person, LESSONS[0], at(0))
    write_down = services._write_down

    def later(*given: Any) -> None:
        privacy.erase(staff[0].id, at(0, 20))
        db.session.commit()
        write_down(*given)

    monkeypatch.setattr(services, "_write_down", later)
    services.rebuild(at(0, 20))

    assert {*_standings()} == {person.id for person in staff[1:6]}


def test_people_are_told_apart_by_the_wave_they_came_in_by(
    company: tuple[Entity, Entity, list[Person]],
) -> None:
    """From the day on which one opened; counted anew it is the same, and small groups take others along."""
    whole, bakers, staff = company
    for person in staff[:10]:
        read_lesson(person, "cloud-has-an-address", MONDAY)
    services.advance(at(0, 20))
    assert not [key for key in kept() if key[2] == "wave"]

    number = waves.opened(staff[0], bakers)
    later = waves.plan(staff[0], whole)
    wave_jobs.look_after(at(1, 9))
    services.advance(at(1, 12))
    tuesday = MONDAY.date() + timedelta(days=1)
    found = {key[3]: told for key, told in kept().items() if key[:3] == (tuesday, whole.id, "wave")}

    assert {value: people for value, (people, _told) in found.items()} == {str(number): 8, "": 6}
    assert found[str(number)][1]["begun"] in (5, 10)
    assert str(later) not in found
    people.post(staff[0], company[0], "baker", tuesday + timedelta(days=1))  # and stays in the wave
    for person in staff[8:11]:
        person.active = False
    db.session.commit()
    services.advance(at(2, 12))
    day = tuesday + timedelta(days=1)
    assert kept()[day, whole.id, "wave", ""] == (None, {})
    assert kept()[day, whole.id, "wave", str(number)] == (None, {})


def test_how_long_minutes_took_is_counted_in_steps_once_a_day_is_over(
    company: tuple[Entity, Entity, list[Person]],
) -> None:
    whole, bakers, staff = company
    for number, person in enumerate(staff):
        drawn = draw(person, at(0, 11))
        while drawn.finished_at is None:
            answer(person, drawn, True, at(0, 11) + timedelta(seconds=40 if number < 5 else 100))
    services.advance(at(0, 12))
    assert not [name for name in figures(whole, MONDAY.date()) if name.startswith("took")]

    services.advance(at(1, 12))

    told = figures(whole, MONDAY.date())
    steps = {name: count for name, count in told.items() if name.startswith("took")}
    assert set(steps) == set(TOOK)
    assert (steps["took-45"], steps["took-60"], steps["took-more"]) == (5, 0, 0)
    assert steps["took-120"] in (5, 10)
    assert not [name for name in figures(whole, MONDAY.date(), "job", "baker") if "took" in name]
    assert figures(bakers, MONDAY.date())["took-45"] == 5


def test_a_season_counts_who_came_and_who_earned_something_in_it(
    company: tuple[Entity, Entity, list[Person]],
) -> None:
    whole, _bakers, staff = company
    (span, _none) = (seasons.under_way(releases.current(), MONDAY.date()), None)
    assert span is not None
    before = datetime.combine(span.first - timedelta(days=3), time(10), UTC)
    for person in staff[:10]:
        earn_passport(person, before)
    for person in staff[5:]:
        read_lesson(person, "cloud-has-an-address", MONDAY)

    services.advance(at(0, 20))

    told = figures(whole, MONDAY.date())
    assert (told["begun"], told["passport"]) == (rounded_of(14, told["begun"]), 10)
    assert told["season"] in (5, 10)
    assert told["season-passport"] == told["season-visas"] == 0
    assert "season" not in figures(whole, MONDAY.date(), "job", "baker")


def rounded_of(count: int, told: int) -> int:
    assert abs(count - told) < BASE
    return told


def test_in_the_first_season_what_was_won_in_it_is_the_figure_of_what_is_held(
    company: tuple[Entity, Entity, list[Person]],
) -> None:
    """The same people, so the same dice: two figures of one fact would tell more than one."""
    whole, bakers, staff = company
    for person in staff[:7]:
        earn_passport(person, MONDAY)
    services.advance(at(0, 20))

    for entity in (whole, bakers):
        told = figures(entity, MONDAY.date())
        assert told["season-passport"] == told["passport"]
        assert told["season"] == told["begun"]


def _standings() -> dict[int, HrStanding]:
    return {row.person_id: row for row in db.session.scalars(select(HrStanding))}


def test_somebody_who_moves_changes_nothing_of_the_past(
    company: tuple[Entity, Entity, list[Person]],
) -> None:
    whole, bakers, staff = company
    for person in staff:
        read_lesson(person, "cloud-has-an-address", MONDAY)
    services.advance(at(0, 20))
    services.advance(at(1, 9))
    before = {key: told for key, told in kept().items() if key[0] == MONDAY.date()}

    for person in staff[:6]:
        people.post(person, whole, "baker", MONDAY.date() + timedelta(days=1))
    db.session.commit()
    services.advance(at(1, 12))

    assert {key: told for key, told in kept().items() if key[0] == MONDAY.date()} == before
    assert kept()[MONDAY.date() + timedelta(days=1), bakers.id, "", ""] == (None, {})


def test_those_who_began_in_a_month_are_followed_from_month_to_month(
    company: tuple[Entity, Entity, list[Person]],
) -> None:
    whole, _bakers, staff = company
    march, april, may = date(2026, 3, 1), date(2026, 4, 1), date(2026, 5, 1)
    for person in staff[:10]:
        read_lesson(person, "cloud-has-an-address", at(0))
    services.advance(at(0, 20))
    for person in staff[5:]:
        read_lesson(person, "speed-of-change", at(31))
    services.advance(at(31, 20))
    services.advance(at(61, 20))

    told = stayed()
    assert told[march, whole.id, march] == (10, 10)
    assert told[april, whole.id, march] == (10, 5)
    assert told.get((april, whole.id, april), (0, 0))[0] in (0, 5)  # four people
    assert told[may, whole.id, march] == (10, 0)
    assert {entity for _month, entity, _began in told} == {whole.id}  # teams are not followed


def test_who_ordered_a_gift_is_counted_with_the_others(
    company: tuple[Entity, Entity, list[Person]],
) -> None:
    whole, _bakers, staff = company
    shelf = gifts.gift(staff[0], stock=20)
    for person in staff[:10]:
        gifts.fill(person, keys=3, stars=3)
        gifts.order(person, shelf)
    services.advance(at(0, 20))

    assert figures(whole, MONDAY.date())["gifts"] == 10


def test_what_is_withdrawn_is_not_counted_any_more(
    company: tuple[Entity, Entity, list[Person]],
) -> None:
    whole, _bakers, staff = company
    for person in staff[:10]:
        earn_passport(person, MONDAY)
    services.advance(at(0, 20))
    assert figures(whole, MONDAY.date())["passport"] == 10

    for person in staff[:10]:
        keeping.withdraw(person.id, "passport", "A test", staff[13].id, at(1))
    db.session.commit()
    services.advance(at(1, 12))

    assert figures(whole, MONDAY.date())["passport"] == 10
    assert figures(whole, MONDAY.date() + timedelta(days=1))["passport"] == 0


def test_a_worker_that_dies_between_two_days_counts_each_as_it_was(
    company: tuple[Entity, Entity, list[Person]], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, _bakers, staff = company
    services.advance(at(0, 9))
    for person in staff[:10]:
        read_lesson(person, "cloud-has-an-address", at(0))
    for person in staff[:5]:
        read_lesson(person, "web-versus-internet", at(1))
    for person in staff:
        read_lesson(person, "speed-of-change", at(2))
    kept_whole, times = services._keep, []

    def dies(*given: Any) -> None:
        times.append(1)
        if len(times) == 3:
            raise KeyboardInterrupt
        kept_whole(*given)

    monkeypatch.setattr(services, "_keep", dies)
    with pytest.raises(KeyboardInterrupt):
        services.advance(at(3, 9))
    db.session.rollback()
    monkeypatch.undo()

    services.advance(at(3, 9))

    days = [figures(whole, MONDAY.date() + timedelta(days=each))["day"] for each in range(3)]
    assert days[:2] == [10, 5]
    assert days[2] in (10, 15)


def overtaken_at_batch(number: int, moment: datetime, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Before that batch of people is kept, somebody else counts anew; the list grows with each batch."""
    kept_whole, times = services._keep, list[int]()

    def overtaken(*given: Any) -> None:
        times.append(1)
        if len(times) == number:
            services.rebuild(moment)
        kept_whole(*given)

    monkeypatch.setattr(services, "_keep", overtaken)
    return times


@pytest.mark.parametrize("first", ["rebuild", "advance"])
def test_who_begins_anew_overtakes_whoever_counts(
    company: tuple[Entity, Entity, list[Person]], monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    whole, _bakers, staff = company
    read_lesson(staff[0], LESSONS[0], at(0))
    services.advance(at(0, 20))
    for ahead, many in enumerate((10, 5, 14), start=1):
        for person in staff[:many]:
            read_lesson(person, LESSONS[ahead], at(ahead))
    overtaken_at_batch(2, at(3, 20), monkeypatch)
    if first == "rebuild":
        with pytest.raises(services.Overtaken):
            services.rebuild(at(3, 20))
        db.session.rollback()
    else:
        assert not services.advance(at(3, 20))
    monkeypatch.undo()

    found, standing = kept(), {each: row.last_on for each, row in _standings().items()}
    days = [figures(whole, MONDAY.date() + timedelta(days=each))["day"] for each in range(1, 4)]
    assert days[:2] == [10, 5]
    services.rebuild(at(3, 20))
    assert kept() == found
    assert {each: row.last_on for each, row in _standings().items()} == standing
    assert services.advance(at(3, 21))


def test_the_command_says_that_another_count_took_over(
    app: Flask, company: tuple[Entity, Entity, list[Person]], monkeypatch: pytest.MonkeyPatch
) -> None:
    read_lesson(company[2][0], LESSONS[0], at(0))
    times = overtaken_at_batch(1, at(0, 20), monkeypatch)
    done = app.test_cli_runner().invoke(args=["academy", "rebuild-figures"])

    assert (done.exit_code, times) == (0, [1, 1])
    assert "Another count began anew meanwhile" in done.output
    assert db.session.scalars(select(HrReader.counted_at)).one() == at(0, 20)


def test_what_is_on_its_way_is_waited_for_and_nothing_is_forgotten_meanwhile(
    app: Flask, company: tuple[Entity, Entity, list[Person]], monkeypatch: pytest.MonkeyPatch
) -> None:
    if db.engine.dialect.name != "postgresql":
        pytest.skip("on SQLite there is one writer at a time")
    read_lesson(company[2][0], LESSONS[0], at(0))
    services.advance(at(0, 20))
    before = kept()
    monkeypatch.setattr(log, "_PATIENCE", (0.01, 3))
    with db.engine.connect() as other:
        other.execute(text("SELECT pg_current_xact_id()"))  # it writes, and does not end
        done = app.test_cli_runner().invoke(args=["academy", "rebuild-figures"])

        assert done.exit_code == 1
        assert "Somebody has been writing for ten seconds" in done.output
        assert not services.advance(at(0, 21))
    assert kept() == before != {}
    assert services.advance(at(0, 22))


def test_a_count_is_not_begun_while_another_goes_on(
    company: tuple[Entity, Entity, list[Person]], monkeypatch: pytest.MonkeyPatch
) -> None:
    read_lesson(company[2][0], "speed-of-change", at(0))
    kept_whole, began = services._keep, []

    def slow(*given: Any) -> None:
        began.append(1)
        jobs.count_groups(at(0, 20))  # the next minute
        kept_whole(*given)

    monkeypatch.setattr(services, "_keep", slow)
    jobs.count_groups(at(0, 20))

    assert began == [1]
    assert db.session.scalars(select(HrReader.counted_at)).one() == at(0, 20)


def test_while_nobody_does_anything_figures_stand_for_ten_minutes_and_say_so(
    company: tuple[Entity, Entity, list[Person]],
) -> None:
    _whole, bakers, staff = company
    read_lesson(staff[0], "cloud-has-an-address", MONDAY)
    first = at(0, 20)
    services.advance(first)
    before = kept()
    for driver in staff[8:]:
        people.post(driver, bakers, "driver", MONDAY.date())
    db.session.commit()

    services.advance(first + timedelta(minutes=9))
    assert kept() == before
    assert db.session.scalars(select(HrReader.counted_at)).one() == first

    services.advance(first + timedelta(minutes=10))
    after = kept()
    assert after[MONDAY.date(), bakers.id, "", ""][0] == 14
    assert len({entity for _day, entity, *_rest in before}) == 3
    assert len({entity for _day, entity, *_rest in after}) == 2  # nobody drives any more
    services.rebuild(first + timedelta(minutes=10))
    assert kept() == after


def test_awards_alone_are_not_a_visit(company: tuple[Entity, Entity, list[Person]]) -> None:
    read_lesson(company[2][0], "cloud-has-an-address", MONDAY)
    services.advance(at(0, 20))

    assert [*_standings()] == [company[2][0].id]
    assert db.session.scalar(select(Deed.id).where(Deed.verb == "award_earned")) is not None


def test_it_waits_for_midnight_to_be_over(company: tuple[Entity, Entity, list[Person]]) -> None:
    assert not services.advance(datetime(2026, 3, 3, 0, 5, tzinfo=UTC))
    assert db.session.scalar(select(HrReader.day)) is None


def test_old_days_are_forgotten_but_for_sundays_and_the_ends_of_months(
    company: tuple[Entity, Entity, list[Person]],
) -> None:
    services.advance(at(0, 20))
    services.advance(at(45, 20))

    counting.thin(date(2026, 6, 20))

    days = sorted({day for day, *_rest in kept()})
    assert days[:5] == [
        date(2026, 3, 8),
        date(2026, 3, 15),
        date(2026, 3, 22),
        date(2026, 3, 29),
        date(2026, 3, 31),
    ]
