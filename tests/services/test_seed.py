"""The make-believe company obeys the rules that real people do."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy import database, seed
from academy.daily.hearing import Verdict
from academy.daily.models import Round
from academy.daily.path.knowledge import knowledge
from academy.database import db
from academy.deeds.models import Deed
from academy.deeds.verbs import Verb
from academy.learning.models import Attempt, Kind
from academy.learning.rules import TRIES_A_DAY
from academy.learning.services import Learner
from academy.passport.models import Certificate, Status
from academy.people import queries as people
from academy.people import services
from academy.people.models import Person, Role
from academy.rewards import queries as rewards
from academy.rewards import services as ledger
from academy.rewards.models import LedgerEntry
from academy.rewards.queries import Balances
from academy.seed import Habits
from academy.seed.voyages import KNOWN, NOT_MINE
from academy.tracks import queries as tracks
from tests.conftest import MONDAY, opened, settings
from tests.factories import TODAY

EXTRAS = 3
Roles = tuple[Role, ...]
Somebody = tuple[str, str, str, Roles, Habits | None]
SATURDAY = 5


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Built once: it takes seconds."""
    app = opened(settings(tmp_path_factory.mktemp("company")))
    with app.app_context():
        database.may_write()
        assert seed.is_empty()
        assert seed.plant(MONDAY, EXTRAS) == len(seed.CAST) + EXTRAS
        yield app
        db.session.remove()
        db.engine.dispose()


def staff() -> list[Person]:
    return list(db.session.scalars(select(Person)))


def kept(person: Person) -> tuple[dict[str, int], Balances]:
    return rewards.tallies(person.id), rewards.balances(person.id)


def test_every_persona_of_the_sign_in_page_exists(company: Flask) -> None:
    assert [persona.key for persona in services.personas()] == list(services.PERSONAS)
    assert not seed.is_empty()


def test_personas_hold_the_roles_they_are_for(company: Flask) -> None:
    held = {
        persona.key: signed_in.roles
        for persona in services.personas()
        if (signed_in := people.signed_in(f"{persona.person_id}.0", TODAY)) is not None
    }

    assert held["learner"] == frozenset()
    assert held["hr"] == {(Role.HR, None)}
    assert held["admin"] == {(Role.ADMIN, None)}


def test_everybody_has_a_place_in_the_company(company: Flask) -> None:
    places = [people.workplace(person.id) for person in staff()]

    assert len(places) == len(seed.CAST) + EXTRAS
    assert {place.company for place in places if place} == {"Papeteries Aurore"}
    assert None not in places


def test_rebuilt_equals_kept_for_everybody(company: Flask) -> None:
    before = {person.id: kept(person) for person in staff()}

    for person in staff():
        ledger.rebuild(person.id)

    after = {person.id: kept(person) for person in staff()}
    db.session.rollback()
    assert after == before
    assert any(tallies for tallies, _balances in before.values())


def test_every_point_is_explained_by_the_ledger(company: Flask) -> None:
    paid: Mapping[int, int] = {
        row.person_id: row.points
        for row in db.session.execute(
            select(LedgerEntry.person_id, func.sum(LedgerEntry.amount).label("points"))
            .where(LedgerEntry.currency == "point")
            .group_by(LedgerEntry.person_id)
        )
    }

    for person in staff():
        assert rewards.balances(person.id).points == paid.get(person.id, 0)


def test_people_learn_on_working_days_and_not_yet_today(company: Flask) -> None:
    learning = (Verb.ROUND_DONE, Verb.LESSON_DONE, Verb.QUIZ_PASSED)
    days = set(db.session.scalars(select(Deed.day).where(Deed.verb.in_(learning))))

    assert max(days) < TODAY
    assert min(days) >= TODAY - seed.MONTHS_OF_HISTORY
    assert all(day.weekday() < SATURDAY for day in days)


def test_every_round_begun_is_finished_and_one_a_day(company: Flask) -> None:
    rounds = list(db.session.scalars(select(Round)))

    assert len({(each.person_id, each.day) for each in rounds}) == len(rounds)
    assert all(each.finished_at is not None for each in rounds)
    assert all(each.answered == len(each.questions) == 2 for each in rounds)


def test_nobody_sits_a_quiz_more_than_three_times_a_day(company: Flask) -> None:
    quizzes = db.session.scalars(select(Attempt).where(Attempt.kind == Kind.QUIZ))
    sat = Counter((each.person_id, each.subject, each.started_at.date()) for each in quizzes)

    assert sat
    assert max(sat.values()) <= TRIES_A_DAY


def test_whoever_earned_the_passport_has_one(company: Flask) -> None:
    earned = {person.id for person in staff() if "passport" in rewards.held(person.id)}
    valid = select(Certificate.person_id).where(Certificate.status == Status.VALID)

    assert set(db.session.scalars(valid)) == earned


def test_the_new_employee_has_everything_before_her(company: Flask) -> None:
    lea = people.by_emails({"new": services.PERSONAS["new"]})[0]

    assert list(db.session.scalars(select(Deed).where(Deed.person_id == lea.person_id))) == []


def test_karim_has_spoken_on_ideas_that_his_path_shows(company: Flask) -> None:
    karim = people.by_emails({"learner": services.PERSONAS["learner"]})[0]

    known = knowledge(Learner(karim.person_id, MONDAY.date()), MONDAY)

    assert len(known.in_state(None)) == NOT_MINE
    waiting = [each for each in known.stands.values() if each.verdict is Verdict.WAITING]
    assert len(waiting) == KNOWN


def test_personas_have_tracks_of_their_own(company: Flask) -> None:
    mine = {persona.key: tracks.theirs(persona.person_id, TODAY) for persona in services.personas()}

    assert "managers" in mine["hr"]
    assert "first-month" in mine["new"]
    assert "safe-at-work" in mine["learner"]
    assert all("managers" not in mine[key] for key in ("new", "learner", "mentor"))


def test_the_same_company_is_built_every_time(company: Flask, tmp_path: Path) -> None:
    """Here, and in another academy."""
    here = told()

    other = opened(settings(tmp_path))
    with other.app_context():
        seed.plant(MONDAY, EXTRAS)
        there = told()
        db.session.remove()
        db.engine.dispose()

    assert here == there
    assert any(deed.startswith("quiz_passed") for deed in here)


def told() -> list[str]:
    """Everything the company did."""
    deeds = db.session.scalars(select(Deed).order_by(Deed.id))
    return [f"{each.verb} {each.subject} {each.at} {sorted(each.result.items())}" for each in deeds]
