"""A mind is packed in one row: read back as it was, and made anew from the answers when it cannot be."""

import json
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select, update

from academy.catalog import releases
from academy.catalog.marking import Mark
from academy.database import db
from academy.folio import queries as folio
from academy.folio import services as pages
from academy.folio.models import Folio
from academy.mastery import minds, numbers, packing, queries, shelves
from academy.mastery.mind import Mind, question_tag, tag
from academy.mastery.models import Answer, Context
from academy.mastery.services import Marked, Sitting, take
from academy.mastery.tutor import Item
from academy.people import services as people
from academy.people.models import Person
from tests.conftest import MONDAY
from tests.factories import (
    TODAY,
    answer,
    do_round,
    draw,
    make_person,
    make_site,
    met,
    read_lesson,
)

NOTIONS = [f"notion-{number}" for number in range(12)]


def live(person: Person, seed: int, answers: int = 60) -> None:
    """Answers here and there, rightly and wrongly, over some months; the clock goes back once."""
    dice = Random(seed)  # noqa: S311  # a repeatable life
    at = MONDAY
    for number in range(answers):
        at += timedelta(hours=dice.randrange(90)) if number != 30 else timedelta(hours=-5)
        notion = dice.choice(NOTIONS)
        right = dice.random() < 0.6
        marked = Marked(
            1, f"{notion}-{dice.randrange(3)}", notion, Mark(right, float(right), False, {})
        )
        take(Sitting(person.id, Context.QUIZ, 1000 * seed + number, "first-ed"), [marked], at)
    db.session.commit()


def packed(person: Person) -> bytes | None:
    page = folio.page_of(person.id)
    assert page is not None
    return page.mind


def put(person: Person, mind: bytes | None) -> None:
    db.session.execute(update(Folio).where(Folio.person_id == person.id).values(mind=mind))
    db.session.commit()


@pytest.mark.parametrize("seed", range(1, 4))
def test_rebuilt_equals_kept(context: Flask, seed: int) -> None:
    ada = make_person()
    live(make_person(), seed + 50)
    live(ada, seed)

    kept = queries.mind_of(ada.id)

    assert len(kept.traces) > 5
    assert minds.rebuilt(ada.id) == kept
    assert packing.pack(minds.rebuilt(ada.id)) == packed(ada)


def test_a_trade_says_where_somebody_begins_and_rebuilt_still_equals_kept(
    context: Flask,
) -> None:
    """Whatever trade they work in afterwards, and whatever later nights say of it."""
    by = replace(numbers.SHIPPED, starts={"sales": 0.7})
    ada, bea = make_person(), make_person()
    team = make_site()
    people.post(ada, team, "sales", TODAY)
    db.session.commit()
    held = context.extensions[numbers.HELD]
    held.in_force = by
    try:
        assert minds.stranger("sales").theta == 0.7
        assert minds.stranger("law").theta == 0.0
        assert queries.mind_of(ada.id).theta == 0.7
        assert queries.mind_of(bea.id).theta == 0.0
        for person in (ada, bea):
            do_round(person)
    finally:
        held.in_force = numbers.SHIPPED
    people.post(ada, team, "law", TODAY + timedelta(days=1))
    db.session.commit()

    begun = db.session.scalars(
        select(Answer.start).where(Answer.person_id.in_([ada.id, bea.id])).order_by(Answer.id)
    ).all()
    assert begun == [0.7, None, None, None]
    for person in (ada, bea):
        assert packing.pack(minds.rebuilt(person.id)) == packed(person)


def test_what_minutes_and_lessons_taught_is_rebuilt_too(context: Flask) -> None:
    ada = make_person()
    do_round(ada)
    read_lesson(ada, "cloud-has-an-address", MONDAY + timedelta(days=1), right=False)
    do_round(ada, MONDAY + timedelta(days=2), right=False)

    assert minds.rebuilt(ada.id) == queries.mind_of(ada.id)
    assert queries.mind_of(ada.id).answers >= 6


def test_a_mind_is_read_back_as_it_was_packed(context: Flask) -> None:
    ada = make_person()
    live(ada, 4)
    mind = packed(ada)
    assert mind is not None

    assert packing.pack(packing.unpack(mind)) == mind
    assert tag("notion-1") in packing.unpack(mind).traces
    assert tag("unknown") not in packing.unpack(mind).traces


