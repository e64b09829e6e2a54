"""Erasing somebody: nothing tells who they were, the figures stay right, and nobody else is touched."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy import personal
from academy.community import counts
from academy.community.groups import queries as groups
from academy.community.models import Message
from academy.community.ranks import Rank
from academy.database import Base, db
from academy.deeds.models import Deed
from academy.mastery.models import Answer
from academy.notices.kinds import Kind
from academy.passport.models import ERASED, Certificate, Status
from academy.people import audit
from academy.people import services as people
from academy.people.models import Person, Role, RoleGrant
from academy.people.roles.services import RoleRefused
from academy.privacy import services
from academy.privacy.register import declared
from tests import circles
from tests.conftest import MONDAY
from tests.factories import do_round, earn_passport, make_person
from tests.lives import EMAIL, FAMILY, GIVEN, NUMBER, named, rich_life

TRACES = re.compile("|".join((GIVEN, FAMILY, re.escape(EMAIL), str(NUMBER))), re.IGNORECASE)


def cells() -> Iterator[tuple[str, str]]:
    """Every value of every table, as text."""
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(select(table)).mappings():
            for column, value in row.items():
                yield f"{table.name}.{column}", str(value)


def traces() -> set[str]:
    return {where for where, value in cells() if TRACES.search(value)}


def traces_in_files(home: Path) -> list[Path]:
    """Files beside the database's own; names in bytes are found in UTF-8."""
    words = [word.encode() for word in (GIVEN, FAMILY, EMAIL, str(NUMBER))]
    return [
        file
        for file in home.rglob("*")
        if file.is_file()
        and not file.name.startswith("academy.sqlite")
        and any(word in file.read_bytes() for word in words)
    ]


def figures() -> dict[str, tuple[Any, ...]]:
    """Each question's statistics: how often answered, how often rightly, how well."""
    rows = db.session.execute(
        select(
            Answer.question,
            func.count(),
            func.count().filter(Answer.right),
            func.sum(Answer.score),
            func.count().filter(Answer.dont_know),
        ).group_by(Answer.question)
    )
    return {row[0]: tuple(row[1:]) for row in rows}


def acts() -> set[tuple[Any, ...]]:
    return {
        tuple(row)
        for row in db.session.execute(
            select(Deed.id, Deed.verb, Deed.subject, Deed.theme, Deed.day, func.length(Deed.verb))
        )
    }


SHARED = {"letter", "posted_mail", "membership", "message_like", "message_report"}
SHARED |= {"mentoring_wish", "mentoring_pair", "speed_talk"}
"""A mail that named her, her seat as animator, what was liked or reported of hers, or wished of her, a pair:
these do change."""


def own_rows(person_id: int) -> dict[str, list[dict[str, Any]]]:
    """What is kept of somebody alone, but for what ties it to others: managers, loans, counts."""
    tied = {"manager_id", "granted_by", "ends_on", "like_count", "report_count", "comment_count"}
    tied |= {"actor_id"}
    return {
        f"{kept.table}.{kept.column}": [
            {name: value for name, value in row.items() if name not in {*tied, "answer"}}
            for row in personal.rows(kept, person_id)
            if row.get("kind") != Kind.PAIR_LIFE  # that their pair has ended is told
        ]
        for kept in declared()
        if kept.table not in SHARED
    }


def erase(person: Person, actor_id: int | None = None, at: datetime = MONDAY) -> bool:
    done = services.erase(person.id, at, actor_id)
    db.session.commit()
    db.session.expunge_all()
    return done


@pytest.fixture
def ada(context: Flask) -> Person:
    return make_person()


@pytest.fixture
def zenobie(context: Flask, ada: Person) -> Person:
    person = named()
    rich_life(person, ada)
    return person


def test_she_was_everywhere_before(zenobie: Person) -> None:
    tables = {where.partition(".")[0] for where in traces()}

    assert {kept.table for kept in declared() if kept.column} <= tables


def test_no_trace_is_left_in_any_table_or_file(context: Flask, zenobie: Person) -> None:
    assert erase(zenobie)

    assert traces() == set()
    assert traces_in_files(context.config["SETTINGS"].home) == []
    assert not any(personal.count(declared(), NUMBER))


def test_the_figures_of_questions_stay_as_they_were(zenobie: Person) -> None:
    before, done = figures(), acts()

    erase(zenobie)

    assert figures() == before
    assert acts() == done


