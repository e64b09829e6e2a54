"""The organiser's page for one more pair."""

from datetime import timedelta

from sqlalchemy import select

from academy.database import db
from academy.mentoring.pairs.models import Health, MentoringPair
from academy.people.models import Role
from tests.conftest import MONDAY
from tests.factories import make_person
from tests.pages.conftest import Behind
from tests.visitor import Visitor
from tests.wishing import company, propose, publish


def test_an_organiser_chooses_two_who_are_free(visitor: Visitor, behind: Behind) -> None:
    with behind():
        sofia = make_person(Role.ORGANISER)
        number, [ada, _bob], [cleo, dan] = company(2, 2, sofia)
        address = f"/mentoring/programmes/{number}/pairs"
        visitor.as_person(sofia).get(f"{address}/by-hand", 404)
        publish(number, propose(number, sofia)[0], sofia, MONDAY + timedelta(days=12))
        ada_id, both = ada.id, (cleo.id, dan.id)
    page = visitor.get(visitor.get(address).link("One more pair"))
    assert "Nobody is free" in page.text
    with behind():
        for pair in db.session.scalars(select(MentoringPair)):
            pair.state = Health.PARTED
        pairs = {
            pair.mentor_id: pair.mentee_id for pair in db.session.scalars(select(MentoringPair))
        }
        db.session.commit()

    page = visitor.get(f"{address}/by-hand")
    visitor.submit(page, "/by-hand", {"mentor": "", "mentee": ""}, 409)
    visitor.submit(page, "/by-hand", {"mentor": str(ada_id), "mentee": str(pairs[ada_id])}, 409)
    other = next(each for each in both if each != pairs[ada_id])
    board = visitor.submit(page, "/by-hand", {"mentor": str(ada_id), "mentee": str(other)})
    assert "The pair is made" in board.text
    assert "Not signed yet · 1" in board.text
