"""The check that closes a lesson: no pass mark, as many tries as one likes, each counted once."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy.catalog import releases
from academy.catalog.marking import Mark
from academy.catalog.tree import Barrier
from academy.database import db
from academy.learning import queries, services
from academy.learning.models import Attempt, Kind
from academy.learning.services import Learner, OutOfDate
from academy.mastery import queries as mastery
from academy.mastery.mind import tag
from academy.mastery.models import Context
from academy.people.models import Person
from academy.rewards import queries as rewards
from tests.conftest import MONDAY
from tests.factories import TODAY, learner, make_person, met, read_lesson
from tests.services.editions import closed_to, publish

LESSON = "cloud-has-an-address"
WRONG = {slot: Mark(False, 0.0, True, {"dont_know": True}) for slot in (1, 2, 3)}


def test_a_lesson_read_twice_earns_points_once(context: Flask) -> None:
    ada, _stranger = make_person(), make_person()

    first, second = (attempt(read_lesson(ada, LESSON)) for _ in range(2))

    assert first.earned["points"] == 10 + 5
    assert second.earned["points"] == 0
    assert rewards.balances(ada.id).points == 15


def test_a_lesson_is_done_even_when_every_answer_is_wrong(context: Flask) -> None:
    ada = make_person()

    done = attempt(read_lesson(ada, LESSON, right=False))

    assert (done.per_cent, done.passed) == (0, True)
    assert done.earned["awards"] == ["first-lesson"]
    assert (Kind.CHECK, LESSON) in queries.standings(ada.id)


def test_a_check_may_be_done_as_often_as_one_likes(context: Flask) -> None:
    ada = make_person()

    numbers = [attempt(read_lesson(ada, LESSON)).number for _ in range(5)]

    assert numbers == [1, 2, 3, 4, 5]


def test_the_same_check_posted_again_counts_once(context: Flask) -> None:
    ada = make_person()
    number = read_lesson(ada, LESSON)
    remembered = mastery.mind_of(ada.id)

    again = submit(ada, number=1)

    assert again == number
    assert attempt(number).per_cent == 100
    assert mastery.mind_of(ada.id) == remembered
    assert db.session.scalar(select(func.count(Attempt.id))) == 1


@pytest.mark.parametrize("number", [-1, 0, 2, 99])
def test_a_check_that_is_not_the_next_one_is_out_of_date(context: Flask, number: int) -> None:
    ada = make_person()

    with pytest.raises(OutOfDate):
        submit(ada, number)

    assert queries.standings(ada.id) == {}


def test_each_try_is_shuffled_anew_and_the_same_for_one_try() -> None:
    seeds = [services.check_seed(1, LESSON, number) for number in (1, 1, 2)]

    assert seeds[0] == seeds[1] != seeds[2]
    assert services.check_seed(2, LESSON, 1) != seeds[0]


def test_the_answers_of_a_check_teach_the_engine(context: Flask) -> None:
    ada = make_person()

    number = read_lesson(ada, LESSON)

    given = mastery.answers_in(Context.CHECK, number)
    questions = releases.current().questions
    assert [each.question for each in given] == list(releases.current().lessons[LESSON].check)
    assert met(ada) == {tag(questions[each.question].notion) for each in given}


def test_a_question_unfair_to_somebody_is_not_asked_of_them(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = releases.current().lessons[LESSON]
    publish(context, monkeypatch, closed_to(releases.current(), Barrier.MOTOR, lesson.check[1]))

    asked = services.check_questions(Learner(1, TODAY, ("motor",)), lesson)
    others = services.check_questions(Learner(1, TODAY, ("blind", "colour_blind")), lesson)

    assert [question.key for question in asked] == [lesson.check[0], lesson.check[2]]
    assert [question.key for question in others] == list(lesson.check)


def test_a_lesson_without_a_fair_question_can_still_be_done(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = releases.current().lessons[LESSON]
    publish(context, monkeypatch, closed_to(releases.current(), Barrier.BLIND, *lesson.check))
    ada = make_person()
    ada.needs = ["blind"]
    db.session.commit()

    done = attempt(read_lesson(ada, LESSON))

    assert done.questions == []
    assert done.earned["points"] == 15


def test_the_standing_remembers_the_best_check_and_its_last_day(context: Flask) -> None:
    ada = make_person()
    later = MONDAY + timedelta(days=3)

    read_lesson(ada, LESSON)
    read_lesson(ada, LESSON, later, right=False)

    db.session.expire_all()
    known = queries.standing(ada.id, Kind.CHECK, LESSON)
    assert known is not None
    assert (known.best, known.tries, known.tries_that_day) == (100, 2, 1)
    assert known.last_on == later.date()


def test_the_path_leads_on_past_what_is_done(context: Flask) -> None:
    ada = make_person()
    order = [lesson.key for lesson in queries.path(releases.current())]

    read_lesson(ada, order[0])
    read_lesson(ada, order[2])

    ahead = queries.next_lessons(queries.standings(ada.id), 2, TODAY)
    assert [card.key for card in ahead] == [order[1], order[3]]


def attempt(number: int) -> Attempt:
    found = queries.attempt(number)
    assert found is not None
    return found


def submit(person: Person, number: int) -> int:
    lesson = releases.current().lessons[LESSON]
    return services.submit_check(learner(person), lesson, number, WRONG, MONDAY)
