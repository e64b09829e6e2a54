"""Every form on every page of everybody, sent with what no one would type: a sample by fixed dice.

`ACADEMY_LONG_TESTS=1` sends all of it to more pages: about two minutes.
"""

import os
from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest
from flask import Flask
from sqlalchemy import select, text

from academy import database, seed
from academy.database import db
from academy.people.models import Person
from academy.people.services import PERSONAS
from academy.rewards import queries as rewards
from academy.rewards import services as ledger
from academy.rewards.queries import Balances
from academy.rewards.shop import books
from tests.conftest import MONDAY, opened, settings
from tests.hostile import EVERYTHING, SAMPLE, STRANGER, Crawl
from tests.visitor import Visitor
from tests.watching import Watch

EXTRAS = 2
DICE = 20260302
DEPTH = EVERYTHING if os.environ.get("ACADEMY_LONG_TESTS") else SAMPLE
MEGABYTES = 10_000_000
FORM, FILES = "application/x-www-form-urlencoded", "multipart/form-data"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = opened(settings(tmp_path_factory.mktemp("company")))
    with app.app_context():
        database.may_write()
        seed.plant(MONDAY, EXTRAS)
        db.session.commit()
    yield app  # outside of any context: each request opens its own
    with app.app_context():
        db.engine.dispose()


def kept() -> dict[int, tuple[dict[str, int], Balances]]:
    return {
        number: (rewards.tallies(number), rewards.balances(number))
        for number in db.session.scalars(select(Person.id))
    }


def test_nothing_that_can_be_sent_breaks_the_company(company: Flask) -> None:
    with company.app_context():
        watch = Watch(db.engine)
    forms: set[tuple[str, ...]] = set()
    looked: Counter[str] = Counter()
    crawls = [
        Crawl(Visitor(company), persona, DEPTH, Random(f"{DICE} {persona}"), watch, forms, looked)  # noqa: S311  # no secret: the draw can be repeated
        for persona in (STRANGER, *PERSONAS)
    ]

    for crawl in crawls:  # the administrator last: what is closed then is closed
        crawl.all()
    watch.close()

    faults = [fault for crawl in crawls for fault in crawl.faults]
    assert faults == [], "\n".join(faults)
    assert len(forms) > 80
    assert sum(len(crawl.good) for crawl in crawls) > 250
    with company.app_context():
        _adds_up()
    for crawl in crawls:
        crawl.sign_in()
        assert crawl.is_in(), crawl.persona
        _is_all_there(crawl)


def _adds_up() -> None:
    """No row without its parent, and every star explained."""
    database.may_write()
    assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []
    assert books.discrepancies() == []
    assert books.unbalanced() == []
    before = kept()
    for number in before:
        ledger.rebuild(number)
    assert kept() == before
    db.session.rollback()


def _is_all_there(crawl: Crawl) -> None:
    """Every page of this persona where it was; one named by a number may have ended with its object."""
    plain = [path for path in crawl.good if not any(each.isdigit() for each in path)]
    answers = {path: crawl.visitor.client.get(path).status_code for path in plain}
    assert {path: status for path, status in answers.items() if status != 200} == {}


def test_ten_megabytes_are_refused_before_they_are_read(company: Flask) -> None:
    with company.app_context():
        watch = Watch(db.engine)
    crawl = Crawl(Visitor(company), "admin", SAMPLE, Random(DICE), watch, set(), Counter())  # noqa: S311  # no secret: the draw can be repeated
    crawl.sign_in()
    watch.changes()

    field = f"csrf_token={crawl.token}&needs=".encode()
    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="x.csv"\r\n\r\n'
    for path in ("/preferences", "/verify", "/verify/file", "/language"):
        for beginning, kind in ((field, FORM), (part, f"{FILES}; boundary=x")):
            answer = crawl.visitor.client.post(
                path, data=beginning + b"x" * MEGABYTES, content_type=kind
            )
            assert answer.status_code == 413, (path, kind)

    assert watch.changes() == set()
    watch.close()
