"""The organiser's pages of wishes and pairs."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import delete, select, update

from academy.database import db
from academy.mentoring.models import Work
from academy.mentoring.pairs.models import MentoringPair, Order, Proposal
from academy.mentoring.pairs.proposing import pages, services
from academy.mentoring.programmes.models import Programme
from academy.people import services as people
from academy.people.models import Person, Role
from academy.post import jobs
from tests.conftest import MONDAY, Counting
from tests.factories import TODAY, make_person, make_site
from tests.pages.conftest import Behind, forge, token
from tests.pages.test_wishes import OVER
from tests.programmes import volunteer
from tests.visitor import Visitor
from tests.wishing import Company, company, propose, publish, wish


@pytest.fixture
def sofia(behind: Behind) -> Person:
    with behind():
        return make_person(Role.ORGANISER)


@pytest.fixture
def wished(behind: Behind, sofia: Person) -> Company:
    """Two mentors and three mentees; Ada would not have the third, whom nobody ranked."""
    with behind():
        number, mentors, mentees = company(2, 3, sofia)
        [ada, bob], [cleo, dan, eve] = mentors, mentees
        wish(ada, number, {cleo: 1, dan: 2, eve: "no"})
        wish(bob, number, {cleo: 1, dan: 2})
        wish(cleo, number, {bob: 1, ada: 2})
        wish(dan, number, {ada: 1})
        return number, mentors, mentees


def pairs_page(number: int, rest: str = "") -> str:
    return f"/mentoring/programmes/{number}/pairs{rest}"


def test_pairs_are_asked_for_found_by_the_worker_and_shown_side_by_side(
    visitor: Visitor, behind: Behind, sofia: Person, wished: Company
) -> None:
    number, [ada, bob], [cleo, dan, eve] = wished
    visitor.as_person(sofia)
    board = visitor.get(f"/mentoring/programmes/{number}")
    page = visitor.get(board.link("Wishes and pairs"))
    assert page.all(".progress-figure") == ["4 / of 5"]
    assert "Nothing proposed yet" in page.text

    page = visitor.submit(page, "/propose")
    assert page.title == "Pairs are being looked for"
    with behind():
        jobs.drain()
    page = visitor.get(page.link("Look again"))

    assert page.title == "Wishes and pairs"
    assert page.all(".proposal-card h3") == [
        "Everybody paired, nobody tempted",
        "Best on average",
        "Nobody badly served",
    ]
    assert "The same pairs as proposal 1." in page.text
    assert "Proven" in page.text
    page = visitor.get(page.link("Everybody paired"))
    assert len(page.all(".pair-line h3")) == 2
    assert f"Ada {ada.family_name} said: place 2. Ada {dan.family_name} said: place 1." in page.text
    assert "In common: Spreadsheets" in page.text
    assert f"Ada {eve.family_name}" in page.text
    assert "1 of them goes without" in page.text.replace("One", "1")
    assert f"Ada {bob.family_name}" in page.text
    assert f"Ada {cleo.family_name}" in page.text


def test_a_pair_says_why_and_what_if_it_were_broken(
    visitor: Visitor, behind: Behind, sofia: Person, wished: Company
) -> None:
    number, [ada, _bob], [_cleo, dan, _eve] = wished
    with behind():
        propose(number, sofia)
    visitor.as_person(sofia)

    page = visitor.get(pairs_page(number, f"/1/{ada.id}/{dan.id}"))

    assert "Said of the other: place 2." in page.text
    assert "Said of the other: place 1." in page.text
    assert "These pairs would begin:" in page.text
    visitor.get(pairs_page(number, f"/1/{dan.id}/{ada.id}"), 404)


def test_a_person_is_told_about_without_saying_who_refused(
    visitor: Visitor, behind: Behind, sofia: Person, wished: Company
) -> None:
    number, [ada, bob], [cleo, _dan, eve] = wished
    with behind():
        team = make_site()
        people.post(bob, team, "sales", TODAY)
        people.post(eve, team, "sales", TODAY, bob)
        db.session.commit()
        propose(number, sofia)
    visitor.as_person(sofia)

    page = visitor.get(pairs_page(number, f"/1/people/{eve.id}"))
    assert "Nobody in this proposal" in page.text
    assert page.all(".pair-line strong") == ["Not possible.", "Not possible."]
    assert "They said" not in page.text
    page = visitor.get(pairs_page(number, f"/1/people/{ada.id}"))
    assert page.all(".pair-line h3") == [f"Ada {cleo.family_name}"]
    assert "Prefers the pair they have." in page.text
    visitor.get(pairs_page(number, f"/1/people/{sofia.id}"), 404)


def test_an_organiser_who_takes_part_does_not_read_what_is_said_of_them(
    visitor: Visitor, behind: Behind, sofia: Person
) -> None:
    with behind():
        number, [ada], [bob] = company(1, 1, sofia)
        people.grant(ada, [Role.ORGANISER], TODAY)
        wish(ada, number, {bob: 1})
        wish(bob, number, {ada: "no"})
        propose(number, sofia)
        wish(bob, number, {ada: 1}, read=1)
        propose(number, sofia)
    visitor.as_person(ada)

    page = visitor.get(pairs_page(number, f"/4/{ada.id}/{bob.id}"))
    assert "Said of the other: place 1." in page.text
    assert "Said of the other: not shown to you." in page.text
    visitor.get(pairs_page(number, f"/1/people/{ada.id}"), 404)
    assert visitor.get(pairs_page(number, f"/1/people/{bob.id}")).all(".pair-line") == []


def test_a_pair_is_wanted_let_go_and_what_cannot_be_wanted_is_refused(
    visitor: Visitor, behind: Behind, sofia: Person, wished: Company
) -> None:
    number, [ada, bob], [cleo, _dan, eve] = wished
    page = visitor.as_person(sofia).get(pairs_page(number))
    two = {"mentor": str(ada.id), "mentee": str(cleo.id)}

    page = visitor.submit(page, "/orders", {**two, "bond": "pin"})
    assert page.all(".tie-names") == [f"Ada {ada.family_name} · Ada {cleo.family_name}"]
    page = visitor.submit(page, "/orders", {"bond": "free"})
    assert page.all(".tie-names") == []
    path = pairs_page(number, "/orders")
    for wrong in (
        {"mentor": str(ada.id), "mentee": str(bob.id), "bond": "pin"},
        {"mentor": str(sofia.id), "mentee": str(cleo.id), "bond": "pin"},
        {"mentor": "", "mentee": str(cleo.id), "bond": "pin"},
        {"mentor": "9" * 30, "mentee": "x", "bond": "pin"},
        {**two, "bond": "marry"},
    ):
        forge(visitor, path, wrong, 400)
    with behind():
        assert db.session.scalars(select(Order)).all() == []
    forge(visitor, path, {"mentor": str(ada.id), "mentee": str(eve.id), "bond": "pin"}, 200)
    page = visitor.submit(visitor.get(pairs_page(number)), "/propose")
    with behind():
        jobs.drain()
    page = visitor.get(page.link("Look again"))
    assert page.title == "The pairs could not be proposed"
    assert page.all(".tie-names") == [f"Ada {ada.family_name} · Ada {eve.family_name}"]
    assert "Nothing proposed yet" in visitor.submit(page, "/orders", {"bond": "free"}).text


def test_proposals_are_compared_and_the_next_one_stays_near(
    visitor: Visitor, behind: Behind, sofia: Person, wished: Company
) -> None:
    number, [ada, _bob], [_cleo, dan, _eve] = wished
    with behind():
        propose(number, sofia)
    page = visitor.as_person(sofia).get(pairs_page(number, f"/1/{ada.id}/{dan.id}"))
    page = visitor.submit(page, "/orders", {"bond": "forbid"})
    page = visitor.submit(page, "/propose", {"near": "1"})
    with behind():
        jobs.drain()
    page = visitor.get(pairs_page(number))
    assert "Earlier proposals" in page.text

    page = visitor.get(pairs_page(number, "/compare?one=1&other=4"))
    assert f"Ada {ada.family_name} · Ada {dan.family_name}" in page.all(".tie-two li")
    assert (
        "Nothing: both hold the same pairs."
        in visitor.get(pairs_page(number, "/compare?one=1&other=1")).text
    )
    for asked in ("", "?one=1", "?one=1&other=99", "?one=x&other=1"):
        visitor.get(pairs_page(number, f"/compare{asked}"), 404)
    forge(visitor, pairs_page(number, "/propose"), {"near": "99"}, 400)


def test_one_proposal_is_published_once_and_two_organisers_do_not_undo_one_another(
    visitor: Visitor,
    behind: Behind,
    sofia: Person,
    wished: Company,
    now: Callable[[datetime], None],
) -> None:
    number, [ada, _bob], _mentees = wished
    with behind():
        propose(number, sofia)
        other = make_person(Role.ORGANISER)
    first = visitor.as_person(sofia).get(pairs_page(number, "/1"))
    early = visitor.submit(first, "/publish", {}, 409)
    assert "until the end of 12 March 2026" in early.text
    now(OVER)
    second = visitor.as_person(other).get(pairs_page(number, "/2"))

    fields = first.form("/publish").filled({})
    page = visitor.as_person(sofia).post(pairs_page(number, "/1/publish"), fields)
    assert "The pairs are published" in page.text
    assert page.all(".publish-form") == []
    assert visitor.post(pairs_page(number, "/1/publish"), fields).status == 200
    refused = visitor.as_person(other).submit(second, "/publish", {}, 409)
    assert "published already" in refused.text
    with behind():
        assert len(db.session.scalars(select(MentoringPair)).all()) == 2
    page = visitor.get(pairs_page(number))
    assert "Proposal 1 is published" in page.text
    assert page.all(".propose-form") == []
    assert "The pairs are made" in visitor.as_person(ada).get(f"/mentoring/{number}/wishes").text


def test_a_programme_changed_by_another_is_read_again_before_publishing(
    visitor: Visitor,
    behind: Behind,
    sofia: Person,
    wished: Company,
    now: Callable[[datetime], None],
) -> None:
    number, _mentors, _mentees = wished
    with behind():
        propose(number, sofia)
    page = visitor.as_person(sofia).get(pairs_page(number, "/1"))
    with behind():
        db.session.execute(update(Programme).where(Programme.id == number).values(version=9))
        db.session.commit()
    now(OVER)

    assert "changed while you had it open" in visitor.submit(page, "/publish", {}, 409).text


def test_somebody_who_is_gone_for_good_is_somebody_who_left(
    visitor: Visitor, behind: Behind, sofia: Person, wished: Company
) -> None:
    number, [ada, bob], _mentees = wished
    with behind():
        propose(number, sofia)
        db.session.execute(delete(Person).where(Person.id == bob.id))
        db.session.commit()
    visitor.as_person(sofia)

    assert "Somebody who left" in visitor.get(pairs_page(number, "/1")).text
    assert "Somebody who left" in visitor.get(pairs_page(number, f"/1/people/{ada.id}")).text


def test_wishes_saved_later_are_told(
    visitor: Visitor, behind: Behind, sofia: Person, wished: Company, now: Callable[..., None]
) -> None:
    number, _mentors, [_cleo, _dan, eve] = wished
    with behind():
        propose(number, sofia)
    assert "Wishes were saved after" not in visitor.as_person(sofia).get(pairs_page(number)).text
    with behind():
        wish(eve, number, {}, at=MONDAY.replace(hour=11))

    assert "Wishes were saved after" in visitor.get(pairs_page(number)).text


def test_programmes_out_of_reach_have_no_pages(
    visitor: Visitor, behind: Behind, sofia: Person, wished: Company
) -> None:
    number, [ada, _bob], _mentees = wished
    with behind():
        propose(number, sofia)
        work = db.session.scalars(select(Work.id)).one()
        far = make_person()
        people.grant(far, [Role.ORGANISER], TODAY, make_site())
        db.session.commit()
    visitor.as_person(far)
    for rest in ("", f"/works/{work}", "/compare?one=1&other=2", "/1", f"/1/people/{ada.id}"):
        visitor.get(pairs_page(number, rest), 404)
    for rest in ("/propose", "/orders", "/1/publish"):
        visitor.post(pairs_page(number, rest), {"csrf_token": token(visitor)}, 404)
    visitor.as_person(ada).get(pairs_page(number), 403)
    with behind():
        assert {each.state for each in db.session.scalars(select(Proposal))} == {"ready"}


def test_pages_ask_the_same_number_of_statements_for_more_people(
    visitor: Visitor, behind: Behind, sofia: Person, wished: Company, count_statements: Counting
) -> None:
    number, [ada, _bob], [_cleo, dan, _eve] = wished

    def asked() -> dict[str, int]:
        counted = {}
        for rest in ("", "/1", f"/1/{ada.id}/{dan.id}", f"/1/people/{ada.id}"):
            with count_statements() as statements:
                visitor.client.get(pairs_page(number, rest))
            counted[rest.replace(str(ada.id), "a").replace(str(dan.id), "d")] = len(statements)
        return counted

    with behind():
        propose(number, sofia)
    visitor.as_person(sofia)
    before = asked()
    with behind():
        for _place in range(5):
            volunteer(make_person(), number)
        propose(number, sofia)

    assert before == {"": 10, "/1": 6, "/1/a/d": 6, "/1/people/a": 5}
    assert asked() == before


def test_services_refuse_nobody_when_the_programme_has_no_last_day(
    visitor: Visitor, behind: Behind, sofia: Person, wished: Company
) -> None:
    number, _mentors, _mentees = wished
    with behind():
        db.session.execute(update(Programme).where(Programme.id == number).values(wishes_by=None))
        db.session.commit()
        propose(number, sofia)
        publish(number, 2, sofia)
        with pytest.raises(services.AlreadyPublished):
            publish(number, 1, sofia)
    assert "Proposal 2 is published" in visitor.as_person(sofia).get(pairs_page(number, "/1")).text


def test_the_pairs_of_a_large_proposal_come_a_page_at_a_time(
    visitor: Visitor,
    behind: Behind,
    sofia: Person,
    wished: Company,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    number, _mentors, _mentees = wished
    with behind():
        propose(number, sofia)
    monkeypatch.setattr(pages, "ON_A_PAGE", 1)

    first = visitor.as_person(sofia).get(pairs_page(number, "/1"))
    second = visitor.get(first.link("Pairs after"))

    assert [len(page.all(".pair-line h3")) for page in (first, second)] == [1, 1]
    assert first.all(".pair-line h3") < second.all(".pair-line h3")
    assert "2 pairs are made, and everybody is told" in second.text
    assert visitor.get(second.link("Pairs before")).all(".pair-line h3") == first.all(
        ".pair-line h3"
    )
    assert visitor.get(pairs_page(number, "/1?page=99")).text == second.text
