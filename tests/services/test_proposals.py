"""Pairs proposed, wanted, published, on both databases."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import func, select, update

from academy.database import db
from academy.mentoring.models import Progress, Work
from academy.mentoring.pairing import audit
from academy.mentoring.pairs.models import Bond, MentoringPair, Order, Proposal, Status
from academy.mentoring.pairs.proposing import gathering, jobs, publishing, queries, services
from academy.mentoring.pairs.proposing.publishing import NotPublishable
from academy.mentoring.pairs.proposing.services import (
    AlreadyPublished,
    NoSuchTwo,
    NotUnderWay,
)
from academy.mentoring.programmes import services as programmes
from academy.mentoring.programmes.models import Programme
from academy.mentoring.programmes.rules import Side
from academy.mentoring.programmes.services import ChangedMeanwhile
from academy.people import audit as log
from academy.people import services as people
from academy.people.models import Person, Role
from academy.post import jobs as worker
from academy.post.models import Letter
from academy.privacy import services as privacy
from academy.refusal import Refusal
from tests.conftest import MONDAY
from tests.factories import TODAY, make_person, make_site
from tests.postbox import mails
from tests.programmes import call, draft, volunteer
from tests.wishing import company, meet, propose, publish, wish

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def sofia(context: Flask) -> Person:
    return make_person(Role.ORGANISER)


def kept(number: int, proposal: int) -> Proposal:
    found = queries.proposal(number, proposal)
    assert found is not None
    return found


def pairs(number: int, proposal: int) -> set[tuple[int, int]]:
    return {(one, other) for one, other in kept(number, proposal).pairs}


def how_many(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def work_of(number: int) -> Work:
    found = db.session.get_one(Work, number, populate_existing=True)
    assert isinstance(found, Work)
    return found


def test_each_policy_proposes_and_what_went_in_is_kept(sofia: Person) -> None:
    number, [ada, bob], [cleo, dan] = company(2, 2, sofia)
    wish(ada, number, {cleo: 1, dan: 2})
    wish(bob, number, {cleo: 2, dan: 1})
    wish(cleo, number, {ada: 1})
    wish(dan, number, {bob: 1})

    numbers = propose(number, sofia)

    assert numbers == [1, 2, 3]
    assert [kept(number, each).policy for each in numbers] == [
        "stable_for_all",
        "best_on_average",
        "nobody_badly_served",
    ]
    for each in numbers:
        assert pairs(number, each) == {(ada.id, cleo.id), (bob.id, dan.id)}
    first = kept(number, 1)
    assert first.solver.startswith("pairing ")
    assert first.objective["optimal"]
    assert first.objective["figures"] == {
        "pairs": 2,
        "blocking": 0,
        "worst": 1,
        "total": 4,
        "fit": 2,
        "kept": 0,
    }
    assert first.objective["digest"] == audit.digest(first.inputs)
    assert audit.restored(first.inputs)[0] == gathering.gathered(number, TODAY, 7).pool
    assert [each["pair"] for each in first.objective["broken"]] == first.pairs


def test_a_button_pressed_twice_asks_once_and_a_search_run_twice_is_kept_once(
    sofia: Person,
) -> None:
    number, _mentors, _mentees = company(1, 1, sofia)

    first = services.ask(number, "same", None, 1, sofia.id, MONDAY)
    assert services.ask(number, "same", None, 2, sofia.id, MONDAY) == first
    assert services.ask(number, "other tab", None, 2, sofia.id, MONDAY) == first
    db.session.commit()
    jobs.search(first, MONDAY)
    db.session.commit()
    jobs.search(first, MONDAY)
    db.session.commit()

    assert how_many(Proposal) == 3
    assert how_many(Letter) == 1
    assert services.ask(number, "same", None, 2, sofia.id, MONDAY) == first


def test_the_worker_finds_the_letter(context: Flask, sofia: Person) -> None:
    number, _mentors, _mentees = company(2, 2, sofia)
    work = services.ask(number, "form", None, 1, sofia.id, MONDAY)
    db.session.commit()

    worker.drain()

    assert (work_of(work).state, work_of(work).share) == (Progress.DONE, 100)


def test_a_refusal_and_a_reporting_line_are_never_paired(sofia: Person) -> None:
    number, [ada, bob], [cleo, dan] = company(2, 2, sofia)
    team = make_site()
    people.post(cleo, team, "sales", TODAY)
    people.post(bob, team, "sales", TODAY, cleo)
    db.session.commit()
    wish(dan, number, {ada: "no", bob: None})

    for each in propose(number, sofia):
        assert pairs(number, each) == {(ada.id, cleo.id), (bob.id, dan.id)}


def test_managers_in_a_circle_are_kept_apart_and_nobody_else(sofia: Person) -> None:
    number, [ada, cleo], [bob, dan] = company(2, 2, sofia)
    team = make_site()
    people.post(ada, team, "sales", TODAY, bob)
    people.post(bob, team, "sales", TODAY, ada)
    db.session.commit()

    for each in propose(number, sofia):
        assert pairs(number, each) == {(ada.id, dan.id), (cleo.id, bob.id)}


def test_lines_may_meet_where_the_programme_says_so(sofia: Person) -> None:
    number, [ada], [bob] = company(1, 1, sofia)
    people.post(bob, make_site(), "sales", TODAY)
    people.post(ada, make_site(), "sales", TODAY, bob)
    db.session.execute(update(Programme).where(Programme.id == number).values(line_depth=0))
    db.session.commit()

    assert pairs(number, propose(number, sofia)[0]) == {(ada.id, bob.id)}


def test_one_person_alone_gets_no_pair_and_nothing_can_be_published(sofia: Person) -> None:
    number, [_ada], [] = company(1, 0, sofia)

    numbers = propose(number, sofia)

    assert [kept(number, each).pairs for each in numbers] == [[], [], []]
    with pytest.raises(NotPublishable):
        publish(number, 1, sofia)


def test_nobody_at_all_is_no_fault(sofia: Person) -> None:
    number = call(sofia)

    assert kept(number, propose(number, sofia)[0]).pairs == []


def test_a_mentor_takes_as_many_as_they_said_and_the_programme_allows(sofia: Person) -> None:
    number, [ada], [bob, cleo, dan] = company(1, 3, sofia)
    volunteer(ada, number, side=Side.MENTOR, capacity=5)

    assert len(pairs(number, propose(number, sofia)[0])) == 2
    contests = kept(number, 1).objective["contests"]
    assert [(each["seeking"], each["places"]) for each in contests] == [("mentees", 2)]
    assert contests[0]["people"] == sorted(each.id for each in (bob, cleo, dan))


def test_who_missed_the_meeting_may_still_be_paired_after_those_who_were_ranked(
    sofia: Person,
) -> None:
    number, [ada], [bob] = company(1, 1, sofia)
    late, eve = make_person(), make_person()
    volunteer(late, number, side=Side.MENTOR, capacity=1)
    volunteer(eve, number, side=Side.MENTEE, offered=[], wanted=["own:1"])
    wish(bob, number, {ada: 1})

    assert pairs(number, propose(number, sofia)[0]) == {(ada.id, bob.id), (late.id, eve.id)}


def test_who_would_be_both_sits_on_one_side(sofia: Person) -> None:
    number, [ada], [] = company(1, 0, sofia)
    both, other = make_person(), make_person()
    for person in (both, other):
        volunteer(person, number, side=Side.BOTH, wanted=["own:1"], capacity=1)
    meet(number, [(ada, both), (other, both)])

    found = gathering.sides_now(number)
    assert set(found.mentors) == {ada.id, other.id}
    assert set(found.mentees) == {both.id}


def test_pins_and_forbidden_pairs_are_followed_and_let_go(sofia: Person) -> None:
    number, [ada, bob], [cleo, dan] = company(2, 2, sofia)
    wish(ada, number, {cleo: 1, dan: 2})

    services.bind(number, ada.id, dan.id, Bond.PIN, sofia.id, MONDAY)
    db.session.commit()
    assert pairs(number, propose(number, sofia)[0]) == {(ada.id, dan.id), (bob.id, cleo.id)}
    services.bind(number, ada.id, dan.id, Bond.FORBID, sofia.id, MONDAY)
    services.bind(number, ada.id, dan.id, Bond.FORBID, sofia.id, MONDAY)
    db.session.commit()
    assert [each.bond for each in queries.orders(number)] == ["forbid"]
    assert (ada.id, dan.id) not in pairs(number, propose(number, sofia)[0])
    services.bind(number, ada.id, dan.id, None, sofia.id, MONDAY)
    db.session.commit()
    assert how_many(Order) == 0


def test_a_pin_that_is_not_possible_fails_with_its_order_and_no_numbers_of_people(
    sofia: Person,
) -> None:
    number, [ada], [bob] = company(1, 1, sofia)
    wish(bob, number, {ada: "no"})
    services.bind(number, ada.id, bob.id, Bond.PIN, sofia.id, MONDAY)
    work = services.ask(number, "form", None, 1, sofia.id, MONDAY)
    db.session.commit()

    jobs.search(work, MONDAY)
    db.session.commit()

    [order] = queries.orders(number)
    assert work_of(work).said == {"reason": "not possible", "order": order.id}


@pytest.mark.parametrize("who", ["stranger", "twice", "two mentors"])
def test_only_a_mentor_and_a_mentee_of_the_programme_are_pinned(sofia: Person, who: str) -> None:
    number, [ada, bob], [cleo] = company(2, 1, sofia)
    two = {
        "stranger": (make_person().id, cleo.id),
        "twice": (ada.id, ada.id),
        "two mentors": (ada.id, bob.id),
    }

    with pytest.raises(NoSuchTwo):
        services.bind(number, *two[who], Bond.PIN, sofia.id, MONDAY)


def test_staying_near_keeps_what_can_be_kept_and_says_what_it_costs(sofia: Person) -> None:
    number, mentors, mentees = company(4, 4, sofia)
    first = pairs(number, propose(number, sofia)[0])
    broken = min(first)
    services.bind(number, *broken, Bond.FORBID, sofia.id, MONDAY)
    wish(mentors[0], number, {each: place for place, each in enumerate(mentees, 1)})

    numbers = propose(number, sofia, near=1)

    again = [pairs(number, each) for each in numbers]
    assert again[0] == first - {broken}
    assert [len(each) for each in again] == [3, 3, 3, 4]
    assert len(first & again[3]) == 2


def test_who_left_the_company_is_paired_no_more_and_what_names_them_is_not_published(
    sofia: Person,
) -> None:
    number, [ada, _bob], [_cleo, _dan] = company(2, 2, sofia)
    db.session.execute(update(Programme).where(Programme.id == number).values(wishes_by=None))
    first = propose(number, sofia)[0]
    db.session.execute(update(Person).where(Person.id == ada.id).values(active=False))
    db.session.commit()

    with force_locale("en"), pytest.raises(NotPublishable, match="has left"):
        publish(number, first, sofia)
    db.session.rollback()
    again = propose(number, sofia, near=first)[0]
    assert len(pairs(number, again)) == 1
    assert ada.id not in {person for pair in pairs(number, again) for person in pair}
    publish(number, again, sofia)
    assert how_many(MentoringPair) == 1


def test_a_proposal_made_before_somebody_said_no_is_not_published(sofia: Person) -> None:
    number, [ada], [bob] = company(1, 1, sofia)
    first = propose(number, sofia)[0]
    wish(ada, number, {bob: "no"})
    wish(bob, number, {ada: 1})

    with force_locale("en"), pytest.raises(NotPublishable, match="not possible any more"):
        publish(number, first, sofia)


def test_nothing_is_published_while_people_may_still_change_their_wishes(sofia: Person) -> None:
    number, [ada], [bob] = company(1, 1, sofia)
    wish(ada, number, {bob: 1})
    first = propose(number, sofia)[0]

    with force_locale("en"), pytest.raises(NotPublishable, match="until the end of"):
        publish(number, first, sofia, MONDAY + timedelta(days=10))
    db.session.rollback()
    publish(number, first, sofia, MONDAY + timedelta(days=11))
    assert how_many(MentoringPair) == 1


def test_publishing_makes_pairs_once_and_tells_everybody_once(
    context: Flask, sofia: Person, now: Callable[[datetime], None]
) -> None:
    number, [ada], [bob, cleo] = company(1, 2, sofia)
    wish(ada, number, {bob: 1, cleo: "no"})
    wish(bob, number, {ada: 1})
    wish(cleo, number, {ada: 1})
    propose(number, sofia)

    publish(number, 2, sofia)
    publish(number, 2, sofia)

    [pair] = db.session.scalars(select(MentoringPair)).all()
    assert (pair.mentor_id, pair.mentee_id, pair.months, pair.topics) == (
        ada.id,
        bob.id,
        4,
        ["own:1"],
    )
    assert [kept(number, each).state for each in (1, 2, 3)] == [
        Status.PASSED,
        Status.PUBLISHED,
        Status.PASSED,
    ]
    acts = [entry.act for entry in log.entries(log.Wanted())[0]]
    assert acts.count("pairs-published") == 1
    mails(context)
    now(MONDAY + timedelta(minutes=11))
    sent = {mail.address: mail.subject for mail in mails(context)}
    assert sent[ada.email].startswith(f"Ada {bob.family_name} and you are a pair")
    assert sent[bob.email].startswith(f"Ada {ada.family_name} and you are a pair")
    assert "no pair for you this time" in sent[cleo.email]
    assert len(sent) == 3


def test_two_organisers_at_once_publish_one(sofia: Person) -> None:
    number, [ada], [bob] = company(1, 1, sofia)
    wish(ada, number, {bob: 1})
    wish(bob, number, {ada: 1})
    propose(number, sofia)
    other = make_person(Role.ORGANISER)
    version = db.session.get_one(Programme, number).version

    publishing.publish(number, 1, version, sofia.id, MONDAY)
    db.session.commit()
    with pytest.raises(AlreadyPublished):
        publishing.publish(number, 2, version, other.id, MONDAY)
    db.session.rollback()
    assert how_many(MentoringPair) == 1


def test_a_programme_changed_meanwhile_is_read_again_first(sofia: Person) -> None:
    number, [ada], [bob] = company(1, 1, sofia)
    wish(ada, number, {bob: 1})
    wish(bob, number, {ada: 1})
    propose(number, sofia)

    with pytest.raises(ChangedMeanwhile):
        publishing.publish(number, 1, 1, sofia.id, MONDAY)


def test_once_published_nothing_is_asked_wanted_or_wished_any_more(sofia: Person) -> None:
    number, [ada], [bob] = company(1, 1, sofia)
    wish(ada, number, {bob: 1})
    wish(bob, number, {ada: 1})
    propose(number, sofia)
    publish(number, 1, sofia)

    with pytest.raises(AlreadyPublished):
        services.ask(number, "again", None, 1, sofia.id, MONDAY)
    with pytest.raises(AlreadyPublished):
        services.bind(number, ada.id, bob.id, None, sofia.id, MONDAY)
    with force_locale("en"), pytest.raises(Refusal, match="pairs are made"):
        wish(ada, number, {bob: None}, read=1)


def test_a_draft_has_no_pairs_and_an_ended_programme_neither(sofia: Person) -> None:
    number = draft(sofia)
    with pytest.raises(NotUnderWay):
        services.ask(number, "form", None, 1, sofia.id, MONDAY)


def test_more_people_than_exact_search_bears_get_stable_pairs(sofia: Person) -> None:
    number = call(sofia)
    mentors = [make_person() for _ in range(61)]
    mentees = [make_person() for _ in range(3)]
    for person in mentors:
        volunteer(person, number, side=Side.MENTOR, capacity=1)
    for person in mentees:
        volunteer(person, number, side=Side.MENTEE, offered=[], wanted=["own:1"])
    meet(number, [(one, other) for one in mentors[:9] for other in mentees])

    numbers = propose(number, sofia)

    assert [kept(number, each).policy for each in numbers] == [
        "stable_and_many",
        "best_on_average",
    ]
    assert [len(pairs(number, each)) for each in numbers] == [3, 3]
    near = propose(number, sofia, near=1)
    assert [kept(number, each).policy for each in near] == ["best_on_average"]
    assert pairs(number, near[0]) == pairs(number, 1)


def test_volunteers_who_withdrew_are_out_of_the_pool(sofia: Person) -> None:
    number, [ada, bob], [cleo] = company(2, 1, sofia)
    programmes.step_out(ada.id, number, MONDAY)
    db.session.commit()

    assert pairs(number, propose(number, sofia)[0]) == {(bob.id, cleo.id)}


def test_who_is_erased_is_nobodys_number_in_proposals_that_can_still_be_read(
    sofia: Person,
) -> None:
    number, [ada, bob], [cleo] = company(2, 1, sofia)
    wish(ada, number, {cleo: 1})
    wish(cleo, number, {ada: 1, bob: 2})
    propose(number, sofia)
    before = kept(number, 1)
    digest, pool = before.objective["digest"], audit.restored(before.inputs)[0]

    for person in (ada, bob):
        privacy.erase(person.id, MONDAY, None)
        db.session.commit()

    after = kept(number, 1)
    again = audit.restored(after.inputs)[0]
    assert after.pairs == [[-1, cleo.id]]
    assert after.objective["digest"] == digest
    assert [len(side) for side in (again.mentors, again.mentees)] == [2, 1]
    assert again.mentees[0].wishes.ranked == ((-1,), (-2,))
    assert len(again.met or ()) == len(pool.met or ())
