"""Searching in groups: all the words, in groups one belongs to, and nothing that one may not read."""

import pytest
from flask import Flask

from academy.community.groups.queries import group_seen
from academy.community.moderation import services as moderation
from academy.community.moderation.services import Verdict
from academy.community.ranks import Act
from academy.community.search import queries
from academy.community.search.words import wanted
from academy.people.models import Person
from tests.circles import HIDDEN, delete, make_group, message, move, reply, say, viewer
from tests.conftest import MONDAY
from tests.factories import make_person


@pytest.fixture
def bob(context: Flask) -> Person:
    return make_person()


@pytest.fixture
def ada(context: Flask) -> Person:
    return make_person()


def found(person: Person, typed: str, group: int | None = None) -> list[int]:
    within = group_seen(person.id, group) if group else None
    return [each.id for each in queries.search(person.id, wanted(typed), within)[0]]


def test_posts_and_replies_with_all_the_words_are_found_the_newest_first(
    bob: Person, ada: Person
) -> None:
    group = make_group(bob, ada)
    post = say(bob, group, "Which **paper** for blue ink?", question=True)
    answer = reply(ada, post, "Any PAPER. The ink decides.")
    say(bob, group, "Ink alone")

    assert found(ada, "paper ink") == [answer, post]
    assert found(ada, "ink blue") == [post]
    assert found(ada, "nowhere") == []


def test_a_capital_with_an_accent_is_the_letter(bob: Person) -> None:
    group = make_group(bob)
    post = say(bob, group, "École ouverte")

    assert found(bob, "école") == [post]
    assert found(bob, "ÉCOLE OUVERTE") == [post]


def test_signs_of_the_databases_are_signs_like_others(bob: Person) -> None:
    group = make_group(bob)
    rebate = say(bob, group, "100% of a_b and c/d")
    say(bob, group, "1000 of axb and c-d")

    assert found(bob, "100%") == [rebate]
    assert found(bob, "a_b") == [rebate]
    assert found(bob, "c/d") == [rebate]
    assert found(bob, "%%") == []


def test_only_groups_one_belongs_to_are_searched(bob: Person, ada: Person) -> None:
    secret, opened = make_group(bob, visibility=HIDDEN), make_group(bob)
    say(bob, secret, "needle")
    shared = say(bob, opened, "needle")

    assert found(ada, "needle") == []
    assert found(ada, "needle", opened) == [shared]  # everybody may read an open group
    move(Act.JOIN, ada, opened)
    assert found(ada, "needle") == [shared]
    move(Act.REMOVE, ada, opened)
    assert found(ada, "needle") == []


def test_what_was_deleted_or_hidden_is_not_found(bob: Person, ada: Person) -> None:
    group = make_group(bob, ada)
    gone, hidden = say(ada, group, "needle one"), say(ada, group, "needle two")
    delete(ada, gone)
    desk = viewer(bob, group)
    moderation.hide(desk, message(hidden), Verdict("No."), MONDAY)

    assert found(ada, "needle") == []


def test_pages_follow_one_another_without_gap_or_repeat(bob: Person) -> None:
    group = make_group(bob)
    post = say(bob, group, "needle")
    said = [post] + [reply(bob, post, f"needle {number}") for number in range(queries.PAGE + 2)]

    first, older = queries.search(bob.id, ("needle",), None)
    second, end = queries.search(bob.id, ("needle",), None, older)

    assert [each.id for each in (*first, *second)] == sorted(said, reverse=True)
    assert end is None