def test_what_stays_of_an_answer_ties_it_to_nothing(zenobie: Person) -> None:
    erase(zenobie)

    left = db.session.scalars(select(Answer).where(Answer.person_id.is_(None))).all()
    deeds = db.session.scalars(select(Deed).where(Deed.person_id.is_(None))).all()

    assert len(left) > 40
    assert all(each.context_id < 0 and each.given == {} for each in left)
    assert len({each.context_id for each in left}) == len(left)
    assert {each.at.hour for each in left} | {each.at.hour for each in deeds} == {0}


def test_nobody_elses_answers_fall_on_what_stays(zenobie: Person) -> None:
    """SQLite gives the numbers of deleted rounds again: the next one must be kept all the same."""
    erase(zenobie)
    bob = make_person()

    do_round(bob)
    earn_passport(bob)

    mine = select(func.count()).select_from(Answer).where(Answer.person_id == bob.id)
    assert db.session.scalar(mine) == 42


def test_nobody_else_is_touched(ada: Person, zenobie: Person) -> None:
    before = own_rows(ada.id)

    erase(zenobie, at=MONDAY + timedelta(days=2))

    assert own_rows(ada.id) == before


def test_her_passport_answers_without_a_name(zenobie: Person) -> None:
    erase(zenobie)

    [certificate] = db.session.scalars(select(Certificate)).all()
    assert certificate.status == Status.REVOKED
    assert certificate.end_reason == ERASED
    assert certificate.certified["holder"] == ""


def test_her_group_goes_on_with_another_animator_and_true_counts(
    context: Flask, ada: Person
) -> None:
    person = named()
    said = rich_life(person, ada)

    erase(person)

    group = groups.locked(said["group"])
    mine = db.session.get_one(Message, said["mine"])
    assert circles.rank(ada, said["group"]) is Rank.ANIMATOR
    assert (group.member_count, group.animator_count) == (1, 1)
    assert mine.deleted_at is not None
    assert db.session.get_one(Message, said["answer"]).source == "So was I."
    assert counts.recount() == 0


def test_alone_in_a_group_she_leaves_it_all_the_same(context: Flask) -> None:
    person = named()
    group = circles.make_group(person)

    erase(person)

    assert groups.membership(NUMBER, group) is None
    assert traces() == set()


def test_what_she_lent_ends(ada: Person, zenobie: Person) -> None:
    erase(zenobie, at=MONDAY + timedelta(days=2))

    [lent] = db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == ada.id)).all()
    assert lent.granted_by is None
    assert lent.ends_on is not None
    assert lent.ends_on < MONDAY.date() + timedelta(days=2)


def test_erasing_twice_is_harmless(zenobie: Person) -> None:
    erase(zenobie)
    before = list(cells())

    assert not erase(zenobie)
    assert list(cells()) == before


def test_her_number_is_never_given_again(context: Flask) -> None:
    last = make_person()
    erase(last)

    assert make_person().id > last.id


def test_the_log_says_that_somebody_was_erased_and_by_whom(zenobie: Person) -> None:
    admin = make_person(Role.ADMIN)

    erase(zenobie, admin.id)

    [newest, *_others], _more = audit.entries(audit.Wanted())
    assert (newest.act, newest.actor_id, newest.subject) == (
        audit.Act.PERSON_ERASED,
        admin.id,
        audit.ERASED,
    )


def test_the_last_administrator_stays(context: Flask) -> None:
    admin = make_person(Role.ADMIN)

    with pytest.raises(RoleRefused):
        services.erase(admin.id, MONDAY)


def test_an_administrator_erases_only_who_left(context: Flask) -> None:
    admin, person = make_person(Role.ADMIN), make_person()

    with pytest.raises(services.StillOpen):
        services.erase_leaver(person.id, admin.id, MONDAY)

    person.active = False
    db.session.flush()
    assert services.erase_leaver(person.id, admin.id, MONDAY)


def test_an_operator_erases_by_address(app: Flask) -> None:
    with app.app_context():
        people.grant(named(), [], MONDAY.date())
    runner = app.test_cli_runner()

    refused = runner.invoke(args=["academy", "erase", EMAIL], input="n\n")
    first = runner.invoke(args=["academy", "erase", EMAIL.upper(), "--yes"])
    again = runner.invoke(args=["academy", "erase", EMAIL, "--yes"])

    assert refused.exit_code == 1
    assert first.output.startswith("Erased.")
    assert again.output.startswith("Nobody has this address")
    with app.app_context():
        assert traces() == set()


def test_an_operator_is_told_that_the_last_administrator_stays(app: Flask) -> None:
    with app.app_context():
        email = make_person(Role.ADMIN).email

    refused = app.test_cli_runner().invoke(args=["academy", "erase", email, "--yes"])

    assert refused.exit_code == 1
    assert "administrator" in refused.output
