"""Writing, liking, answering: once each, and only what is one's own."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from academy.community.groups import queries as groups
from academy.community.groups.services import TooFast
from academy.community.models import Like, Message, Report
from academy.community.posts import queries, services
from academy.community.posts.services import NotAllowed
from academy.community.ranks import Act
from academy.database import db
from academy.deeds.models import Deed, Verb
from academy.people.models import Person
from academy.rewards import queries as rewards
from tests.circles import (
    CLOSED,
    delete,
    draft,
    like,
    make_group,
    mark,
    message,
    move,
    reply,
    report,
    say,
    viewer,
)
from tests.conftest import MONDAY
from tests.factories import make_person
from tests.services.crowd import all_at_once


@pytest.fixture
def ada(context: Flask) -> Person:
    return make_person()


@pytest.fixture
def bob(context: Flask) -> Person:
    return make_person()


@pytest.fixture
def group(ada: Person, bob: Person) -> int:
    """Ada's group, with Bob in it, and noise in another one."""
    stranger = make_person()
    say(stranger, make_group(stranger, ada), "Elsewhere.")
    return make_group(ada, bob)


def texts(person: Person, group: int) -> list[str]:
    found, _older = queries.posts(viewer(person, group), group)
    return [post.html for post in found]


def test_a_post_is_rendered_when_written_and_both_sides_are_kept(ada: Person, group: int) -> None:
    post = message(say(ada, group, "It *works*."))

    assert (post.source, post.html) == ("It *works*.", "<p>It <em>works</em>.</p>")
    assert post.language == "en"


def test_the_newest_post_comes_first(ada: Person, bob: Person, group: int) -> None:
    say(ada, group, "First")
    say(bob, group, "Second")

    assert texts(bob, group) == ["<p>Second</p>", "<p>First</p>"]


def test_posts_and_comments_are_read_page_by_page(ada: Person, bob: Person, group: int) -> None:
    days = [MONDAY + timedelta(hours=hour) for hour in range(queries.COMMENTS + 2)]
    who = viewer(ada, group)
    written = [
        services.write(who, group, draft(f"{day}"), day) for day in days[: queries.POSTS + 2]
    ]
    said = [reply(bob, written[0], f"{day}", day) for day in days]

    first, cursor = queries.posts(who, group)
    second, end = queries.posts(who, group, cursor)
    early, after = queries.comments(who, written[0])
    late, no_more = queries.comments(who, written[0], after or 0)

    assert [post.id for post in (*first, *second)] == written[::-1]
    assert [comment.id for comment in (*early, *late)] == said
    assert (end, no_more) == (None, None)


def test_the_same_form_publishes_once_and_another_text_is_not_lost(ada: Person, group: int) -> None:
    who = viewer(ada, group)

    twice = {services.write(who, group, draft("Hello", token="t"), MONDAY) for _ in range(2)}
    other = services.write(who, group, draft("Hello again", token="t"), MONDAY)

    assert len(twice) == 1
    assert other not in twice


def test_a_comment_sent_twenty_times_at_once_is_one_comment(app: Flask) -> None:
    with app.app_context():
        ada = make_person()
        group = make_group(ada)
        post = say(ada, group)
        who = viewer(ada, group)

    def comment(_which: int) -> int:
        return services.comment(who, message(post), draft("Once", token="t"), MONDAY)

    numbers = all_at_once(app, comment)

    with app.app_context():
        assert len(set(numbers)) == 1
        assert message(post).comment_count == 1


def test_only_members_write_comment_and_like(ada: Person, group: int) -> None:
    eve = viewer(make_person(), group)
    post = say(ada, group)

    with pytest.raises(NotAllowed):
        services.write(eve, group, draft("Hello"), MONDAY)
    with pytest.raises(NotAllowed):
        services.comment(eve, message(post), draft("Hello"), MONDAY)
    with pytest.raises(NotAllowed):
        services.like(eve, message(post), True, MONDAY)


