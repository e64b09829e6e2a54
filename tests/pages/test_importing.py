"""The pages of an import: hand in, say the columns, look, confirm, watch, take the report."""

from datetime import timedelta
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy.database import db
from academy.people.importing.models import Import, State
from academy.people.models import Entity, Person, Role
from academy.privacy.jobs import forget_what_is_over
from academy.web.exchange import BODY_LIMIT
from tests import imports
from tests.conftest import MONDAY, Counting
from tests.factories import make_person, make_site
from tests.imports import HEADINGS, people, somebody, work_off
from tests.pages.conftest import Behind, token
from tests.visitor import Page, Visitor


@pytest.fixture
def team(behind: Behind) -> Entity:
    with behind():
        return make_site()


@pytest.fixture
def hr(app: Flask, behind: Behind) -> Visitor:
    with behind():
        return Visitor(app).as_person(make_person(Role.HR))


def hand_in(visitor: Visitor, content: bytes, status: int = 200, **fields: str) -> Page:
    form = visitor.get("/people/imports").form("imports")
    said = {"kind": "people", **fields, "file": (BytesIO(content), fields.get("name", "list.csv"))}
    return visitor.post("/people/imports", form.filled(said), status)  # type: ignore[arg-type]  # a file


def carry(behind: Behind) -> None:
    with behind():
        work_off()


def tried(visitor: Visitor, behind: Behind, content: bytes, **fields: str) -> Page:
    page = hand_in(visitor, content)
    carry(behind)
    page = visitor.submit(
        visitor.get(page.url), "columns", {**chosen(visitor.get(page.url)), **fields}
    )
    carry(behind)
    return visitor.get(page.url)


def chosen(page: Page) -> dict[str, str]:
    """What the selects of the page say."""
    return {
        str(each["name"]): str(option["value"])
        for each in page.html.select("select[name^=column]")
        if (option := each.select_one("option[selected]"))
    }


def test_a_list_is_handed_in_tried_out_and_applied(
    hr: Visitor, behind: Behind, team: Entity
) -> None:
    page = hand_in(hr, people(somebody("A1", "Zoe", team), somebody("A2", "Max", team, Langue="x")))
    assert "The file is being read" in page.text
    carry(behind)

    page = hr.get(page.url)
    assert page.title == "Which column is what"
    assert chosen(page)["column-0"] == "number"
    assert len(chosen(page)) == len(HEADINGS)
    page = hr.submit(page, "columns", chosen(page))
    assert "The file is being tried out" in page.text
    carry(behind)

    page = hr.get(page.url)
    assert page.title == "What this file would change"
    assert "line 3" in page.text
    assert "Language x · The academy speaks French and English." in page.text
    page = hr.submit(page, "apply", status=400)
    assert "tick the box" in page.text
    page = hr.submit(page, "apply", {"without_wrong": "y", "invite": "y"})
    assert "The file is being applied" in page.text
    carry(behind)

    page = hr.get(page.url)
    assert "Applied" in page.text
    assert "Zoe Martin" in page.text
    with behind():
        assert db.session.scalar(select(Person.email).where(Person.staff_number == "A1"))


def test_the_report_tells_every_row_and_no_cell_is_a_formula(
    hr: Visitor, behind: Behind, team: Entity
) -> None:
    evil = somebody("A1", "Zoe", team, Prénom="=1+1")
    page = tried(hr, behind, people(evil, somebody("A2", "Max", team, Langue="-x")))

    said = hr.client.get(page.link("All of it as a table"))

    lines = said.data.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Line;Name;E-mail;What")
    assert lines[1].startswith("2;'=1+1 Martin;;Newcomers")
    assert ";Language;'-x;" in lines[2]
    assert said.mimetype == "text/csv"


