"""Drawing the day's round: once a day, about what matters most, and fair to the person."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from academy.catalog import releases
from academy.catalog.tree import Barrier
from academy.daily import asking, queries, services
from academy.daily.models import Round
from academy.database import db
from academy.mastery import belief, choosing, numbers
from academy.mastery import queries as mastery
from academy.mastery.choosing import Ahead
from academy.mastery.mind import moment
from academy.mastery.taste import Reason
from academy.people.models import Person
from tests.conftest import MONDAY
from tests.factories import (
    TODAY,
    do_round,
    draw,
    learner,
    make_person,
    read_lesson,
    trace_of,
)
from tests.services.editions import closed_to, publish, without_questions

LATER = MONDAY + timedelta(hours=3)


def test_a_round_is_two_questions_and_says_of_each_what_it_is_about(context: Flask) -> None:
    drawn = draw(make_person())

    questions = [releases.current().questions[key] for key in drawn.questions]
    assert len({question.key for question in questions}) == 2
    assert [drawn.about(slot).notion for slot in (1, 2)] == [each.notion for each in questions]
    assert drawn.notion == questions[0].notion
    assert drawn.release == releases.current().release
    assert queries.round_of(drawn.person_id, TODAY) == drawn


def test_with_one_idea_to_ask_about_both_questions_are_about_it(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog = releases.current()
    only = next(key for key, asked in catalog.questions_of.items() if len(asked) > 1)
    others = [key for key, each in catalog.questions.items() if each.notion != only]
    publish(context, monkeypatch, without_questions(catalog, *others))

    drawn = draw(make_person())

    assert [(each.notion, each.of) for each in drawn.choices] == [(only, 2)]
    assert len(set(drawn.questions)) == 2


def test_colleagues_do_not_all_get_the_same_questions(context: Flask) -> None:
    asked = {tuple(draw(make_person(), seed=seed).questions) for seed in range(8)}

    assert len(asked) > 2


def test_the_same_seed_draws_the_same_round(context: Flask) -> None:
    ada, bob = (draw(make_person(), seed=3) for _ in range(2))

    assert (ada.questions, ada.choices) == (bob.questions, bob.choices)


@pytest.mark.parametrize("days", [1, 60, 400])
def test_after_an_absence_a_round_is_two_questions_as_ever(context: Flask, days: int) -> None:
    ada = make_person()
    for day in range(10):
        do_round(ada, MONDAY + timedelta(days=day), right=day % 2 == 0)

    back = draw(ada, MONDAY + timedelta(days=10 + days))

    assert len(back.questions) == 2


def test_a_round_is_drawn_once_a_day(context: Flask) -> None:
    ada = make_person()

    first = draw(ada)
    again = draw(ada, LATER, seed=99)

    assert again.id == first.id
    assert (again.seed, again.drawn_at) == (1, MONDAY)
    assert db.session.scalar(select(func.count(Round.id))) == 1


def test_what_is_learnt_meanwhile_does_not_change_the_round(context: Flask) -> None:
    ada = make_person()
    drawn = draw(ada)
    read_lesson(ada, "ai-good-use-at-work")

    again = draw(ada, LATER, seed=2)

    assert (again.questions, again.choices) == (drawn.questions, drawn.choices)


def test_another_day_is_another_round_and_another_person_too(context: Flask) -> None:
    ada, bob = make_person(), make_person()

    rounds = {draw(ada).id, draw(bob).id, draw(ada, MONDAY + timedelta(days=1)).id}

    assert len(rounds) == 3


def test_what_was_read_but_never_asked_is_worth_more_than_if_it_were_not_read(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, bob = make_person(), make_person()
    lesson = releases.current().lessons["incident-first-minutes"]
    publish(context, monkeypatch, closed_to(releases.current(), Barrier.BLIND, *lesson.check))
    ada.needs = ["blind"]
    read_lesson(ada, lesson.key)
    notions = {
        notion.key for notion in releases.current().notions.values() if notion.lesson == lesson.key
    }

    places = [place_of(person, notions) for person in (ada, bob)]

    assert places[0] < places[1]
    reasons = {each.reason for each in coming(ada) if each.notion in notions}
    assert reasons == {Reason.READ}


def coming(person: Person) -> list[Ahead]:
    facts = queries.facts_of(person.id, TODAY)
    mind = mastery.mind_of(person.id)
    who = learner(person)
    chooser = asking.chooser(who, releases.current(), mind, facts, MONDAY, 1)
    return choosing.outlook(chooser, 999)


def place_of(person: Person, notions: set[str]) -> int:
    """Where the first of these stands among what comes next."""
    return next(place for place, each in enumerate(coming(person)) if each.notion in notions)


def test_what_was_met_is_asked_again_with_its_own_figure(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, later = make_person(), MONDAY + timedelta(days=20)
    first = do_round(ada, right=False)
    kept = [releases.current().questions_of[each.notion] for each in first.choices]
    others = set(releases.current().questions) - {key for keys in kept for key in keys}
    publish(context, monkeypatch, without_questions(releases.current(), *others))

    drawn = draw(ada, later)

    again, trace = drawn.choices[0], trace_of(ada, drawn.notion)
    assert again.notion in {each.notion for each in first.choices}
    assert again.reason == Reason.FADING
    assert trace is not None
    people = numbers.in_force().model.memory
    kept_now = belief.retention(moment(later) - trace.last, trace.stability, people)
    assert again.recall == trace.kappa * kept_now


def test_questions_unfair_to_somebody_are_not_asked_of_them(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    usual = draw(make_person())
    publish(context, monkeypatch, closed_to(releases.current(), Barrier.BLIND, *usual.questions))
    ada.needs = ["blind"]
    db.session.commit()

    drawn = draw(ada)

    assert set(drawn.questions).isdisjoint(usual.questions)


def test_nothing_is_drawn_when_there_is_nothing_to_ask(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, every = make_person(), releases.current().questions
    publish(context, monkeypatch, closed_to(releases.current(), Barrier.MOTOR, *every))

    assert services.draw(replace(learner(ada), needs=("motor",)), MONDAY) is None
    assert services.draw(learner(ada), MONDAY) is not None


def test_the_database_keeps_one_round_a_day(context: Flask) -> None:
    ada = make_person()
    drawn = draw(ada)
    found = queries.round_of(ada.id, TODAY)
    assert found == drawn
    db.session.add(
        Round(
            person_id=ada.id,
            day=TODAY,
            notion=drawn.notion,
            questions=drawn.questions,
            seed=2,
            release=drawn.release,
            choices=[],
            drawn_at=LATER,
        )
    )

    with pytest.raises(IntegrityError):
        db.session.flush()
