"""The step that lets answers be given in a placement: on an academy that already holds some."""

import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from academy.database import db
from tests.services.test_migrations import BOTH, empty_academy

__all__ = ["empty_academy"]

BEFORE, STEP = "0007-1", "0007"


def answer(number: int, context: str, score: float = 1.0) -> None:
    db.session.execute(
        text(
            "INSERT INTO answer (id, context, context_id, slot, question, notion, release, given, "
            "\"right\", score, dont_know, at) VALUES (:id, :context, 1, :id, 'q', 'n', 'r', "
            "'{}', true, :score, false, '2026-03-02 10:00:00')"
        ),
        {"id": number, "context": context, "score": score},
    )


def contexts() -> list[str]:
    return list(db.session.scalars(text("SELECT context FROM answer ORDER BY id")))


@BOTH
def test_answers_stay_and_may_now_be_given_in_a_placement(empty_academy: Flask) -> None:
    upgrade(revision=BEFORE)
    answer(1, "round")
    db.session.commit()

    upgrade(revision=STEP)
    answer(2, "placement")

    assert contexts() == ["round", "placement"]


@BOTH
@pytest.mark.parametrize(("context", "score"), [("nowhere", 1.0), ("round", 2.0)])
def test_the_other_rules_of_the_table_still_hold(
    empty_academy: Flask, context: str, score: float
) -> None:
    upgrade(revision=STEP)

    with pytest.raises(IntegrityError):
        answer(1, context, score)


@BOTH
def test_going_back_takes_the_answers_of_placements_along_and_no_others(
    empty_academy: Flask,
) -> None:
    upgrade(revision=STEP)
    answer(1, "quiz")
    answer(2, "placement")
    db.session.commit()

    downgrade(revision=BEFORE)

    assert contexts() == ["quiz"]
    db.session.rollback()
    assert "voyage" not in inspect(db.engine).get_table_names()
    with pytest.raises(IntegrityError):
        answer(3, "placement")
