"""Telling people: once each, gathered while unread, and a figure that is always right."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy.database import db
from academy.notices import queries, services
from academy.notices.kinds import Kind
from academy.notices.models import Notice
from academy.notices.services import News
from academy.people import queries as people
from academy.people.models import Person
from academy.privacy.jobs import forget_what_is_over
from tests.conftest import MONDAY, Counting
from tests.factories import TODAY, make_person
from tests.services.crowd import all_at_once

PLACE = {"group": 1, "post": 2, "message": 3, "group_name": {"en": "Paper lovers"}}


@pytest.fixture(autouse=True)
def the_figure_is_right(app: Flask) -> Iterator[None]:
    """Whatever a test did, what is kept on each person equals what is counted."""
    yield
    with app.app_context():
        assert queries.miscounted() == {}


def badge(key: str = "first-step") -> News:
    return News(Kind.BADGE, f"award:{key}", {"title": {"en": key}})


def comment(number: int, by: Person, post: int = 2) -> News:
    return News(Kind.COMMENT, f"comment:{number}", PLACE, by.id, f"post:{post}", number)


def tell(person: Person, news: News, at: datetime = MONDAY) -> None:
    services.tell([person.id], news, at)
    db.session.commit()


def read(person: Person, at: datetime = MONDAY, **which: int) -> int:
    marked = services.read(person.id, at, **which)
    db.session.commit()
    return marked


def unread(person: Person) -> int:
    found = people.signed_in(f"{person.id}.{person.epoch}", TODAY)
    assert found is not None
    return found.unread


def counts(person: Person) -> list[int]:
    return [told.count for told in queries.page(person.id)[0]]


def test_somebody_is_told_once_however_often_it_is_said(context: Flask) -> None:
    ada, stranger = make_person(), make_person()

    for _ in range(3):
        tell(ada, badge())

    assert counts(ada) == [1]
    assert (unread(ada), unread(stranger)) == (1, 0)


def test_told_twenty_times_at_once_is_told_once(app: Flask) -> None:
    with app.app_context():
        ada = make_person()

    all_at_once(app, lambda _number: services.tell([ada.id], badge(), MONDAY))

    with app.app_context():
        assert (counts(ada), unread(ada)) == ([1], 1)


def test_twenty_different_things_at_once_are_all_counted(app: Flask) -> None:
    with app.app_context():
        ada, bob = make_person(), make_person()

    all_at_once(
        app, lambda number: services.tell([ada.id, bob.id], badge(f"badge-{number}"), MONDAY)
    )

    with app.app_context():
        assert (unread(ada), unread(bob)) == (20, 20)


def test_nobody_is_told_what_they_did_themselves(context: Flask) -> None:
    ada = make_person()

    tell(ada, comment(1, by=ada))

    assert counts(ada) == []


def test_a_closed_account_is_told_nothing(context: Flask) -> None:
    ada = make_person()
    ada.active = False
    db.session.commit()

    tell(ada, badge())

    assert db.session.scalar(select(func.count(Notice.id))) == 0


def test_a_busy_thread_is_one_notice_until_it_is_read(context: Flask) -> None:
    ada, bob, eve = make_person(), make_person(), make_person()

    for number in (1, 2, 3):
        tell(ada, comment(number, by=bob), MONDAY)
    tell(ada, comment(4, by=eve), MONDAY + timedelta(hours=1))
    tell(ada, comment(5, by=eve, post=9))

    assert counts(ada) == [4, 1]
    assert unread(ada) == 2
    latest = queries.page(ada.id)[0][0]
    assert (latest.actor, latest.at) == (f"Ada {eve.family_name}", MONDAY + timedelta(hours=1))

    read(ada)
    tell(ada, comment(6, by=bob))

    assert counts(ada) == [4, 1, 1]
    assert unread(ada) == 1


@pytest.mark.parametrize("reads", [False, True])
def test_a_happening_told_again_is_not_counted_again(context: Flask, reads: bool) -> None:
    ada, bob = make_person(), make_person()
    tell(ada, comment(1, by=bob))
    tell(ada, comment(2, by=bob))
    if reads:
        read(ada)

    for number in (1, 2):
        tell(ada, comment(number, by=bob))

    assert counts(ada) == [2]
    assert unread(ada) == (0 if reads else 1)


def test_reading_one_or_all_is_harmless_to_repeat(context: Flask) -> None:
    ada, bob = make_person(), make_person()
    for key in ("a", "b", "c"):
        tell(ada, badge(key))
    tell(bob, badge())
    first, second, third = (told.id for told in queries.page(ada.id)[0][::-1])

    assert [read(ada, number=second), read(ada, number=second)] == [1, 0]
    assert read(bob, number=first) == 0
    assert read(ada, until=first) == 1
    assert unread(ada) == 1
    assert [told.id for told in queries.page(ada.id)[0] if told.unread] == [third]
    assert [read(ada), read(ada)] == [1, 0]
    assert (unread(ada), unread(bob)) == (0, 1)


def test_notices_are_read_page_by_page_the_latest_first(context: Flask) -> None:
    ada = make_person()
    for number in range(45):
        tell(ada, badge(f"badge-{number:02}"), MONDAY + timedelta(minutes=number // 2))

    seen, lengths, cursor = list[str](), list[int](), None
    for _ in range(3):
        found, cursor = queries.page(ada.id, cursor)
        seen += [told.data["title"]["en"] for told in found]
        lengths.append(len(found))

    assert lengths == [20, 20, 5]
    assert seen == [f"badge-{number:02}" for number in range(44, -1, -1)]
    assert cursor is None


def test_a_page_of_notices_is_one_statement_whatever_the_history(
    context: Flask, count_statements: Counting
) -> None:
    ada = make_person()
    for number in range(30):
        tell(ada, badge(f"badge-{number}"))

    with count_statements() as statements:
        queries.page(ada.id)

    assert len(statements) == 1


def test_telling_costs_few_statements(context: Flask, count_statements: Counting) -> None:
    """An award: the notice, the figure, and a look at whether mail is wanted."""
    ada = make_person()

    with count_statements() as statements:
        services.tell([ada.id], badge(), MONDAY)

    assert len(statements) == 3


def test_what_was_told_long_ago_is_forgotten_and_the_figure_follows(context: Flask) -> None:
    ada = make_person()
    tell(ada, badge("old"), MONDAY - timedelta(days=400))
    tell(ada, badge("older"), MONDAY - timedelta(days=500))
    read(ada, until=db.session.scalars(select(func.min(Notice.id))).one())
    tell(ada, badge("new"))

    for _ in range(2):
        forget_what_is_over(MONDAY)
        assert [told.data["title"]["en"] for told in queries.page(ada.id)[0]] == ["new"]
        assert unread(ada) == 1


def test_a_wrong_figure_can_be_set_right(context: Flask) -> None:
    ada, bob = make_person(), make_person()
    tell(bob, badge())
    ada.unread = 7
    db.session.commit()

    assert services.recount() == 1
    db.session.commit()

    assert (unread(ada), unread(bob)) == (0, 1)


def test_an_operator_mends_the_figures_from_a_terminal(app: Flask) -> None:
    with app.app_context():
        make_person().unread = 3
        db.session.commit()

    assert app.test_cli_runner().invoke(args=["academy", "recount-notices"]).output == (
        "1 figures mended.\n"
    )


def test_after_a_random_season_the_figures_are_right(context: Flask) -> None:
    dice = Random(7)  # noqa: S311  # a season to live again
    people_ = [make_person() for _ in range(4)]
    for number in range(120):
        ada, bob = dice.sample(people_, 2)
        match dice.randrange(4):
            case 0:
                services.tell([ada.id, bob.id], badge(f"badge-{dice.randrange(9)}"), MONDAY)
            case 1 | 2:
                news = comment(dice.randrange(number + 1), bob, dice.randrange(3))
                services.tell([person.id for person in people_], news, MONDAY)
            case _:
                services.read(ada.id, MONDAY, until=dice.choice([None, dice.randrange(1, 60)]))
    db.session.commit()

    assert queries.miscounted() == {}
    assert sum(unread(person) for person in people_) > 0