def test_columns_must_say_who_is_meant_and_each_field_once(
    hr: Visitor, behind: Behind, team: Entity
) -> None:
    page = hand_in(hr, people(somebody("A1", "Zoe", team)))
    carry(behind)
    page = hr.get(page.url)

    twice = hr.submit(page, "columns", {"column-0": "number", "column-1": "number"}, 400)
    assert "Two columns are said to be “Staff number”" in twice.text
    nobody = hr.submit(page, "columns", {"column-1": "given_name"}, 400)
    assert "Say which column holds the staff number, or the e-mail." in nobody.text
    nonsense = hr.submit(page, "columns", {"column-0": "password_hash"}, 400)
    assert "Say which column" in nonsense.text


def test_a_complete_list_asks_for_the_number_of_leavers(
    hr: Visitor, behind: Behind, team: Entity
) -> None:
    with behind():
        boss = imports.admin()
        imports.applied(boss, people(*[somebody(f"A{n}", f"P{n}", team) for n in range(5)]))

    page = tried(hr, behind, people(somebody("A1", "P1", team)), complete="y")

    assert "more than one in ten" in page.text
    assert "Absent from the list" in page.text
    page = hr.submit(page, "apply", {"leaving": "3", "without_wrong": "y"}, 400)
    assert "Type how many people leave" in page.text
    assert hr.submit(page, "apply", {"leaving": "x"}, 400)


def test_a_file_that_cannot_be_read_says_why_and_lets_one_choose_another(
    hr: Visitor, behind: Behind
) -> None:
    page = hand_in(hr, b"\0\0\0")
    carry(behind)

    page = hr.get(page.url)

    assert "This is neither text nor a workbook" in page.text
    assert page.link("Choose another file") == "/people/imports"


def test_a_form_sent_twice_is_one_import(hr: Visitor, behind: Behind, team: Entity) -> None:
    content = people(somebody("A1", "Zoe", team))
    form = hr.get("/people/imports").form("imports")
    for _click in range(2):
        said = {"kind": "people", "file": (BytesIO(content), "list.csv")}
        hr.post("/people/imports", form.filled(said))  # type: ignore[arg-type]  # a file

    with behind():
        assert db.session.scalar(select(func.count(Import.id))) == 1


def test_without_a_file_or_a_kind_the_form_says_what_to_do(hr: Visitor) -> None:
    page = hr.get("/people/imports")

    assert "Choose a file." in hr.submit(page, "imports", {"kind": "people"}, 400).text
    assert "Choose what is in the file." in hr.submit(page, "imports", {"kind": "x"}, 400).text


