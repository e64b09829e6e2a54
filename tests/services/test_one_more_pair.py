"""One more pair, by an organiser's word, once others are published."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from academy.database import db
from academy.mentoring.pairs.again import queries, services
from academy.mentoring.pairs.again.services import NotFree, NotPossible
from academy.mentoring.pairs.models import Bond, Health, MentoringPair
from academy.mentoring.pairs.proposing import services as proposing
from academy.mentoring.pairs.proposing.services import NotUnderWay
from academy.mentoring.programmes.models import Programme
from academy.mentoring.programmes.rules import Side
from academy.notices.models import Notice
from academy.people import services as people
from academy.people.models import Person, Role
from academy.post import jobs
from tests.conftest import MONDAY
from tests.factories import TODAY, make_person, make_site
from tests.programmes import volunteer
from tests.wishing import company, propose, publish, wish

pytestmark = pytest.mark.usefixtures("context")

Clock = Callable[[datetime], None]
LATER = MONDAY + timedelta(days=12)


@pytest.fixture
def sofia(context: Flask) -> Person:
    return make_person(Role.ORGANISER)


def published(sofia: Person, mentors: int, mentees: int) -> tuple[int, list[Person], list[Person]]:
    number, showing, learning = company(mentors, mentees, sofia)
    proposal = propose(number, sofia)[0]
    publish(number, proposal, sofia, LATER)
    return number, showing, learning


def free(number: int) -> tuple[set[int], set[int]]:
    programme = db.session.get_one(Programme, number, populate_existing=True)
    mentors, mentees = queries.free(programme)
    return {each.number for each in mentors}, {each.number for each in mentees}


def end(number: int) -> MentoringPair:
    """The first pair parts."""
    pair = db.session.scalars(
        select(MentoringPair)
        .where(MentoringPair.programme_id == number)
        .order_by(MentoringPair.id)
        .limit(1)
    ).one()
    pair.state, pair.ended_at = Health.PARTED, LATER
    db.session.commit()
    return pair


def newcomer(number: int, side: Side) -> Person:
    person = make_person()
    topics: dict[str, Any] = (
        {"offered": ["own:1"]} if side is Side.MENTOR else {"offered": [], "wanted": ["own:1"]}
    )
    volunteer(person, number, side=side, capacity=1, **topics)
    return person


def test_who_is_free_again_gets_another_pair_and_both_are_told_once(
    sofia: Person, now: Clock
) -> None:
    number, _mentors, _mentees = published(sofia, 2, 2)
    parted, zoe = end(number), newcomer(number, Side.MENTOR)
    assert free(number) == ({parted.mentor_id, zoe.id}, {parted.mentee_id})

    made = services.pair(number, zoe.id, parted.mentee_id, sofia.id, LATER)
    assert services.pair(number, zoe.id, parted.mentee_id, sofia.id, LATER) == made
    db.session.commit()
    now(LATER)
    jobs.drain()

    pair = db.session.get_one(MentoringPair, made)
    assert (pair.state, pair.topics, pair.months) == (Health.NEW, ["own:1"], 4)
    assert free(number) == ({parted.mentor_id}, set())
    told = db.session.scalars(select(Notice).where(Notice.person_id == zoe.id)).all()
    assert [notice.data["pair"] for notice in told] == [made]


def test_the_two_who_parted_are_no_pair_again(sofia: Person) -> None:
    number, _mentors, _mentees = published(sofia, 1, 1)
    parted = end(number)

    with pytest.raises(NotPossible):
        services.pair(number, parted.mentor_id, parted.mentee_id, sofia.id, LATER)


def test_a_refusal_a_reporting_line_and_an_organisers_word_are_one_answer(sofia: Person) -> None:
    number, [ada, bob], [cleo, _dan] = company(2, 2, sofia)
    proposing.bind(number, ada.id, cleo.id, Bond.FORBID, sofia.id, MONDAY)
    wish(cleo, number, {bob: "no"})
    publish(number, propose(number, sofia)[0], sofia, LATER)
    for pair in db.session.scalars(select(MentoringPair)):
        pair.state = Health.PARTED
    boss = newcomer(number, Side.MENTOR)
    people.post(cleo, make_site(), "sales", TODAY, boss)
    db.session.commit()

    for mentor in (ada, bob, boss):
        with pytest.raises(NotPossible):
            services.pair(number, mentor.id, cleo.id, sofia.id, LATER)


def test_who_has_no_room_or_has_left_is_not_paired(sofia: Person) -> None:
    number, [ada], [bob] = published(sofia, 1, 1)
    zoe, max_ = newcomer(number, Side.MENTOR), newcomer(number, Side.MENTEE)
    max_.active = False
    db.session.commit()

    for mentor, mentee in ((ada, max_), (zoe, bob), (zoe, max_), (zoe, zoe), (bob, ada)):
        with pytest.raises(NotFree):
            services.pair(number, mentor.id, mentee.id, sofia.id, LATER)


def test_before_anything_is_published_there_is_no_pair_by_hand(sofia: Person) -> None:
    number, [ada], [bob] = company(1, 1, sofia)

    with pytest.raises(NotUnderWay):
        services.pair(number, ada.id, bob.id, sofia.id, LATER)