def test_a_comment_has_no_comments(ada: Person, bob: Person, group: int) -> None:
    comment = reply(bob, say(ada, group))

    with pytest.raises(NotAllowed):
        services.comment(viewer(ada, group), message(comment), draft("Deeper"), MONDAY)


def test_posting_is_slowed_down_and_a_repeated_form_is_not_counted(ada: Person, group: int) -> None:
    who = viewer(ada, group)
    for number in range(12):
        services.write(who, group, draft(f"{number}", token="t"), MONDAY)

    services.write(who, group, draft("0", token="t"), MONDAY)
    with pytest.raises(TooFast):
        services.write(who, group, draft("One more"), MONDAY)
    db.session.rollback()
    assert services.write(who, group, draft("Later"), MONDAY + timedelta(minutes=10))


def test_one_edits_ones_own_words_only(ada: Person, bob: Person, group: int) -> None:
    post = say(bob, group, "Teh")

    services.edit(viewer(bob, group), message(post), "*The*", MONDAY)
    with pytest.raises(NotAllowed):
        services.edit(viewer(ada, group), message(post), "Mine now", MONDAY)

    assert texts(ada, group) == ["<p><em>The</em></p>"]
    assert message(post).edited_at == MONDAY


def test_saving_the_same_words_edits_nothing(ada: Person, group: int) -> None:
    post = say(ada, group, "Same")

    services.edit(viewer(ada, group), message(post), "Same", MONDAY)

    assert message(post).edited_at is None


def test_what_is_deleted_leaves_its_place_and_not_a_word(
    ada: Person, bob: Person, group: int
) -> None:
    post = say(bob, group, "Oops")
    reply(ada, post, "I read it.")
    like(ada, post)
    report(ada, post)

    delete(bob, post)
    delete(bob, post)

    seen = queries.post(viewer(ada, group), group, post)
    assert seen is not None
    assert (seen.state, seen.html, seen.may) == ("deleted", "", frozenset())
    gone = message(post)
    assert (gone.source, gone.html, gone.like_count, gone.report_count) == ("", "", 0, 0)
    assert gone.comment_count == 1
    assert db.session.scalar(select(func.count()).select_from(Like)) == 0
    assert db.session.scalars(select(Report.outcome)).all() == ["deleted"]


def test_the_database_keeps_no_deleted_words(ada: Person, group: int) -> None:
    post = say(ada, group)

    with pytest.raises(IntegrityError):
        db.session.execute(update(Message).where(Message.id == post).values(deleted_at=MONDAY))


def test_nothing_is_added_to_what_was_deleted(ada: Person, bob: Person, group: int) -> None:
    post = say(bob, group)
    delete(bob, post)

    for attempt in (reply, like):
        with pytest.raises(NotAllowed):
            attempt(ada, post)


def test_a_comment_deleted_is_no_longer_counted(ada: Person, bob: Person, group: int) -> None:
    post = say(ada, group)
    first, _second = reply(bob, post), reply(bob, post, "Another")

    delete(bob, first)

    assert message(post).comment_count == 1


def test_a_like_counts_once_and_can_be_taken_back(ada: Person, bob: Person, group: int) -> None:
    post = say(ada, group)

    counts = []
    for wanted in (True, True, False, False, True):
        like(bob, post, wanted)
        counts.append(message(post).like_count)

    assert counts == [1, 1, 0, 0, 1]


def test_a_crowd_that_likes_at_once_is_counted_exactly(app: Flask) -> None:
    with app.app_context():
        ada = make_person()
        people = [make_person() for _ in range(10)]
        group = make_group(ada, *people)
        post = say(ada, group)
        viewers = [viewer(person, group) for person in people]

    all_at_once(app, lambda which: services.like(viewers[which % 10], message(post), True, MONDAY))

    with app.app_context():
        assert message(post).like_count == 10