def damaged(mind: bytes) -> list[bytes | None]:
    flipped = bytes([*mind[:40], mind[40] ^ 1, *mind[41:]])
    return [
        None,
        b"",
        b"\x01",
        b"\x00" + mind[1:],
        b"\x09" + mind[1:],
        mind[:-3],
        mind + b"x",
        flipped,
    ]


@pytest.mark.parametrize("how", range(8))
def test_a_mind_that_cannot_be_read_is_made_from_the_answers(context: Flask, how: int) -> None:
    ada = make_person()
    live(ada, 5)
    mind, kept = packed(ada), queries.mind_of(ada.id)
    assert mind is not None
    put(ada, damaged(mind)[how])

    assert queries.mind_of(ada.id) == kept


def test_the_next_answer_mends_a_damaged_row_and_loses_nothing(context: Flask) -> None:
    ada = make_person()
    do_round(ada)
    put(ada, b"\x07 from another version")

    drawn = draw(ada, MONDAY + timedelta(days=1))
    answer(ada, drawn, at=MONDAY + timedelta(days=1))

    mind = packed(ada)
    assert mind is not None
    assert packing.unpack(mind) == minds.rebuilt(ada.id)
    assert queries.mind_of(ada.id).answers == 3


def test_a_row_that_is_gone_is_made_anew_by_the_next_answer(context: Flask) -> None:
    ada = make_person()
    first = do_round(ada)
    db.session.query(Folio).delete()
    db.session.commit()

    drawn = draw(ada, MONDAY + timedelta(days=1))
    answer(ada, drawn, at=MONDAY + timedelta(days=1))

    assert queries.mind_of(ada.id).answers == len(first.questions) + 1
    assert minds.rebuilt(ada.id) == queries.mind_of(ada.id)


def test_a_page_begun_twice_is_the_page_that_was_there(context: Flask) -> None:
    ada = make_person()
    do_round(ada)
    there = folio.page_of(ada.id)

    assert pages.begin(ada.id) == there
    assert pages.open_page(ada.id) == there
    assert pages.open_page(make_person().id).awards == []


def test_a_mind_tells_the_person_what_it_holds_in_plain_values(context: Flask) -> None:
    ada = make_person()
    drawn = do_round(ada)

    told = minds.told(packed(ada))

    assert told["answers"] == 2
    assert set(told["notions"]) == {each.notion for each in drawn.choices}
    assert told["notions"][drawn.notion]["questions_asked"] == drawn.choices[0].of
    assert told["last_at"] == MONDAY.isoformat()
    json.dumps(told)
    assert minds.told(None) is None


def test_ten_times_the_notions_still_fit_in_one_row(context: Flask) -> None:
    ada, mind = make_person(), minds.stranger()
    for number in range(540):
        for question in range(3):
            learn(mind, f"notion-number-{number}", question, bool(question))
    do_round(ada)
    put(ada, packing.pack(mind))

    assert len(met(ada)) == 540
    drawn = do_round(ada, MONDAY + timedelta(days=1))

    assert len(met(ada)) == 540 + len(drawn.choices)
    row = packed(ada)
    assert row is not None
    assert len(row) < 16_000


def learn(mind: Mind, notion: str, question: int, right: bool) -> None:
    item = Item(question_tag(f"{notion}-{question}"), tag(notion))
    minds.learn(mind, item, minds.outcome(right, dont_know=False), MONDAY, numbers.SHIPPED)


def test_a_mind_grows_with_what_there_is_to_ask_and_not_with_the_answers(context: Flask) -> None:
    catalog, mind, by = releases.current(), minds.stranger(), numbers.SHIPPED
    sizes = []
    for year in range(10):
        for item in shelves.items(catalog, by).values():
            outcome = minds.outcome(bool(year % 3), dont_know=False)
            minds.learn(mind, item, outcome, MONDAY + timedelta(days=365 * year), by)
        sizes.append(len(packing.pack(mind)))

    assert max(sizes) == sizes[0]
    assert sizes[1:4] * 3 == sizes[1:]  # what is kept of a mistake is a few bytes
    assert sizes[0] < 100 + 23 * len(catalog.notions) + 5 * len(catalog.questions)
