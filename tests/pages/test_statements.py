"""How many SQL statements each page sends: stated here, and the same after a long history."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from academy.catalog import releases
from academy.catalog import services as publishing
from academy.catalog.services import Publication
from academy.daily import queries as daily
from academy.database import db
from academy.learning import queries as learning
from academy.learning import services as study
from academy.passport import queries as passports
from academy.passport.credentials import services as credentials
from academy.passport.credentials import signing
from academy.passport.credentials.models import Credential
from academy.passport.credentials.signing import Form
from academy.people import services as people
from academy.people.models import Person, Role
from academy.rewards.shop import queries as shop
from academy.seed import right_fields
from academy.surveys import queries as voyages
from tests import figures as counted
from tests import gifts
from tests.conftest import MONDAY
from tests.factories import (
    DONT_KNOW,
    TODAY,
    answers,
    do_round,
    earn_passport,
    make_person,
    open_quiz,
    read_lesson,
    sail,
    sit_quiz,
)
from tests.pages.conftest import Behind, token
from tests.services.packs import pack, shipped
from tests.visitor import Visitor

STATEMENTS = {
    "home": 13,
    "draw and show the round": 4,
    "show the round": 1,
    "answer (first)": 4,
    "show the second question": 2,
    "answer (last)": 6,
    "answer (again)": 2,
    "explanation": 3,
    "minute done": 6,
    "tracks": 4,
    "track": 4,
    "follow": 2,
    "leave": 2,
    "seasons": 2,
    "themes": 3,
    "theme": 3,
    "lesson": 3,
    "keep for later": 2,
    "kept for later": 3,
    "film": 3,
    "report form": 2,
    "report": 4,
    "my reports": 2,
    "check": 2,
    "check submit": 13,
    "quiz": 3,
    "quiz start": 4,
    "quiz page": 2,
    "quiz submit (failed)": 8,
    "quiz submit (passed)": 17,
    "result": 4,
    "passport": 6,
    "history": 4,
    "badges": 5,
    "a badge won": 2,
    "a badge to come": 6,
    "preferences": 1,
    "notices": 2,
    "notices by mail, reminder, quiet hours": 3,
    "path": 4,
    "path of a theme": 4,
    "path of a state": 4,
    "say": 3,
    "take back": 2,
    "placement": 2,
    "placement start": 4,
    "scene": 2,
    "scene answered": 7,
    "last scene answered": 18,
    "letter": 4,
    "verification (stranger)": 3,
    "shop": 4,
    "gift": 4,
    "order a gift": 9,
    "my gifts": 2,
    "gift ordered": 2,
    "cancel a gift": 7,
    "files to take": 4,
    "file taken": 10,
    "booklet": 7,
    "record taken": 11,
    "card of an award": 3,
    "card of a passport (stranger)": 2,
    "links": 3,
    "link made": 5,
    "code chosen": 3,
    "did document": 2,
    "status list": 2,
    "credential (stranger)": 2,
    "file verified (stranger)": 4,
    "paper toy": 5,
    "paper toy chosen": 3,
    "stickers": 6,
    "stickers again": 5,
    "figure printed": 7,
    "sheet drawn": 4,
    "figure drawn": 3,
    "my rhythm (a longest row)": 7,
    "my rhythm": 6,
    "rankings": 5,
    "rankings joined": 3,
    "rankings (taking part)": 6,
    "rankings left": 2,
    "figures": 2,
    "figures of the passport": 6,
    "figures of a past day": 7,
    "who comes": 6,
    "who is left out": 5,
    "what is known": 5,
    "side by side": 5,
    "report on paper": 15,
    "workbook": 15,
    "what they see of me": 6,
}
WALKED = {"check submit": 14, "quiz submit (passed)": 18}
"""For somebody who walked a track that is not theirs: each lesson and quiz asks whether it has become so."""
REACHED = {"badges": 3, "a badge to come": 2}
"""For somebody who has worked on enough days in a row: nobody's working days are asked about any more."""
LEVEL = {"last scene answered": 22}
"""For somebody whose third star comes with it: a level more, granted, written down and told."""
LOCKS = {
    "check submit": 1,
    "report": 1,
    "quiz start": 1,
    "placement start": 1,
    "file taken": 1,
    "record taken": 1,
    "link made": 1,
    "code chosen": 1,
    "stickers": 1,
    "stickers again": 1,
}
"""On PostgreSQL, so many statements more: a lock before looking whether something is there.

SQLite's writer is alone anyway, and whoever holds a person's folio holds it on a statement needed anyhow.
"""