def test_nobody_likes_their_own_words(ada: Person, group: int) -> None:
    with pytest.raises(NotAllowed):
        like(ada, say(ada, group))


def test_a_reader_sees_what_they_liked_and_reported(ada: Person, bob: Person, group: int) -> None:
    post = say(ada, group)
    like(bob, post)
    report(bob, post)

    mine = queries.post(viewer(bob, group), group, post)
    others = queries.post(viewer(ada, group), group, post)

    assert mine is not None
    assert others is not None
    assert (mine.liked, mine.reported) == (True, True)
    assert (others.liked, others.reported) == (False, False)


def helped(person: Person) -> int:
    return rewards.tallies(person.id).get(Verb.ANSWER_HELPED, 0)


def test_an_answer_that_helped_pays_its_author_once(ada: Person, bob: Person, group: int) -> None:
    question = say(ada, group, "Why?", question=True)
    answer = reply(bob, question, "Because.")

    for wanted in (True, True, False, True):
        mark(ada, answer, wanted)

    assert helped(bob) == 1
    paid = rewards.balances(bob.id)
    assert (paid.points, paid.keys) == (10 + 15, 1)
    assert rewards.held(bob.id) == {"lifeline"}
    (deed,) = db.session.scalars(select(Deed).where(Deed.verb == Verb.ANSWER_HELPED)).all()
    assert (deed.person_id, deed.subject) == (bob.id, str(answer))


def test_answering_oneself_pays_nothing(ada: Person, group: int) -> None:
    question = say(ada, group, "Why?", question=True)
    answer = reply(ada, question, "Never mind, found it.")

    mark(ada, answer)

    assert message(answer).answer
    assert helped(ada) == 0


def test_several_answers_to_one_question_pay_their_author_once(
    ada: Person, bob: Person, group: int
) -> None:
    question = say(ada, group, "Why?", question=True)

    for text in ("Because.", "And also."):
        mark(ada, reply(bob, question, text))

    assert helped(bob) == 1


def test_a_question_has_one_answer_at_most(ada: Person, bob: Person, group: int) -> None:
    question = say(ada, group, "Why?", question=True)
    first, second = reply(bob, question, "Because."), reply(ada, question, "Or else.")

    mark(ada, first)
    mark(ada, second)

    answers = db.session.scalars(select(Message.id).where(Message.answer)).all()
    assert answers == [second]
    seen = queries.answer(viewer(bob, group), question)
    assert seen is not None
    assert seen.id == second


def test_an_animator_marks_the_answer_to_anybodys_question(
    ada: Person, bob: Person, group: int
) -> None:
    eve = make_person()
    move(Act.ADMIT, eve, group)
    answer = reply(eve, say(bob, group, "Why?", question=True))

    with pytest.raises(NotAllowed):
        mark(eve, answer)
    mark(ada, answer)

    assert message(answer).answer


def test_a_post_that_asks_nothing_has_no_answer(ada: Person, bob: Person, group: int) -> None:
    comment = reply(bob, say(ada, group, "I say."))

    with pytest.raises(NotAllowed):
        mark(ada, comment)


def test_an_answer_deleted_answers_no_more(ada: Person, bob: Person, group: int) -> None:
    question = say(ada, group, "Why?", question=True)
    answer = reply(bob, question)
    mark(ada, answer)

    delete(bob, answer)

    seen = queries.post(viewer(ada, group), group, question)
    assert seen is not None
    assert not seen.answered
    assert helped(bob) == 1


def test_the_last_posts_moment_is_told_with_each_group(ada: Person, bob: Person) -> None:
    quiet = make_group(ada, bob, visibility=CLOSED)
    busy = make_group(ada, bob)
    services.write(viewer(ada, busy), busy, draft("Late"), MONDAY + timedelta(days=1))
    reply(bob, say(ada, busy), at=MONDAY + timedelta(days=2))

    told = {group.id: group.posted_at for group in groups.mine(bob.id).groups}

    assert told == {quiet: None, busy: MONDAY}
