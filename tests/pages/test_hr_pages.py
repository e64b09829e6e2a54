"""Who comes, who is left out, what is known, side by side, on a past day, in a file: figures on pages."""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from io import BytesIO, StringIO

import pdfplumber
import pikepdf
import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from academy.database import db
from academy.hr.exports.views import TAKEN
from academy.hr.rollup.models import HrFigures
from academy.people import services as people
from academy.people.audit import AuditEntry
from academy.people.models import Entity, EntityKind, Person, Role
from academy.web import throttle
from tests import figures, waves
from tests.conftest import MONDAY, Counting
from tests.factories import make_person
from tests.figures import SINCE, TODAY, Company
from tests.pages.conftest import Behind, forge
from tests.visitor import Page, Visitor


@pytest.fixture
def company(behind: Behind) -> Company:
    with behind():
        return figures.company()


@pytest.fixture
def helen(behind: Behind, visitor: Visitor, company: Company) -> Visitor:
    """Of human resources, for the whole company."""
    return looking_after(behind, visitor, None)


def looking_after(behind: Behind, visitor: Visitor, entity: int | None) -> Visitor:
    with behind():
        person = make_person()
        where = db.session.get_one(Entity, entity) if entity else None
        people.grant(person, [Role.HR], SINCE, where)
        db.session.commit()
        return visitor.as_person(db.session.get_one(Person, person.id))


def rows(page: Page, caption: str) -> list[list[str]]:
    for label in page.html.select(".cell-label"):
        label.decompose()
    for table in page.html.select("table"):
        if table.caption and table.caption.get_text() == caption:
            return [
                [" ".join(cell.get_text(" ").split()) for cell in line.select("th, td")]
                for line in table.select("tbody tr")
            ]
    raise AssertionError(caption)


def test_who_comes_is_told_against_the_aim(helen: Visitor, company: Company) -> None:
    page = helen.get(f"/hr/entities/{company.whole}/adoption")

    assert page.title == "Who comes in “Aurore”"
    assert page.all(".headline-number") == ["44 %", "160", "33 %", "400"]
    assert page.all(".forecast span") == ["44 % came this month: 6 points below the aim of 50 %."]
    first, *_rest = rows(page, "How many come")
    assert first == ["2 March 2026", "315", "160", "105", "33 %", "400", "1 min 0 s"]
    assert "half of them took 1 min 0 s or less" in page.text
    assert rows(page, "New, back, lost")[0] == ["2 March 2026", "20", "10", "130", "15"]


def test_seasons_are_told_on_pages_and_in_files_and_what_was_not_counted_is_not(
    helen: Visitor, behind: Behind, company: Company
) -> None:
    path = f"/hr/entities/{company.whole}/adoption"
    now = rows(helen.get(path), "Season by season")
    with behind():
        before = {"day": date(2025, 9, 21), "entity_id": company.whole, "cut": "", "value": ""}
        db.session.add(HrFigures(**before, people=700, figures={"passport": 5}))
        db.session.commit()
    (latest, earlier) = rows(helen.get(path), "Season by season")

    assert [latest] == now
    assert latest[0].endswith("under way")
    assert latest[1:] == ["712", "48 %", "11 %", "6 %"]
    assert earlier[0].endswith("25 August 2025 to 21 September 2025")
    assert earlier[1:] == ["700", "not told", "not told", "not told"]
    told = lines(taken(helen, company.whole, "csv"))
    shares = {
        line[2]: line[3] for line in told if line[0] == "Season by season" and line[3] == "48"
    }
    assert shares == {"Came in it (%)": "48"}
    assert ["Who comes", "2 March 2026", "Median time of a minute (s)", "60"] in told


def test_where_the_aim_is_reached_it_says_so(helen: Visitor, company: Company) -> None:
    page = helen.get(f"/hr/entities/{company.sites['Lyon']}/adoption")

    assert page.all(".forecast span")[0].startswith("More than half of the people here come")


def test_those_who_began_are_followed_and_few_of_them_are_not(
    helen: Visitor, company: Company
) -> None:
    page = helen.get(f"/hr/entities/{company.whole}/adoption")

    assert rows(page, "Who stays") == [
        ["January 2026", "100", "100 %", "50 %", "67 %"],
        ["March 2026", "10", "fewer than 50 began: not told"],
    ]


