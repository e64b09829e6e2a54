"""Programmes and volunteers, on both databases."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy.database import db
from academy.mentoring.programmes import queries, services
from academy.mentoring.programmes.models import Programme, Volunteer
from academy.mentoring.programmes.rules import Move, Side, State
from academy.mentoring.programmes.services import CallOver, ChangedMeanwhile, IllegalMove
from academy.people import audit
from academy.people import services as people
from academy.people.models import Role
from tests.conftest import MONDAY
from tests.factories import TODAY, make_person, make_site
from tests.programmes import call, draft, plan, profile, volunteer

pytestmark = pytest.mark.usefixtures("context")


def how_many(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_form_sent_twice_makes_one_programme() -> None:
    organiser = make_person(Role.ORGANISER)

    first = services.create(plan(), "same", organiser.id, MONDAY)
    assert services.create(plan(), "same", organiser.id, MONDAY) == first
    assert how_many(Programme) == 1
    assert how_many(audit.AuditEntry) == 1


def test_a_button_pressed_twice_opens_once_and_writes_one_line() -> None:
    organiser = make_person(Role.ORGANISER)
    number = draft(organiser)

    assert services.move(number, 1, Move.OPEN, organiser.id, MONDAY) is State.OPEN
    assert services.move(number, 1, Move.OPEN, organiser.id, MONDAY) is State.OPEN
    db.session.commit()
    acts = [entry.act for entry in audit.entries(audit.Wanted())[0]]
    assert acts == ["programme-opened", "programme-created"]


def test_a_draft_cannot_end_and_an_ended_programme_does_not_change() -> None:
    organiser = make_person(Role.ORGANISER)
    number = call(organiser)

    with pytest.raises(IllegalMove):
        services.move(number, 2, Move.END, organiser.id, MONDAY)
    services.move(number, 2, Move.CLOSE, organiser.id, MONDAY)
    services.move(number, 3, Move.END, organiser.id, MONDAY)
    db.session.commit()
    with pytest.raises(IllegalMove):
        services.change(number, 4, plan(), organiser.id, MONDAY)


def test_who_read_an_older_version_changes_nothing() -> None:
    organiser = make_person(Role.ORGANISER)
    number = draft(organiser)
    services.change(number, 1, plan(name_en="First"), organiser.id, MONDAY)
    db.session.commit()

    with pytest.raises(ChangedMeanwhile):
        services.change(number, 1, plan(name_en="Second"), organiser.id, MONDAY)
    with pytest.raises(ChangedMeanwhile):
        services.move(number, 1, Move.OPEN, organiser.id, MONDAY)
    found = queries.programme(number)
    assert found is not None
    assert (found.name_en, found.version, found.state) == ("First", 2, State.DRAFT)


def test_once_open_names_and_days_alone_change() -> None:
    organiser = make_person(Role.ORGANISER)
    number = call(organiser)

    services.change(
        number, 2, plan(name_en="New", code_en="Other", capacity=5), organiser.id, MONDAY
    )
    db.session.commit()
    found = queries.programme(number)
    assert found is not None
    assert (found.name_en, found.code_en, found.capacity) == ("New", "We come on time.", 2)


def test_volunteering_again_changes_what_was_said_and_keeps_the_day_of_signing() -> None:
    organiser, person = make_person(Role.ORGANISER), make_person()
    number = call(organiser)
    volunteer(person, number)

    later = MONDAY + timedelta(days=1)
    services.volunteer(person.id, number, profile(Side.BOTH, hopes="Well"), later, TODAY)
    db.session.commit()
    mine = db.session.scalars(select(Volunteer)).one()
    db.session.refresh(mine)
    assert (mine.side, mine.hopes, mine.signed_at) == ("both", "Well", MONDAY)


def test_withdrawing_erases_what_was_said_and_coming_back_signs_anew() -> None:
    organiser, person = make_person(Role.ORGANISER), make_person()
    number = call(organiser)
    volunteer(person, number, hopes="Secret")

    services.step_out(person.id, number, MONDAY)
    services.step_out(person.id, number, MONDAY)
    db.session.commit()
    mine = db.session.scalars(select(Volunteer)).one()
    db.session.refresh(mine)
    assert (mine.side, mine.offered, mine.slots, mine.hopes, mine.signed_at) == (
        "out",
        [],
        [],
        "",
        None,
    )
    assert queries.volunteers(number, None) == ([], None)
    volunteer(person, number)
    db.session.refresh(mine)
    assert mine.signed_at == MONDAY


def test_a_call_takes_nobody_before_its_first_day_after_its_last_or_once_closed() -> None:
    organiser, person = make_person(Role.ORGANISER), make_person()
    number = call(organiser)

    for day in (TODAY - timedelta(days=2), TODAY + timedelta(days=11)):
        with pytest.raises(CallOver):
            volunteer(person, number, day)
    services.move(number, 2, Move.CLOSE, organiser.id, MONDAY)
    with pytest.raises(CallOver):
        volunteer(person, number)
    assert how_many(Volunteer) == 0


def test_a_call_within_an_entity_is_for_those_who_work_there_or_below() -> None:
    organiser, inside, outside = make_person(Role.ORGANISER), make_person(), make_person()
    team, other = make_site(), make_site()
    people.post(inside, team, "apprenticeship", TODAY)
    people.post(outside, other, "sales", TODAY)
    number = call(organiser, entity_id=team.id)

    found = queries.calls(inside.id, TODAY)
    assert [each.programme.id for each in found] == [number]
    assert (found[0].expected, found[0].takes, found[0].entity) == (True, True, "Cahiers")
    assert queries.calls(outside.id, TODAY) == []
    assert queries.calls(organiser.id, TODAY) == []


def test_the_funnel_counts_who_is_in_scope_and_forgets_who_would_rather_not(app: Flask) -> None:
    organiser = make_person(Role.ORGANISER)
    team = make_site()
    crowd = [make_person() for _ in range(4)]
    for person in crowd:
        people.post(person, team, "apprenticeship", TODAY)
    number = call(organiser, entity_id=team.id)
    volunteer(crowd[0], number)
    volunteer(crowd[1], number, side=Side.BOTH)
    services.step_out(crowd[2].id, number, MONDAY)
    db.session.commit()

    found = queries.programme(number)
    assert found is not None
    assert queries.funnel(found, TODAY) == queries.Funnel(4, 1, 2, 1)
    lines, older = queries.volunteers(number, None)
    assert [line.entity for line in lines] == ["Cahiers", "Cahiers"]
    assert older is None
