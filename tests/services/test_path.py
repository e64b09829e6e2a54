"""What people say of a notion: kept once, taken back, and heard by the minute."""

from datetime import timedelta

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import func, select

from academy.catalog import releases
from academy.daily import queries, standing
from academy.daily import services as daily
from academy.daily.hearing import Heard, Verdict, Word
from academy.daily.models import NotionWord
from academy.daily.path import services, words
from academy.daily.path.services import NoSuchNotion
from academy.daily.standing import Standing
from academy.daily.states import State
from academy.daily.words import because, why
from academy.database import db
from academy.mastery import engine
from academy.mastery.engine import Reason
from academy.people.models import Person
from tests.conftest import MONDAY
from tests.factories import do_round, draw, learner, make_person
from tests.services.editions import publish, without_questions

TOMORROW = MONDAY + timedelta(days=1)


@pytest.fixture
def last() -> str:
    """The last notion of the path: the engine would not ask it for weeks."""
    return list(releases.current().notions)[-1]


def words_kept() -> int:
    return db.session.scalar(select(func.count()).select_from(NotionWord)) or 0


def stands(person: Person, notion: str) -> standing.Standing:
    known = standing.memories(person.id)
    return standing.standing(notion, known.get(notion), queries.words_said(person.id), TOMORROW)


def test_saying_it_twice_says_it_once_and_the_first_time_stays(context: Flask, last: str) -> None:
    ada = make_person()

    for at in (MONDAY, TOMORROW):
        services.say(ada.id, last, Word.NOT_MINE, at)

    assert words_kept() == 1
    assert db.session.scalar(select(NotionWord.at)) == MONDAY


def test_a_new_word_takes_the_place_of_the_one_before(context: Flask, last: str) -> None:
    ada = make_person()

    services.say(ada.id, last, Word.NOT_MINE, MONDAY)
    services.say(ada.id, last, Word.KNOWN, TOMORROW)

    assert queries.words_said(ada.id) == {last: Heard(Word.KNOWN)}


def test_what_was_said_can_be_taken_back_as_often_as_one_likes(context: Flask, last: str) -> None:
    ada, bob = make_person(), make_person()
    for person in (ada, bob):
        services.say(person.id, last, Word.NOT_MINE, MONDAY)

    for _ in range(2):
        services.take_back(ada.id, last)

    assert queries.words_said(ada.id) == {}
    assert queries.words_said(bob.id) == {last: Heard(Word.NOT_MINE)}


def test_a_notion_that_does_not_exist_cannot_be_spoken_of(context: Flask) -> None:
    with pytest.raises(NoSuchNotion):
        services.say(make_person().id, "nothing", Word.KNOWN, MONDAY)
    assert words_kept() == 0


def test_what_is_not_for_the_job_is_not_asked_in_the_minute(context: Flask) -> None:
    ada, bob = make_person(), make_person()
    first = draw(bob).notion

    services.say(ada.id, first, Word.NOT_MINE, MONDAY)

    assert draw(ada).notion != first


def test_whoever_keeps_nothing_for_the_minute_is_asked_nothing(context: Flask) -> None:
    ada = make_person()
    for notion in releases.current().notions:
        services.say(ada.id, notion, Word.NOT_MINE, MONDAY)

    assert daily.draw(learner(ada), MONDAY, 1) is None


def test_what_somebody_knows_already_is_asked_at_the_next_minute_and_says_why(
    context: Flask, last: str
) -> None:
    ada = make_person()
    services.say(ada.id, last, Word.KNOWN, MONDAY)

    drawn = draw(ada)

    assert (drawn.notion, drawn.reason) == (last, "claimed")
    with force_locale("en"):
        assert "one minute to confirm it" in why(drawn)


def test_once_answered_right_it_is_mastered_and_not_asked_the_next_day(
    context: Flask, last: str
) -> None:
    ada = make_person()
    services.say(ada.id, last, Word.KNOWN, MONDAY)
    do_round(ada)

    assert stands(ada, last).verdict is Verdict.CONFIRMED
    assert stands(ada, last).state is State.MASTERED
    assert draw(ada, TOMORROW).notion != last


def test_once_answered_wrong_it_is_learnt_like_any_other(context: Flask, last: str) -> None:
    ada = make_person()
    services.say(ada.id, last, Word.KNOWN, MONDAY)
    do_round(ada, right=False)

    assert stands(ada, last).verdict is Verdict.DENIED
    assert stands(ada, last).state is State.MET


def test_who_was_wrong_once_may_say_it_again(context: Flask, last: str) -> None:
    ada = make_person()
    services.say(ada.id, last, Word.KNOWN, MONDAY)
    do_round(ada, right=False)

    services.say(ada.id, last, Word.KNOWN, TOMORROW)

    assert stands(ada, last).verdict is Verdict.WAITING
    assert draw(ada, TOMORROW).notion == last


def test_a_word_outlives_the_notion_it_was_said_of(
    context: Flask, monkeypatch: pytest.MonkeyPatch, last: str
) -> None:
    ada = make_person()
    services.say(ada.id, last, Word.KNOWN, MONDAY)
    gone = releases.current().questions_of[last]
    publish(context, monkeypatch, without_questions(releases.current(), *gone))

    assert draw(ada).notion != last
    services.take_back(ada.id, last)
    assert words_kept() == 0


def test_what_comes_next_is_what_the_minute_would_ask(context: Flask) -> None:
    ada = make_person()
    do_round(ada)
    known = standing.memories(ada.id)
    facts = queries.candidates(releases.current(), known, {}, (), releases.current().lessons)

    ahead = standing.ahead(facts, 3, TOMORROW)

    assert len({each.notion for each in ahead}) == 3
    assert draw(ada, TOMORROW).notion == ahead[0].notion


def test_the_chance_of_remembering_falls_with_time(context: Flask) -> None:
    ada = make_person()
    drawn = do_round(ada)

    found = stands(ada, drawn.notion)

    assert found.now is not None
    assert found.in_a_month is not None
    assert 0 < found.in_a_month < found.now < 1
    assert found.fades_at is not None
    assert stands(ada, "elsewhere").state is State.TO_COME


@pytest.mark.parametrize("reason", Reason)
def test_the_minute_and_the_path_give_the_same_reason(context: Flask, reason: Reason) -> None:
    drawn = do_round(make_person())
    drawn.reason, drawn.recall = reason, 0.84

    with force_locale("en"):
        minute = why(drawn)
        path = words.coming(reason, Standing(State.MET, ever_right=True), TOMORROW)
        rule = because(reason)

    assert minute.startswith(rule)
    assert path.startswith(rule)
    assert ("84 chances in 100" in minute) == (reason in (Reason.FADING, Reason.WEAKEST))


def test_a_reason_does_not_call_known_what_never_was(context: Flask) -> None:
    with force_locale("en"):
        told = words.coming(Reason.WEAKEST, Standing(State.MET), TOMORROW)

    assert told == "You have met it, and it did not stick yet: it comes back."


def test_what_is_said_to_hold_for_a_month_is_mastered_and_nothing_else_is(context: Flask) -> None:
    memory = engine.learn(None, "a-question", True, MONDAY, MONDAY.date())
    told: dict[State, set[bool]] = {}
    with force_locale("en"):
        for days in range(70):
            at = MONDAY + timedelta(days=days)
            found = standing.standing("a", memory, {}, at)
            told.setdefault(found.state, set()).add("month" in words.told(found, True, at))

    assert told == {State.MASTERED: {True}, State.MET: {False}, State.FADING: {False}}
