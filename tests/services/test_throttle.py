"""How often something may be tried, counted in the database that all workers share."""

from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import select

from academy import create_app
from academy.database import db
from academy.people import services as people
from academy.people.queries import Credentials
from academy.web.throttle import Limit, Tries, allow, forget, forgive
from tests.conftest import MONDAY
from tests.services.crowd import all_at_once
from tests.services.packs import quick

QUARTER = timedelta(minutes=15)
THREE = Limit("try", 3, QUARTER)
HERE, THERE = "192.0.2.7", "192.0.2.8"


def tried(limit: Limit, times: int, who: str = "ada", at: datetime = MONDAY) -> list[bool]:
    return [allow(limit, who, at) for _ in range(times)]


def test_tries_beyond_the_limit_are_refused(context: Flask) -> None:
    assert tried(THREE, 5) == [True, True, True, False, False]


def test_one_persons_tries_are_not_anothers(context: Flask) -> None:
    tried(THREE, 4)

    assert allow(THREE, "bob", MONDAY)


def test_the_next_window_starts_afresh(context: Flask) -> None:
    tried(THREE, 4)

    assert not allow(THREE, "ada", MONDAY + QUARTER - timedelta(seconds=1))
    assert allow(THREE, "ada", MONDAY + QUARTER)


def test_a_try_forgiven_may_be_made_again(context: Flask) -> None:
    tried(THREE, 3)

    forgive(THREE, "ada", MONDAY)

    assert tried(THREE, 2) == [True, False]


def test_forgiving_what_was_never_tried_gives_nothing_in_advance(context: Flask) -> None:
    forgive(THREE, "ada", MONDAY)

    assert tried(THREE, 4) == [True, True, True, False]


def test_old_tries_are_dropped_and_young_ones_kept(context: Flask) -> None:
    tried(THREE, 1, at=MONDAY - timedelta(days=2))
    tried(THREE, 3)

    forget(MONDAY - timedelta(days=1))

    assert db.session.scalars(select(Tries.count)).all() == [3]


def test_tries_are_counted_across_workers(app: Flask) -> None:
    other = create_app(quick(app.config["SETTINGS"]))
    allowed = []

    for worker in (app, other, app, other):
        with worker.app_context():
            allowed.append(allow(THREE, "ada", MONDAY))
            db.session.commit()

    with other.app_context():
        db.engine.dispose()
    assert allowed == [True, True, True, False]


def test_of_twenty_tries_at_once_no_more_than_the_limit_pass(app: Flask) -> None:
    allowed = all_at_once(app, lambda _number: allow(THREE, "ada", MONDAY))

    assert sum(allowed) == 3


def test_an_account_may_be_tried_eight_times_whatever_the_network(context: Flask) -> None:
    allowed = [
        people.may_try("Ada@aurore.example", f"192.0.2.{number}", MONDAY) for number in range(9)
    ]

    assert allowed == [True] * 8 + [False]
    assert people.may_try("bob@aurore.example", HERE, MONDAY)


def test_a_network_may_fail_two_hundred_times_whoever_is_tried(context: Flask) -> None:
    allowed = [people.may_try(f"p{number}@aurore.example", HERE, MONDAY) for number in range(201)]

    assert allowed == [True] * 200 + [False]
    assert people.may_try("p201@aurore.example", THERE, MONDAY)


def test_signing_in_is_not_counted_as_a_failure(context: Flask) -> None:
    found = Credentials(1, 0, "ada@aurore.example", None)

    for _ in range(30):
        assert people.may_try(found.email, HERE, MONDAY)
        people.welcome(found, "whatever it was", HERE, MONDAY)

    assert db.session.scalars(select(Tries.count)).all() == [0, 0]
