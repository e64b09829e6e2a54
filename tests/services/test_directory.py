"""Finding people by the beginning of a name, and closing and opening their accounts."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from academy.database import db
from academy.people import audit, queries
from academy.people import services as people
from academy.people.audit import Act, Wanted
from academy.people.calendar import Span
from academy.people.directory import queries as directory
from academy.people.directory import services
from academy.people.directory.queries import PAGE
from academy.people.directory.services import NoSuchEntity
from academy.people.models import Person, Role, RoleGrant
from academy.people.roles import services as roles
from academy.people.roles.services import RoleRefused
from tests.conftest import MONDAY, Counting
from tests.factories import TODAY, make_person, make_site
from tests.postbox import mails


def named(given: str, family: str) -> Person:
    person = make_person()
    people.rename(person, given, family)
    db.session.commit()
    return person


def names(typed: str, closed: bool = False) -> list[str]:
    return [each.name for each in directory.search(typed, TODAY, closed).people]


def test_people_are_found_by_the_beginning_of_either_name_or_of_their_address(
    context: Flask,
) -> None:
    person = named("Hélène", "Dupont")
    named("Karim", "Benali")

    for typed in ("hel", "HÉLÈNE", "dup", "dupont hel", "hélène d", person.email[:9]):
        assert "Hélène Dupont" in names(typed), typed
    assert names("lene") == []
    assert names("dupond") == []


def test_the_found_come_in_the_order_of_family_names(context: Flask) -> None:
    for given, family in (("Marie", "Zola"), ("Marc", "Élan"), ("Marta", "Brun")):
        named(given, family)

    assert names("mar") == ["Marta Brun", "Marc Élan", "Marie Zola"]


@pytest.mark.parametrize("typed", ["", " ", "h", " h ", "\0", "%", "_", "%%%", "h\0", "\U0010ffff"])
def test_what_is_too_short_or_no_name_finds_nobody(context: Flask, typed: str) -> None:
    named("Hélène", "Dupont")

    assert names(typed) == []


def test_closed_accounts_are_found_when_asked_for(context: Flask) -> None:
    person = named("Hélène", "Dupont")
    person.active = False
    db.session.commit()

    assert names("dup") == []
    assert names("dup", closed=True) == ["Hélène Dupont"]


def test_at_most_a_page_is_found_and_it_is_said_that_there_are_more(context: Flask) -> None:
    for number in range(PAGE):
        named("Marie", f"Dupont {number:02}")
    assert not directory.search("dupont", TODAY).more
    named("Marie", "Dupont 99")

    found = directory.search("dupont", TODAY)

    assert len(found.people) == PAGE
    assert found.more


def test_who_moved_twice_in_a_day_is_found_once_where_they_work(context: Flask) -> None:
    person = named("Hélène", "Dupont")
    for site in (make_site(), make_site()):
        people.post(person, site, "sales", TODAY)
    db.session.commit()

    (found,) = directory.search("dup", TODAY).people

    assert (found.entity, found.initials) == ("Cahiers", "HD")


def test_a_search_takes_one_statement_over_indexes(
    context: Flask, count_statements: Counting
) -> None:
    for number in range(30):
        named("Marie", f"Dupont {number}")

    with count_statements() as statements:
        directory.search("dup", TODAY)

    assert len(statements) == 1


@pytest.mark.parametrize("column", ["by_family", "by_given", "email"])
def test_a_beginning_is_found_through_an_index(context: Flask, column: str) -> None:
    named("Hélène", "Dupont")
    explain = "EXPLAIN QUERY PLAN"
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SET LOCAL enable_seqscan = off"))
        explain = "EXPLAIN"

    wanted = f"SELECT id FROM person WHERE {column} >= 'dup' AND {column} < 'dup\U0010ffff'"  # noqa: S608  # our own columns
    plan = " ".join(str(row) for row in db.session.execute(text(f"{explain} {wanted}")))

    assert "INDEX" in plan.upper()
    assert "SCAN PERSON" not in plan.upper().replace("INDEX SCAN", "")


def test_closing_an_account_ends_access_at_once(context: Flask) -> None:
    admin, person = make_person(Role.ADMIN), make_person(Role.HR)
    session = f"{person.id}.{person.epoch}"

    services.close_account(person, admin.id, MONDAY)
    db.session.commit()

    assert queries.signed_in(session, TODAY) is None
    assert queries.credentials(person.email) is None


def test_closing_an_account_ends_what_it_lent(context: Flask) -> None:
    admin, person, colleague = make_person(Role.ADMIN), make_person(Role.HR), make_person()
    mine = db.session.scalars(db.select(RoleGrant).where(RoleGrant.person_id == person.id)).one()
    days = Span(TODAY, TODAY + timedelta(days=30))
    roles.lend(mine, colleague, days, TODAY, MONDAY)
    db.session.commit()

    services.close_account(person, admin.id, MONDAY)
    db.session.commit()

    found = queries.signed_in(f"{colleague.id}.0", TODAY)
    assert found is not None
    assert not found.holds(Role.HR)


def test_an_account_opened_again_is_as_it_was_but_old_sessions_stay_void(context: Flask) -> None:
    admin, person = make_person(Role.ADMIN), make_person(Role.HR)
    session = f"{person.id}.{person.epoch}"
    services.close_account(person, admin.id, MONDAY)
    db.session.commit()
    db.session.refresh(person)

    services.reopen_account(person, admin.id, MONDAY)
    db.session.commit()

    assert queries.signed_in(session, TODAY) is None
    found = queries.signed_in(f"{person.id}.{person.epoch}", TODAY)
    assert found is not None
    assert found.holds(Role.HR)


def test_what_is_done_twice_is_written_down_once(app: Flask, context: Flask) -> None:
    admin, person = make_person(Role.ADMIN), make_person()
    for act in (services.send_link, services.close_account, services.reopen_account):
        for _ in range(2):
            act(db.session.get_one(Person, person.id), admin.id, MONDAY)
            db.session.commit()
            db.session.expire_all()

    acts = [entry.act for entry in audit.entries(Wanted())[0]]

    assert acts == [Act.ACCOUNT_REOPENED, Act.ACCOUNT_CLOSED, Act.RESET_LINK_SENT]
    assert [mail.once.partition(":")[0] for mail in mails(app)] == ["reset", "farewell"]


def test_no_link_is_sent_to_a_closed_account(app: Flask, context: Flask) -> None:
    admin, person = make_person(Role.ADMIN), make_person()
    services.close_account(person, admin.id, MONDAY)
    db.session.commit()

    assert not services.send_link(person, admin.id, MONDAY)
    assert [mail.once.partition(":")[0] for mail in mails(app)] == ["farewell"]


def test_the_last_administrator_cannot_be_closed_out(context: Flask) -> None:
    admin = make_person(Role.ADMIN)

    with pytest.raises(RoleRefused):
        services.close_account(admin, admin.id, MONDAY)


def test_an_entity_is_found_by_key_or_by_a_name_of_its_own(context: Flask) -> None:
    one, other = make_site(), make_site()

    assert services.entity_named(f" {one.key.upper()} ").id == one.id
    with pytest.raises(NoSuchEntity):
        services.entity_named("Cahiers")
    with pytest.raises(NoSuchEntity):
        services.entity_named("")
    other.name = "Carnets"
    db.session.flush()
    assert services.entity_named("Cahiers").id == one.id