def test_who_is_left_out_is_told_where_it_is_more_than_chance(
    helen: Visitor, company: Company
) -> None:
    page = helen.get(f"/hr/entities/{company.whole}/equity")

    found = page.all(".spread")
    assert any("By site: Came this month" in each for each in found)
    assert any("Brest is reached least: 20 % there, 60 % in Lyon." in each for each in found)
    assert not any("By language" in each for each in found)
    assert "2 points apart, which may be chance" in page.text
    assert "One group of fewer than 30 people is not compared." in page.text
    assert "By contract" not in page.text


def test_waves_are_told_apart_by_their_names_on_pages_and_in_files(
    helen: Visitor, behind: Behind, company: Company, count_statements: Counting
) -> None:
    """In their order, then who is in none; two of one name are told apart, one that is gone has words."""
    path = f"/hr/entities/{company.whole}"
    assert "By wave" not in helen.get(path).text
    with behind():
        by = db.session.scalars(select(Person.id)).first()
        who = db.session.get_one(Person, by)
        numbers = [waves.plan(who) for _each in range(2)]
        for value, count, share in (("", 300, 10), (numbers[1], 200, 60), (numbers[0], 200, 20)):
            figures._row(TODAY, company.whole, "wave", str(value), count, share, 0)
        figures._row(TODAY, company.whole, "wave", "99999", 12, 50, 0)
        db.session.commit()
    with count_statements() as statements:
        page = helen.get(path)
    with count_statements() as equity:
        unfair = helen.get(f"{path}/equity")
    told = lines(taken(helen, company.whole, "csv"))

    names = [line[:2] for line in rows(page, "By wave")]
    known = [["First wave", "200"], ["First wave (2)", "200"]]
    assert [each for each in names if each[0].startswith("First")] == known
    assert names[-1] == ["Before the waves, or in none yet", "300"]
    assert ["A wave that is no more", "12"] in names
    assert (len(statements), len(equity)) == (7, 6)  # the names of waves are one
    assert any("By wave: Came this month" in each for each in unfair.all(".spread"))
    assert not any("in none yet" in each for each in unfair.all(".spread"))
    assert ["By wave", "First wave (2)", "People", "200"] in told
    assert any(line[:2] == ["What these words mean", "By wave"] for line in told)


def test_in_a_small_entity_nothing_is_compared(helen: Visitor, company: Company) -> None:
    page = helen.get(f"/hr/entities/{company.sites['Nice']}/equity")

    assert page.all(".notice")[0].startswith("None found")


def test_what_is_known_has_its_range_and_is_not_told_of_few(
    helen: Visitor, company: Company
) -> None:
    page = helen.get(f"/hr/entities/{company.whole}/knowledge")

    themes = rows(page, "Theme")
    assert len(themes) == 6
    assert themes[0][2].startswith("70 % between ")
    assert page.all(".untold-cell .untold") == ["not told"]
    assert helen.get(f"/hr/entities/{company.sites['Lyon']}/knowledge").all(".notice")


def test_entities_stand_side_by_side(helen: Visitor, company: Company) -> None:
    lyon, brest = company.sites["Lyon"], company.sites["Brest"]

    page = helen.get(f"/hr/compare?entity={lyon}&entity={brest}&entity=x&entity={lyon}")

    assert [line[:2] for line in rows(page, "Figures")] == [["Lyon", "400"], ["Brest", "300"]]
    assert rows(page, "The passport, week after week")[0] == ["2 March 2026", "30 %", "10 %"]


def test_one_more_entity_is_typed_by_its_name(helen: Visitor, company: Company) -> None:
    lyon = company.sites["Lyon"]

    page = helen.get(f"/hr/compare?entity={lyon}&add=Brest")

    assert page.all(".side a")[::2] == ["Lyon", "Brest"]
    wrong = helen.get(f"/hr/compare?entity={lyon}&add=Atlantis", 422)
    assert wrong.all(".notice")[0] == "No entity has this name or key. Type it as HR writes it."


def test_nobody_compares_what_others_look_after(
    visitor: Visitor, behind: Behind, company: Company
) -> None:
    lyon, brest = company.sites["Lyon"], company.sites["Brest"]
    mine = looking_after(behind, visitor, lyon)

    assert mine.get(f"/hr/compare?entity={lyon}&entity={brest}").all(".side a")[::2] == ["Lyon"]
    wrong = mine.get(f"/hr/compare?entity={lyon}&add=Brest", 422)
    assert wrong.all(".notice")[0] == "Somebody else looks after this entity."
    for page in ("adoption", "equity", "knowledge"):
        assert mine.get(f"/hr/entities/{lyon}/{page}")
        mine.get(f"/hr/entities/{brest}/{page}", 403)
        mine.get(f"/hr/entities/{company.whole}/{page}", 403)
    forge(mine, f"/hr/entities/{brest}/file", {"format": "csv"}, 403)


