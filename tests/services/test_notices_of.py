"""Who is told of what: awards, comments, answers, reports, roles lent."""

import pytest
from flask import Flask
from flask_babel import force_locale

from academy.community.ranks import Act
from academy.database import db
from academy.notices import queries
from academy.notices.kinds import Kind
from academy.notices.services import News, tell
from academy.notices.words import said, target
from academy.people.models import Person, Role
from academy.people.roles import queries as roles
from academy.people.roles import services as lending
from tests import circles
from tests.conftest import MONDAY, Counting
from tests.factories import TODAY, do_round, earn_passport, make_person
from tests.postbox import mails
from tests.services.test_lent_roles import THIS_WEEK, grant_of


@pytest.fixture
def ada(context: Flask) -> Person:
    return make_person()


@pytest.fixture
def bob(context: Flask) -> Person:
    return make_person()


def told(app: Flask, person: Person) -> list[str]:
    """The sentences, in the person's language, the latest first."""
    with app.test_request_context(), force_locale(person.language):
        return [said(each) for each in queries.page(person.id)[0]]


def test_each_award_is_told_in_the_transaction_that_grants_it(context: Flask, ada: Person) -> None:
    do_round(ada)
    do_round(ada)

    assert told(context, ada) == ["You have earned “First minute”."]


@pytest.mark.parametrize("metal", ["gold", "silver", "bronze"])
def test_a_medal_says_its_metal(context: Flask, ada: Person, metal: str) -> None:
    data = {"title": {"en": "Faithful"}, "medal": metal}
    tell([ada.id], News(Kind.BADGE, "award:faithful", data), MONDAY)

    assert told(context, ada) == [f"You have earned “Faithful”, in {metal}."]


@pytest.mark.parametrize(
    ("kind", "page"),
    [
        (Kind.BADGE, "rewards.awards"),
        (Kind.VISA, "passport.passport"),
        (Kind.PASSPORT, "passport.passport"),
        (Kind.REPORT, "community.moderation.desk"),
        (Kind.ANSWERED, "reports.mine"),
        (Kind.ROLE, "roles.delegations"),
    ],
)
def test_each_notice_leads_to_its_page(context: Flask, ada: Person, kind: Kind, page: str) -> None:
    tell([ada.id], News(kind, "something"), MONDAY)

    assert target(queries.page(ada.id)[0][0])[0] == page


def test_comments_are_counted_in_one_sentence(context: Flask, ada: Person, bob: Person) -> None:
    group = circles.make_group(ada, bob)
    post = circles.say(ada, group)
    for words in ("One.", "Two."):
        circles.reply(bob, post, words)

    assert told(context, ada) == [
        f"2 new comments on your post in “Paper lovers”, the latest by Ada {bob.family_name}."
    ]


def test_an_answer_that_earns_nothing_writes_no_notice(
    context: Flask, ada: Person, count_statements: Counting
) -> None:
    do_round(ada, MONDAY.replace(day=1))

    with count_statements() as statements:
        do_round(ada)

    assert [each for each in statements if "notice" in each] == []


def test_the_passport_is_told_with_its_visas_and_goes_by_mail(context: Flask, ada: Person) -> None:
    earn_passport(ada)

    sentences = told(context, ada)

    assert "Your digital passport is issued. Well travelled!" in sentences
    assert "A stamp for your passport: Digital culture visa." in sentences
    (mail,) = mails(context)
    assert mail.subject == "Your digital passport is issued. Well travelled!"
    assert mail.address == ada.email


def test_a_reader_of_french_is_told_in_french(context: Flask) -> None:
    lea = make_person(language="fr")

    do_round(lea)

    assert told(context, lea) == ["Vous avez obtenu «\xa0Première minute\xa0»."]


