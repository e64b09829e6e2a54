"""Questions withdrawn while a round is open: another is asked, and what was answered stays."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from academy.catalog import releases
from academy.daily import services
from academy.daily.choices import Chosen
from academy.daily.queries import Drawn
from academy.daily.services import Changed
from academy.learning.alone import Posted
from academy.mastery import queries as mastery
from academy.mastery.models import Context
from academy.rewards import queries as rewards
from tests.conftest import MONDAY
from tests.factories import DONT_KNOW, answer, do_round, draw, learner, make_person
from tests.services.editions import publish, without_questions

LATER = MONDAY + timedelta(hours=1)


def withdraw(app: Flask, monkeypatch: pytest.MonkeyPatch, *questions: str) -> None:
    publish(app, monkeypatch, without_questions(releases.current(), *questions))


def all_of(notion: str) -> tuple[str, ...]:
    return releases.current().questions_of[notion]


def test_a_withdrawn_question_is_replaced_before_it_is_asked(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    drawn = draw(ada)
    gone = drawn.questions[0]
    withdraw(context, monkeypatch, gone)

    mended = draw(ada, LATER)

    assert mended.id == drawn.id
    assert len(mended.questions) == 2
    assert gone not in mended.questions
    assert all(key in releases.current().questions for key in mended.questions)
    assert mended.release == releases.current().release


def test_when_the_second_question_is_withdrawn_the_first_answer_stays(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    drawn = draw(ada)
    first, second = drawn.questions
    answer(ada, drawn)
    withdraw(context, monkeypatch, second)

    mended = draw(ada, LATER)

    assert mended.questions[0] == first
    assert len(set(mended.questions)) == 2
    assert second not in mended.questions
    assert (mended.answered, mended.right_answers) == (1, 1)
    assert [each.question for each in mastery.answers_in(Context.ROUND, drawn.id)] == [first]


def test_a_mended_round_is_finished_and_paid_like_any_other(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    drawn = draw(ada)
    answer(ada, drawn)
    second = drawn.about(2).notion
    withdraw(context, monkeypatch, *all_of(second))

    mended = draw(ada, LATER)
    answer(ada, mended, at=LATER)

    assert mended.finished_at == LATER
    assert mended.about(2).notion not in {second, mended.about(1).notion}
    assert mended.about(1) == replace(drawn.about(1), rivals=[])
    assert rewards.balances(ada.id).stars == 1
    assert rewards.balances(ada.id).keys == 2


def test_a_withdrawn_question_cannot_be_answered(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    drawn = draw(ada)
    withdraw(context, monkeypatch, drawn.questions[0])

    with pytest.raises(Changed):
        services.answer(
            learner(ada), drawn, Posted(1, releases.current().release, "fr", DONT_KNOW), LATER
        )

    assert drawn.answered == 0


def test_a_question_answered_before_it_was_withdrawn_counts(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    drawn = draw(ada)
    answer(ada, drawn)
    withdraw(context, monkeypatch, drawn.questions[0])

    again = draw(ada, LATER)
    answer(ada, again, at=LATER)

    assert again.questions == drawn.questions
    assert (again.answered, again.right_answers) == (2, 2)


def test_a_round_done_stays_as_it_was_when_its_notion_is_withdrawn(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    before = pinned(do_round(ada))
    withdraw(context, monkeypatch, *all_of(before[0]))

    again = draw(ada, LATER)

    assert pinned(again) == before
    assert again.answered == 2


def test_an_edition_that_keeps_the_questions_keeps_the_round(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    before = pinned(draw(ada))
    elsewhere = next(key for key in releases.current().questions if key not in before[1])
    withdraw(context, monkeypatch, elsewhere)

    assert pinned(draw(ada, LATER)) == before


def pinned(drawn: Drawn) -> tuple[str, list[str], list[Chosen]]:
    return drawn.notion, list(drawn.questions), drawn.choices
