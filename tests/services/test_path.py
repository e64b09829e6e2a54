"""What people say of a notion: kept once, taken back, and heard by the minute."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import func, select

from academy.catalog import releases
from academy.catalog.tracks import StepKind
from academy.daily import asking, queries, standing
from academy.daily import services as daily
from academy.daily.asking import Facts
from academy.daily.hearing import Heard, Heards, Verdict, Word
from academy.daily.models import NotionWord
from academy.daily.path import services, words
from academy.daily.path.services import NoSuchNotion
from academy.daily.standing import Standing
from academy.daily.states import State, Went
from academy.daily.words import because, why
from academy.database import db
from academy.mastery import choosing, minds, numbers
from academy.mastery import queries as mastery
from academy.mastery.mind import Trace, moment
from academy.mastery.taste import Reason, Situation
from academy.people.models import Person
from tests.conftest import MONDAY
from tests.evenings import asked_of_everybody
from tests.factories import TODAY, do_round, draw, learner, make_person, trace_of
from tests.services.editions import publish, without_questions

TOMORROW = MONDAY + timedelta(days=1)


@pytest.fixture
def last() -> str:
    """The last notion of the path: the engine would not ask it for weeks."""
    return list(releases.current().notions)[-1]


def words_kept() -> int:
    return db.session.scalar(select(func.count()).select_from(NotionWord)) or 0


def stands(person: Person, notion: str) -> standing.Standing:
    heard = said(person)
    people = numbers.in_force().model.memory
    return standing.standing(notion, trace_of(person, notion), heard, TOMORROW, people)


def said(person: Person) -> Heards:
    return queries.facts_of(person.id, TODAY).heard


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

    assert said(ada) == {last: Heard(Word.KNOWN)}


def test_what_was_said_can_be_taken_back_as_often_as_one_likes(context: Flask, last: str) -> None:
    ada, bob = make_person(), make_person()
    for person in (ada, bob):
        services.say(person.id, last, Word.NOT_MINE, MONDAY)

    for _ in range(2):
        services.take_back(ada.id, last)

    assert said(ada) == {}
    assert said(bob) == {last: Heard(Word.NOT_MINE)}


def test_a_notion_that_does_not_exist_cannot_be_spoken_of(context: Flask) -> None:
    with pytest.raises(NoSuchNotion):
        services.say(make_person().id, "nothing", Word.KNOWN, MONDAY)
    assert words_kept() == 0


def test_what_is_not_for_the_job_is_not_asked_in_the_minute(context: Flask) -> None:
    ada, bob = make_person(), make_person()
    asked = {each.notion for each in draw(bob).choices}

    for notion in asked:
        services.say(ada.id, notion, Word.NOT_MINE, MONDAY)

    assert asked.isdisjoint(each.notion for each in draw(ada).choices)


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

    assert [(each.notion, each.reason) for each in drawn.choices] == [(last, "confirm")]
    with force_locale("en"):
        assert "one minute to confirm it" in why(drawn.about(1))


def test_once_answered_right_it_is_mastered_and_not_asked_the_next_day(
    context: Flask, last: str
) -> None:
    ada = make_person()
    services.say(ada.id, last, Word.KNOWN, MONDAY)
    do_round(ada)

    assert stands(ada, last).verdict is Verdict.CONFIRMED
    assert stands(ada, last).state is State.MASTERED
    assert last not in {each.notion for each in draw(ada, TOMORROW).choices}


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
    tomorrow = learner(ada, TOMORROW.date())
    mind, facts = mastery.mind_of(ada.id), queries.facts_of(ada.id, tomorrow.today)
    chooser = asking.chooser(tomorrow, asked_of_everybody(), mind, facts, TOMORROW, 1)

    ahead = choosing.outlook(chooser, 3)

    assert len({each.notion for each in ahead}) == 3
    drawn = Counter(
        choosing.compose(chooser._replace(situation=Situation(chooser.situation.now, seed)))[
            0
        ].notion
        for seed in range(60)
    )
    assert drawn.most_common(1)[0][0] in {each.notion for each in ahead}


def test_tracks_and_seasons_speak_for_their_ideas(context: Flask) -> None:
    catalog, ada = releases.current(), make_person()
    track = next(iter(catalog.tracks.values()))
    lessons = [step.key for step in track.steps if step.kind is StepKind.LESSON]

    chooser = asking.chooser(
        learner(ada), catalog, minds.stranger(), Facts(tracks={track.key}), MONDAY, 1
    )

    leaning = {
        notion: leaning.track for notion, leaning in chooser.leanings.items() if leaning.track != 1
    }
    assert set(leaning) == {
        notion.key for notion in catalog.notions.values() if notion.lesson in lessons
    }
    assert set(leaning.values()) == {asking.ON_TRACK}


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
    chosen = replace(do_round(make_person()).choices[0], reason=reason, recall=0.84)

    with force_locale("en"):
        minute = why(chosen)
        path = words.coming(reason, Standing(State.MET, went=Went.RIGHT), TOMORROW)
        rule = because(reason)

    assert minute.startswith(rule)
    assert path.startswith(rule)
    assert ("84 chances in 100" in minute) == (reason is Reason.FADING)


def test_a_reason_does_not_call_known_what_never_was(context: Flask) -> None:
    with force_locale("en"):
        told = words.coming(Reason.FADING, Standing(State.MET), TOMORROW)

    assert told == "You have met it, and it did not stick yet: it comes back."


def test_what_is_said_to_hold_for_a_month_is_mastered_and_nothing_else_is(context: Flask) -> None:
    people = numbers.in_force().model.memory
    trace = Trace(
        kappa=0.98, stability=20.0, last=moment(MONDAY), answers=1, right=1, last_right=True
    )
    told: dict[State, set[bool]] = {}
    with force_locale("en"):
        for days in range(170):
            at = MONDAY + timedelta(days=days)
            found = standing.standing("a", trace, {}, at, people)
            told.setdefault(found.state, set()).add("month" in words.told(found, True, at))

    assert told == {State.MASTERED: {True}, State.MET: {False}, State.FADING: {False}}