def test_a_past_day_is_shown_as_it_was(helen: Visitor, company: Company) -> None:
    page = helen.get(f"/hr/entities/{company.whole}?day=2026-01-20")

    assert "As it was on 18 January 2026." in page.text
    assert page.all(".headline-number")[0] == "18 %"
    assert page.link("Lyon").endswith("?day=2026-01-18")
    assert page.link("Back to the latest figures") == f"/hr/entities/{company.whole}"


@pytest.mark.parametrize(
    ("day", "words"),
    [("soon", "That is no day."), ("2020-01-01", "Nothing is kept of 1 January 2020 or before.")],
)
def test_a_day_that_cannot_be_shown_is_told(
    helen: Visitor, company: Company, day: str, words: str
) -> None:
    page = helen.get(f"/hr/entities/{company.whole}?day={day}")

    assert page.all(".notice")[0].startswith(words)
    assert page.all(".headline-number")[0] == "22 %"


def test_a_day_to_come_shows_today(helen: Visitor, company: Company) -> None:
    assert "As of 2 March" in helen.get(f"/hr/entities/{company.whole}?day=2030-01-01").text


def test_of_three_hundred_entities_fifty_are_shown_at_a_time(
    helen: Visitor, behind: Behind, company: Company
) -> None:
    with behind():
        parent = db.session.get_one(Entity, company.sites["Lyon"])
        for number in range(120):
            team = people.open_entity(
                f"team-{number}", EntityKind.TEAM, f"Team {number:03}", SINCE, parent
            )
            db.session.flush()
            db.session.add(
                HrFigures(
                    day=TODAY,
                    entity_id=team.id,
                    cut="",
                    value="",
                    people=10 + number,
                    figures={"passport": 5},
                )
            )
        db.session.commit()

    page = helen.get(f"/hr/entities/{parent.id}")

    assert len(rows(page, "Entity")) == 50
    assert "Lines 1 to 50 of 120, by name." in page.text
    assert len(page.html.select(".area")) == 60
    assert "The map shows the 60 largest" in page.text
    last = helen.get(helen.get(page.link("Lines after")).link("Lines after"))
    assert [line[0] for line in rows(last, "Entity")][-1] == "Team 119"
    assert helen.get(f"/hr/entities/{parent.id}?page=99").text.count("Lines 101 to 120 of 120")


def taken(visitor: Visitor, entity: int, wanted: str, **more: str) -> bytes:
    page = visitor.get(f"/hr/entities/{entity}")
    fields = page.form(f"/hr/entities/{entity}/file").filled({"format": wanted, **more})
    answer = visitor.client.post(f"/hr/entities/{entity}/file", data=fields)
    assert answer.status_code == 200, answer.status
    assert f".{wanted}" in answer.headers["Content-Disposition"]
    return answer.data


def lines(file: bytes) -> Sequence[list[str]]:
    return list(csv.reader(StringIO(file.decode("utf-8-sig"))))


def test_the_table_says_what_the_pages_say(helen: Visitor, company: Company) -> None:
    told = lines(taken(helen, company.whole, "csv"))

    assert told[0] == ["Table", "Line", "Column", "Figure"]
    assert "As of 2 March 2026" in told[1][1]
    assert ["What is under it", "Lyon", "People", "400"] in told
    assert ["In short", "Passport", "Of a hundred people", "22"] in told
    assert ["Who stays (%)", "January 2026", "month 1", "50"] in told
    assert any(line[0] == "What these words mean" and line[1] == "Passport" for line in told)
    assert any(line[0] == "Who is left out" for line in told)


def test_what_is_not_told_on_a_page_is_not_in_a_file(
    helen: Visitor, behind: Behind, company: Company
) -> None:
    with behind():
        row = db.session.get_one(HrFigures, (TODAY, company.sites["Nice"], "", ""))
        row.people, row.figures = None, {}
        db.session.commit()

    told = lines(taken(helen, company.whole, "csv"))

    nice = [line[3] for line in told if line[:2] == ["What is under it", "Nice"]]
    assert nice == ["not told"] * 4


