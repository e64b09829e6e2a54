"""Roles granted, lent and taken back."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from academy.database import db
from academy.people import audit, queries
from academy.people import services as people
from academy.people.audit import Act, AuditEntry, Wanted
from academy.people.calendar import Span
from academy.people.models import Entity, Person, Role, RoleGrant
from academy.people.roles import queries as roles
from academy.people.roles import services
from academy.people.roles.services import RoleRefused
from tests.conftest import MONDAY, Counting
from tests.factories import TODAY, make_person, make_site
from tests.postbox import mails
from tests.services.crowd import all_at_once

NEXT_WEEK = Span(TODAY + timedelta(days=7), TODAY + timedelta(days=11))
THIS_WEEK = Span(TODAY, TODAY + timedelta(days=4))


def grant_of(person: Person) -> RoleGrant:
    return db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == person.id)).one()


def lend(lender: Person, colleague: Person, days: Span = THIS_WEEK) -> RoleGrant:
    mine = roles.grant_numbered(grant_of(lender).id)
    assert mine is not None
    lent = services.lend(mine, colleague, days, TODAY, MONDAY)
    db.session.commit()
    return lent


def grant(
    person: Person,
    actor: Person,
    role: Role = Role.AUTHOR,
    last: date | None = None,
    entity: Entity | None = None,
) -> RoleGrant:
    given = services.grant(person, role, entity, (TODAY, last), actor.id, MONDAY)
    db.session.commit()
    return given


def holds(person: Person, role: Role, day: date = TODAY) -> bool:
    found = queries.signed_in(f"{person.id}.{person.epoch}", day)
    assert found is not None
    return found.holds(role)


def acts() -> list[str]:
    return [entry.act for entry in audit.entries(Wanted())[0]]


def test_a_lent_role_opens_and_ends_by_itself(context: Flask) -> None:
    lender, colleague = make_person(Role.HR), make_person()

    lend(lender, colleague, NEXT_WEEK)

    held = [holds(colleague, Role.HR, TODAY + timedelta(days=n)) for n in (0, 6, 7, 11, 12)]
    assert held == [False, False, True, True, False]
    assert holds(lender, Role.HR, NEXT_WEEK.first)


def test_a_loan_is_told_to_the_colleague_and_written_down(app: Flask, context: Flask) -> None:
    lender, colleague = make_person(Role.HR), make_person(language="fr")

    lend(lender, colleague)

    (mail,) = mails(app)
    assert mail.address == colleague.email
    assert mail.subject == "Un rôle vous est prêté"
    assert "Ressources humaines" in mail.text
    (entry,), _more = audit.entries(Wanted())
    assert (entry.act, entry.actor_id) == (Act.ROLE_DELEGATED, lender.id)
    assert entry.subject == f"person:{colleague.id}"
    assert entry.details == {
        "role": "hr",
        "entity": None,
        "from": "2026-03-02",
        "to": "2026-03-06",
    }


def test_the_same_loan_twice_is_one(app: Flask, context: Flask) -> None:
    lender, colleague = make_person(Role.HR), make_person()

    first, second = lend(lender, colleague), lend(lender, colleague)

    assert first.id == second.id
    assert len(mails(app)) == 1
    assert acts() == [Act.ROLE_DELEGATED]


def test_the_same_loan_from_twenty_tabs_is_one(app: Flask) -> None:
    with app.app_context():
        lender, colleague = make_person(Role.HR), make_person()
        number = grant_of(lender).id

    def one(_number: int) -> int:
        mine = roles.grant_numbered(number)
        assert mine is not None
        person = db.session.get_one(Person, colleague.id)
        lent = services.lend(mine, person, THIS_WEEK, TODAY, MONDAY)
        db.session.flush()
        return lent.id

    assert len(set(all_at_once(app, one))) == 1


@pytest.mark.parametrize(
    "days",
    [
        Span(TODAY, TODAY - timedelta(days=1)),
        Span(TODAY - timedelta(days=1), TODAY),
        Span(TODAY, TODAY + timedelta(days=190)),
    ],
)
def test_days_that_make_no_sense_are_refused(context: Flask, days: Span) -> None:
    lender, colleague = make_person(Role.HR), make_person()

    with pytest.raises(RoleRefused):
        lend(lender, colleague, days)

    assert not holds(colleague, Role.HR)


def test_a_loan_does_not_outlive_what_is_lent(context: Flask) -> None:
    admin, lender, colleague = make_person(Role.ADMIN), make_person(), make_person()
    grant(lender, admin, Role.HR, last=THIS_WEEK.last)

    with pytest.raises(RoleRefused):
        lend(lender, colleague, Span(TODAY, THIS_WEEK.last + timedelta(days=1)))
    lend(lender, colleague)

    assert holds(colleague, Role.HR)


def test_what_is_lent_is_not_lent_on(context: Flask) -> None:
    lender, colleague, third = make_person(Role.HR), make_person(), make_person()
    lend(lender, colleague)

    with pytest.raises(RoleRefused):
        lend(colleague, third)


def test_a_mentor_is_somebody_and_cannot_be_lent(context: Flask) -> None:
    with pytest.raises(RoleRefused):
        lend(make_person(Role.MENTOR), make_person())


def test_nothing_is_lent_to_oneself_nor_to_a_closed_account(context: Flask) -> None:
    lender, closed = make_person(Role.HR), make_person()
    closed.active = False

    for colleague in (lender, closed):
        with pytest.raises(RoleRefused):
            lend(lender, colleague)


def test_who_holds_the_role_already_is_lent_nothing(context: Flask) -> None:
    lender, colleague = make_person(Role.HR), make_person(Role.HR)

    with pytest.raises(RoleRefused):
        services.lend(grant_of(lender), colleague, THIS_WEEK, TODAY, MONDAY)


def test_a_loan_within_an_entity_holds_there_only(context: Flask) -> None:
    lender, colleague, team = make_person(), make_person(), make_site()
    people.grant(lender, [Role.ANIMATOR], TODAY, team)
    db.session.flush()

    lend(lender, colleague)

    found = queries.signed_in(f"{colleague.id}.0", TODAY)
    assert found is not None
    assert found.roles == {(Role.ANIMATOR, team.id)}


def test_taking_back_ends_access_at_once(context: Flask) -> None:
    lender, now_held, to_come = make_person(Role.HR), make_person(), make_person()
    yesterday = TODAY - timedelta(days=1)
    held = services.lend(
        grant_of(lender), now_held, Span(yesterday, NEXT_WEEK.last), yesterday, MONDAY
    )
    waiting = lend(lender, to_come, NEXT_WEEK)

    for lent in (held, waiting):
        services.revoke(lent, lender.id, MONDAY)
    db.session.commit()

    assert not holds(now_held, Role.HR)
    assert not holds(to_come, Role.HR, NEXT_WEEK.first)
    assert roles.lent_by(lender.id, TODAY) == []
    assert acts()[:2] == [Act.DELEGATION_REVOKED] * 2


def test_taking_back_twice_is_written_down_once(context: Flask) -> None:
    admin, person = make_person(Role.ADMIN), make_person(Role.HR)

    for _ in range(2):
        services.revoke(grant_of(person), admin.id, MONDAY)
        db.session.commit()

    assert acts() == [Act.ROLE_REVOKED]


def test_when_a_role_is_taken_back_what_was_lent_of_it_ends_too(context: Flask) -> None:
    admin, lender, colleague = make_person(Role.ADMIN), make_person(Role.HR), make_person()
    lend(lender, colleague)
    mine = next(each for each in roles.held_by(lender.id, TODAY) if not each.delegated)
    given = roles.grant_numbered(mine.id)
    assert given is not None

    services.revoke(given, admin.id, MONDAY)
    db.session.commit()

    assert not holds(lender, Role.HR)
    assert not holds(colleague, Role.HR)


def test_a_role_is_granted_to_its_last_day_and_written_down(context: Flask) -> None:
    admin, person, team = make_person(Role.ADMIN), make_person(), make_site()

    given = grant(person, admin, last=TODAY, entity=team)

    assert holds(person, Role.AUTHOR)
    assert not holds(person, Role.AUTHOR, TODAY + timedelta(days=1))
    assert given.granted_by == admin.id
    (entry,), _more = audit.entries(Wanted())
    assert entry.details == {
        "role": "author",
        "entity": "Cahiers",
        "from": "2026-03-02",
        "to": "2026-03-02",
    }


def test_the_same_grant_twice_is_one_and_another_that_overlaps_is_refused(context: Flask) -> None:
    admin, person = make_person(Role.ADMIN), make_person()

    assert grant(person, admin).id == grant(person, admin).id
    with pytest.raises(RoleRefused):
        grant(person, admin, last=TODAY)

    assert acts() == [Act.ROLE_GRANTED]


def test_a_grant_that_ends_before_it_begins_is_refused(context: Flask) -> None:
    admin, person = make_person(Role.ADMIN), make_person()

    with pytest.raises(RoleRefused):
        grant(person, admin, last=TODAY - timedelta(days=1))


def test_a_role_taken_back_may_be_granted_again_the_same_day(context: Flask) -> None:
    admin, person = make_person(Role.ADMIN), make_person()
    for _ in range(2):
        services.revoke(grant(person, admin), admin.id, MONDAY)
        db.session.commit()

    grant(person, admin)

    assert holds(person, Role.AUTHOR)


def test_the_last_administrator_stays(context: Flask) -> None:
    admin = make_person(Role.ADMIN)

    with pytest.raises(RoleRefused):
        services.revoke(grant_of(admin), admin.id, MONDAY)

    assert holds(admin, Role.ADMIN)


def test_an_administrator_with_another_may_go(context: Flask) -> None:
    admin, _other = make_person(Role.ADMIN), make_person(Role.ADMIN)

    services.revoke(grant_of(admin), admin.id, MONDAY)
    db.session.commit()

    assert not holds(admin, Role.ADMIN)


@pytest.mark.parametrize("closed", [True, False])
def test_neither_a_closed_account_nor_a_loan_keeps_the_keys(context: Flask, closed: bool) -> None:
    admin, other = make_person(Role.ADMIN), make_person()
    if closed:
        people.grant(other, [Role.ADMIN], TODAY)
        other.active = False
        db.session.commit()
    else:
        lend(admin, other)
    mine = next(each for each in roles.held_by(admin.id, TODAY) if not each.delegated)
    given = roles.grant_numbered(mine.id)
    assert given is not None

    with pytest.raises(RoleRefused):
        services.revoke(given, admin.id, MONDAY)


def test_two_administrators_who_send_each_other_away_do_not_both_succeed(app: Flask) -> None:
    with app.app_context():
        pair = [make_person(Role.ADMIN) for _ in range(2)]
        grants = [grant_of(each).id for each in pair]

    def send_away(number: int) -> bool:
        given = roles.grant_numbered(grants[1 - number])
        try:
            if given is not None:
                services.revoke(given, pair[number].id, MONDAY)
        except RoleRefused:
            db.session.rollback()
            return False
        return True

    assert sorted(all_at_once(app, send_away, crowd=2)) == [False, True]


def test_the_database_knows_a_grant_once(context: Flask) -> None:
    person = make_person(Role.HR)
    values: dict[str, Any] = {"person_id": person.id, "role": Role.HR}
    db.session.add(RoleGrant(**values, starts_on=grant_of(person).starts_on))

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_the_database_refuses_a_loan_without_an_end(context: Flask) -> None:
    lender, colleague = make_person(Role.HR), make_person()
    db.session.add(
        RoleGrant(
            person_id=colleague.id,
            role=Role.HR,
            starts_on=TODAY,
            granted_by=lender.id,
            delegated=True,
        )
    )

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_granting_a_newcomer_twice_on_a_day_is_granting_once(context: Flask) -> None:
    person, team = make_person(), make_site()
    for _ in range(2):
        people.grant(person, [Role.HR, Role.AUTHOR], TODAY, team)
        people.grant(person, [Role.HR], TODAY)
    db.session.commit()

    assert len(roles.held_by(person.id, TODAY)) == 3


def test_roles_held_take_one_statement(context: Flask, count_statements: Counting) -> None:
    lender = make_person(Role.HR)
    for _ in range(4):
        lend(lender, make_person())

    with count_statements() as statements:
        found = roles.lent_by(lender.id, TODAY)

    assert len(found) == 4
    assert len(statements) == 1
    assert db.session.scalar(select(AuditEntry.id).limit(1)) is not None