def test_the_author_of_a_post_is_told_of_comments_and_nobody_else(
    context: Flask, ada: Person, bob: Person
) -> None:
    group = circles.make_group(ada, bob)
    post = circles.say(ada, group)

    circles.reply(ada, post)
    comment = circles.reply(bob, post)

    assert told(context, ada) == [
        f"Ada {bob.family_name} commented on your post in “Paper lovers”."
    ]
    assert told(context, bob) == []
    found = queries.page(ada.id)[0][0]
    place = {"number": group, "post": post, "_anchor": f"message-{comment}"}
    assert target(found) == ("community.posts.post", place)


def test_who_asked_is_told_of_answers_gathered(context: Flask, ada: Person, bob: Person) -> None:
    group = circles.make_group(ada, bob)
    post = circles.say(ada, group, question=True)

    for words in ("Try paper.", "Or ink.", "Or both."):
        circles.reply(bob, post, words)

    assert told(context, ada) == [
        f"3 answers to your question in “Paper lovers”, the latest by Ada {bob.family_name}."
    ]


def test_who_may_not_read_the_group_any_more_is_told_nothing(
    context: Flask, ada: Person, bob: Person
) -> None:
    group = circles.make_group(bob, ada, visibility=circles.CLOSED)
    post = circles.say(ada, group)
    circles.move(Act.REMOVE, ada, group)

    circles.reply(bob, post)

    assert told(context, ada) == []


def test_whose_answer_is_marked_is_told_once(context: Flask, ada: Person, bob: Person) -> None:
    group = circles.make_group(ada, bob)
    answer = circles.reply(bob, circles.say(ada, group, question=True))

    for wanted in (True, False, True):
        circles.mark(ada, answer, wanted)

    thanks = "Your answer in “Paper lovers” was marked as the answer. Thank you!"
    assert told(context, bob).count(thanks) == 1


def test_marking_ones_own_answer_tells_nobody(context: Flask, ada: Person) -> None:
    group = circles.make_group(ada)
    circles.mark(ada, circles.reply(ada, circles.say(ada, group, question=True)))

    assert told(context, ada) == []


def test_a_report_is_told_to_animators_who_neither_wrote_nor_reported(
    context: Flask, ada: Person, bob: Person
) -> None:
    eve, joe = make_person(), make_person()
    group = circles.make_group(ada, bob, eve, joe)
    for animator in (bob, eve):
        circles.move(Act.APPOINT, animator, group)
    message = circles.say(bob, group)

    circles.report(eve, message, "Too loud.")
    circles.report(joe, message, "Much too loud.")

    assert told(context, ada) == ["2 reports wait for the animators of “Paper lovers”."]
    assert told(context, eve) == ["1 report waits for the animators of “Paper lovers”."]
    assert [told(context, bob), told(context, joe)] == [[], []]
    assert queries.page(ada.id)[0][0].actor is None


def test_a_role_lent_is_told_once_its_letter_is_carried(context: Flask) -> None:
    lender, colleague = make_person(Role.HR), make_person()
    mine = roles.grant_numbered(grant_of(lender).id)
    assert mine is not None
    lending.lend(mine, colleague, THIS_WEEK, TODAY, MONDAY)
    db.session.commit()

    letters = mails(context)

    assert [mail.subject for mail in letters] == ["A role is lent to you"]
    who = f"Ada {lender.family_name}"
    assert told(context, colleague) == [
        f"{who} lends you the role “Human resources” until 6 March 2026."
    ]
    assert told(context, lender) == []


def test_a_role_taken_back_at_once_is_not_told(context: Flask) -> None:
    lender, colleague = make_person(Role.HR), make_person()
    mine = roles.grant_numbered(grant_of(lender).id)
    assert mine is not None
    lent = lending.lend(mine, colleague, THIS_WEEK, TODAY, MONDAY)
    lending.revoke(lent, lender.id, MONDAY)
    db.session.commit()

    mails(context)

    assert told(context, colleague) == []


def test_a_colleague_who_left_is_no_longer_named(context: Flask, ada: Person, bob: Person) -> None:
    group = circles.make_group(ada, bob)
    circles.reply(bob, circles.say(ada, group))
    db.session.delete(bob)
    db.session.commit()

    assert told(context, ada) == [
        "A colleague who has left commented on your post in “Paper lovers”."
    ]
