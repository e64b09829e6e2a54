"""Sitting a module's quiz: opened once, three tries a day, the best kept, submitted once."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy.catalog import releases
from academy.catalog.marking import Mark
from academy.catalog.tree import Barrier
from academy.database import db
from academy.learning import queries, services
from academy.learning.models import Attempt, Kind, Standing
from academy.learning.services import TriesUsedUp
from academy.mastery.models import Answer
from academy.people.models import Person
from academy.rewards import queries as rewards
from tests.conftest import MONDAY
from tests.factories import learner, make_person, open_quiz, sit_quiz
from tests.services.editions import closed_to, publish, without_questions

MODULE = "data"
TOMORROW = MONDAY + timedelta(days=1)


def test_a_quiz_opened_again_is_the_same_quiz(context: Flask) -> None:
    ada = make_person()

    first, again = open_quiz(ada, MODULE), open_quiz(ada, MODULE, TOMORROW)

    assert again.id == first.id
    assert (again.questions, again.seed) == (first.questions, first.seed)


def test_each_person_and_each_module_has_a_quiz_of_its_own(context: Flask) -> None:
    ada, bob = make_person(), make_person()

    opened = {open_quiz(ada, MODULE).id, open_quiz(bob, MODULE).id, open_quiz(ada, "basics").id}

    assert len(opened) == 3


def test_the_next_try_asks_other_questions(context: Flask) -> None:
    ada = make_person()

    first, second = sit_quiz(ada, MODULE, right=False), open_quiz(ada, MODULE)

    assert second.number == 2
    assert len(second.questions) == 8
    assert set(second.questions).isdisjoint(first.questions)


def test_after_three_tries_a_quiz_waits_for_tomorrow(context: Flask) -> None:
    ada = make_person()
    for _ in range(3):
        sit_quiz(ada, MODULE, right=False)

    with pytest.raises(TriesUsedUp):
        open_quiz(ada, MODULE, MONDAY + timedelta(hours=3))

    assert open_quiz(ada, "basics")
    assert open_quiz(ada, MODULE, TOMORROW).number == 4


def test_tomorrow_has_three_tries_of_its_own(context: Flask) -> None:
    ada = make_person()
    for at in (MONDAY, TOMORROW, TOMORROW, TOMORROW):
        sit_quiz(ada, MODULE, at, right=False)

    with pytest.raises(TriesUsedUp):
        open_quiz(ada, MODULE, TOMORROW)


def test_an_open_quiz_may_be_handed_in_whenever_and_counts_for_that_day(context: Flask) -> None:
    ada = make_person()
    for _ in range(2):
        sit_quiz(ada, MODULE, right=False)
    open_quiz(ada, MODULE)

    sit_quiz(ada, MODULE, TOMORROW)

    assert standing(ada).tries_that_day == 1
    assert standing(ada).last_on == TOMORROW.date()


def test_the_best_score_is_kept_and_a_pass_is_never_lost(context: Flask) -> None:
    ada = make_person()

    marks = []
    for right in (False, True, False):
        sit_quiz(ada, MODULE, right=right)
        marks.append((standing(ada).best, standing(ada).passed, standing(ada).tries))

    assert marks == [(0, False, 1), (100, True, 2), (100, True, 3)]


@pytest.mark.parametrize(("right", "per_cent", "passed"), [(5, 62, False), (6, 75, True)])
def test_a_quiz_is_passed_at_its_mark(
    context: Flask, right: int, per_cent: int, passed: bool
) -> None:
    ada = make_person()
    attempt = open_quiz(ada, MODULE)

    services.submit_quiz(learner(ada), attempt, marks(right, 8), MONDAY)

    assert (attempt.right, attempt.per_cent, attempt.passed) == (right, per_cent, passed)


def test_a_score_just_below_the_mark_is_not_rounded_up(context: Flask) -> None:
    ada = make_person()
    attempt = open_quiz(ada, MODULE)
    almost = marks(5, 7) | {8: Mark(False, 0.59, False, {})}  # 5.59 of 8 is 69.875 %

    services.submit_quiz(learner(ada), attempt, almost, MONDAY)

    assert (attempt.per_cent, attempt.passed) == (69, False)


def test_passing_is_paid_once_however_often_one_passes(context: Flask) -> None:
    ada = make_person()

    first, second = sit_quiz(ada, "basics"), sit_quiz(ada, "basics")

    assert first.earned["awards"] == ["visa-ai", "flawless"]
    assert (first.earned["points"], first.earned["keys"]) == (50 + 20 + 40 + 20, 7)
    assert second.passed
    assert (second.earned["points"], second.earned["keys"], second.earned["awards"]) == (0, 0, [])


def test_only_a_quiz_without_a_fault_is_flawless(context: Flask) -> None:
    ada = make_person()
    attempt = open_quiz(ada, MODULE)

    services.submit_quiz(learner(ada), attempt, marks(7, 8), MONDAY)

    assert attempt.passed
    assert rewards.tallies(ada.id) == {"quiz_passed": 1, "quiz_passed/culture": 1}


def test_a_quiz_failed_brings_nothing_and_costs_nothing(context: Flask) -> None:
    ada = make_person()
    sit_quiz(ada, "basics")
    before = rewards.balances(ada.id)

    attempt = sit_quiz(ada, MODULE, right=False)

    assert attempt.earned["points"] == 0
    assert rewards.balances(ada.id) == before


def test_a_quiz_handed_in_twice_counts_once(context: Flask) -> None:
    ada = make_person()
    attempt = sit_quiz(ada, MODULE)
    before = (attempt.per_cent, attempt.submitted_at, rewards.balances(ada.id))

    services.submit_quiz(learner(ada), attempt, marks(0, 8), TOMORROW)
    db.session.commit()

    assert (attempt.per_cent, attempt.submitted_at, rewards.balances(ada.id)) == before
    assert standing(ada).tries == 1
    assert db.session.scalar(select(func.count(Answer.id))) == 8


def test_questions_unfair_to_somebody_are_not_drawn_for_them(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog = releases.current()
    barred = {f"{notion}-1" for notion in catalog.modules[MODULE].notions}
    publish(context, monkeypatch, closed_to(catalog, Barrier.BLIND, *barred))
    blind, other = make_person(), make_person()
    blind.needs = ["blind"]
    db.session.commit()

    drawn = {key for _try in range(3) for key in sit_quiz(blind, MODULE, right=False).questions}
    others = {key for _try in range(3) for key in sit_quiz(other, MODULE, right=False).questions}

    assert barred <= catalog.questions.keys()
    assert drawn.isdisjoint(barred)
    assert not others.isdisjoint(barred)


def test_a_quiz_opened_on_an_older_edition_is_drawn_again(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    before = open_quiz(ada, MODULE)
    number, gone = before.id, before.questions[0]
    publish(context, monkeypatch, without_questions(releases.current(), gone))

    again = open_quiz(ada, MODULE, TOMORROW)

    assert (again.id, again.number) == (number, 1)
    assert again.release == releases.current().release
    assert again.started_at == TOMORROW
    assert gone not in again.questions
    assert len(services.questions_of(again)) == 8


def test_a_quiz_opened_within_the_day_survives_a_new_edition(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    before = open_quiz(ada, MODULE)
    asked = list(before.questions)
    publish(context, monkeypatch, without_questions(releases.current(), asked[0]))

    again = open_quiz(ada, MODULE, TOMORROW - timedelta(seconds=1))

    assert (again.id, again.questions) == (before.id, asked)
    assert [each.key for each in services.questions_of(again)] == asked


def test_a_quiz_already_handed_in_keeps_its_questions_and_its_edition(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    done = sit_quiz(ada, MODULE, right=False)
    before = (done.id, list(done.questions), done.release)
    publish(context, monkeypatch, without_questions(releases.current(), done.questions[0]))

    fresh = open_quiz(ada, MODULE)

    assert fresh.id != done.id
    assert before == (done.id, done.questions, done.release)
    assert [each.key for each in services.questions_of(done)] == done.questions


def test_the_questions_of_a_quiz_are_pinned_in_the_database(context: Flask) -> None:
    opened = open_quiz(make_person(), MODULE)

    kept = db.session.execute(select(Attempt.questions, Attempt.submitted_at)).one()

    assert kept == (opened.questions, None)


def standing(person: Person) -> Standing:
    db.session.expire_all()
    found = queries.standing(person.id, Kind.QUIZ, MODULE)
    assert found is not None
    return found


def marks(right: int, of: int) -> dict[int, Mark]:
    """The marks of a sitting: the first so many right, the others wrong."""
    return {
        slot: Mark(slot <= right, float(slot <= right), False, {"choice": ["a"]})
        for slot in range(1, of + 1)
    }
