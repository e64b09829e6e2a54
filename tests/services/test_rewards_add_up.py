"""What is kept can be made anew from the log, and every point can be explained."""

from collections import Counter
from random import Random

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from academy.database import db
from academy.deeds.models import Deed
from academy.deeds.services import Act
from academy.deeds.verbs import COUNTED, Verb
from academy.folio.models import Folio
from academy.people.models import Person
from academy.rewards import badges, queries, services
from academy.rewards.models import LedgerEntry
from academy.rewards.queries import Balances, Paid
from academy.rewards.rules import Facts
from tests.conftest import MONDAY
from tests.factories import TODAY, make_person

THEMES = (None, "ai", "culture", "security")
VERBS = [verb for verb in Verb if verb in COUNTED]
Kept = tuple[dict[str, int], Balances]


def live(person: Person, seed: int, deeds: int = 45) -> None:
    """Deeds of every kind, some of them done again."""
    dice = Random(seed)  # noqa: S311  # a repeatable life
    for _ in range(deeds):
        verb, subject = dice.choice(VERBS), f"subject-{dice.randrange(deeds)}"
        result = {"right": dice.randrange(3), "dont_know": dice.randrange(2)}
        services.record(
            Act(
                person.id,
                verb,
                subject,
                MONDAY,
                TODAY,
                f"{verb}:{subject}",
                dice.choice(THEMES),
                result if verb in (Verb.ROUND_DONE, Verb.LESSON_DONE) else {},
            )
        )
    db.session.commit()


def kept(person: Person) -> Kept:
    return queries.tallies(person.id), queries.balances(person.id)


def whole_history(person: Person) -> list[Paid]:
    """Page by page, as one reads it."""
    lines, more = queries.history(person.id)
    while more:
        page, more = queries.history(person.id, before=lines[-1].deed)
        lines += page
    return lines


@pytest.mark.parametrize("seed", range(3))
def test_rebuilt_equals_kept(context: Flask, seed: int) -> None:
    ada, bob = make_person(), make_person()
    live(ada, seed)
    live(bob, seed + 100)
    before = kept(ada), kept(bob)

    services.rebuild(ada.id)
    db.session.commit()

    assert (kept(ada), kept(bob)) == before


def test_rebuilding_mends_what_was_damaged(context: Flask) -> None:
    ada = make_person()
    live(ada, 7)
    before = kept(ada)
    db.session.execute(
        update(Folio).values(points=5000, stars=99, stars_ever=99, tallies={}, awards=[])
    )
    db.session.commit()

    services.rebuild(ada.id)

    assert kept(ada) == before


def test_what_was_spent_stays_spent(context: Flask) -> None:
    ada = make_person()
    live(ada, 7)
    db.session.execute(
        update(Folio)
        .where(Folio.person_id == ada.id, Folio.stars >= 2)
        .values(stars=Folio.stars - 2)
    )
    db.session.commit()
    before = kept(ada)

    services.rebuild(ada.id)

    assert kept(ada) == before
    after = queries.balances(ada.id)
    assert after.stars == after.stars_ever - 2


def test_rebuilding_somebody_who_did_nothing_makes_nothing(context: Flask) -> None:
    ada = make_person()

    services.rebuild(ada.id)

    assert kept(ada) == ({}, Balances())


def test_the_ledger_adds_up_to_the_balances(context: Flask) -> None:
    ada = make_person()
    live(make_person(), 51)
    live(ada, 4)

    rows = db.session.execute(
        select(LedgerEntry.currency, func.sum(LedgerEntry.amount))
        .where(LedgerEntry.person_id == ada.id)
        .group_by(LedgerEntry.currency)
    )

    _tallies, has = kept(ada)
    paid = {row.currency: row[1] for row in rows}
    assert paid == {"point": has.points, "star": has.stars, "key": has.keys}
    assert (has.stars, has.keys) == (has.stars_ever, has.keys_ever)


def test_the_history_explains_every_point(context: Flask) -> None:
    ada = make_person()
    live(make_person(), 50)
    live(ada, 5, deeds=60)

    lines = whole_history(ada)

    has = queries.balances(ada.id)
    assert has == Balances(
        points=sum(line.points for line in lines),
        stars=sum(line.stars for line in lines),
        keys=sum(line.keys for line in lines),
        stars_ever=has.stars,
        keys_ever=has.keys,
    )


def test_the_history_tells_each_deed_once_newest_first(context: Flask) -> None:
    ada = make_person()
    live(ada, 3, deeds=90)

    lines = whole_history(ada)

    numbers = [line.deed for line in lines]
    mine = db.session.scalars(select(Deed.id).where(Deed.person_id == ada.id)).all()
    assert len(numbers) > 2 * queries.PAGE
    assert numbers == sorted(mine, reverse=True)


def test_every_award_held_is_one_deed_and_no_award_is_forgotten(context: Flask) -> None:
    ada = make_person()
    live(ada, 11)

    told = Counter(line.subject for line in whole_history(ada) if line.verb == Verb.AWARD_EARNED)

    held = queries.held(ada.id)
    assert told == Counter(held)
    assert badges.in_force().met_by(Facts(queries.tallies(ada.id), held)) == ()
