"""Statements compiled once are what SQLAlchemy would have sent and read, errors included."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Table, bindparam, literal, select
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from academy.daily.models import Round
from academy.database import Base, db, insert, table
from academy.folio.models import Folio
from academy.mastery.models import Answer
from academy.people.models import Person
from academy.prepared import Prepared
from tests.conftest import MONDAY, Counting
from tests.factories import do_round, draw, make_person

FOLIO = table(Folio)
BLANK = {"points": 0, "stars": 0, "keys": 0, "stars_ever": 0, "keys_ever": 0}


def read(whole: Table) -> list[tuple[object, ...]]:
    """As SQLAlchemy itself does."""
    return [tuple(row) for row in db.session.execute(select(whole))]


def beginning() -> Prepared:
    """An empty folio, for `person`, with `mind` and `tallies`."""
    given: dict[str, Any] = {name: bindparam(name) for name in ("mind", "tallies", "awards")}
    return Prepared(
        lambda: insert(FOLIO).values({**BLANK, **given, "person_id": bindparam("person")})
    )


@pytest.mark.parametrize("model", [Answer, Folio, Person, Round])
def test_rows_are_read_as_sqlalchemy_reads_them(context: Flask, model: type[Base]) -> None:
    ada = make_person()
    do_round(ada, MONDAY - timedelta(days=1))
    draw(ada)
    whole = table(model)
    statement = Prepared(lambda: select(whole))

    for _time in (1, 2):  # compiled and read for the first time, then as kept
        assert [tuple(row) for row in statement.rows({})] == read(whole) != []


def test_what_is_written_is_written_as_sqlalchemy_would(context: Flask) -> None:
    ada = make_person()

    values = {"mind": b"\x00\xff", "tallies": {"é": 1, "round_done": 2}, "awards": ["début"]}

    written = beginning().change({"person": ada.id, **values})

    assert written == 1
    found = db.session.execute(select(FOLIO.c.mind, FOLIO.c.tallies, FOLIO.c.awards)).one()
    assert found._asdict() == values


def test_a_value_that_is_forgotten_is_a_fault_and_writes_no_null(context: Flask) -> None:
    ada = make_person()

    with pytest.raises((KeyError, ProgrammingError), match="mind"):
        beginning().change({"person": ada.id, "tallies": {}, "awards": []})


def test_defaults_that_nobody_would_fill_in_are_refused(context: Flask) -> None:
    statement = Prepared(lambda: insert(FOLIO).values(**BLANK, person_id=bindparam("person")))

    with pytest.raises(TypeError, match=r"tallies.*awards"):
        statement.change({"person": make_person().id})


def test_what_the_database_refuses_is_told_as_sqlalchemy_tells_it(context: Flask) -> None:
    nobody: dict[str, Any] = {
        "person": 7_654_321,
        "mind": None,
        "tallies": {"round_done": 2},
        "awards": [],
    }

    with pytest.raises(IntegrityError) as refused:
        beginning().change(nobody)

    assert str(refused.value.statement).startswith("INSERT INTO folio")
    assert "round_done" not in str(refused.value)


def test_whoever_listens_hears_the_statement(context: Flask, count_statements: Counting) -> None:
    statement = Prepared(lambda: select(literal(1).label("found")))

    with count_statements() as heard:
        assert list(statement.row({})) == [1]

    assert len(heard) == 1
    assert heard[0].startswith("SELECT")


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
def test_a_lost_connection_is_let_go_and_the_next_one_works(
    context: Flask, cut_connections: Callable[[], None]
) -> None:
    statement = Prepared(lambda: select(literal(1)))
    statement.row({})
    cut_connections()

    with pytest.raises(OperationalError) as lost:
        statement.row({})
    db.session.rollback()

    assert lost.value.connection_invalidated
    assert list(statement.row({})) == [1]
