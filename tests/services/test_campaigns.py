"""Campaigns: whom they concern, who is told, who is done, and what is counted of whom."""

from datetime import date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy import database
from academy.database import db
from academy.hr.campaigns import figures, jobs, progress, queries, services, taking
from academy.hr.campaigns.models import Campaign, CampaignCount, CampaignMember
from academy.hr.campaigns.rules import Move, Population, State
from academy.hr.campaigns.services import ChangedMeanwhile, DeadlinePast, IllegalMove, Plan, TooFew
from academy.hr.rollup import cells, crowds
from academy.hr.rollup import services as rollup
from academy.notices.models import Notice
from academy.passport.keeping import services as keeping
from academy.people import services as people
from academy.people.audit import AuditEntry
from academy.people.calendar import Span
from academy.people.models import Person
from academy.people.workdays import services as workdays
from academy.post.models import Letter
from academy.privacy.jobs import forget_what_is_over
from tests import campaigns
from tests.campaigns import Company
from tests.conftest import MONDAY
from tests.factories import TODAY, do_round, earn_passport, make_person


@pytest.fixture
def company(context: Flask) -> Company:
    return campaigns.company()


def at(ahead: int, hour: int = 10) -> datetime:
    return MONDAY.replace(hour=hour) + timedelta(days=ahead)


def day(ahead: int) -> date:
    return TODAY + timedelta(days=ahead)


def state(number: int) -> str:
    found = queries.campaign(number)
    assert found is not None
    return found.state


def members(number: int) -> dict[int, CampaignMember]:
    db.session.expire_all()
    found = select(CampaignMember).where(CampaignMember.campaign_id == number)
    return {each.person_id: each for each in db.session.scalars(found)}


def said(person: Person, what: str = "") -> list[str]:
    notices = db.session.scalars(
        select(Notice)
        .where(Notice.person_id == person.id, Notice.kind == "campaign")
        .order_by(Notice.id)
    )
    return [each.data["what"] for each in notices if what in each.data["what"]]


def counted(number: int) -> dict[str, tuple[int | None, int | None]]:
    db.session.expire_all()
    rows = db.session.scalars(select(CampaignCount).where(CampaignCount.campaign_id == number))
    found = list(rows)
    names = queries.names([row.entity_id for row in found])
    return {names[row.entity_id]: (row.people, row.done) for row in found}


def ids(*staff: list[Person]) -> set[int]:
    return {person.id for each in staff for person in each}


def taken(**whom: object) -> set[int]:
    return set(db.session.scalars(taking.taken(Population(**whom), TODAY)))  # type: ignore[arg-type]


def test_a_population_takes_whoever_fits_each_condition(company: Company) -> None:
    lyon, brest, nice = (company.staff[name] for name in ("Lyon", "Brest", "Nice"))
    brest[0].language, brest[1].joined_on = "fr", date(2025, 6, 2)
    lyon[0].active = False
    db.session.commit()
    here = company.sites

    assert taken() == ids(lyon[1:], brest, nice)
    assert taken(entities=(here["Brest"].id, here["Nice"].id)) == ids(brest, nice)
    assert taken(entities=(company.whole.id,), jobs=("driver",)) == ids(
        lyon[1::2], brest[1::2], nice[1::2]
    )
    assert taken(countries=("IT",)) == ids(nice)
    assert taken(countries=("IT",), entities=(here["Lyon"].id,)) == set()
    assert taken(languages=("fr",)) == {brest[0].id}
    assert taken(joined_until=date(2025, 12, 31)) == {brest[1].id}
    assert taken(joined_from=date(2026, 1, 1), countries=("FR",)) == ids(
        lyon[1:], [brest[0]], brest[2:]
    )


def test_who_has_two_postings_of_one_day_works_where_the_later_says(company: Company) -> None:
    person = company.staff["Lyon"][0]
    people.post(person, company.sites["Brest"], "baker", TODAY)
    people.post(person, company.sites["Nice"], "baker", TODAY)
    db.session.commit()

    assert person.id in taken(entities=(company.sites["Nice"].id,))
    assert person.id not in taken(entities=(company.sites["Brest"].id,))


def test_a_form_sent_twice_writes_one_draft(company: Company) -> None:
    plan = Plan(campaigns.columns(), Population((company.sites["Lyon"].id,)))

    first, second = (services.create(plan, "once", company.hr.id, MONDAY) for _ in range(2))

    assert first == second
    assert queries.entities_of(first) == [company.sites["Lyon"].id]