LOCK = "pg_advisory_xact_lock"

Step = Callable[[], TestResponse]
Counting = Callable[[], AbstractContextManager[list[str]]]


class Walk:
    """One person's way through every page, each step ready to be counted."""

    def __init__(self, visitor: Visitor, behind: Behind, person: Person) -> None:
        self.visitor, self.behind, self.person = visitor.as_person(person), behind, person
        self.token = token(visitor)
        with behind():
            self.release = releases.current().release

    def get(self, path: str) -> Step:
        return lambda: self.visitor.client.get(path)

    def post(self, path: str, fields: dict[str, list[str]]) -> Step:
        data = {**fields, "csrf_token": self.token, "release": self.release}
        return lambda: self.visitor.client.post(path, data=data)

    def answer(self) -> Step:
        with self.behind():
            drawn = daily.round_of(self.person.id, TODAY)
            assert drawn is not None
            slot = min(drawn.answered, 1)
            question = releases.current().questions[drawn.questions[slot]]
        return self.post(f"/minute/{drawn.id}/{slot + 1}", right_fields(question, drawn.seed))

    def explanation(self) -> Step:
        with self.behind():
            drawn = daily.round_of(self.person.id, TODAY)
            assert drawn is not None
        return self.get(f"/minute/{drawn.id}/1")

    def quiz(self, right: bool) -> Step:
        number = self._open()
        with self.behind():
            attempt = learning.attempt(number)
            assert attempt is not None
            fields = answers(study.questions_of(attempt), attempt.seed, right)
        return self.post(f"/attempts/{number}", fields)

    def quiz_page(self) -> Step:
        return self.get(f"/attempts/{self._open()}")

    def result(self) -> Step:
        with self.behind():
            attempt = sit_quiz(self.person, "data")
        return self.get(f"/attempts/{attempt.id}/result")

    def scene(self) -> Step:
        with self.behind():
            sailing = voyages.latest(self.person.id)
            assert sailing is not None
        return self.post(f"/placement/{sailing.id}/{sailing.answered + 1}", DONT_KNOW)

    def last_scene(self) -> Step:
        with self.behind():
            sail(self.person, scenes=11)
        return self.scene()

    def verification(self) -> Step:
        with self.behind():
            certificate = passports.valid_one(self.person.id)
            assert certificate is not None
        stranger = Visitor(self.visitor.app)
        return lambda: stranger.client.get(f"/verify/{certificate.code}")

    def card(self) -> Step:
        with self.behind():
            certificate = passports.valid_one(self.person.id)
            assert certificate is not None
        stranger = Visitor(self.visitor.app)
        return lambda: stranger.client.get(f"/verify/{certificate.code}/card.png")

    def credential(self) -> Step:
        with self.behind():
            taken = db.session.scalars(
                select(Credential).where(Credential.person_id == self.person.id)
            ).one()
        stranger = Visitor(self.visitor.app)
        return lambda: stranger.client.get(f"/credentials/{taken.ref}")

    def verified(self) -> Step:
        """A stranger has the file of this person's passport examined."""
        with self.behind():
            taken = credentials.give(self.person.id, "passport", MONDAY)
            db.session.commit()
            file = signing.signed(taken, Form.JSON, MONDAY).content
        stranger = Visitor(self.visitor.app)
        sent = {"csrf_token": token(stranger), "file": (BytesIO(file), "passport.json")}
        return lambda: stranger.client.post("/verify/file", data=sent)

    def film(self) -> Step:
        """A film of one piece, published for real."""
        files = shipped()
        with self.behind():
            publishing.publish(pack(files), Publication(), MONDAY)
            db.session.commit()
            video = releases.current().lessons["cookie-who-remembers"].video
        assert video is not None
        assert video.film is not None
        return self.get(f"/films/{video.film.name}")

    def gifts(self) -> Iterable[tuple[str, Step]]:
        """From the shelf to the order, and back."""
        with self.behind():
            gifts.fill(self.person, keys=30, stars=10)
            number = gifts.gift(self.person, stock=50)
        yield "shop", self.get("/shop")
        yield "gift", self.get(f"/shop/gifts/{number}")
        yield "order a gift", self.post(f"/shop/gifts/{number}", {"once": ["1"]})
        yield "my gifts", self.get("/shop/orders")
        with self.behind():
            made = shop.order_of(self.person.id, "1")
        yield "gift ordered", self.get(f"/shop/orders/{made}")
        yield "cancel a gift", self.post(f"/shop/orders/{made}/cancel", {})

    def human_resources(self) -> Iterable[tuple[str, Step]]:
        """Figures of a company, for somebody who looks after all of it."""
        with self.behind():
            company = counted.company()
            people.grant(db.session.get_one(Person, self.person.id), [Role.HR], TODAY)
            db.session.commit()
        entity, (one, other, *_rest) = f"/hr/entities/{company.whole}", company.sites.values()
        yield "figures", self.get("/hr")
        yield "figures of the passport", self.get(entity)
        yield "figures of a past day", self.get(f"{entity}?day=2026-02-01")
        yield "who comes", self.get(f"{entity}/adoption")
        yield "who is left out", self.get(f"{entity}/equity")
        yield "what is known", self.get(f"{entity}/knowledge")
        yield "side by side", self.get(f"/hr/compare?entity={one}&entity={other}")
        yield "report on paper", self.post(f"{entity}/file", {"format": ["pdf"]})
        yield "workbook", self.post(f"{entity}/file", {"format": ["xlsx"]})
        yield "what they see of me", self.get("/my-data/seen")

    def _open(self) -> int:
        with self.behind():
            return open_quiz(self.person, "inventions").id

    def paper_toy(self) -> Iterable[tuple[str, Step]]:
        wanted = {"character": ["ohm"], "colour": ["sea"], "paper": ["a4"]}
        yield "paper toy", self.get("/passport/toy")
        yield "paper toy chosen", self.post("/passport/toy", wanted)
        yield "stickers", self.post("/passport/toy/stickers/1", {})
        yield "stickers again", self.post("/passport/toy/stickers/1", {})
        yield "figure printed", self.post("/passport/toy/figure", wanted)
        yield "sheet drawn", self.get("/passport/toy/sheet.svg")
        yield "figure drawn", self.get("/passport/toy/figure.svg")

    def steps(self) -> Iterable[tuple[str, Step]]:
        yield "home", self.get("/")
        yield "draw and show the round", self.get("/minute")
        yield "show the round", self.get("/minute")
        yield "answer (first)", self.answer()
        yield "show the second question", self.get("/minute")
        yield "answer (last)", self.answer()
        yield "answer (again)", self.answer()
        yield "explanation", self.explanation()
        yield "minute done", self.get("/minute")
        yield "tracks", self.get("/tracks")
        yield "track", self.get("/tracks/safe-at-work")
        yield "follow", self.post("/tracks/safe-at-work/follow", {})
        yield "leave", self.post("/tracks/safe-at-work/leave", {})
        yield "seasons", self.get("/seasons")
        yield "themes", self.get("/themes")
        yield "theme", self.get("/themes/culture")
        yield "lesson", self.get("/lessons/thing-that-talks")
        yield "keep for later", self.post("/lessons/thing-that-talks/keep", {})
        yield "kept for later", self.get("/kept-for-later")
        yield "film", self.film()
        report = "/problems/lesson/thing-that-talks/report"
        yield "report form", self.get(report)
        yield "report", self.post(report, {"trouble": ["wrong"]})
        yield "my reports", self.get("/my-reports")
        check = "/lessons/thing-that-talks/check"
        yield "check", self.get(check)
        said = {f"q{n}-dont_know": ["1"] for n in (1, 2, 3)}
        yield "check submit", self.post(check, {**said, "number": ["1"]})
        yield "quiz", self.get("/quizzes/inventions")
        yield "quiz start", self.post("/quizzes/inventions/start", {})
        yield "quiz page", self.quiz_page()
        yield "quiz submit (failed)", self.quiz(right=False)
        yield "quiz submit (passed)", self.quiz(right=True)
        yield "result", self.result()
        yield "passport", self.get("/passport")
        yield "my rhythm (a longest row)", self.get("/rhythm")
        yield "my rhythm", self.get("/rhythm")
        yield "rankings", self.get("/rankings")
        yield "rankings joined", self.post("/rankings/join", {})
        yield "rankings (taking part)", self.get("/rankings")
        yield "rankings left", self.post("/rankings/withdraw", {})
        yield "history", self.get("/history")
        yield "badges", self.get("/badges")
        yield "a badge won", self.get("/badges/first-lesson")
        yield "a badge to come", self.get("/badges/stride-gold")
        yield "preferences", self.get("/preferences")
        yield "notices", self.get("/notices")
        yield "notices by mail, reminder, quiet hours", self.get("/notices/preferences")
        yield "path", self.get("/path")
        yield "path of a theme", self.get("/path/themes/culture")
        yield "path of a state", self.get("/path/states/to-come")
        yield "say", self.post("/path/say", {"known": ["web-internet"]})
        yield "take back", self.post("/path/say", {"undo": ["web-internet"]})
        yield "placement", self.get("/placement")
        yield "placement start", self.post("/placement/start", {})
        yield "scene", self.get("/placement/scene")
        yield "scene answered", self.scene()
        yield "last scene answered", self.last_scene()
        yield "letter", self.get("/placement/result")
        yield "verification (stranger)", self.verification()
        yield from self.gifts()
        yield "files to take", self.get("/passport/files")
        yield "file taken", self.post("/passport/files/passport", {"format": ["json"]})
        yield "booklet", self.post("/passport/booklet", {"paper": ["sheet"]})
        yield "links", self.get("/passport/links")
        link = {"new-label": ["A"], "new-span": ["week"], "new-once": ["a" * 32]}
        yield "link made", self.post("/passport/links", link)
        yield "code chosen", self.post("/passport/links/own", {"own-span": ["week"]})
        yield (
            "card of an award",
            self.post("/passport/files/passport/card", {"named": ["full"], "format": ["png"]}),
        )
        yield "card of a passport (stranger)", self.card()
        yield "did document", self.get("/.well-known/did.json")
        yield "status list", self.get("/credentials/status/1")
        yield from self.paper_toy()
        yield "credential (stranger)", self.credential()
        yield "file verified (stranger)", self.verified()
        everything = {"format": ["json"], "visas": ["y"], "awards": ["y"]}
        yield "record taken", self.post("/passport/record", everything)
        yield from self.human_resources()


