"""Reporting, and what animators and administrators decide."""

import pytest
from flask import Flask
from sqlalchemy import select, update

from academy.community.groups.services import LastAnimator, TooFast
from academy.community.models import Message, Report
from academy.community.moderation import queries, services
from academy.community.moderation.services import Verdict
from academy.community.posts import queries as posts
from academy.community.posts import services as writing
from academy.community.posts.services import NotAllowed
from academy.community.ranks import Rank
from academy.community.rights import May
from academy.database import db
from academy.people.models import Person
from tests.circles import (
    HIDDEN,
    delete,
    like,
    make_group,
    mark,
    message,
    rank,
    reply,
    report,
    say,
    viewer,
)
from tests.conftest import MONDAY
from tests.factories import make_person

RUDE = Verdict("That hurt.")


@pytest.fixture
def ada(context: Flask) -> Person:
    """Who animates."""
    return make_person()


@pytest.fixture
def bob(context: Flask) -> Person:
    """Who writes."""
    return make_person()


@pytest.fixture
def eve(context: Flask) -> Person:
    """Who reads."""
    return make_person()


@pytest.fixture
def group(ada: Person, bob: Person, eve: Person) -> int:
    """Ada's group, and noise: somebody else's group with a report of its own."""
    other = make_group(make_person(), bob, eve)
    report(eve, say(bob, other))
    return make_group(ada, bob, eve)


def hide(person: Person, number: int, verdict: Verdict = RUDE) -> None:
    found = message(number)
    services.hide(viewer(person, found.group_id), found, verdict, MONDAY)
    db.session.commit()


def waiting(person: Person, admin: bool = False) -> list[int]:
    found, _later = queries.cases(person.id, admin)
    return [case.message.id for case in found]


def test_a_person_reports_a_message_once(ada: Person, bob: Person, eve: Person, group: int) -> None:
    post = say(bob, group)

    report(eve, post, "Ouch")
    report(eve, post, "Ouch again")
    report(ada, post)

    assert message(post).report_count == 2
    (case,), _later = queries.cases(ada.id, admin=False)
    assert [told.words for told in case.told] == ["Ouch", ""]


def test_an_animator_sees_what_waits_in_their_groups_and_an_administrator_everywhere(
    ada: Person, bob: Person, eve: Person, group: int
) -> None:
    post = say(bob, group)
    report(eve, post)

    assert waiting(ada) == [post]
    assert waiting(bob) == waiting(eve) == []
    assert len(waiting(make_person(), admin=True)) == 2


def test_what_is_kept_stands_and_the_case_is_closed(
    ada: Person, bob: Person, eve: Person, group: int
) -> None:
    post = say(bob, group)
    report(eve, post)

    for _ in range(2):
        services.keep(viewer(ada, group), message(post), MONDAY)

    assert waiting(ada) == []
    assert message(post).hidden_at is None
    closed = select(Report.outcome).where(Report.message_id == post)
    assert db.session.scalars(closed).all() == ["kept"]


def test_a_message_kept_can_be_reported_by_somebody_else(
    ada: Person, bob: Person, eve: Person, group: int
) -> None:
    post = say(bob, group)
    report(eve, post)
    services.keep(viewer(ada, group), message(post), MONDAY)

    report(eve, post)
    assert waiting(ada) == []
    report(ada, post)
    assert waiting(ada) == [post]


def test_what_is_hidden_is_read_by_its_author_with_the_reason_and_by_nobody_else(
    ada: Person, bob: Person, eve: Person, group: int
) -> None:
    post = say(bob, group, "Rude words")
    report(eve, post)

    hide(ada, post)
    hide(ada, post, Verdict("Another reason"))

    seen = {
        name: posts.post(viewer(person, group), group, post)
        for name, person in (("author", bob), ("reader", eve), ("animator", ada))
    }
    told = {name: (each.state, each.html, each.reason) for name, each in seen.items() if each}
    assert told == {
        "author": ("hidden", "<p>Rude words</p>", "That hurt."),
        "reader": ("hidden", "", ""),
        "animator": ("hidden", "<p>Rude words</p>", "That hurt."),
    }
    assert waiting(ada) == []


