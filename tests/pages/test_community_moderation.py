"""Reporting a message, and the desk where it is decided."""

from collections.abc import Callable

import pytest
from flask import Flask

from academy.people.models import Person, Role
from tests.circles import HIDDEN, make_group, rank, reply, report, say
from tests.conftest import Counting
from tests.factories import make_person
from tests.pages.conftest import Behind, forge
from tests.visitor import Visitor


@pytest.fixture
def bob(behind: Behind) -> Person:
    """Who animates the group."""
    with behind():
        return make_person()


@pytest.fixture
def eve(behind: Behind) -> Person:
    """Who wrote it."""
    with behind():
        return make_person()


@pytest.fixture
def group(behind: Behind, bob: Person, ada: Person, eve: Person) -> int:
    with behind():
        return make_group(bob, ada, eve)


@pytest.fixture
def post(behind: Behind, eve: Person, group: int) -> int:
    with behind():
        return say(eve, group, "Buy my sofa.")


@pytest.fixture
def reported(behind: Behind, ada: Person, post: int) -> int:
    with behind():
        report(ada, post, "Not here.")
        return post


@pytest.fixture
def animator(app: Flask, bob: Person) -> Visitor:
    return Visitor(app).as_person(bob)


@pytest.fixture
def author(app: Flask, eve: Person) -> Visitor:
    return Visitor(app).as_person(eve)


@pytest.fixture
def administrator(app: Flask, behind: Behind) -> Visitor:
    with behind():
        return Visitor(app).as_person(make_person(Role.ADMIN))


def test_a_reader_reports_a_message_and_the_animators_find_it(
    reader: Visitor, animator: Visitor, group: int, post: int
) -> None:
    form = reader.get(f"/groups/{group}/messages/{post}/report")

    page = reader.submit(form, "/report", {"reason": "advert", "words": "A sofa, here?"})

    assert page.all(".tag-reported") == ["You reported it"]
    desk = animator.get(animator.get(f"/groups/{group}").link("1 message reported"))
    assert desk.all(".case .said-text") == ["Buy my sofa."]
    assert desk.all(".told li") == ["It has nothing to do here A sofa, here?"]
    assert "Ada" not in " ".join(desk.all(".told"))


def test_a_report_says_what_is_wrong(reader: Visitor, group: int, post: int) -> None:
    form = reader.get(f"/groups/{group}/messages/{post}/report")

    page = reader.submit(form, "/report", {"words": "Hm."}, 400)

    assert page.all(".field-error") == ["Say what is wrong with it."]


def test_nobody_reports_their_own_words(
    author: Visitor, group: int, post: int, rows: Callable[[], dict[str, int]]
) -> None:
    before = rows()

    author.get(f"/groups/{group}/messages/{post}/report", 404)
    forge(author, f"/groups/{group}/messages/{post}/report", {"reason": "rude"}, 403)

    assert rows() == before


def test_an_empty_desk_says_so(reader: Visitor) -> None:
    assert reader.get("/groups/moderation").all(".empty h2") == ["Nothing on the desk"]


@pytest.mark.usefixtures("reported")
def test_who_animates_nothing_has_nothing_on_the_desk(reader: Visitor, author: Visitor) -> None:
    for visitor in (reader, author):
        assert visitor.get("/groups/moderation").html.select(".case") == []


def test_keeping_closes_the_case(
    reader: Visitor, animator: Visitor, group: int, reported: int
) -> None:
    page = animator.submit(animator.get("/groups/moderation"), f"{reported}/keep")

    assert page.all(".empty h2") == ["Nothing on the desk"]
    assert reader.get(f"/groups/{group}").all(".said-text") == ["Buy my sofa."]


