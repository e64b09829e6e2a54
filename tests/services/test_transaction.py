"""A transaction of prepared statements alone is a transaction, until a session takes it over."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import event, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError, PendingRollbackError

from academy import database, transaction
from academy.database import db, table
from academy.people.models import Person
from academy.prepared import Prepared
from tests.factories import make_person

PERSON = table(Person)
RENAME = Prepared(lambda: update(PERSON).values(given_name="Renamed"))
NAMES = Prepared(lambda: select(PERSON.c.given_name))
BROKEN = Prepared(lambda: update(PERSON).values(email=None))


@pytest.fixture
def ada(app: Flask) -> int:
    """Somebody there already; the tests begin in contexts of their own, which no session was asked for."""
    with app.app_context():
        database.may_write()
        return make_person().id


def names(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Person.given_name).order_by(Person.id)))


def idle(app: Flask) -> bool:
    """Is every connection back where it came from?"""
    with app.app_context():
        return db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]  # of QueuePool


@pytest.mark.usefixtures("ada")
def test_what_is_committed_stays(app: Flask) -> None:
    with app.app_context():
        RENAME.change({})
        database.commit()

        assert transaction.begun() is None
        assert not db.session.registry.has()
    assert names(app) == ["Renamed"]
    assert idle(app)


@pytest.mark.usefixtures("ada")
def test_what_is_not_committed_never_was(app: Flask) -> None:
    with app.app_context():
        RENAME.change({})
    with app.app_context():
        RENAME.change({})
        database.rollback()
        assert [tuple(row) for row in NAMES.rows({})] == [("Ada",)]

    assert names(app) == ["Ada"]
    assert idle(app)


@pytest.mark.usefixtures("ada")
def test_a_second_transaction_follows_the_first(app: Flask) -> None:
    with app.app_context():
        RENAME.change({})
        database.commit()
        assert [tuple(row) for row in NAMES.rows({})] == [("Renamed",)]
        database.commit()

    assert idle(app)


def test_a_session_takes_over_what_has_begun(app: Flask, ada: int) -> None:
    with app.app_context():
        RENAME.change({})

        person = db.session.get_one(Person, ada)

        assert person.given_name == "Renamed"  # not committed, and seen
        assert transaction.begun() is None
        person.family_name = "Too"
        database.commit()
    with app.app_context():
        found = db.session.get_one(Person, ada)
        assert (found.given_name, found.family_name) == ("Renamed", "Too")
    assert idle(app)


@pytest.mark.usefixtures("ada")
@pytest.mark.parametrize("undo", [lambda: db.session.rollback(), database.rollback])
def test_a_session_that_rolls_back_undoes_what_it_took_over(
    app: Flask, undo: Callable[[], None]
) -> None:
    with app.app_context():
        RENAME.change({})
        db.session.execute(select(1))
        undo()
        database.commit()

    assert names(app) == ["Ada"]
    assert idle(app)


@pytest.mark.usefixtures("ada")
def test_prepared_statements_follow_the_session_once_there_is_one(app: Flask) -> None:
    with app.app_context():
        RENAME.change({})
        with db.session.begin_nested() as inner:
            db.session.execute(update(Person).values(given_name="Inner"))
            inner.rollback()
        assert [tuple(row) for row in NAMES.rows({})] == [("Renamed",)]
        db.session.commit()
        RENAME.change({})
        assert transaction.begun() is None
        db.session.commit()

    assert names(app) == ["Renamed"]
    assert idle(app)


@pytest.mark.usefixtures("ada")
def test_who_listens_to_the_session_hears_of_a_commit_it_took_over(app: Flask) -> None:
    heard: list[str] = []
    event.listen(db.session, "after_commit", lambda _session: heard.append("commit"))
    with app.app_context():
        RENAME.change({})
        db.session.execute(select(1))
        database.commit()

    assert heard == ["commit"]


@pytest.mark.usefixtures("ada")
def test_an_error_is_told_as_sqlalchemy_tells_it_and_nothing_stays(app: Flask) -> None:
    with app.app_context():
        RENAME.change({})
        with pytest.raises(IntegrityError):
            BROKEN.change({})
        db.session.rollback()
        assert [tuple(row) for row in NAMES.rows({})] == [("Ada",)]
    with app.app_context(), pytest.raises(IntegrityError):
        BROKEN.change({})

    assert names(app) == ["Ada"]
    assert idle(app)


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
@pytest.mark.usefixtures("ada")
def test_a_connection_that_is_cut_is_told_and_let_go(
    app: Flask, cut_connections: Callable[[], None]
) -> None:
    with app.app_context():
        RENAME.change({})
        cut_connections()
        with pytest.raises(DBAPIError) as told:
            NAMES.rows({})
        assert told.value.connection_invalidated
        database.rollback()
        assert [tuple(row) for row in NAMES.rows({})] == [("Ada",)]
    with app.app_context():
        RENAME.change({})
        cut_connections()
        with pytest.raises(DBAPIError):
            NAMES.rows({})
        with pytest.raises(PendingRollbackError):
            NAMES.rows({})
        db.session.rollback()
        assert list(db.session.scalars(select(Person.given_name))) == ["Ada"]
    with app.app_context():
        RENAME.change({})
        cut_connections()
        with pytest.raises(DBAPIError):
            database.commit()

    assert names(app) == ["Ada"]
    assert idle(app)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("ada")
def test_a_reader_sees_what_was_committed_while_somebody_writes(app: Flask) -> None:
    with app.app_context():
        database.may_write()
        RENAME.change({})
        with app.app_context():
            database.reading_only()
            assert [tuple(row) for row in NAMES.rows({})] == [("Ada",)]
            assert list(db.session.scalars(select(Person.given_name))) == ["Ada"]
        database.may_write()
        database.commit()

    assert names(app) == ["Renamed"]


@pytest.mark.parametrize("app", ["postgresql"], indirect=True)
@pytest.mark.usefixtures("ada")
def test_a_database_that_is_lost_when_all_is_done_is_no_fault_of_the_request(
    app: Flask, cut_connections: Callable[[], None]
) -> None:
    with app.app_context():
        database.reading_only()
        db.session.scalar(select(Person.given_name))
        cut_connections()

    assert idle(app)
    assert names(app) == ["Ada"]