def test_a_draft_may_be_changed_and_thrown_away(company: Company) -> None:
    number = campaigns.draft(company.hr, company.sites["Lyon"])
    plan = Plan(campaigns.minutes(5), Population((company.sites["Brest"].id,), ("baker",)))

    services.change(number, 1, plan, company.hr.id, MONDAY)

    found = queries.locked(number)
    assert (found.goal, found.goal_days, found.version) == ("minutes", 5, 2)
    assert queries.population_of(found) == plan.whom
    with pytest.raises(ChangedMeanwhile):
        services.change(number, 1, plan, company.hr.id, MONDAY)
    with pytest.raises(ChangedMeanwhile):
        services.discard(number, 1, company.hr.id, MONDAY)
    services.discard(number, 2, company.hr.id, MONDAY)
    db.session.commit()
    assert queries.campaign(number) is None


def test_announced_it_stays_as_people_were_told(company: Company) -> None:
    number = campaigns.announced(company.hr)
    plan = Plan(campaigns.minutes(5), Population())

    with pytest.raises(IllegalMove):
        services.change(number, 2, plan, company.hr.id, MONDAY)
    with pytest.raises(IllegalMove):
        services.discard(number, 2, company.hr.id, MONDAY)


def test_announcing_twice_announces_once_and_is_written_down(company: Company) -> None:
    number = campaigns.draft(company.hr)

    moves = [campaigns.move(number, Move.ANNOUNCE, company.hr, version=1) for _ in range(2)]

    assert moves == [State.RUNNING, State.RUNNING]
    acts = db.session.scalars(
        select(AuditEntry.act).where(AuditEntry.subject == f"campaign:{number}").order_by("id")
    ).all()
    assert acts == ["campaign-created", "campaign-announced"]


def test_what_nobody_could_reach_is_not_announced(company: Company) -> None:
    past = campaigns.draft(company.hr, due_on=day(3))
    small = campaigns.draft(company.hr, company.sites["Nice"], mandatory=False)
    nobody = campaigns.draft(company.hr, whom={"jobs": ("astronaut",)})

    with pytest.raises(DeadlinePast):
        services.move(past, 1, Move.ANNOUNCE, company.hr.id, at(4), day(4))
    for number in (small, nobody):
        with pytest.raises(TooFew):
            services.move(number, 1, Move.ANNOUNCE, company.hr.id, MONDAY, TODAY)
    with pytest.raises(IllegalMove):
        services.move(past, 1, Move.WITHDRAW, company.hr.id, MONDAY, TODAY)
    assert {state(number) for number in (past, small, nobody)} == {State.DRAFT}


