"""The outbox: a letter is put with its cause, carried at least once, by one worker at a time."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select

from academy.database import db
from academy.people.models import Person
from academy.post import delays, queries, services
from academy.post.models import Letter
from academy.post.services import Leased
from tests.conftest import MONDAY, Counting
from tests.factories import make_person
from tests.services.crowd import all_at_once

MINUTE = timedelta(minutes=1)


def put(once: str, due_at: datetime = MONDAY, kind: str = "note", about: int | None = None) -> bool:
    new = services.put(kind, {"said": once}, once, due_at, about)
    db.session.commit()
    return new


def take(limit: int = 10, at: datetime = MONDAY) -> list[Leased]:
    letters = services.lease(limit, at, MINUTE)
    db.session.commit()
    return letters


def begun(at: datetime = MONDAY) -> Leased:
    """The next letter, leased and begun."""
    (letter,) = take(1, at)
    assert services.begin(letter, at, MINUTE)
    db.session.commit()
    return letter


def onces(letters: list[Leased]) -> list[str]:
    return [letter.once for letter in letters]


def stored(once: str) -> Letter:
    found = queries.fate(once)
    assert found is not None
    return found


def test_the_same_letter_put_twice_is_one_letter(context: Flask) -> None:
    assert put("welcome:1")
    assert not put("welcome:1", MONDAY + MINUTE)

    assert [(letter.once, letter.payload) for letter in take()] == [
        ("welcome:1", {"said": "welcome:1"})
    ]


def test_a_letter_whose_cause_did_not_happen_was_never_put(context: Flask) -> None:
    services.put("note", {}, "cause", MONDAY)
    db.session.rollback()

    assert take() == []


def test_of_twenty_who_put_the_same_letter_at_once_one_did(app: Flask) -> None:
    outcomes = all_at_once(app, lambda _number: services.put("note", {}, "same", MONDAY))

    assert outcomes.count(True) == 1


def test_of_twenty_workers_at_once_each_letter_goes_to_one(app: Flask) -> None:
    with app.app_context():
        for number in range(100):
            services.put("note", {}, f"letter:{number}", MONDAY)
        db.session.commit()

    def work(_number: int) -> list[str]:
        mine: list[str] = []
        while letters := services.lease(3, MONDAY, MINUTE):
            db.session.commit()
            mine += onces(letters)
        return mine

    taken = Counter(once for batch in all_at_once(app, work) for once in batch)

    assert len(taken) == 100
    assert set(taken.values()) == {1}


def test_the_earliest_due_leaves_first_and_none_before_its_time(context: Flask) -> None:
    put("second", MONDAY - MINUTE)
    put("later", MONDAY + MINUTE)
    put("first", MONDAY - 2 * MINUTE)

    assert onces(take()) == ["first", "second"]
    assert onces(take(at=MONDAY + 2 * MINUTE)) == ["first", "second", "later"]  # leases ran out


def test_what_one_worker_holds_no_other_gets_until_the_lease_runs_out(context: Flask) -> None:
    put("letter")
    letter = begun()

    assert take(at=MONDAY + timedelta(seconds=59)) == []
    assert not queries.anything_due(MONDAY + timedelta(seconds=59))
    (again,) = take(at=MONDAY + MINUTE)
    assert again.in_doubt  # somebody began it and never told
    assert again.tries == 1
    assert not services.done(letter, MONDAY)  # too late: it is not ours any more
    assert services.done(again, MONDAY)


def test_a_letter_never_begun_is_not_in_doubt(context: Flask) -> None:
    put("letter")
    take()

    (again,) = take(at=MONDAY + MINUTE)

    assert not again.in_doubt
    assert again.tries == 0


def test_what_is_done_is_not_carried_again_and_its_words_are_not_kept(context: Flask) -> None:
    put("letter")

    assert services.done(begun(), MONDAY)
    db.session.commit()

    assert take(at=MONDAY + timedelta(days=9)) == []
    assert not put("letter")  # its key stays
    kept = stored("letter")
    assert (kept.payload, kept.done_at, kept.lease, kept.sending_at) == ({}, MONDAY, None, None)


def test_a_failed_letter_waits_longer_each_time_and_is_given_up_in_the_end(context: Flask) -> None:
    put("letter")
    at, waits = MONDAY, []
    while stored("letter").dead_at is None:
        services.failed(begun(at), "no answer", at)
        db.session.commit()
        waits.append(stored("letter").due_at - at)
        at = stored("letter").due_at

    assert waits[:-1] == [delays.before_next(tries) for tries in range(1, delays.TRIES)]
    dead = stored("letter")
    assert (dead.tries, dead.failure, dead.payload) == (12, "no answer", {"said": "letter"})
    assert take(at=at + timedelta(days=99)) == []
    assert [letter.once for letter in queries.dead(10)] == ["letter"]


def test_a_letter_whose_workers_die_is_given_up_too(context: Flask) -> None:
    put("poison")
    for hour in range(delays.TRIES):
        last = begun(MONDAY + timedelta(hours=hour))  # and the worker dies

    services.failed(last, "this time it only failed", MONDAY)

    assert stored("poison").dead_at == MONDAY


def test_the_dead_may_be_revived(context: Flask) -> None:
    put("letter")
    services.give_up(begun(), "no such address", MONDAY)
    db.session.commit()

    assert services.revive(MONDAY + MINUTE) == 1
    db.session.commit()

    (again,) = take(at=MONDAY + MINUTE)
    assert (again.once, again.tries, again.payload) == ("letter", 0, {"said": "letter"})


def test_when_the_way_is_closed_no_try_is_counted(context: Flask) -> None:
    put("letter")
    for _closed in range(20):
        services.put_back(begun(), "the server is away")
        db.session.commit()

    (letter,) = take()
    assert (letter.tries, letter.in_doubt) == (0, False)
    assert stored("letter").failure == "the server is away"


def test_a_worker_that_ends_lets_go_what_it_did_not_begin(context: Flask) -> None:
    for number in range(3):
        put(f"letter:{number}", MONDAY + timedelta(seconds=number))
    letters = take(at=MONDAY + MINUTE)
    services.begin(letters[0], MONDAY, MINUTE)
    services.done(letters[0], MONDAY)

    services.release(letters[0].lease)
    db.session.commit()

    assert onces(take(at=MONDAY + MINUTE)) == ["letter:1", "letter:2"]


def test_letters_about_somebody_go_with_them(context: Flask) -> None:
    ada, bob = make_person(), make_person()
    put("to ada", about=ada.id)
    put("to bob", about=bob.id)

    db.session.execute(delete(Person).where(Person.id == ada.id))
    db.session.commit()

    assert onces(take()) == ["to bob"]


def test_what_was_done_long_ago_is_forgotten_and_what_waits_is_not(context: Flask) -> None:
    put("old")
    services.done(begun(), MONDAY - timedelta(days=40))
    put("new")
    services.done(begun(), MONDAY)
    put("waiting", MONDAY - timedelta(days=50))
    db.session.commit()

    assert services.forget(MONDAY - timedelta(days=30)) == 1
    db.session.commit()

    assert sorted(db.session.scalars(select(Letter.once))) == ["new", "waiting"]


def test_how_the_outbox_stands(context: Flask) -> None:
    for once in ("done", "dead", "begun", "late"):
        put(once, MONDAY - MINUTE)
    put("later", MONDAY + MINUTE)
    ended, given_up, *_others = take(4)
    services.begin(ended, MONDAY, MINUTE)
    services.done(ended, MONDAY)
    services.give_up(given_up, "no", MONDAY)
    services.begin(_others[0], MONDAY, MINUTE)
    db.session.commit()

    found = queries.outbox(MONDAY)

    assert (found.waiting, found.late, found.begun, found.dead) == (3, 2, 1, 1)


@pytest.mark.parametrize("letters", [1, 60])
def test_a_lease_is_one_statement_however_many_letters_wait(
    context: Flask, count_statements: Counting, letters: int
) -> None:
    for number in range(letters):
        services.put("note", {}, f"letter:{number}", MONDAY)
    db.session.commit()

    with count_statements() as statements:
        taken = take(20)

    assert len(taken) == min(letters, 20)
    assert len(statements) == 1
