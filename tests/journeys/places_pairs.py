"""Wishes of those who met, and the organiser's pages of pairs."""

from datetime import timedelta

from sqlalchemy import select, update

from academy.database import db
from academy.mentoring.models import Kind, Progress, Work
from academy.mentoring.pairs.models import Bond, Health, MentoringPair
from academy.mentoring.pairs.proposing import services
from academy.mentoring.programmes.models import Programme
from academy.mentoring.programmes.rules import Side
from academy.mentoring.wishes.models import Liking
from academy.people.models import Person
from academy.people.services import PERSONAS
from tests import wishing
from tests.journeys.places_staff import at_work
from tests.journeys.rounds import enter
from tests.journeys.visit import Visit, place

LONG = ("Marie-Caroline Philippine", "de La Rochefoucauld-Montbazon-Villeneuve")


def gathered(visit: Visit, mentors: int = 3, mentees: int = 4) -> wishing.Company:
    """People who all met, one of them with a long name, and Sofia, who organises; wishes are open."""
    with visit.served.behind():
        sofia = db.session.scalars(
            select(Person).where(Person.email == PERSONAS["organiser"])
        ).one()
        found = wishing.company(mentors, mentees, sofia)
        number, [ada, *_others], people = found
        ada.language = visit.language
        people[0].given_name, people[0].family_name = LONG
        days = {"ends_on": visit.now.date() + timedelta(days=90)}
        days["wishes_by"] = visit.now.date() + timedelta(days=10)
        db.session.execute(update(Programme).where(Programme.id == number).values(**days))
        db.session.commit()
        for liking, person in zip(Liking, people, strict=False):
            words = "Connaît tous les raccourcis, et rit facilement."
            wishing.note(ada, number, person, liking, words, Side.MENTOR)
    return found


def proposed(visit: Visit) -> wishing.Company:
    """The same once they wished, and pairs are proposed."""
    number, mentors, mentees = gathered(visit)
    with visit.served.behind():
        [ada, bob, cleo], [dan, eve, fay, gus] = mentors, mentees
        at = visit.now
        wishing.wish(ada, number, {dan: 1, eve: 1, fay: 2, gus: "no"}, at=at)
        wishing.wish(bob, number, {dan: 1, eve: 2}, at=at)
        wishing.wish(cleo, number, {dan: 1, fay: 2}, at=at)
        wishing.wish(dan, number, {bob: 1, cleo: 2, ada: 3}, at=at)
        wishing.wish(eve, number, {bob: 1, ada: 2}, at=at)
        sofia = db.session.scalars(
            select(Person).where(Person.email == PERSONAS["organiser"])
        ).one()
        services.bind(number, cleo.id, gus.id, Bond.FORBID, sofia.id, at)
        wishing.propose(number, sofia)
    return number, mentors, mentees


@place
def wishes(visit: Visit) -> None:
    number, [ada, *_others], _mentees = gathered(visit)
    enter(visit.page, visit.served, ada)
    visit.open(f"/mentoring/{number}/wishes", ".wish")


@place
def wishes_handed_in(visit: Visit) -> None:
    number, [ada, *_others], _mentees = gathered(visit)
    enter(visit.page, visit.served, ada)
    visit.open(f"/mentoring/{number}/wishes", ".wish")
    visit.page.locator("button[value='hand-in']").click()
    visit.see(".wishes-state .icon-check")


@place
def wishes_saved_elsewhere(visit: Visit) -> None:
    number, [ada, *_others], mentees = gathered(visit)
    enter(visit.page, visit.served, ada)
    visit.open(f"/mentoring/{number}/wishes", ".wish")
    with visit.served.behind():
        wishing.wish(ada, number, {mentees[1]: 1, mentees[0]: "no"}, at=visit.now)
    visit.page.locator("button[value='draft']").click()
    visit.see(".wish-kept")


@place
def wishes_over(visit: Visit) -> None:
    number, [ada, *_others], _mentees = gathered(visit)
    with visit.served.behind():
        yesterday = visit.now.date() - timedelta(days=2)
        db.session.execute(
            update(Programme).where(Programme.id == number).values(wishes_by=yesterday)
        )
        db.session.commit()
    enter(visit.page, visit.served, ada)
    visit.open(f"/mentoring/{number}/wishes", ".wish-said")