def test_a_file_larger_than_other_forms_is_taken_here_and_one_too_large_nowhere(
    app: Flask, hr: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hand_in(hr, b"E-mail\n" + b"x" * (BODY_LIMIT * 4)).status == 200
    monkeypatch.setattr(app.view_functions["importing.imports"], "body_limit", 1_000)
    assert hand_in(hr, b"x" * 2_000, 413).status == 413


def test_an_import_is_its_authors_alone(
    app: Flask, hr: Visitor, behind: Behind, team: Entity
) -> None:
    page = tried(hr, behind, people(somebody("A1", "Zoe", team)))
    with behind():
        other = Visitor(app).as_person(make_person(Role.ADMIN))
        learner = Visitor(app).as_person(make_person())

    for path in ("", "/columns", "/report.csv"):
        other.get(page.url + path, 404)
        learner.get(page.url + path, 403)
    for path in ("/columns", "/apply", "/drop"):
        other.post(page.url + path, {"csrf_token": token(other)}, 404)
        learner.post(page.url + path, {"csrf_token": token(learner)}, 403)
    assert "list.csv" not in other.get("/people/imports").text
    assert hr.get(page.url).title == "What this file would change"


def test_what_is_thrown_away_is_gone_and_what_is_over_is_not_applied_again(
    hr: Visitor, behind: Behind, team: Entity
) -> None:
    page = tried(hr, behind, people(somebody("A1", "Zoe", team)))
    form = page.form("apply")
    after = hr.submit(page, "drop")

    assert "The file is thrown away. Nothing more comes of it." in after.text
    assert "list.csv" not in after.text
    hr.post(form.action, form.filled({}), 404)
    hr.get(page.url, 404)
    carry(behind)
    with behind():
        assert db.session.scalar(select(Person).where(Person.staff_number == "A1")) is None


def test_a_stale_page_leads_to_where_the_import_stands(
    hr: Visitor, behind: Behind, team: Entity
) -> None:
    page = tried(hr, behind, people(somebody("A1", "Zoe", team)))
    form = page.form("apply")
    hr.submit(page, "apply")

    again = hr.post(form.action, form.filled({}))

    assert "The file is being applied" in again.text
    assert "The file is being applied" in hr.get(f"{page.url}/columns").text
    hr.get(f"{page.url}/report.csv", 404)


def test_entities_have_words_of_their_own(hr: Visitor, behind: Behind, team: Entity) -> None:
    content = imports.file(imports.TREE, ["x", "Annexe", "team", team.key, "", "", "", "", ""])
    page = hand_in(hr, content, kind="entities")
    carry(behind)
    page = hr.get(page.url)
    page = hr.submit(page, "columns", chosen(page))
    carry(behind)

    page = hr.get(page.url)
    assert "Annexe" in page.text
    page = hr.submit(page, "apply")
    carry(behind)

    assert "Applied" in hr.get(page.url).text
    with behind():
        assert db.session.scalar(select(Entity.name).where(Entity.key == "x")) == "Annexe"


def test_pages_ask_a_bounded_number_of_statements(
    hr: Visitor, behind: Behind, team: Entity, count_statements: Counting
) -> None:
    page = hand_in(hr, people(*[somebody(f"A{n}", f"P{n}", team) for n in range(150)]))
    carry(behind)
    seen = {"columns": _count(hr, f"{page.url}/columns", count_statements)}
    shown = hr.get(page.url)
    hr.submit(shown, "columns", chosen(shown))
    seen["at work"] = _count(hr, page.url, count_statements)
    carry(behind)
    seen["preview"] = _count(hr, page.url, count_statements)
    seen["imports"] = _count(hr, "/people/imports", count_statements)

    assert seen == {"columns": 2, "at work": 2, "preview": 3, "imports": 2}


def _count(visitor: Visitor, path: str, counting: Counting) -> int:
    with counting() as statements:
        assert visitor.client.get(path, headers=visitor.headers).status_code == 200
    return len(statements)


def test_a_file_that_waits_is_forgotten(hr: Visitor, behind: Behind, team: Entity) -> None:
    page = tried(hr, behind, people(somebody("A1", "Zoe", team)))
    with behind():
        work = db.session.scalars(select(Import)).one()
        assert work.state == State.EXAMINED
        work.uploaded_at = MONDAY - timedelta(days=8)
        db.session.commit()
        forget_what_is_over(MONDAY)

    hr.get(page.url, 404)


def test_the_preview_says_what_changes_in_words(app: Flask, behind: Behind, team: Entity) -> None:
    with behind():
        boss = imports.admin()
        moved = somebody("A1", "P1", make_site(site="Nantes"), Métier="it", Responsable="-")
        rows = [somebody(f"A{n}", f"P{n}", team, Responsable="A0") for n in range(1, 12)]
        imports.applied(boss, people(somebody("A0", "P0", team), *rows))
        desk = Visitor(app).as_person(boss)

    page = tried(
        desk,
        behind,
        people(
            moved,
            somebody("A2", "P2", team, Langue="en", Contrat="CDI", Responsable="A3"),
            somebody("A3", "P3", team, Sortie="2026-12-31"),
        ),
    )

    for words in (
        "Key of the entity: Cahiers → Cahiers",
        "Trade: Ventes → Information technology",
        "Manager (number or e-mail): none",
        "Language: French → English",
        "Contract: CDI",
        "Manager (number or e-mail): A3",
        "Leaves on (last day): 2026-12-31",
    ):
        assert words in page.text