def test_hiding_tells_the_author_why_and_the_others_only_that(
    reader: Visitor, animator: Visitor, author: Visitor, group: int, reported: int
) -> None:
    form = animator.get(animator.get("/groups/moderation").link("Hide it"))
    assert animator.submit(form, "/hide", {}, 400).all(".field-error") == [
        "Its author deserves to know why."
    ]

    animator.submit(form, "/hide", {"reason": "There is a notice board for sofas."})

    assert reader.get(f"/groups/{group}").all(".message .gone") == ["Hidden by an animator."]
    assert "sofa" not in reader.get(f"/groups/{group}/posts/{reported}").text
    told = author.get(f"/groups/{group}")
    assert told.all(".message .gone") == [
        "Hidden by an animator. The reason: There is a notice board for sofas."
    ]
    assert told.all(".said-text") == ["Buy my sofa."]
    assert told.all(".message-menu a") == ["Delete"]


def test_an_animator_shows_again_what_was_hidden(
    reader: Visitor, animator: Visitor, group: int, reported: int
) -> None:
    form = animator.get(f"/groups/{group}/messages/{reported}/hide")
    animator.submit(form, "/hide", {"reason": "Hm."})

    animator.submit(animator.get(f"/groups/{group}"), f"{reported}/show")

    assert reader.get(f"/groups/{group}").all(".said-text") == ["Buy my sofa."]


def test_hiding_may_remove_the_author_too(
    behind: Behind, animator: Visitor, author: Visitor, eve: Person, group: int, reported: int
) -> None:
    form = animator.get(f"/groups/{group}/messages/{reported}/hide")

    animator.submit(form, "/hide", {"reason": "Third sofa.", "remove_author": "y"})

    with behind():
        assert rank(eve, group) == "removed"
    assert "An animator removed you" in author.get(f"/groups/{group}").text


@pytest.mark.parametrize("act", ["keep", "hide", "show"])
def test_a_member_decides_nothing(
    reader: Visitor, animator: Visitor, group: int, reported: int, act: str
) -> None:
    before = animator.get("/groups/moderation").all(".case")

    forge(reader, f"/groups/{group}/messages/{reported}/{act}", {"reason": "Hm."}, 404)

    assert animator.get("/groups/moderation").all(".case") == before
    assert len(before) == 1


def test_an_animators_own_words_wait_for_somebody_else(
    behind: Behind,
    animator: Visitor,
    administrator: Visitor,
    bob: Person,
    ada: Person,
    group: int,
) -> None:
    with behind():
        mine = say(bob, group, "Because I say so.")
        report(ada, mine)

    desk = animator.get("/groups/moderation")
    forge(animator, f"/groups/{group}/messages/{mine}/keep", {}, 403)
    forge(animator, f"/groups/{group}/messages/{mine}/hide", {"reason": "Hm."}, 403)

    assert "another animator or an administrator decides" in desk.text
    assert desk.html.select(".case form") == []
    assert administrator.get("/groups/moderation").form(f"{mine}/keep")


def test_an_administrator_decides_without_entering_a_hidden_group(
    behind: Behind, administrator: Visitor, bob: Person, ada: Person
) -> None:
    with behind():
        secret = make_group(bob, ada, visibility=HIDDEN)
        post = say(bob, secret, "Rude words")
        report(ada, post)

    desk = administrator.get("/groups/moderation")
    administrator.get(f"/groups/{secret}", 404)
    administrator.get(f"/groups/{secret}/posts/{post}", 404)
    administrator.submit(
        administrator.get(desk.link("Hide it")), "/hide", {"reason": "Kindly, please."}
    )

    assert administrator.get("/groups/moderation").html.select(".case") == []


def test_the_desk_costs_the_same_however_much_was_reported(
    behind: Behind,
    animator: Visitor,
    ada: Person,
    eve: Person,
    bob: Person,
    post: int,
    count_statements: Counting,
) -> None:
    with behind():
        for number in range(8):
            comment = reply(eve, post, f"{number}")
            report(ada, comment)
            report(bob, comment)

    with count_statements() as seen:
        page = animator.get("/groups/moderation")

    assert len(page.html.select(".case")) == 8
    assert len(seen) == 3, seen
