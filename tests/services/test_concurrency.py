"""Twenty at the same moment, on either database: every sitting counts once."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy.catalog import releases
from academy.catalog.tree import Module
from academy.daily import queries as rounds
from academy.daily import services as daily
from academy.daily.hearing import Word
from academy.daily.models import NotionWord, Round
from academy.daily.path import services as path
from academy.daily.queries import Drawn
from academy.database import Base, db
from academy.learning import queries as learning
from academy.learning import services as study
from academy.learning import sitting
from academy.learning.alone import Posted
from academy.learning.models import Attempt, Kind, Standing
from academy.learning.services import Learner
from academy.mastery import queries as mastery
from academy.mastery.models import Answer
from academy.passport import services as passport
from academy.passport.models import Certificate
from academy.people.models import Person
from academy.rewards import queries as rewards
from academy.seed import right_fields
from academy.surveys import queries as voyages
from academy.surveys import services as surveys
from academy.surveys.models import Voyage
from tests.conftest import MONDAY
from tests.factories import (
    DONT_KNOW,
    TODAY,
    answers,
    do_round,
    earn_passport,
    make_person,
    sail,
)
from tests.services.crowd import all_at_once

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
        assert mastery.mind_of(ada.person_id).answers == 1


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


def right_answer(drawn: Drawn, slot: int) -> Posted:
    catalog = releases.current()
    question = catalog.questions[drawn.questions[slot - 1]]
    return Posted(slot, catalog.release, "fr", right_fields(question, drawn.seed))


def test_twenty_who_set_sail_at_once_are_aboard_one_voyage(app: Flask, ada: Learner) -> None:
    aboard = all_at_once(app, lambda number: surveys.set_sail(ada, MONDAY, seed=number).id)

    assert len(set(aboard)) == 1
    assert rows(app, Voyage) == 1


def test_the_last_scene_answered_by_twenty_arrives_and_pays_once(app: Flask, ada: Learner) -> None:
    with app.app_context():
        person = db.session.get_one(Person, ada.person_id)
        number = sail(person, scenes=11).id
        release = releases.current().release

    def arrived(_number: int) -> bool:
        sailing = voyages.numbered(number, for_update=True)
        assert sailing is not None
        said = Posted(12, release, "fr", DONT_KNOW)
        return surveys.answer(ada, sailing, said, MONDAY) is not None

    counted = all_at_once(app, arrived)

    assert sum(counted) == 1
    assert rows(app, Answer) == 12
    with app.app_context():
        assert rewards.balances(ada.person_id).points == 15


def test_a_word_said_by_twenty_is_one_word(app: Flask, ada: Learner) -> None:
    words = list(Word)

    all_at_once(
        app, lambda number: path.say(ada.person_id, "web-internet", words[number % 2], MONDAY)
    )

    assert rows(app, NotionWord) == 1
