"""Many at the same moment: wishes, proposals and publications count once."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy import database
from academy.database import db
from academy.mentoring.models import Work
from academy.mentoring.pairs.models import MentoringPair, Proposal
from academy.mentoring.pairs.proposing import jobs, publishing, services
from academy.mentoring.programmes.models import Programme
from academy.mentoring.wishes import services as wishes
from academy.mentoring.wishes.models import Ballot, Wish
from academy.mentoring.wishes.rules import Choice
from academy.people.models import Role
from academy.refusal import Refusal
from tests.conftest import MONDAY
from tests.factories import TODAY, make_person
from tests.services.crowd import all_at_once
from tests.wishing import company, propose, wish


def count(app: Flask, model: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def outcome_of(act: object) -> str:
    """What happened, or which refusal."""
    assert callable(act)
    try:
        act()
    except Refusal as no:
        db.session.rollback()
        return type(no).__name__
    return "done"


def test_twenty_tabs_with_other_wishes_keep_one_of_them(app: Flask) -> None:
    with app.app_context():
        database.may_write()
        number, [ada], mentees = company(1, 20)
        numbers = [each.id for each in mentees]
        ada_id = ada.id

    def save(place: int) -> str:
        said = {other: Choice() for other in numbers} | {numbers[place]: Choice(1)}
        return outcome_of(lambda: wishes.save(ada_id, number, 0, said, True, MONDAY, TODAY))

    found = all_at_once(app, save)

    assert sorted(found) == ["SavedMeanwhile"] * 19 + ["done"]
    assert (count(app, Ballot), count(app, Wish)) == (1, 20)
    with app.app_context():
        ranked = select(func.count()).select_from(Wish).where(Wish.rank == 1)
        assert db.session.scalar(ranked) == 1


@pytest.mark.parametrize("same", [True, False])
def test_twenty_organisers_publish_one_proposal_of_three(app: Flask, same: bool) -> None:
    with app.app_context():
        database.may_write()
        sofia = make_person(Role.ORGANISER)
        number, [ada, bob], [cleo] = company(2, 1, sofia)
        for person, other in ((ada, cleo), (bob, cleo), (cleo, ada)):
            wish(person, number, {other: 1})
        propose(number, sofia)
        version, organiser = db.session.get_one(Programme, number).version, sofia.id

    def publish(place: int) -> str:
        proposal = 1 if same else place % 3 + 1
        return outcome_of(lambda: publishing.publish(number, proposal, version, organiser, MONDAY))

    found = all_at_once(app, publish)

    assert found.count("done") == (20 if same else found.count("done"))
    assert set(found) <= {"done", "AlreadyPublished"}
    assert count(app, MentoringPair) == 1
    with app.app_context():
        published = select(func.count()).select_from(Proposal).where(Proposal.state == "published")
        assert db.session.scalar(published) == 1


def test_twenty_clicks_ask_for_one_search_and_two_workers_keep_it_once(app: Flask) -> None:
    with app.app_context():
        database.may_write()
        sofia = make_person(Role.ORGANISER)
        number, _mentors, _mentees = company(2, 2, sofia)
        organiser = sofia.id

    def ask(place: int) -> int:
        return services.ask(number, f"tab {place % 2}", None, place, organiser, MONDAY)

    [work] = set(all_at_once(app, ask))
    all_at_once(app, lambda _place: jobs.search(work, MONDAY), crowd=2)

    assert (count(app, Work), count(app, Proposal)) == (1, 3)