def test_no_spreadsheet_takes_a_name_for_a_formula(
    helen: Visitor, behind: Behind, company: Company
) -> None:
    bad = '=HYPERLINK("http://evil.example","Lyon")'
    with behind():
        db.session.get_one(Entity, company.sites["Lyon"]).name = bad
        db.session.commit()

    told = lines(taken(helen, company.whole, "csv"))
    book = load_workbook(BytesIO(taken(helen, company.whole, "xlsx")))

    assert ["What is under it", f"'{bad}", "People", "400"] in told
    sheet = book["What is under it"]
    assert f"'{bad}" in [cell.value for cell in sheet["A"]]
    assert not [
        cell
        for each in book.worksheets
        for row in each.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


def test_the_workbook_has_a_sheet_to_a_table_and_the_definitions_first(
    helen: Visitor, company: Company
) -> None:
    book = load_workbook(BytesIO(taken(helen, company.whole, "xlsx")))

    assert book.sheetnames[:3] == ["What these words mean", "In short", "What is under it"]
    assert len({name.casefold() for name in book.sheetnames}) == len(book.sheetnames)
    assert book["What is under it"]["B2"].value == 300
    assert "every other figure is rounded" in str(book.worksheets[0]["A3"].value)


def test_the_report_is_tagged_and_says_day_and_definitions(
    helen: Visitor, company: Company
) -> None:
    file = taken(helen, company.whole, "pdf", day="2026-01-18")

    with pdfplumber.open(BytesIO(file)) as pdf:
        said = "\n".join(page.extract_text() for page in pdf.pages)
    assert "Figures of “Aurore”" in said
    assert "As it was on 18 January 2026." in said
    assert "People who work here today and hold the digital passport" in " ".join(said.split())
    with pikepdf.open(BytesIO(file)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.open_metadata()["pdfuaid:part"] == "1"


def test_each_file_is_written_to_the_audit_log_and_none_that_was_refused(
    helen: Visitor, behind: Behind, company: Company
) -> None:
    taken(helen, company.whole, "csv")
    forge(helen, "/hr/entities/99999/file", {"format": "csv"}, 404)

    with behind():
        entries = db.session.scalars(select(AuditEntry).where(AuditEntry.act == "figures-exported"))
        written = [(each.subject, each.details) for each in entries]
    name = f"figures-{company.whole}-{TODAY.isoformat()}.csv"
    assert written == [("entity:aurore", {"file": name})]


def test_a_name_in_letters_without_a_font_is_told(
    helen: Visitor, behind: Behind, company: Company
) -> None:
    with behind():
        db.session.get_one(Entity, company.whole).name = "Aurore \U00013000"
        db.session.commit()

    page = forge(helen, f"/hr/entities/{company.whole}/file", {"format": "pdf"}, 200)

    assert "no font for some letters" in page.text


def test_files_are_not_taken_endlessly_nor_in_other_formats(
    helen: Visitor, behind: Behind, company: Company
) -> None:
    path = f"/hr/entities/{company.whole}/file"
    forge(helen, path, {"format": "exe"}, 400)
    with behind():
        number = db.session.query(Person).order_by(Person.id.desc()).first()
        assert number is not None
        for _time in range(TAKEN.tries):
            throttle.allow(TAKEN, str(number.id), MONDAY)
        db.session.commit()

    forge(helen, path, {"format": "csv"}, 429)


def test_before_the_first_count_every_page_says_so(visitor: Visitor, behind: Behind) -> None:
    with behind():
        whole = people.open_entity("aurore", EntityKind.COMPANY, "Aurore", SINCE)
        db.session.commit()
        number = whole.id
    hr = looking_after(behind, visitor, None)

    for path in (f"/hr/entities/{number}/adoption", "/hr/compare"):
        assert hr.get(path).all(".empty h2") == ["Nothing counted yet"]
    forge(hr, f"/hr/entities/{number}/file", {"format": "csv"}, 404)


def test_moving_a_site_changes_what_is_under_it_from_that_day_on(
    helen: Visitor, behind: Behind, company: Company
) -> None:
    with behind():
        lyon = db.session.get_one(Entity, company.sites["Lyon"])
        brest = db.session.get_one(Entity, company.sites["Brest"])
        people.move_entity(lyon, brest, TODAY - timedelta(days=3))
        db.session.commit()

    now = helen.get(f"/hr/entities/{company.whole}")
    before = helen.get(f"/hr/entities/{company.whole}?day=2026-02-22")

    assert {line[0] for line in rows(now, "Entity")} == {"Brest", "Nice"}
    assert {line[0] for line in rows(before, "Entity")} == {"Brest", "Lyon", "Nice"}
