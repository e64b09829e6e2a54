"""Twenty deeds at the same moment, on either database: all count, each once, and nothing is lost."""

from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy import database
from academy.database import Base, db
from academy.deeds.models import Deed
from academy.deeds.services import Act
from academy.deeds.verbs import Verb
from academy.folio.models import Folio
from academy.learning.services import Learner
from academy.rewards import badges, rules
from academy.rewards import queries as rewards
from academy.rewards import services as ledger
from academy.rewards.models import Grant, LedgerEntry
from academy.rewards.services import NOTHING
from tests.conftest import MONDAY
from tests.factories import (
    TODAY,
    make_person,
)
from tests.services.crowd import CROWD, PATIENCE, all_at_once
from tests.services.editions import award


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
    assert granted == ["explorer", "first-lesson", "gust", "reader-bronze", "reader-silver"]
    with app.app_context():
        lines = db.session.scalar(
            select(func.sum(LedgerEntry.amount)).where(LedgerEntry.currency == "point")
        )
        assert rewards.balances(ada.person_id).points == lines == 20 * 10 + 15 + 5 + 10 + 20 + 15
        assert rewards.tallies(ada.person_id)["lesson_done"] == CROWD


def test_twenty_people_do_not_stand_in_each_others_way(app: Flask) -> None:
    with app.app_context():
        crowd = [make_person().id for _ in range(CROWD)]

    all_at_once(app, lambda number: ledger.record(reading(crowd[number], 1)))

    with app.app_context():
        points = db.session.scalars(select(Folio.points)).all()
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