def newcomer() -> Person:
    """Two days of history, and a passport."""
    person = make_person()
    read_lesson(person, "cloud-has-an-address")
    earn_passport(person)
    do_round(person, MONDAY - timedelta(days=1))
    return person


def veteran() -> Person:
    """Sixty minutes, nearly every lesson read twice, quizzes failed and passed, and a passport."""
    person = make_person()
    for day in range(60, 0, -1):
        do_round(person, MONDAY - timedelta(days=day), right=bool(day % 3))
    for key in releases.current().lessons:
        if key not in ("thing-that-talks", "real-virtual-twin"):  # no medal on the way
            read_lesson(person, key)
            read_lesson(person, key, right=False)
    for module in releases.current().modules:
        sit_quiz(person, module, MONDAY - timedelta(days=1), right=False)
    earn_passport(person)
    gifts.fill(person, keys=30, stars=10)
    shelf = [gifts.gift(person, price=1) for _ in range(5)]
    for number in shelf * 4:
        gifts.order(person, number)
    return person


def on_postgresql(visitor: Visitor) -> bool:
    return str(visitor.app.config["SQLALCHEMY_DATABASE_URI"]).startswith("postgresql")


@pytest.mark.parametrize(("made", "more"), [(newcomer, LEVEL), (veteran, WALKED | REACHED)])
def test_no_page_asks_more_of_the_database_than_is_stated_here_whatever_the_history(
    visitor: Visitor,
    behind: Behind,
    count_statements: Counting,
    made: Callable[[], Person],
    more: dict[str, int],
) -> None:
    with behind():
        person = made()
    walk = Walk(visitor, behind, person)

    counted: dict[str, int] = {}
    locked: dict[str, int] = {}
    for name, step in walk.steps():
        with count_statements() as statements:
            answer = step()
        assert answer.status_code in (200, 302), name
        counted[name] = sum(LOCK not in statement for statement in statements)
        if locks := len(statements) - counted[name]:
            locked[name] = locks

    assert counted == STATEMENTS | more
    assert locked == (LOCKS if on_postgresql(visitor) else {})
