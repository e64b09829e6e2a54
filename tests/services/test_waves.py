"""Waves: who is let in, who waits, who is told, and what is counted of whom."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from academy import database
from academy.database import db
from academy.hr.campaigns import jobs as campaign_jobs
from academy.hr.campaigns import taking
from academy.hr.campaigns.rules import Population
from academy.hr.rollup import services as rollup
from academy.hr.rollup.models import HrReader
from academy.hr.rollup.rounding import Cell, rounded
from academy.hr.waves import admitting, jobs, queries, services
from academy.hr.waves.models import Wave, WaveDecision, WaveMember
from academy.hr.waves.rules import Move, State, Verdict
from academy.hr.waves.services import (
    ChangedMeanwhile,
    Decision,
    NobodyThere,
    NoGo,
    NotFromHere,
    TooManyWaves,
)
from academy.notices.models import Notice, Reminder
from academy.notices.reminders import jobs as reminders
from academy.people import services as people
from academy.people.audit import AuditEntry
from academy.people.models import Entity, Person
from academy.post.models import Letter
from tests import campaigns, waves
from tests.campaigns import Company
from tests.conftest import MONDAY
from tests.factories import TODAY, do_round, earn_passport


@pytest.fixture
def company(context: Flask) -> Company:
    return campaigns.company()


def ids(*staff: Iterable[Person]) -> set[int]:
    return {person.id for each in staff for person in each}


def inside() -> set[int]:
    return set(db.session.scalars(select(Person.id).where(~Person.waits)))


def members() -> dict[int, WaveMember]:
    db.session.expire_all()
    return {each.person_id: each for each in db.session.scalars(select(WaveMember))}


def told(kind: str = "wave") -> set[int]:
    found = list(db.session.scalars(select(Notice.person_id).where(Notice.kind == kind)))
    assert len(found) == len(set(found))
    return set(found)


def mails(about: str) -> list[str]:
    return sorted(db.session.scalars(select(Letter.once).where(Letter.once.like(f"{about}%"))))


def at(ahead: int) -> datetime:
    return MONDAY + timedelta(days=ahead)


def newcomer(place: Entity, day: date = TODAY) -> Person:
    """Whose account was opened now: the rules judge them."""
    person = waves.newcomer()
    people.post(person, place, "driver", day)
    db.session.commit()
    return person


def test_without_waves_everybody_is_in_and_nothing_is_written(company: Company) -> None:
    assert jobs.look_after(MONDAY) == 0

    assert inside() == set(db.session.scalars(select(Person.id)))
    assert members() == {}


def test_a_first_wave_keeps_those_who_came_and_lets_the_others_wait(company: Company) -> None:
    lyon = company.staff["Lyon"]
    lyon[0].password_hash = "chosen"
    db.session.commit()
    do_round(lyon[1])
    rollup.advance(MONDAY)
    number = waves.plan(company.hr, company.sites["Brest"])

    late = newcomer(company.sites["Lyon"])
    assert late.waits  # from the first moment
    late.password_hash = "chosen"
    db.session.commit()
    jobs.look_after(MONDAY)

    assert inside() == ids(lyon[:2])
    found = members()
    assert {each for each, row in found.items() if row.was_in} == ids(lyon[:2])
    assert {each for each, row in found.items() if row.wave_id == number} == ids(
        company.staff["Brest"]
    )
    assert (found[late.id].entered_on, found[late.id].wave_id) == (None, None)
    assert told() == set()


def test_an_opened_wave_lets_its_people_in_and_invites_each_once(company: Company) -> None:
    lyon = company.staff["Lyon"]
    lyon[0].password_hash = "chosen"
    db.session.commit()
    waves.plan(company.hr, company.sites["Brest"])
    jobs.look_after(MONDAY)
    lyon[1].password_hash = "chosen while waiting"
    db.session.commit()

    number = waves.opened(company.hr, company.sites["Lyon"])
    jobs.look_after(at(1))

    assert inside() == ids(lyon)
    found = members()
    assert {row.wave_id for each, row in found.items() if each in ids(lyon)} == {number}
    assert [found[each.id].entered_on for each in lyon[:2]] == [TODAY, at(1).date()]
    assert told() == ids(lyon[1:])  # who was in before is not invited
    assert mails("wave:") == sorted(f"wave:{person.id}" for person in lyon[1:])
    letters = {each.once: each.payload for each in db.session.scalars(select(Letter))}
    assert "open to you" in letters[f"wave:{lyon[1].id}"]["subject"]
    assert letters[f"wave:{lyon[2].id}"]["subject"].startswith("Welcome")


def test_whoever_was_let_in_stays_in_and_whoever_arrives_is_judged_that_day(
    company: Company,
) -> None:
    lyon, brest = company.staff["Lyon"], company.staff["Brest"]
    waves.opened(company.hr, company.sites["Lyon"])
    jobs.look_after(MONDAY)

    people.post(lyon[0], company.sites["Brest"], "driver", TODAY + timedelta(days=1))
    people.post(brest[0], company.sites["Lyon"], "driver", TODAY + timedelta(days=2))
    db.session.commit()
    jobs.look_after(at(1))
    assert inside() == ids(lyon)  # the move of the day after tomorrow is not yet true
    jobs.look_after(at(2))

    assert inside() == ids(lyon, brest[:1])
    assert members()[brest[0].id].entered_on == TODAY + timedelta(days=2)


def test_a_pause_lets_nobody_else_in_and_shuts_nobody_out(company: Company) -> None:
    lyon = company.staff["Lyon"]
    number = waves.opened(company.hr, company.sites["Lyon"])
    jobs.look_after(MONDAY)
    waves.move(number, Move.PAUSE, company.hr)
    late = newcomer(company.sites["Lyon"])

    jobs.look_after(at(1))
    assert inside() == ids(lyon)
    assert admitting.at_the_door(late.id, TODAY) is None
    assert members()[late.id].wave_id == number
    assert late.id not in told()

    assert waves.move(number, Move.RESUME, company.hr) is State.OPEN
    jobs.look_after(at(2))
    assert inside() == ids(lyon, [late])
    assert late.id in told()


def test_who_comes_before_the_worker_is_let_in_at_the_door_and_told_later(company: Company) -> None:
    person, stranger = company.staff["Lyon"][0], company.staff["Brest"][0]
    waves.plan(company.hr, company.sites["Brest"])
    jobs.look_after(MONDAY)
    number = waves.opened(company.hr, company.sites["Lyon"])
    found = admitting.at_the_door(person.id, TODAY)
    assert found is not None
    assert found.wave.id == number
    assert admitting.at_the_door(stranger.id, TODAY) is None

    for _twice in range(2):
        admitting.welcome(person.id, found, TODAY)
        db.session.commit()

    assert inside() == {person.id}
    jobs.look_after(MONDAY)
    assert person.id in told()


def test_the_first_wave_in_order_is_the_one_somebody_waits_for(company: Company) -> None:
    everybody = waves.plan(company.hr, opens_on=date(2026, 5, 4))
    lyon = waves.plan(company.hr, company.sites["Lyon"], opens_on=date(2026, 4, 6))
    person = company.staff["Lyon"][0]
    jobs.look_after(MONDAY)
    assert queries.expected(person.id, TODAY).day == date(2026, 5, 4)

    for _twice in range(2):
        services.earlier(lyon, 2, company.hr.id, MONDAY)
        db.session.commit()
    jobs.look_after(MONDAY)

    assert [each.wave.id for each in queries.declared()] == [lyon, everybody]
    assert queries.expected(person.id, TODAY).day == date(2026, 4, 6)
    assert queries.expected(person.id, date(2026, 4, 7)).day is None  # the day went by
    assert queries.expected(company.hr.id, TODAY).day == date(2026, 5, 4)  # works nowhere


def test_a_wave_for_everybody_takes_even_those_who_work_nowhere_yet(company: Company) -> None:
    waves.opened(company.hr, company.sites["Lyon"])
    nowhere = waves.newcomer()
    jobs.look_after(MONDAY)
    assert nowhere.id not in inside()

    waves.opened(company.hr)
    assert admitting.at_the_door(nowhere.id, TODAY) is not None
    jobs.look_after(MONDAY)

    assert inside() == set(db.session.scalars(select(Person.id)))


def test_given_up_waves_open_the_academy_to_everybody_again(company: Company) -> None:
    number = waves.plan(company.hr, company.sites["Lyon"])
    jobs.look_after(MONDAY)
    assert inside() == set()

    with pytest.raises(ChangedMeanwhile):
        services.discard(number, 7, company.hr.id, MONDAY)
    db.session.rollback()
    services.discard(number, 1, company.hr.id, MONDAY)
    db.session.commit()
    jobs.look_after(MONDAY)

    assert inside() == set(db.session.scalars(select(Person.id)))
    assert not newcomer(company.sites["Lyon"]).waits


def test_who_came_between_waves_given_up_and_planned_again_stays_in(company: Company) -> None:
    lyon = company.staff["Lyon"]
    number = waves.plan(company.hr, company.sites["Brest"])
    jobs.look_after(MONDAY)
    assert lyon[0].id not in inside()
    services.discard(number, 1, company.hr.id, MONDAY)
    db.session.commit()
    jobs.look_after(MONDAY)
    lyon[0].password_hash = "chosen"
    db.session.commit()

    waves.plan(company.hr, company.sites["Brest"])
    jobs.look_after(MONDAY)

    assert inside() == {lyon[0].id}
    assert members()[lyon[0].id].was_in


def test_a_wave_opens_after_a_go_once_and_is_written_down(company: Company) -> None:
    number = waves.plan(company.hr, company.sites["Lyon"])
    with pytest.raises(NoGo):
        waves.move(number, Move.OPEN, company.hr)
    db.session.rollback()
    for verdict, until in ((Verdict.GO, None), (Verdict.WAIT, date(2026, 3, 9))):
        services.decide(
            number, Decision(verdict, "Because.", until), verdict, company.hr.id, MONDAY
        )
    db.session.commit()
    with pytest.raises(NoGo):
        waves.move(number, Move.OPEN, company.hr)  # the last word counts
    db.session.rollback()
    for _twice in range(2):
        services.decide(number, Decision(Verdict.GO, "Ready."), "again", company.hr.id, MONDAY)
    db.session.commit()
    with pytest.raises(ChangedMeanwhile):
        waves.move(number, Move.OPEN, company.hr, version=9)
    db.session.rollback()
    with pytest.raises(NotFromHere):
        waves.move(number, Move.PAUSE, company.hr)
    db.session.rollback()

    states = [waves.move(number, Move.OPEN, company.hr, version=1) for _twice in range(2)]

    assert states == [State.OPEN, State.OPEN]
    assert len(queries.decisions(number)) == 3
    acts = list(
        db.session.scalars(select(AuditEntry.act).where(AuditEntry.subject == f"wave:{number}"))
    )
    assert acts.count("wave-opened") == 1
    assert acts.count("wave-decided") == 3
    for refused in (
        lambda: services.discard(number, 2, company.hr.id, MONDAY),
        lambda: services.change(number, 2, waves.wave(), company.hr.id, MONDAY),
        lambda: services.decide(number, Decision(Verdict.WAIT, "No."), "x", company.hr.id, MONDAY),
        lambda: services.move(number + 1, 1, Move.OPEN, company.hr.id, MONDAY, TODAY),
    ):
        with pytest.raises(NotFromHere):
            refused()
        db.session.rollback()
    waves.move(number, Move.PAUSE, company.hr)
    assert waves.move(number, Move.OPEN, company.hr, version=1) is State.PAUSED


def test_what_cannot_be_declared_or_opened_says_so(company: Company) -> None:
    first, again = (
        services.declare(waves.wave(), "once", company.hr.id, MONDAY) for _twice in "ab"
    )
    assert first == again
    services.change(first, 1, waves.wave(joined_from=date(2030, 1, 1)), company.hr.id, MONDAY)
    services.decide(first, Decision(Verdict.GO, "Ready."), "go", company.hr.id, MONDAY)
    db.session.commit()
    with pytest.raises(NobodyThere):
        waves.move(first, Move.OPEN, company.hr)
    db.session.rollback()
    for each in range(23):
        services.declare(waves.wave(), f"{each}", company.hr.id, MONDAY)
    assert services.declare(waves.wave(), "once", company.hr.id, MONDAY) == first
    with pytest.raises(TooManyWaves):
        services.declare(waves.wave(), "more", company.hr.id, MONDAY)


def test_nobody_who_waits_is_reminded_or_asked_into_a_campaign(company: Company) -> None:
    lyon, brest = company.staff["Lyon"], company.staff["Brest"]
    reminders.remind(MONDAY)
    waves.opened(company.hr, company.sites["Lyon"])
    jobs.look_after(MONDAY)
    db.session.execute(update(Reminder).values(next_at=MONDAY))
    db.session.commit()

    reminders.remind(MONDAY)
    reminders.remind(at(1).replace(hour=8, minute=30))

    reminded = {int(each.split(":")[1]) for each in mails("reminder:")}
    assert reminded == ids(lyon)
    assert set(db.session.scalars(taking.taken(Population(), TODAY))) == ids(lyon)
    campaigns.announced(company.hr)
    assert told("campaign") == ids(lyon)

    waves.opened(company.hr, company.sites["Brest"])
    jobs.look_after(at(1))
    campaign_jobs.look_after(at(1))
    assert told("campaign") == ids(lyon, brest)
    reminders.remind(at(1))
    planned = db.session.scalars(select(Reminder.person_id).where(Reminder.next_at.is_not(None)))
    assert ids(brest) <= set(planned)


def test_figures_of_a_wave_are_rounded_as_everywhere_and_small_ones_untold(
    company: Company,
) -> None:
    lyon = company.staff["Lyon"]
    first = waves.opened(company.hr, company.sites["Lyon"])
    small = waves.opened(company.hr, company.sites["Nice"])
    jobs.look_after(MONDAY)
    assert queries.declared()[0].wave.counted_at is None  # the salt is not there yet
    for person in lyon[:3]:
        earn_passport(person)
    rollup.advance(MONDAY + timedelta(hours=1))
    jobs.look_after(MONDAY + timedelta(hours=2))

    found = {each.wave.id: each.wave for each in queries.declared()}
    salt = bytes.fromhex(db.session.scalars(select(HrReader.salt)).one())
    group = Cell(8, sum(ids(lyon)))
    three = Cell(3, sum(ids(lyon[:3])))
    assert found[small].people is None
    assert found[small].figures == {}
    assert found[first].people == 8
    assert found[first].figures["passport"] == rounded(three, group, "passport", salt)
    assert found[first].figures["last-week"] == rounded(three, group, "last-week", salt)
    assert found[first].figures["invited"] == 5  # eight of eight, never above the group
    assert found[first].figures["opened"] == 0
    jobs.look_after(at(30))
    assert queries.declared()[0].wave.figures["last-week"] == 0


def test_where_one_wave_is_too_small_to_be_told_another_is_not_told_with_it(
    company: Company,
) -> None:
    for site in ("Nice", "Brest", "Lyon"):
        waves.opened(company.hr, company.sites[site])
    rollup.advance(MONDAY)
    jobs.look_after(MONDAY)

    assert [each.wave.people for each in queries.declared()] == [None, None, 8]


def test_two_workers_at_once_let_in_and_tell_each_once(company: Company, context: Flask) -> None:
    waves.opened(company.hr)
    staff = ids(*company.staff.values(), [company.hr, company.hr_of_lyon])
    start, lost = Barrier(2), list[BaseException]()

    def work() -> None:
        with context.app_context():
            start.wait()
            try:
                jobs.look_after(MONDAY)
            except BaseException as error:  # told below
                lost.append(error)
            db.session.remove()

    threads = [Thread(target=work) for _each in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert lost == []
    db.session.rollback()
    database.may_write()
    jobs.look_after(MONDAY)
    assert staff <= inside()
    assert told() == staff
    assert len(mails("wave:")) == len(staff)
    assert db.session.scalar(select(func.count()).select_from(Wave)) == 1
    assert db.session.scalar(select(func.count()).select_from(WaveDecision)) == 1