def test_everybody_it_concerns_is_told_once_and_by_mail(company: Company) -> None:
    campaigns.announced(company.hr, company.sites["Lyon"])

    for hour in (11, 12):
        jobs.look_after(at(0, hour))

    assert [said(person) for person in company.staff["Lyon"]] == [["announced"]] * 8
    assert [said(person) for person in company.staff["Brest"]] == [[]] * 6
    letters = select(func.count(Letter.id)).where(Letter.kind == "notice")
    assert db.session.scalar(letters) == 8


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_two_workers_at_once_tell_nobody_twice(app: Flask, company: Company) -> None:
    number = campaigns.draft(company.hr)
    campaigns.move(number, Move.ANNOUNCE, company.hr)
    both, broken = Barrier(2), []

    def work() -> None:
        try:
            with app.app_context():
                database.may_write()
                both.wait()
                jobs.look_after(MONDAY)
        except Exception as error:  # told below
            broken.append(error)

    workers = [Thread(target=work) for _each in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert broken == []
    told = [said(person) for staff in company.staff.values() for person in staff]
    assert told == [["announced"]] * 16
    assert db.session.scalar(select(func.sum(Person.unread))) == 16


def test_a_worker_killed_between_batches_goes_on_where_it_stopped(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    from academy.hr.campaigns import telling  # noqa: PLC0415

    monkeypatch.setattr(telling, "ROWS", 5)
    number = campaigns.draft(company.hr)
    campaigns.move(number, Move.ANNOUNCE, company.hr)
    really, times = telling._told, []

    def dies(*facts: object) -> None:
        times.append(1)
        if len(times) == 3:
            raise KeyboardInterrupt
        really(*facts)  # type: ignore[arg-type]

    monkeypatch.setattr(telling, "_told", dies)
    with pytest.raises(KeyboardInterrupt):
        jobs.look_after(MONDAY)
    db.session.rollback()
    monkeypatch.setattr(telling, "_told", really)
    assert sum(len(said(each)) for staff in company.staff.values() for each in staff) == 10

    jobs.look_after(at(0, 11))

    told = [said(person) for staff in company.staff.values() for person in staff]
    assert told == [["announced"]] * 16


def test_who_is_there_already_is_not_invited_but_told_what_is_mandatory(company: Company) -> None:
    person = company.staff["Lyon"][0]
    earn_passport(person)

    campaigns.announced(company.hr, company.sites["Lyon"], mandatory=False)
    assert said(person) == []
    campaigns.announced(company.hr, company.sites["Lyon"])
    assert said(person) == ["announced"]


def test_reminders_come_on_their_days_to_those_who_are_not_there_yet(company: Company) -> None:
    number = campaigns.announced(company.hr, company.sites["Lyon"])
    ada, grace, alan = company.staff["Lyon"][:3]
    earn_passport(grace, at(1))
    workdays.declare_leave(alan.id, Span(day(17), day(20)), TODAY)
    db.session.commit()

    for ahead in range(27):
        jobs.look_after(at(ahead))
        jobs.look_after(at(ahead, 11))

    assert said(ada) == ["announced", "reminded", "reminded"]
    assert said(grace) == ["announced"]
    assert said(alan) == ["announced", "reminded"]
    assert members(number)[alan.id].due_on == day(29)
    jobs.look_after(at(28))
    assert said(alan) == ["announced", "reminded", "reminded"]


def test_a_reminder_whose_day_is_over_at_the_announcement_is_not_given(company: Company) -> None:
    campaigns.announced(company.hr, due_on=day(5))
    person = company.staff["Lyon"][0]

    for ahead in range(5):
        jobs.look_after(at(ahead))

    assert said(person) == ["announced", "reminded"]


def test_during_leave_nobody_is_reminded(company: Company) -> None:
    campaigns.announced(company.hr, due_on=day(10), reminders=[7])
    person = company.staff["Lyon"][0]
    workdays.declare_leave(person.id, Span(day(2), day(6)), TODAY)
    db.session.commit()

    for ahead in range(1, 7):
        jobs.look_after(at(ahead))
    assert said(person) == ["announced"]
    for ahead in range(7, 10):
        jobs.look_after(at(ahead))
    assert said(person) == ["announced", "reminded"]


def test_who_comes_later_is_told_and_who_leaves_the_population_is_not_counted(
    company: Company,
) -> None:
    number = campaigns.announced(company.hr, company.sites["Lyon"])
    newcomer, mover = make_person(), company.staff["Lyon"][0]
    people.post(newcomer, company.sites["Lyon"], "baker", day(1))
    people.post(mover, company.sites["Brest"], "baker", day(1))
    db.session.commit()

    jobs.look_after(at(1))

    assert said(newcomer) == ["announced"]
    assert not members(number)[mover.id].inside
    assert queries.mine(mover.id) == []
    assert counted(number) == {"Aurore": (8, 0), "Lyon": (8, 0)}
    people.post(mover, company.sites["Lyon"], "baker", day(2))
    db.session.commit()
    jobs.look_after(at(2))
    assert members(number)[mover.id].inside
    assert said(mover) == ["announced"]


def test_done_is_who_holds_the_award_today(company: Company) -> None:
    number = campaigns.announced(company.hr)
    ada, grace = company.staff["Lyon"][:2]
    earn_passport(ada, at(1))
    earn_passport(grace, at(2))

    jobs.look_after(at(2, 12))

    assert {each: row.done_on for each, row in members(number).items() if row.done_on} == {
        ada.id: day(1),
        grace.id: day(2),
    }
    assert counted(number) == {"Aurore": (16, 2), "Lyon": (8, 2), "Brest": (6, 0), "Nice": (2, 0)}
    keeping.withdraw(grace.id, "passport", "A test", company.hr.id, at(3))
    db.session.commit()
    jobs.look_after(at(3, 12))
    assert members(number)[grace.id].done_on is None


def test_minutes_count_on_working_days_of_the_period(company: Company) -> None:
    number = campaigns.announced(company.hr, **campaigns.minutes(3))
    ada, grace, alan = company.staff["Lyon"][:3]
    workdays.declare_leave(alan.id, Span(day(2), day(2)), TODAY)
    for ahead in (0, 1, 2):
        do_round(ada, at(ahead))
        do_round(alan, at(ahead))
    for ahead in (1, 5, 6):  # Saturday, Sunday
        do_round(grace, at(ahead))

    jobs.look_after(at(7))

    assert {each: row.done_on for each, row in members(number).items() if row.done_on} == {
        ada.id: day(2)
    }
    do_round(alan, at(7, 11))
    jobs.look_after(at(7, 12))
    assert members(number)[alan.id].done_on == day(7)


def test_it_begins_and_ends_by_the_clock_after_the_last_own_deadline(company: Company) -> None:
    number = campaigns.announced(
        company.hr, company.sites["Lyon"], starts_on=day(2), due_on=day(5), grace_days=2
    )
    workdays.declare_leave(company.staff["Lyon"][0].id, Span(day(3), day(5)), TODAY)
    db.session.commit()

    states = []
    for ahead in range(13):
        jobs.look_after(at(ahead))
        states.append(state(number))

    assert states == [State.ANNOUNCED] * 2 + [State.RUNNING] * 9 + [State.ENDED] * 2
    acts = select(AuditEntry.actor_id).where(AuditEntry.act == "campaign-ended")
    assert db.session.scalars(acts).all() == [None]


def test_withdrawn_those_who_were_told_are_told_so_once(company: Company) -> None:
    number = campaigns.announced(company.hr, company.sites["Lyon"])

    campaigns.move(number, Move.WITHDRAW, company.hr, at(1))
    told = [jobs.look_after(at(1, hour)) for hour in (11, 12)]

    assert told == [8, 0]
    assert said(company.staff["Lyon"][0]) == ["announced", "withdrawn"]
    assert said(company.staff["Brest"][0]) == []
    assert queries.mine(company.staff["Lyon"][0].id) == []
    assert queries.next_of(company.staff["Lyon"][0].id) is None


def test_ended_by_hand_nobody_is_reminded_any_more(company: Company) -> None:
    number = campaigns.announced(company.hr)

    campaigns.move(number, Move.END, company.hr, at(1))
    jobs.look_after(at(25))

    assert said(company.staff["Lyon"][0]) == ["announced"]
    assert state(number) == State.ENDED


def test_the_next_campaign_is_the_nearest_in_which_one_is_not_there_yet(company: Company) -> None:
    person = company.staff["Lyon"][0]
    far = campaigns.announced(company.hr, **campaigns.minutes(3))
    near = campaigns.announced(company.hr, due_on=day(9))

    first = queries.next_of(person.id)
    earn_passport(person)
    second = queries.next_of(person.id)

    assert first is not None
    assert second is not None
    assert (first.campaign.id, second.campaign.id) == (near, far)


def test_figures_of_an_invitation_are_rounded_and_small_groups_are_not_told(
    company: Company,
) -> None:
    for person in company.staff["Lyon"][:6]:
        earn_passport(person)
    rollup.advance(at(0, 12))

    number = campaigns.announced(company.hr, mandatory=False, at=at(0, 13))

    told = counted(number)
    assert told["Aurore"] in ((16, 5), (16, 10))
    assert told["Nice"] == (None, None)
    assert told["Brest"] == (None, None)  # else Nice is the whole less the others
    assert told["Lyon"] in ((8, 5), (8, 10))


def test_the_same_people_are_rounded_as_the_passport_figures_round_them(company: Company) -> None:
    for person in company.staff["Lyon"][:7]:
        earn_passport(person)
    rollup.advance(at(0, 12))
    where = crowds.tree(TODAY)
    rows = crowds.at_work(TODAY, where)
    crowd = crowds.crowd(TODAY, where, rows, crowds.stands(rows))
    dice = bytes(range(32))
    held = [
        (int(each), int(where.ids[entity]), bool(holds))
        for each, entity, holds in zip(
            crowd.ids, crowd.entity, crowd.marks["passport"], strict=True
        )
    ]

    ours = figures.rounded(where, held, "passport", dice)

    theirs = {
        group.entity_id: (group.people, group.figures.get("passport"))
        for group in cells.groups(where, crowd, dice)
        if group.cut == ""
    }
    assert ours == theirs


def test_before_the_first_count_of_groups_an_invitation_tells_no_figure(company: Company) -> None:
    assert counted(campaigns.announced(company.hr, mandatory=False)) == {}


def test_groups_nobody_is_in_any_more_are_forgotten(company: Company) -> None:
    number = campaigns.announced(company.hr)
    for person in company.staff["Nice"]:
        people.post(person, company.sites["Brest"], "baker", day(1))
    db.session.commit()

    jobs.look_after(at(1))

    assert counted(number) == {"Aurore": (16, 0), "Lyon": (8, 0), "Brest": (8, 0)}


def test_a_year_after_its_end_nobody_knows_whom_it_concerned(company: Company) -> None:
    number = campaigns.announced(company.hr)
    campaigns.move(number, Move.END, company.hr, at(1))

    forget_what_is_over(at(360))
    assert len(members(number)) == 16
    forget_what_is_over(at(367))

    assert members(number) == {}
    assert counted(number)["Aurore"] == (16, 0)


def test_who_is_erased_between_reading_and_writing_is_left_out(company: Company) -> None:
    number = campaigns.announced(company.hr)
    found = queries.campaign(number)
    assert found is not None

    written = list(progress._write(found, {987_654: {"inside": False}}))

    assert written == [1]
    assert 987_654 not in members(number)
    assert db.session.scalar(select(func.count(Campaign.id))) == 1
