"""Drawing the day's round: once a day, about what matters most, and fair to the person."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from academy.catalog import releases
from academy.catalog.tree import Barrier
from academy.daily import queries, services
from academy.daily.models import Round
from academy.database import db
from academy.mastery import engine
from academy.mastery import queries as mastery
from academy.mastery.engine import Reason
from tests.conftest import MONDAY
from tests.factories import (
    TODAY,
    do_round,
    draw,
    learner,
    make_person,
    read_lesson,
)
from tests.services.editions import closed_to, publish

LATER = MONDAY + timedelta(hours=3)


def test_a_round_is_two_questions_about_one_notion(context: Flask) -> None:
    drawn = draw(make_person())

    questions = [releases.current().questions[key] for key in drawn.questions]
    assert len({question.key for question in questions}) == 2
    assert {question.notion for question in questions} == {drawn.notion}
    assert drawn.reason == Reason.NEW
    assert drawn.release == releases.current().release


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
    pinned = (drawn.notion, list(drawn.questions), drawn.reason)
    read_lesson(ada, "ai-good-use-at-work")

    again = draw(ada, LATER, seed=2)

    assert (again.notion, again.questions, again.reason) == pinned


def test_another_day_is_another_round_and_another_person_too(context: Flask) -> None:
    ada, bob = make_person(), make_person()

    rounds = {draw(ada).id, draw(bob).id, draw(ada, MONDAY + timedelta(days=1)).id}

    assert len(rounds) == 3


def test_what_was_read_but_never_asked_goes_before_what_is_unknown(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    lesson = releases.current().lessons["incident-first-minutes"]
    publish(context, monkeypatch, closed_to(releases.current(), Barrier.BLIND, *lesson.check))
    ada.needs = ["blind"]
    read_lesson(ada, lesson.key)

    drawn = draw(ada)

    assert releases.current().notions[drawn.notion].lesson == lesson.key
    assert drawn.reason == Reason.READ


def test_what_fades_is_asked_again_with_its_own_figure(context: Flask) -> None:
    ada = make_person()
    notion = do_round(ada, right=False).notion
    later = MONDAY + timedelta(days=60)

    drawn = draw(ada, later)

    assert (drawn.notion, drawn.reason) == (notion, Reason.FADING)
    assert drawn.recall == engine.recall(mastery.memories(ada.id)[notion], later)


def test_questions_unfair_to_somebody_are_not_asked_of_them(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    usual = draw(make_person())
    publish(context, monkeypatch, closed_to(releases.current(), Barrier.BLIND, *usual.questions))
    ada.needs = ["blind"]
    db.session.commit()

    drawn = draw(ada)

    assert drawn.notion == usual.notion
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
            reason=drawn.reason,
            drawn_at=LATER,
        )
    )

    with pytest.raises(IntegrityError):
        db.session.flush()
