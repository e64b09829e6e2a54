"""What human resources see of me: the same figures, to the letter, as on their pages and in their files."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from sqlalchemy import select

from academy.database import db
from academy.hr.campaigns import jobs
from academy.hr.campaigns.models import Campaign
from academy.hr.knowledge.models import HrKnowledge
from academy.hr.rollup import services as rollup
from academy.hr.rollup.models import HrCohort
from academy.people.models import Entity, Person
from tests import campaigns
from tests.campaigns import Company
from tests.conftest import MONDAY, Counting
from tests.factories import TODAY, earn_passport, make_person, read_lesson
from tests.pages.conftest import Behind, token
from tests.visitor import Page, Visitor

PATH = "/my-data/seen"


@pytest.fixture
def company(behind: Behind) -> Company:
    """Of Lyon six hold a passport; three campaigns: a duty, a duty not yet told, an invitation."""
    with behind():
        found = campaigns.company()
        db.session.expunge_all()
        for person in found.staff["Lyon"][:6]:
            earn_passport(person)
        for person in found.staff["Brest"]:
            read_lesson(person, "cloud-has-an-address", MONDAY)
        db.session.commit()
        rollup.advance(MONDAY)
        campaigns.announced(found.hr)
        campaigns.announced(found.hr, mandatory=False, goal="visa", goal_key="visa-culture")
        jobs.look_after(MONDAY)
        rollup.advance(MONDAY + timedelta(hours=1))
        return found


def sit(behind: Behind, visitor: Visitor, person: Person) -> Visitor:
    with behind():
        return visitor.as_person(db.session.get_one(Person, person.id))


def tables(page: Page) -> dict[str, dict[str, list[str]]]:
    """By caption, the figures of each line."""
    for label in page.html.select(".cell-label"):
        label.decompose()
    found: dict[str, dict[str, list[str]]] = {}
    for table in page.html.select("table"):
        cells = [
            [" ".join(cell.get_text(" ").split()) for cell in line.select("th, td")]
            for line in table.select("tbody tr")
        ]
        if table.caption:
            found[table.caption.get_text()] = {name: rest for name, *rest in cells}
    return found


def facts(page: Page) -> dict[str, str]:
    said = [" ".join(each.get_text(" ").split()) for each in page.html.select(".facts :is(dt, dd)")]
    return dict(zip(said[::2], said[1::2], strict=True))


def taken(visitor: Visitor, entity: int) -> dict[tuple[str, str, str], str]:
    fields = {"csrf_token": token(visitor), "format": "csv"}
    answer = visitor.client.post(f"/hr/entities/{entity}/file", data=fields)
    assert answer.status_code == 200
    lines = csv.reader(StringIO(answer.data.decode("utf-8-sig")))
    return {(table, line, column): figure for table, line, column, figure in lines}


def test_i_read_what_they_read_of_each_group_i_am_counted_in(
    visitor: Visitor, behind: Behind, company: Company
) -> None:
    me, whole = company.staff["Lyon"][0], company.whole
    mine = sit(behind, visitor, me).get(PATH)
    shown, said = tables(mine), facts(mine)
    hr = sit(behind, visitor, company.hr)
    theirs = tables(hr.get(f"/hr/entities/{whole.id}"))
    lyon = tables(hr.get(f"/hr/entities/{company.sites['Lyon'].id}"))
    file = taken(hr, whole.id)

    assert list(shown) == ["Lyon", "Aurore"]
    assert shown["Lyon"]["Everybody in it and under it"] == theirs["Entity"]["Lyon"]
    assert shown["Lyon"]["By trade: baker"] == lyon["By trade"]["baker"] == ["not told"] * 4
    for cut, value in (("By trade", "baker"),):
        assert shown["Aurore"][f"{cut}: {value}"] == theirs[cut][value]
    for words in ("Passport", "Have begun", "Came this month", "Came this week"):
        share = file["In short", words, "Of a hundred people"]
        assert [each.get_text() for each in mine.html.select(".facts dd")].count(f"{share} %") >= 1
    assert said["Passport"] == f"{file['In short', 'Passport', 'Of a hundred people']} %"
    assert said["Human resources, in the whole company"] == "1 person"
    assert "Human resources, Lyon" in said


def test_no_other_site_and_no_other_trade_is_on_my_page(
    visitor: Visitor, behind: Behind, company: Company
) -> None:
    page = sit(behind, visitor, company.staff["Lyon"][0]).get(PATH)

    assert "Brest" not in page.text
    assert "driver" not in page.text


def test_a_group_that_is_too_small_is_not_told_to_me_either(
    visitor: Visitor, behind: Behind, company: Company
) -> None:
    page = sit(behind, visitor, company.staff["Nice"][0]).get(PATH)

    assert tables(page)["Nice"]["Everybody in it and under it"] == ["not told"] * 4
    assert "Too small a group" in page.text


def test_beside_my_name_stands_what_they_read_there(
    visitor: Visitor, behind: Behind, company: Company
) -> None:
    done, other = company.staff["Lyon"][0], company.staff["Brest"][0]
    mine = facts(sit(behind, visitor, done).get(PATH))
    theirs = facts(sit(behind, visitor, other).get(PATH))
    hr = sit(behind, visitor, company.hr)
    with behind():
        duty = db.session.scalars(select(Campaign.id).where(Campaign.mandatory)).one()
    people = hr.get(f"/hr/campaigns/{duty}").text

    assert mine["Beside my name"] == "Done on 2 March 2026"
    assert theirs["Beside my name"] == "Not yet"
    assert f"{done.given_name} {done.family_name}" in people
    page = sit(behind, visitor, done).get(PATH)
    assert "Nothing: it is an invitation, and no name is shown." in page.text
    assert mine["Aurore"].endswith("people are done")


def test_who_is_not_counted_is_told_so_and_nothing_before_the_first_count(
    visitor: Visitor, behind: Behind, company: Company
) -> None:
    with behind():
        nobody = make_person()
        db.session.commit()
    page = sit(behind, visitor, nobody).get(PATH)

    assert "You are in no group that is counted" in page.text
    assert not page.html.select("table")


def test_nothing_is_told_before_the_first_count(reader: Visitor) -> None:
    assert "Nothing has been counted yet." in reader.get(PATH).text


def test_of_large_groups_beginners_and_knowledge_are_told_as_on_their_pages(
    visitor: Visitor, behind: Behind, company: Company
) -> None:
    me = company.staff["Lyon"][0]
    with behind():
        whole = db.session.get_one(Entity, company.whole.id)
        month = TODAY.replace(day=1)
        db.session.merge(HrCohort(month=month, entity_id=whole.id, began=month, people=80, came=60))
        db.session.add(
            HrKnowledge(day=TODAY, entity_id=whole.id, subject="theme:culture", met=60, known=45)
        )
        db.session.commit()
    said = facts(sit(behind, visitor, me).get(PATH))

    assert said["Began in March 2026, as you did"] == "80 people"
    assert said["Of those, came this month"] == "60 people"
    (known,) = [words for name, words in said.items() if name.startswith("Knowledge: ")]
    assert "75 % of those know it, between " in known
    theirs = sit(behind, visitor, company.hr).get(f"/hr/entities/{company.whole.id}/knowledge")
    assert "75 %" in theirs.text


def test_the_page_costs_the_same_however_many_campaigns(
    visitor: Visitor, behind: Behind, company: Company, count_statements: Counting
) -> None:
    me = sit(behind, visitor, company.staff["Lyon"][0])
    me.get(PATH)
    with count_statements() as statements:
        me.get(PATH)

    assert len(statements) == 10