def test_hiding_can_be_undone(ada: Person, bob: Person, group: int) -> None:
    post = say(ada, group)
    comment = reply(bob, post)
    hide(ada, comment)
    assert message(post).comment_count == 0

    for _ in range(2):
        services.show(viewer(ada, group), message(comment))

    assert message(comment).hidden_reason == ""
    assert message(post).comment_count == 1


def test_an_answer_hidden_answers_no_more(
    ada: Person, bob: Person, eve: Person, group: int
) -> None:
    answer = reply(bob, say(eve, group, "Why?", question=True))
    mark(eve, answer)

    hide(ada, answer)

    assert not message(answer).answer


def test_the_author_of_what_is_hidden_may_be_removed_too(
    ada: Person, bob: Person, group: int
) -> None:
    hide(ada, say(bob, group), Verdict("Enough.", remove_author=True))

    assert rank(bob, group) is Rank.REMOVED


def test_the_only_animator_is_not_removed_with_their_words(
    ada: Person, bob: Person, group: int
) -> None:
    post = say(ada, group)
    admin = viewer(make_person(), group, admin=True)

    with pytest.raises(LastAnimator):
        services.hide(admin, message(post), Verdict("Enough.", remove_author=True), MONDAY)
    db.session.rollback()
    services.hide(admin, message(post), RUDE, MONDAY)

    assert message(post).hidden_at == MONDAY


def test_nobody_judges_their_own_words(ada: Person, eve: Person, group: int) -> None:
    post = say(ada, group)
    report(eve, post)

    with pytest.raises(NotAllowed):
        services.keep(viewer(ada, group), message(post), MONDAY)
    with pytest.raises(NotAllowed):
        hide(ada, post)

    (case,), _later = queries.cases(ada.id, admin=False)
    assert May.HIDE not in case.message.may


def test_members_neither_hide_nor_keep(bob: Person, eve: Person, group: int) -> None:
    post = say(bob, group)
    report(eve, post)

    with pytest.raises(NotAllowed):
        hide(eve, post)
    with pytest.raises(NotAllowed):
        services.keep(viewer(eve, group), message(post), MONDAY)


def test_what_is_hidden_cannot_be_edited_liked_or_commented(
    ada: Person, bob: Person, eve: Person, group: int
) -> None:
    post = say(bob, group)
    hide(ada, post)

    with pytest.raises(NotAllowed):
        writing.edit(viewer(bob, group), message(post), "Softer", MONDAY)
    for attempt in (like, reply):
        with pytest.raises(NotAllowed):
            attempt(eve, post)


def test_its_author_may_still_delete_what_was_hidden(ada: Person, bob: Person, group: int) -> None:
    post = say(ada, group)
    comment = reply(bob, post)
    hide(ada, comment)

    delete(bob, comment)

    assert (message(comment).hidden_at, message(comment).source) == (None, "")
    assert message(post).comment_count == 0


def test_an_administrator_decides_in_a_hidden_group_on_what_was_reported(
    ada: Person, bob: Person, eve: Person
) -> None:
    secret = make_group(ada, bob, eve, visibility=HIDDEN)
    post = say(bob, secret)
    report(eve, post)
    admin = make_person()

    assert post in waiting(admin, admin=True)
    services.hide(viewer(admin, secret, admin=True), message(post), RUDE, MONDAY)

    assert waiting(admin, admin=True) == []


def test_cases_are_read_page_by_page_the_oldest_first(
    ada: Person, bob: Person, eve: Person, group: int
) -> None:
    post = say(bob, group)
    written = [reply(bob, post, f"{number}") for number in range(queries.CASES + 2)]
    db.session.execute(update(Message).where(Message.id.in_(written)).values(report_count=1))

    first, cursor = queries.cases(ada.id, admin=False)
    second, end = queries.cases(ada.id, False, cursor or 0)

    assert [case.message.id for case in (*first, *second)] == written
    assert end is None


def test_reporting_is_slowed_down(bob: Person, group: int) -> None:
    post, busy = say(bob, group), make_person()
    for number in range(20):
        report(busy, reply(bob, post, f"{number}"))

    with pytest.raises(TooFast):
        report(busy, post)
