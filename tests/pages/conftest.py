"""What page tests share: people made behind the pages, and forms forged by hand."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy import database
from academy.database import Base, db
from academy.people.models import Person
from tests import campaigns
from tests.campaigns import Company
from tests.factories import make_person
from tests.systems import System, let_read
from tests.visitor import Fields, Page, Visitor

Behind = Callable[[], AbstractContextManager[None]]

on_sqlite_only = pytest.mark.parametrize("app", ["sqlite"], indirect=True)
"""For long tests of what a page says, whatever the database."""


@pytest.fixture
def behind(app: Flask) -> Behind:
    """`with behind():` works on the database beside the pages, in a context of its own."""

    @contextmanager
    def opened() -> Iterator[None]:
        with app.app_context():
            database.may_write()
            yield

    return opened


@pytest.fixture
def ada(behind: Behind) -> Person:
    """Somebody who has just joined, and reads English."""
    with behind():
        return make_person()


@pytest.fixture
def reader(visitor: Visitor, ada: Person) -> Visitor:
    """Ada at her screen, signed in."""
    return visitor.as_person(ada)


@pytest.fixture
def company(behind: Behind) -> Company:
    """Lyon of eight people, Brest of six, Nice of two, with somebody of human resources."""
    with behind():
        found = campaigns.company()
        db.session.expunge_all()
        return found


def sit(behind: Behind, visitor: Visitor, person: Person) -> Visitor:
    """The visitor, as this person is now."""
    with behind():
        return visitor.as_person(db.session.get_one(Person, person.id))


@pytest.fixture
def payroll(app: Flask, behind: Behind) -> System:
    """A system that may read everything by the API."""
    with behind():
        return System(app, let_read())


def token(visitor: Visitor) -> str:
    """The CSRF token of this browser's session."""
    found = visitor.get("/verify").html.select_one("input[name=csrf_token]")
    assert found is not None
    return str(found["value"])


def forge(visitor: Visitor, path: str, fields: Fields, status: int) -> Page:
    """Post by hand what no form of ours would send; only the CSRF token is right."""
    return visitor.post(path, {"csrf_token": token(visitor), **fields}, status)


@pytest.fixture
def rows(app: Flask) -> Callable[[], dict[str, int]]:
    """`rows()` counts what is in every table; tries are counted apart, on purpose."""

    def counted() -> dict[str, int]:
        with app.app_context():
            return {
                table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
                for table in Base.metadata.sorted_tables
                if table.name != "tries"
            }

    return counted
