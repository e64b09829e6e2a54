"""Answers: kept once, learnt from once."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from academy.catalog.marking import Mark
from academy.database import db
from academy.mastery import minds, numbers, queries
from academy.mastery.mind import question_tag, tag
from academy.mastery.models import Answer, Context
from academy.mastery.services import Marked, Sitting, take
from academy.mastery.tutor import Item, Outcome
from academy.people.models import Person
from tests.conftest import MONDAY
from tests.factories import make_person, met

RIGHT = Mark(True, 1.0, False, {"choice": ["a"]})
WRONG = Mark(False, 0.5, False, {"choice": ["b"]})
UNKNOWN = Mark(False, 0.0, True, {"dont_know": True})
LATER = MONDAY + timedelta(days=12)


def sitting(person: Person, number: int = 1, context: Context = Context.QUIZ) -> Sitting:
    return Sitting(person.id, context, number, "first-ed")


def answer(slot: int, mark: Mark = RIGHT, notion: str = "cloud") -> Marked:
    return Marked(slot, f"{notion}-{slot}", notion, mark)


def kept_answers() -> int:
    return db.session.scalar(select(func.count(Answer.id))) or 0


def test_answers_are_kept_as_they_were_given(context: Flask) -> None:
    ada = make_person()

    take(sitting(ada), [answer(2, WRONG), answer(1), answer(3, UNKNOWN)], MONDAY)

    given = queries.answers_in(Context.QUIZ, 1)
    assert [(each.slot, each.right, each.score, each.dont_know) for each in given] == [
        (1, True, 1.0, False),
        (2, False, 0.5, False),
        (3, False, 0.0, True),
    ]
    assert given[1].given == {"choice": ["b"]}


def test_answers_taken_again_are_neither_kept_nor_learnt_again(context: Flask) -> None:
    ada = make_person()
    take(sitting(ada), [answer(1)], MONDAY)
    before = queries.mind_of(ada.id)

    again = take(sitting(ada), [answer(1, WRONG)], LATER)

    assert again is None
    assert kept_answers() == 1
    assert queries.mind_of(ada.id) == before


def test_only_the_answers_not_yet_there_are_learnt(context: Flask) -> None:
    ada = make_person()
    take(sitting(ada), [answer(1), answer(2)], MONDAY)

    after = take(sitting(ada), [answer(2, WRONG), answer(3, WRONG)], LATER)

    assert kept_answers() == 3
    assert after == minds.rebuilt(ada.id)
    assert (after.answers, after.right) == (3, 2)


def test_an_empty_sitting_is_nothing(context: Flask) -> None:
    ada = make_person()

    assert take(sitting(ada), [], MONDAY) is None
    assert kept_answers() == 0


def test_two_answers_about_one_notion_are_learnt_one_after_the_other(context: Flask) -> None:
    ada = make_person()

    after = take(sitting(ada), [answer(1), answer(2, WRONG)], MONDAY)

    expected, by = minds.stranger(), numbers.SHIPPED
    for question, outcome in (("cloud-1", Outcome.RIGHT), ("cloud-2", Outcome.WRONG)):
        item = Item(question_tag(question), tag("cloud"))  # of a release that is gone
        minds.learn(expected, item, outcome, MONDAY, by)
    assert after == expected
    chances = [
        each.predicted or 0.0 for each in db.session.scalars(select(Answer).order_by(Answer.slot))
    ]
    assert 0 < chances[0] < chances[1] < 1


def test_what_is_remembered_is_read_back_as_it_was_learnt(context: Flask) -> None:
    ada = make_person()

    take(sitting(ada), [answer(1), answer(2, WRONG, "web")], MONDAY)
    learnt = take(sitting(ada, 2), [answer(1)], LATER)
    db.session.commit()

    assert learnt is not None
    assert queries.mind_of(ada.id).traces[tag("cloud")] == learnt.traces[tag("cloud")]
    assert met(ada) == {tag("cloud"), tag("web")}


def test_memories_are_each_persons_own(context: Flask) -> None:
    ada, bob = make_person(), make_person()
    take(sitting(ada), [answer(1)], MONDAY)

    take(sitting(bob, 2), [answer(1, WRONG)], MONDAY)

    assert (queries.mind_of(ada.id).right, queries.mind_of(bob.id).right) == (1, 0)


def test_the_same_number_in_another_context_is_another_sitting(context: Flask) -> None:
    ada = make_person()

    for place in Context:
        take(sitting(ada, context=place), [answer(1)], MONDAY)

    assert kept_answers() == len(Context)
    assert queries.mind_of(ada.id).answers == len(Context)


@pytest.mark.parametrize("score", [-0.1, 1.1])
def test_the_database_refuses_a_score_that_is_no_share(context: Flask, score: float) -> None:
    ada = make_person()

    with pytest.raises(IntegrityError):
        take(sitting(ada), [answer(1, Mark(False, score, False, {}))], MONDAY)
