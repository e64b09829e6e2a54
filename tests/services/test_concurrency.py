"""Twenty at the same moment, on either database: everything counts once and nothing is lost."""

from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy import database
from academy.catalog import releases
from academy.catalog.tree import Module
from academy.daily import queries as rounds
from academy.daily import services as daily
from academy.daily.models import Round
from academy.daily.services import Asked
from academy.database import Base, db
from academy.deeds.models import Deed
from academy.deeds.services import Act
from academy.deeds.verbs import Verb
from academy.learning import queries as learning
from academy.learning import services as study
from academy.learning import sitting
from academy.learning.models import Attempt, Kind, Standing
from academy.learning.services import Learner
from academy.mastery.models import Answer, Memory
from academy.passport import services as passport
from academy.passport.models import Certificate
from academy.rewards import badges, rules
from academy.rewards import queries as rewards
from academy.rewards import services as ledger
from academy.rewards.models import Balance, Grant, LedgerEntry
from academy.rewards.services import NOTHING
from academy.seed import right_fields
from tests.conftest import MONDAY
from tests.factories import (
    TODAY,
    answers,
    do_round,
    earn_passport,
    make_person,
)
from tests.services.crowd import CROWD, PATIENCE, all_at_once
from tests.services.test_rewards import award

MODULE = "data"


@pytest.fixture
def ada(app: Flask) -> Learner:
    """Somebody with a colleague, and no context left open."""
    with app.app_context():
        make_person()
        return Learner(make_person().id, TODAY)


