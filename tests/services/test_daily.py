"""The day's round: answered in order, graded once, rewarded for taking part."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy.catalog import releases
from academy.catalog.marking import Unmarkable
from academy.daily import queries, services
from academy.daily.queries import Drawn
from academy.daily.services import Changed, NotYet
from academy.database import db
from academy.deeds.models import Deed
from academy.deeds.verbs import Verb
from academy.learning.alone import Posted
from academy.mastery import queries as mastery
from academy.mastery.models import Answer, Context
from academy.people.models import Person
from academy.rewards import queries as rewards
from academy.seed import right_fields
from academy.seed.answers import wrong_fields
from tests.conftest import MONDAY
from tests.factories import (
    DONT_KNOW,
    TODAY,
    answer,
    do_round,
    draw,
    learner,
    make_person,
)

LATER = MONDAY + timedelta(hours=3)


@pytest.mark.parametrize(
    ("answers", "keys", "points"),
    [((True, True), 2, 9), ((True, False), 1, 7), ((False, False), 0, 5)],
)
def test_a_round_pays_a_star_for_taking_part_and_a_key_for_each_right_answer(
    context: Flask, answers: tuple[bool, bool], keys: int, points: int
) -> None:
    ada = make_person()
    drawn = draw(ada)

    for right in answers:
        answer(ada, drawn, right)

    has = rewards.balances(ada.id)
    awards = sum(5 for key in drawn.earned["awards"] if key in {"first-minute", "honest"})
    assert (has.stars, has.keys, has.points - awards) == (1, keys, points)
    assert (drawn.earned["stars"], drawn.earned["keys"]) == (1, keys)
    assert drawn.finished_at == MONDAY


def test_a_round_answered_wrong_pays_its_star_too(context: Flask) -> None:
    ada = make_person()
    drawn = draw(ada)

    for _slot in drawn.questions:
        assert given(ada, drawn, amiss(drawn)) == (False, False)

    assert rewards.balances(ada.id).stars == 1
    assert (drawn.right_answers, drawn.dont_know) == (0, 0)


def test_a_round_is_one_deed_with_its_results(context: Flask) -> None:
    ada = make_person()
    drawn = draw(ada)
    answer(ada, drawn, right=True)
    assert db.session.scalar(select(func.count(Deed.id))) == 0

    answer(ada, drawn, right=False)

    deed = db.session.scalars(select(Deed).where(Deed.verb == Verb.ROUND_DONE)).one()
    assert (deed.subject, deed.day) == (drawn.notion, TODAY)
    assert deed.result == {"right": 1, "dont_know": 1}


def test_an_answer_posted_again_is_graded_once(context: Flask) -> None:
    ada = make_person()
    drawn = draw(ada)
    answer(ada, drawn, right=False)

    again = services.answer(learner(ada), drawn, asked(drawn, slot=1), LATER)

    assert again is None
    assert (drawn.answered, drawn.right_answers, drawn.dont_know) == (1, 0, 1)
    assert db.session.scalar(select(func.count(Answer.id))) == 1


def test_a_finished_round_posted_again_pays_nothing_more(context: Flask) -> None:
    ada = make_person()
    drawn = do_round(ada)
    before = rewards.balances(ada.id)

    for slot in (1, 2):
        assert services.answer(learner(ada), drawn, asked(drawn, slot), LATER) is None

    assert rewards.balances(ada.id) == before


@pytest.mark.parametrize("slot", [2, 3, 99])
def test_an_answer_out_of_order_is_refused(context: Flask, slot: int) -> None:
    ada = make_person()
    drawn = draw(ada)

    with pytest.raises(NotYet):
        services.answer(learner(ada), drawn, Posted(slot, drawn.release, "fr", DONT_KNOW), MONDAY)

    assert drawn.answered == 0


def test_an_answer_to_another_edition_of_the_question_is_refused(context: Flask) -> None:
    ada = make_person()
    drawn = draw(ada)

    with pytest.raises(Changed):
        services.answer(learner(ada), drawn, Posted(1, "older", "fr", DONT_KNOW), MONDAY)

    assert drawn.answered == 0


def test_an_empty_answer_changes_nothing(context: Flask) -> None:
    ada = make_person()
    drawn = draw(ada)

    with pytest.raises(Unmarkable):
        services.answer(learner(ada), drawn, replace(asked(drawn, 1), fields={}), MONDAY)

    assert drawn.answered == 0
    assert mastery.answers_in(Context.ROUND, drawn.id) == ()


def test_the_round_tells_when_each_of_its_ideas_comes_again(context: Flask) -> None:
    ada, bob = make_person(), make_person()

    known, missed = do_round(ada), do_round(bob, right=False)

    assert queries.round_of(ada.id, TODAY) == known
    for right, wrong in zip(known.choices, missed.choices, strict=True):
        assert right.again is not None
        assert wrong.again is not None
        assert 1 <= wrong.again <= right.again <= 365
        assert right.rivals == []  # nothing asks for them once the dates are known


def asked(drawn: Drawn, slot: int, fields: Mapping[str, Sequence[str]] | None = None) -> Posted:
    question = releases.current().questions[drawn.questions[slot - 1]]
    fields = right_fields(question, drawn.seed) if fields is None else fields
    return Posted(slot, releases.current().release, "fr", fields)


def given(person: Person, drawn: Drawn, fields: Mapping[str, Sequence[str]]) -> tuple[bool, bool]:
    """Answers the next question; tells whether it was right, and whether it was "I don't know"."""
    mark = services.answer(learner(person), drawn, asked(drawn, drawn.answered + 1, fields), MONDAY)
    assert mark is not None
    return mark.right, mark.dont_know


def amiss(drawn: Drawn) -> dict[str, list[str]]:
    """An answer that is not right, whatever is asked."""
    question = releases.current().questions[drawn.questions[drawn.answered]]
    return wrong_fields(question, drawn.seed, Random(1))  # noqa: S311  # any wrong answer
