"""Who sees what of a passport: the choice of its holder, and what strangers then read."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from academy.database import db
from academy.passport import queries as passports
from academy.passport import services as passport
from academy.passport.links import queries, services
from academy.passport.links.models import PassportLink
from academy.passport.links.rules import ALL, Span
from academy.passport.links.services import Wanted
from academy.people import services as people
from academy.people.models import Person
from tests.conftest import MONDAY
from tests.factories import do_round, earn_passport, make_person, make_site
from tests.pages.conftest import Behind, forge
from tests.visitor import Fields, Page, Visitor

NOTHING: Fields = {}
SHOWN: Fields = {"entity": "y", "visas": "y", "awards": "y"}


@pytest.fixture
def holder(behind: Behind, ada: Person) -> Person:
    with behind():
        people.post(db.session.get_one(Person, ada.id), make_site(), "sales", ada.joined_on)
        earn_passport(ada)
    return ada


def code_of(behind: Behind, person: Person) -> str:
    with behind():
        certificate = passports.valid_one(person.id)
        assert certificate is not None
        return certificate.code


def own(reader: Visitor, span: str = "open", status: int = 200, shown: Fields = NOTHING) -> Page:
    fields = {f"own-{name}": value for name, value in {**shown, "span": span}.items()}
    return reader.submit(reader.get("/passport/links"), "/passport/links/own", fields, status)


def new(reader: Visitor, label: str = "A recruiter", span: str = "week", **shown: str) -> str:
    """The path of a fresh link."""
    fields: Fields = {
        f"new-{name}": value for name, value in {**shown, "span": span, "label": label}.items()
    }
    page = reader.get("/passport/links")
    form = next(
        form
        for form in page.html.select("form[action='/passport/links']")
        if form.select_one("[name=new-label]")
    )
    hidden = {
        str(found["name"]): str(found.get("value", ""))
        for found in form.select("input[type=hidden]")
    }
    page = reader.post("/passport/links", {**hidden, **fields})
    return page.all("a.link-address")[0].removeprefix("https://academy.example")


def test_without_a_passport_there_is_nothing_to_show(reader: Visitor) -> None:
    page = reader.get("/passport/links")

    assert page.all(".empty h2") == ["Nothing to show yet"]
    forge(
        reader,
        "/passport/links",
        {"new-label": "A", "new-span": "week", "new-once": "0" * 32},
        409,
    )


def test_unless_its_holder_chooses_otherwise_a_code_shows_everything(
    app: Flask, reader: Visitor, holder: Person, behind: Behind
) -> None:
    page = Visitor(app).get(f"/verify/{code_of(behind, holder)}")

    assert "Cahiers, Lyon" in page.all("dd")
    assert len(page.html.select(".stamp-granted")) == 3
    assert "chose to show a part" not in page.text


def test_a_holder_hides_where_they_work_and_what_they_won(
    app: Flask, reader: Visitor, holder: Person, behind: Behind
) -> None:
    own(reader)

    page = Visitor(app).get(f"/verify/{code_of(behind, holder)}")

    assert page.title == "This passport is valid"
    assert page.all(".certificate-holder") == [f"Ada {holder.family_name}"]
    assert page.html.select(".stamp, .shelf") == []
    assert "Lyon" not in page.text
    assert "Its holder chose to show a part of it here." in page.text


def test_a_code_that_is_closed_says_nothing_of_anybody_and_opens_again(
    app: Flask, reader: Visitor, holder: Person, behind: Behind
) -> None:
    path = f"/verify/{code_of(behind, holder)}"

    for _twice in range(2):
        forge(reader, "/passport/links/own/close", {}, 200)
    closed = Visitor(app).get(path, 410)
    warned = reader.get("/passport")
    own(reader, shown=SHOWN)

    assert closed.title == "This passport is not shown any more"
    assert holder.family_name not in closed.text
    assert "This code is closed" in warned.text
    assert Visitor(app).get(path).title == "This passport is valid"


def test_a_code_shown_for_a_week_is_closed_after_it(
    app: Flask,
    reader: Visitor,
    holder: Person,
    behind: Behind,
    now: Callable[[datetime], None],
) -> None:
    own(reader, "week", shown=SHOWN)
    path = f"/verify/{code_of(behind, holder)}"

    now(MONDAY + timedelta(days=6))
    Visitor(app).get(path)
    now(MONDAY + timedelta(days=7))
    Visitor(app).get(path, 410)

    assert "Ended on" in reader.get("/passport/links").all(".link-state")[0]


def test_a_link_shows_what_was_chosen_and_not_the_code_of_the_passport(
    app: Flask, reader: Visitor, holder: Person, behind: Behind
) -> None:
    path = new(reader, visas="y")

    page = Visitor(app).get(path)

    assert len(page.html.select(".stamp-granted")) == 3
    assert page.html.select(".shelf") == []
    assert "Lyon" not in " ".join(page.all(".identity-lines dd"))
    assert page.all(".code") == []
    assert code_of(behind, holder) not in page.response.text


def test_a_link_follows_the_passport_that_is_in_force(
    app: Flask, reader: Visitor, holder: Person, behind: Behind
) -> None:
    path = new(reader, awards="y")
    before = Visitor(app).get(path).all(".shelf-title")
    with behind():
        do_round(holder)
        passport.issue(holder.id, MONDAY, MONDAY.date())
        db.session.commit()

    page = Visitor(app).get(path)

    assert page.title == "This passport is valid"
    assert len(page.all(".shelf-title")) > len(before)


def test_a_link_to_a_passport_that_was_withdrawn_says_so(
    app: Flask, reader: Visitor, holder: Person, behind: Behind
) -> None:
    path = new(reader)
    with behind():
        certificate = passports.valid_one(holder.id)
        assert certificate is not None
        passport.revoke(certificate, "Lost.", MONDAY)
        db.session.commit()

    assert Visitor(app).get(path).title == "This passport is no longer valid"


def test_a_withdrawn_link_shows_nothing_for_good(
    app: Flask, reader: Visitor, holder: Person
) -> None:
    path = new(reader)
    page = reader.get("/passport/links")

    page = reader.submit(page, "/withdraw")

    assert page.all(".link-row .link-state") == ["Withdrawn: it shows nothing."]
    Visitor(app).get(path, 410)


def test_a_link_sent_twice_is_made_once(reader: Visitor, holder: Person, behind: Behind) -> None:
    fields = {"new-label": "Twice", "new-span": "week", "new-once": "a" * 32}

    for _twice in range(2):
        forge(reader, "/passport/links", fields, 200)

    with behind():
        assert db.session.scalar(select(func.count()).select_from(PassportLink)) == 1


def test_nobody_withdraws_the_link_of_somebody_else(
    app: Flask, reader: Visitor, holder: Person, behind: Behind
) -> None:
    path = new(reader)
    with behind():
        number = db.session.scalars(select(PassportLink.id)).one()
        bob = make_person()

    forge(Visitor(app).as_person(bob), f"/passport/links/{number}/withdraw", {}, 404)

    assert Visitor(app).get(path).status == 200


def test_what_is_missing_is_said_on_the_form(reader: Visitor, holder: Person) -> None:
    page = forge(reader, "/passport/links", {"new-span": "for ever", "new-once": "0" * 32}, 400)

    assert "Give it a name, so that you know it again." in " ".join(page.all(".field-error"))
    assert "Choose for how long." in " ".join(page.all(".field-error"))
    assert own(reader, "for ever", 400).all(".field-error") == ["Choose for how long."]


def test_twenty_links_are_enough(reader: Visitor, holder: Person, behind: Behind) -> None:
    with behind():
        for number in range(services.MOST):
            services.open_link(holder.id, Wanted(ALL, Span.WEEK, "L", f"{number:032}"), MONDAY)
        db.session.commit()

    page = forge(
        reader,
        "/passport/links",
        {"new-label": "More", "new-span": "week", "new-once": "f" * 32},
        409,
    )

    assert "You have twenty links already." in page.text


def test_links_that_ended_are_in_nobodys_way(
    reader: Visitor, holder: Person, behind: Behind, now: Callable[[datetime], None]
) -> None:
    with behind():
        for number in range(services.MOST):
            services.open_link(holder.id, Wanted(ALL, Span.WEEK, "L", f"{number:032}"), MONDAY)
        db.session.commit()
    now(MONDAY + timedelta(days=8))

    assert new(reader, "More").startswith("/verify/")


def test_a_link_that_shows_something_is_always_listed(
    reader: Visitor, holder: Person, behind: Behind
) -> None:
    with behind():
        services.open_link(holder.id, Wanted(ALL, Span.OPEN, "The first", "0" * 32), MONDAY)
        for number in range(1, queries.LISTED + 2):
            wanted = Wanted(ALL, Span.WEEK, "Later", f"{number:032}")
            services.withdraw(services.open_link(holder.id, wanted, MONDAY), MONDAY)
        db.session.commit()

    page = reader.get("/passport/links")

    assert page.all(".link-row .takeaway-title")[0] == "The first"
    assert len(page.all(".link-row")) == queries.LISTED


def test_two_people_whose_forms_have_one_name_are_not_in_each_others_way(
    app: Flask, holder: Person, behind: Behind
) -> None:
    with behind():
        bob = make_person()
        earn_passport(bob)
        for person in (holder, bob):
            services.open_link(person.id, Wanted(ALL, Span.WEEK, "L", "a" * 32), MONDAY)
        db.session.commit()

        assert db.session.scalar(select(func.count()).select_from(PassportLink)) == 2


def test_no_page_that_shows_a_passport_is_for_search_engines_to_keep(
    app: Flask, reader: Visitor, holder: Person, behind: Behind
) -> None:
    path, own = new(reader), f"/verify/{code_of(behind, holder)}"
    forge(reader, "/passport/links/own/close", {}, 200)

    for each, status in ((path, 200), (own, 410)):
        found = Visitor(app).get(each, status).html.select_one("meta[name=robots]")
        assert found is not None
        assert found["content"] == "noindex, noarchive"


def test_the_pattern_on_the_page_of_a_link_is_not_that_of_the_code(
    app: Flask, reader: Visitor, holder: Person, behind: Behind
) -> None:
    paths = [new(reader, "One"), new(reader, "Two"), f"/verify/{code_of(behind, holder)}"]

    drawn = {str(Visitor(app).get(path).html.select_one(".guilloche-wrap")) for path in paths}

    assert len(drawn) == 3


def test_the_database_keeps_one_choice_for_the_own_code(holder: Person, behind: Behind) -> None:
    with behind():
        for _twice in range(2):
            db.session.add(
                PassportLink(
                    person_id=holder.id,
                    shows_entity=True,
                    shows_visas=True,
                    shows_awards=True,
                    made_at=MONDAY,
                )
            )
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()