def rows(app: Flask, table: type[Base]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def reading(person_id: int, number: int) -> Act:
    themes = ("ai", "culture", "security")
    return Act(
        person_id,
        Verb.LESSON_DONE,
        f"lesson-{number}",
        MONDAY,
        TODAY,
        f"lesson:{number}",
        themes[number % 3],
        {"right": 1},
    )


def test_the_same_deed_recorded_by_twenty_pays_once(app: Flask, ada: Learner) -> None:
    earned = all_at_once(app, lambda _number: ledger.record(reading(ada.person_id, 1)))

    assert len([each for each in earned if each != NOTHING]) == 1
    with app.app_context():
        assert rewards.balances(ada.person_id).points == 10 + 5
        assert rewards.tallies(ada.person_id)["lesson_done"] == 1
    assert (rows(app, Deed), rows(app, Grant)) == (2, 1)


def test_twenty_different_deeds_of_one_person_all_count(app: Flask, ada: Learner) -> None:
    earned = all_at_once(app, lambda number: ledger.record(reading(ada.person_id, number)))

    granted = sorted(award.key for each in earned for award in each.awards)
    assert granted == ["explorer", "first-lesson", "reader-bronze", "reader-silver"]
    with app.app_context():
        lines = db.session.scalar(
            select(func.sum(LedgerEntry.amount)).where(LedgerEntry.currency == "point")
        )
        assert rewards.balances(ada.person_id).points == lines == 20 * 10 + 15 + 5 + 10 + 20
        assert rewards.tallies(ada.person_id)["lesson_done"] == CROWD


def test_twenty_people_do_not_stand_in_each_others_way(app: Flask) -> None:
    with app.app_context():
        crowd = [make_person().id for _ in range(CROWD)]

    all_at_once(app, lambda number: ledger.record(reading(crowd[number], 1)))

    with app.app_context():
        points = db.session.scalars(select(Balance.lifetime)).all()
    assert points == [15] * CROWD


def test_an_award_over_two_verbs_is_granted_when_both_deeds_come_at_once(
    app: Flask, ada: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One deed is written but not yet committed when the other comes."""
    both = rules.Some((rules.Count("lesson_done", 1), rules.Count("round_done", 1)), 2)
    with app.app_context():
        shelf = {**badges.current(), "both": award("both", both)}
    monkeypatch.setitem(app.extensions, badges._SHELF, shelf)
    minute = Act(ada.person_id, Verb.ROUND_DONE, "web", MONDAY, TODAY, "round:1", "culture")

    def at_the_same_time() -> None:
        with app.app_context():
            ledger.record(minute)
            db.session.commit()

    other = Thread(target=at_the_same_time)
    with app.app_context():
        database.may_write()
        ledger.record(reading(ada.person_id, 1))
        other.start()
        other.join(timeout=0.3)
        db.session.commit()
        other.join(PATIENCE)

        assert "both" in rewards.held(ada.person_id)


def test_a_round_drawn_by_twenty_is_one_round(app: Flask, ada: Learner) -> None:
    def drawn(number: int) -> tuple[int, list[str]]:
        found = daily.draw(ada, MONDAY, seed=number)
        assert found is not None
        return found.id, found.questions

    seen = all_at_once(app, drawn)

    assert all(each == seen[0] for each in seen)
    assert rows(app, Round) == 1


def test_the_same_answer_posted_by_twenty_is_counted_once(app: Flask, ada: Learner) -> None:
    with app.app_context():
        begun = daily.draw(ada, MONDAY, seed=1)
        assert begun is not None
        db.session.commit()
        number = begun.id

    def answered(_number: int) -> bool:
        drawn = rounds.round_numbered(number, for_update=True)
        assert drawn is not None
        return daily.answer(ada, drawn, right_answer(drawn, 1), MONDAY) is not None

    counted = all_at_once(app, answered)

    assert sum(counted) == 1
    assert rows(app, Answer) == 1
    with app.app_context():
        drawn = rounds.round_numbered(number)
        assert drawn is not None
        assert (drawn.answered, drawn.right_answers) == (1, 1)
        assert db.session.scalars(select(Memory.answers)).all() == [1]


def test_the_last_answer_posted_by_twenty_pays_the_round_once(app: Flask, ada: Learner) -> None:
    with app.app_context():
        begun = daily.draw(ada, MONDAY, seed=1)
        assert begun is not None
        daily.answer(ada, begun, right_answer(begun, 1), MONDAY)
        db.session.commit()

    def finished(_number: int) -> bool:
        drawn = rounds.round_numbered(begun.id, for_update=True)
        assert drawn is not None
        return daily.answer(ada, drawn, right_answer(drawn, 2), MONDAY) is not None

    counted = all_at_once(app, finished)

    assert sum(counted) == 1
    with app.app_context():
        assert rewards.balances(ada.person_id).stars == 1
        assert rewards.balances(ada.person_id).keys == 2


def test_a_quiz_opened_by_twenty_is_one_attempt(app: Flask, ada: Learner) -> None:
    module = with_module(app)

    opened = all_at_once(app, lambda _number: study.open_quiz(ada, module, MONDAY))

    assert len(set(opened)) == 1
    assert rows(app, Attempt) == 1


def test_a_quiz_handed_in_by_twenty_counts_once(app: Flask, ada: Learner) -> None:
    module = with_module(app)
    with app.app_context():
        number = study.open_quiz(ada, module, MONDAY)
        db.session.commit()

    def hand_in(_number: int) -> None:
        attempt = learning.attempt(number, for_update=True)
        assert attempt is not None
        questions = study.questions_of(attempt)
        fields = answers(questions, attempt.seed)
        marked = sitting.mark_all(questions, "fr", attempt.seed, fields)
        study.submit_quiz(ada, attempt, marked.marks, MONDAY)

    all_at_once(app, hand_in)

    assert rows(app, Answer) == 8
    with app.app_context():
        known = db.session.scalars(select(Standing)).one()
        assert (known.kind, known.tries, known.tries_that_day) == (Kind.QUIZ, 1, 1)
        assert rewards.balances(ada.person_id).points == 50 + 20 + 20


def test_a_check_handed_in_by_twenty_counts_once(app: Flask, ada: Learner) -> None:
    with app.app_context():
        lesson = releases.current().lessons["cloud-has-an-address"]
        questions = study.check_questions(ada, lesson)
        seed = study.check_seed(ada.person_id, lesson.key, 1)
    marked = sitting.mark_all(questions, "fr", seed, answers(questions, seed))

    numbers = all_at_once(
        app, lambda _number: study.submit_check(ada, lesson, 1, marked.marks, MONDAY)
    )

    assert len(set(numbers)) == 1
    assert (rows(app, Attempt), rows(app, Answer)) == (1, 3)


def test_a_passport_issued_by_twenty_is_one_passport(app: Flask) -> None:
    with app.app_context():
        holder = make_person()
        earn_passport(holder)
        holder.family_name = "Byron"  # there is something new to certify
        do_round(holder)

    issued = all_at_once(app, lambda _number: passport.issue(holder.id, MONDAY, TODAY).code)

    assert len(set(issued)) == 1
    with app.app_context():
        statuses = db.session.scalars(select(Certificate.status).order_by(Certificate.id)).all()
    assert statuses == ["replaced", "valid"]


def with_module(app: Flask) -> Module:
    with app.app_context():
        return releases.current().modules[MODULE]


def right_answer(drawn: Round, slot: int) -> Asked:
    catalog = releases.current()
    question = catalog.questions[drawn.questions[slot - 1]]
    return Asked(slot, catalog.release, "fr", right_fields(question, drawn.seed))