@place
def wishes_for_nobody(visit: Visit) -> None:
    number, [ada], _mentees = gathered_alone(visit)
    enter(visit.page, visit.served, ada)
    visit.open(f"/mentoring/{number}/wishes", ".empty")


def gathered_alone(visit: Visit) -> wishing.Company:
    with visit.served.behind():
        found = wishing.company(1, 0)
        found[1][0].language = visit.language
        db.session.commit()
    return found


@place
def pairs_before_any_proposal(visit: Visit) -> None:
    number, _mentors, _mentees = gathered(visit)
    at_work(visit, "organiser")
    visit.open(f"/mentoring/programmes/{number}/pairs", ".tie-form")


@place
def pairs_proposed(visit: Visit) -> None:
    number, _mentors, _mentees = proposed(visit)
    at_work(visit, "organiser")
    visit.open(f"/mentoring/programmes/{number}/pairs", ".proposal-card")


@place
def pairs_of_a_proposal(visit: Visit) -> None:
    number, _mentors, _mentees = proposed(visit)
    at_work(visit, "organiser")
    visit.open(f"/mentoring/programmes/{number}/pairs/2", ".pair-line")


@place
def pair_explained(visit: Visit) -> None:
    number, _mentors, _mentees = proposed(visit)
    at_work(visit, "organiser")
    visit.open(f"/mentoring/programmes/{number}/pairs/1", ".pair-line")
    visit.page.locator(".pair-line a").first.click()
    visit.see("#broken-title")


@place
def person_of_a_proposal(visit: Visit) -> None:
    number, _mentors, [_dan, _eve, _fay, gus] = proposed(visit)
    at_work(visit, "organiser")
    visit.open(f"/mentoring/programmes/{number}/pairs/1/people/{gus.id}", ".pair-line")


@place
def proposals_compared(visit: Visit) -> None:
    number, _mentors, _mentees = proposed(visit)
    at_work(visit, "organiser")
    visit.open(f"/mentoring/programmes/{number}/pairs/compare?one=1&other=2", ".figures-table")


@place
def pairs_being_looked_for(visit: Visit) -> None:
    number, work = waiting(visit, Progress.RUNNING)
    at_work(visit, "organiser")
    visit.open(f"/mentoring/programmes/{number}/pairs/works/{work}", "[data-wait]")


@place
def pairs_not_proposed(visit: Visit) -> None:
    number, work = waiting(visit, Progress.FAILED)
    at_work(visit, "organiser")
    visit.open(f"/mentoring/programmes/{number}/pairs/works/{work}", ".notice-error")


def waiting(visit: Visit, state: Progress) -> tuple[int, int]:
    """A search under way, or one that made no sense."""
    number, _mentors, _mentees = gathered(visit)
    with visit.served.behind():
        work = Work(
            once="place",
            programme_id=number,
            kind=Kind.PROPOSE,
            state=state,
            share=45,
            seed=1,
            asked={},
            said={"reason": "circle"} if state is Progress.FAILED else {},
            asked_at=visit.now,
        )
        db.session.add(work)
        db.session.commit()
        return number, work.id


@place
def one_more_pair_and_nobody_free(visit: Visit) -> None:
    at_work(visit, "organiser")
    visit.open(f"/mentoring/programmes/{_published(visit)}/pairs/by-hand", ".empty")


@place
def one_more_pair(visit: Visit) -> None:
    number = _published(visit)
    with visit.served.behind():
        pairs = select(MentoringPair).where(MentoringPair.programme_id == number)
        for pair in db.session.scalars(pairs):
            pair.state = Health.PARTED
        db.session.commit()
    at_work(visit, "organiser")
    visit.open(f"/mentoring/programmes/{number}/pairs/by-hand", "#mentor")


def _published(visit: Visit) -> int:
    """A programme whose pairs are made."""
    with visit.served.behind():
        sofia = db.session.scalars(
            select(Person).where(Person.email == PERSONAS["organiser"])
        ).one()
        number, _mentors, _mentees = wishing.company(2, 2, sofia)
        db.session.get_one(Programme, number).wishes_by = None
        db.session.commit()
        wishing.publish(number, wishing.propose(number, sofia)[0], sofia, visit.now)
    return number
