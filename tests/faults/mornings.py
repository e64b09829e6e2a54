"""What many people do on one morning, and what must be in the books afterwards: all of it, once."""

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Flask
from sqlalchemy import func, select

from academy import database
from academy.database import db
from academy.deeds.models import Deed
from academy.deeds.verbs import Verb
from academy.folio.models import Folio
from academy.mastery.models import Answer
from academy.mentoring.programmes.rules import Side
from academy.mentoring.wishes.models import Ballot, Wish
from academy.people.models import Role
from academy.rewards.models import LedgerEntry
from academy.rewards.shop import books
from academy.rewards.shop.models import Order
from tests.factories import make_person
from tests.faults.callers import Caller, Said, Tally
from tests.faults.hosts import Host
from tests.gifts import gift
from tests.programmes import call, volunteer
from tests.wishing import meet

AT_ONCE = 4
ANSWERS, ACTS = 2, 4  # a person's answers; with their order and their wishes
FOUND = 302


@dataclass
class Morning:
    """A gift for one star, a programme in which everybody met the same mentor, and who takes part."""

    app: Flask
    people: list[int]
    gift: int
    programme: int
    mentor: int
    tally: Tally

    @contextmanager
    def lived(self, hosts: Sequence[Host], but: Sequence[int] = ()) -> Iterator[Tally]:
        """Everybody's morning, four people at a time, while the block runs; all is done when it ends."""
        people = [each for each in self.people if each not in but]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            days: list[Future[None]] = [pool.submit(self._live, each, hosts) for each in people]
            yield self.tally
            for day in days:
                day.result()

    def _live(self, person: int, hosts: Sequence[Host]) -> None:
        try:
            self._day(person, hosts)
        except BaseException as error:
            self.tally.fail(error)
            raise

    def _day(self, person: int, hosts: Sequence[Host]) -> None:
        caller = Caller(self.app, person, hosts, self.tally)
        self.answer(caller)
        self.answer(caller)
        self.shop_and_wish(caller)

    def shop_and_wish(self, caller: Caller) -> None:
        """A gift for the star of this minute, and the wishes handed in."""
        person = caller.person
        page = caller.get(f"/shop/gifts/{self.gift}")
        made = caller.submit(page, "/shop/gifts/", {})
        assert made.status == FOUND, made.text
        self.tally.acknowledge("order", person, int(made.headers["Location"].rpartition("/")[2]))
        page = caller.get(f"/mentoring/{self.programme}/wishes")
        kept = caller.submit(page, "/wishes", {f"wish-{self.mentor}": "1", "act": "hand-in"})
        assert kept.status == FOUND, kept.text
        self.tally.acknowledge("wish", person, self.mentor)

    def answer(self, caller: Caller) -> Said:
        """The next question of the minute: the first choice there is, or that one does not know."""
        page = caller.get("/minute")
        form = page.form("/minute/")
        said = caller.submit(page, "/minute/", guess(page))
        assert said.status == 200, (form.action, said.text)  # an HTTP status
        number, slot = form.action.split("/")[-2:]
        self.tally.acknowledge("answer", caller.person, int(number), int(slot))
        return said


def guess(page: Said) -> dict[str, str]:
    """The first of the choices that are there; questions of other kinds are not known."""
    choice = page.html.select_one("form[action^='/minute/'] input[type=radio][name][value]")
    return {str(choice["name"]): str(choice["value"])} if choice else {"dont_know": "1"}


def prepared(app: Flask, people: int) -> Morning:
    """So many colleagues who have all of that before them today; every other reads French."""
    today = datetime.now(UTC).date()
    with app.app_context():
        database.may_write()
        keeper, mentor = make_person(Role.ORGANISER), make_person()
        crowd = [make_person(language=("en", "fr")[number % 2]) for number in range(people)]
        days = {"wishes_by": 15, "starts_on": 20, "ends_on": 120}
        later = {name: today + timedelta(days=days[name]) for name in days}
        programme = call(keeper, closes_on=today + timedelta(days=10), **later)
        volunteer(mentor, programme, side=Side.MENTOR, capacity=2)
        for each in crowd:
            volunteer(each, programme, side=Side.MENTEE, offered=[], wanted=["own:1"], capacity=1)
        meet(programme, [(mentor, each) for each in crowd])
        thing = gift(keeper, currency="star", price=1)
        db.session.rollback()
        return Morning(app, [each.id for each in crowd], thing, programme, mentor.id, Tally())


def check(morning: Morning) -> None:
    """All that was acknowledged is there, once, and nothing else; balances are what was earned and spent."""
    told = morning.tally.acknowledged
    assert len(told) == len(set(told)) == ACTS * len(morning.people)
    with morning.app.app_context():
        database.reading_only()
        assert _answers(morning.people) == {each[1:] for each in told if each[0] == "answer"}
        ordered = select(Order.person_id, Order.id).where(Order.gift_id == morning.gift)
        orders = [tuple(row) for row in db.session.execute(ordered)]
        assert sorted(orders) == sorted(each[1:] for each in told if each[0] == "order")
        here = Wish.programme_id == morning.programme
        wishes = select(Wish.person_id, Wish.other_id).where(here, Wish.rank == 1)
        kept = [tuple(row) for row in db.session.execute(wishes)]
        assert sorted(kept) == sorted(each[1:] for each in told if each[0] == "wish")
        ballots = select(Ballot.person_id).where(Ballot.programme_id == morning.programme)
        handed_in = db.session.scalars(ballots.where(Ballot.handed_in_at.is_not(None)))
        assert sorted(handed_in) == sorted(morning.people)
        _check_purses(morning.people)
        db.session.rollback()


def _answers(people: list[int]) -> set[tuple[int, int, int]]:
    given = select(Answer.person_id, Answer.context_id, Answer.slot)
    rows = db.session.execute(given.where(Answer.person_id.in_(people))).all()
    assert len(rows) == len(set(rows))
    return {(row.person_id, row.context_id, row.slot) for row in rows}


def _check_purses(people: list[int]) -> None:
    """One star a person, spent; a key for each right answer; points as the ledger has them."""
    assert books.discrepancies() == []
    assert books.unbalanced() == []
    done = select(Deed.person_id).where(Deed.verb == Verb.ROUND_DONE)
    rounds = db.session.scalars(done.where(Deed.person_id.in_(people)))
    assert Counter(rounds) == Counter(people)
    right = select(Answer.person_id, func.count()).where(Answer.right).group_by(Answer.person_id)
    keys = {row[0]: row[1] for row in db.session.execute(right)}
    paid = select(LedgerEntry.person_id, func.sum(LedgerEntry.amount))
    earned = paid.where(LedgerEntry.currency == "point").group_by(LedgerEntry.person_id)
    points = {row[0]: row[1] for row in db.session.execute(earned)}
    for folio in db.session.scalars(select(Folio).where(Folio.person_id.in_(people))):
        assert (folio.stars_ever, folio.stars) == (1, 0)
        assert folio.keys_ever == folio.keys == keys.get(folio.person_id, 0)
        assert folio.points == points.get(folio.person_id, 0)
