"""Campaigns on pages: who writes and sees which, and what people see of theirs."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from academy.database import db
from academy.hr.campaigns import jobs
from academy.hr.campaigns.rules import Move
from academy.hr.rollup import services as rollup
from academy.people import services as people
from academy.people.audit import AuditEntry
from academy.people.calendar import Span
from academy.people.models import Person, Role
from academy.people.workdays import services as workdays
from tests import campaigns
from tests.campaigns import SINCE, Company
from tests.conftest import MONDAY, Counting
from tests.factories import TODAY, do_round, earn_passport, make_person
from tests.pages.conftest import Behind, sit
from tests.visitor import Fields, Page, Visitor


def typed(**more: str | list[str]) -> Fields:
    return {
        "name_fr": "Le passeport au printemps",
        "name_en": "A passport this spring",
        "message_fr": "Parce que.",
        "message_en": "Because.",
        "sort": "mandatory",
        "goal": "passport",
        "entities": "Lyon",
        "starts_on": "2026-03-02",
        "due_on": "2026-03-27",
        "grace_days": "3",
        "reminders": ["7", "1"],
        **more,
    }


def written(hr: Visitor, status: int = 200, **more: str | list[str]) -> Page:
    return hr.submit(hr.get("/hr/campaigns/new"), "/hr/campaigns/new", typed(**more), status)


def rows(page: Page) -> list[list[str]]:
    return [
        [" ".join(cell.get_text(" ").split()) for cell in line.select("th, td")]
        for line in page.html.select(".figures-table tbody tr")
    ]


def lines(page: Page) -> list[str]:
    return page.all(".lines .line-title")


def test_a_campaign_is_written_read_and_announced(
    visitor: Visitor, behind: Behind, company: Company
) -> None:
    hr = sit(behind, visitor, company.hr)
    assert hr.get("/hr/campaigns").all(".empty h2") == ["No campaign yet"]

    page = written(hr, jobs=["baker"], countries=["FR"], languages=["en"], joined_from="2025-01-01")

    assert page.title == "A passport this spring"
    assert "It concerns 4 people today. Nobody is told yet." in page.text
    for said in ("Who work in: Lyon", "Whose trade is: baker", "Whose site is in: France"):
        assert said in page.text
    page = hr.submit(page, "/announce")
    assert page.all(".lead .mark") == ["Running"]
    assert "It is being counted" in page.text
    with behind():
        jobs.look_after(MONDAY)
    page = hr.get(page.url)
    assert rows(page) == [["Aurore", "4", "0", "0 %"], ["Lyon", "4", "0", "0 %"]]
    assert len(lines(page)) == 4
    assert lines(hr.get("/hr/campaigns")) == ["A passport this spring"]


def test_a_draft_is_changed_and_thrown_away(
    visitor: Visitor, behind: Behind, company: Company
) -> None:
    hr = sit(behind, visitor, company.hr)
    page = written(hr)
    form = hr.get(page.link("Change the draft"))
    fields = typed(goal="minutes", goal_days="10", entities="Lyon\nBrest", sort="voluntary")

    page = hr.submit(form, "/edit", fields)

    assert "An invitation · Do the minute on 10 working days" in page.text
    assert "It concerns 14 people today" in page.text
    stale = hr.submit(form, "/edit", fields, 409)
    assert "changed while you had it open" in stale.text
    form = hr.get(page.link("Change the draft"))
    assert form.html.select_one("#entities").text.strip() == "Lyon\nBrest"  # type: ignore[union-attr]
    hr.submit(form, "/discard")
    assert hr.get(page.url, 404)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name_en": " "}, "Give it a name in both languages."),
        ({"message_fr": ""}, "Say why, in both languages."),
        ({"due_on": "2026-02-27"}, "This day comes before the first one."),
        ({"due_on": "2027-12-01"}, "That is more than a year."),
        ({"due_on": "tomorrow"}, "Choose a day."),
        ({"goal": "minutes"}, "Say on how many days."),
        ({"goal": "minutes", "goal_days": "40"}, "There are not so many days until the deadline."),
        ({"goal": "minutes", "goal_days": "99"}, "Type a number from 1 to 60."),
        ({"goal": "visa:nothing"}, "Not a valid choice."),
        ({"grace_days": "99"}, "Type a number from 0 to 60."),
        ({"entities": "Atlantis"}, "Atlantis"),
        ({"entities": "\n".join(["Lyon"] * 13)}, "At most 12 entities."),
        (
            {"joined_from": "2025-02-01", "joined_until": "2025-01-01"},
            "This day comes before the one they joined from.",
        ),
        ({"reminders": ["5"]}, "5"),
    ],
)
def test_mistakes_are_told_on_the_page_and_nothing_is_kept(
    visitor: Visitor,
    behind: Behind,
    company: Company,
    wrong: dict[str, str | list[str]],
    said: str,
) -> None:
    hr = sit(behind, visitor, company.hr)

    page = written(hr, 400, **wrong)

    assert said in page.text
    assert hr.get("/hr/campaigns").all(".empty h2") == ["No campaign yet"]


def test_what_cannot_be_announced_says_why(
    visitor: Visitor, behind: Behind, company: Company
) -> None:
    hr = sit(behind, visitor, company.hr)

    page = hr.submit(written(hr, entities="Nice", sort="voluntary"), "/announce", status=409)

    assert "five people at least" in page.text


def test_somebody_who_looks_after_lyon_sees_the_people_of_lyon_alone(
    visitor: Visitor, behind: Behind, company: Company
) -> None:
    with behind():
        whole = campaigns.announced(company.hr)
        brest = campaigns.announced(company.hr, company.sites["Brest"])
        unsaid = campaigns.draft(company.hr, due_on=TODAY)
    lyon = sit(behind, visitor, company.hr_of_lyon)

    assert len(lines(lyon.get("/hr/campaigns"))) == 1
    page = lyon.get(f"/hr/campaigns/{whole}")
    assert rows(page) == [["Lyon", "8", "0", "0 %"]]
    assert len(lines(page)) == 8
    assert page.html.select(".board-acts form[method=post]") == []
    table = lyon.submit(page, "people.csv").response
    assert len(table.text.splitlines()) == 9
    assert "Brest" not in table.text
    for number in (brest, unsaid):
        lyon.get(f"/hr/campaigns/{number}", 404)
        lyon.get(f"/hr/campaigns/{number}/edit", 404)
        lyon.post(f"/hr/campaigns/{number}/people.csv", forged(page), 404)
    lyon.post(f"/hr/campaigns/{whole}/withdraw", forged(page, version="2"), 403)
    lyon.post(f"/hr/campaigns/{whole}/discard", forged(page, version="2"), 403)


def forged(page: Page, **more: str) -> Fields:
    token = page.html.select_one("input[name=csrf_token]")
    assert token is not None
    return {"csrf_token": str(token["value"]), **more}


def test_somebody_who_looks_after_lyon_writes_for_lyon_alone(
    visitor: Visitor, behind: Behind, company: Company
) -> None:
    lyon = sit(behind, visitor, company.hr_of_lyon)

    assert "“Brest” is not within your reach." in written(lyon, 400, entities="Brest").text
    assert "type which entities" in written(lyon, 400, entities="").text
    assert written(lyon, entities="Lyon").title == "A passport this spring"
    assert lines(lyon.get("/hr/campaigns")) == ["A passport this spring"]


@pytest.mark.parametrize("role", [None, Role.ORGANISER, Role.AUTHOR, Role.ANIMATOR])
def test_managers_and_others_see_nothing_of_it(
    visitor: Visitor, behind: Behind, company: Company, role: Role | None
) -> None:
    with behind():
        number = campaigns.announced(company.hr)
        boss = make_person(*[role] if role else [])
        people.post(company.staff["Lyon"][0], company.sites["Lyon"], "baker", TODAY, boss)
        db.session.commit()
    them = sit(behind, visitor, boss)

    for path in ("", "/new", f"/{number}", f"/{number}/edit"):
        them.get(f"/hr/campaigns{path}", 403)
    token = forged(them.get("/preferences"))
    for path in ("people.csv", "withdraw", "end", "discard"):
        them.post(f"/hr/campaigns/{number}/{path}", token, 403)
    them.get(f"/campaigns/{number}", 404)
    assert them.get("/campaigns").all(".line-title") == []


def test_names_are_done_not_yet_or_paused_and_can_be_sifted(
    visitor: Visitor, behind: Behind, company: Company
) -> None:
    done, away = company.staff["Lyon"][:2]
    with behind():
        earn_passport(db.session.get_one(Person, done.id))
        workdays.declare_leave(away.id, Span(TODAY, TODAY + timedelta(days=4)), TODAY)
        db.session.commit()
        number = campaigns.announced(company.hr, company.sites["Lyon"])
    hr = sit(behind, visitor, company.hr)
    here = f"/hr/campaigns/{number}"

    counted = {
        state: len(lines(hr.get(f"{here}?state={state}")))
        for state in ("", "not-yet", "done", "paused", "nonsense")
    }

    assert counted == {"": 8, "not-yet": 6, "done": 1, "paused": 1, "nonsense": 8}
    assert "Done on 2 March 2026" in hr.get(f"{here}?state=done").text
    assert (
        "1 April 2026" not in hr.get(f"{here}?state=paused").text
    )  # how long leave is stays theirs


def test_names_come_a_page_at_a_time_each_once(
    visitor: Visitor, behind: Behind, company: Company
) -> None:
    with behind():
        for _each in range(50):
            people.post(make_person(), company.sites["Lyon"], "baker", SINCE)
        db.session.commit()
        number = campaigns.announced(company.hr, company.sites["Lyon"])
    hr = sit(behind, visitor, company.hr)

    first = hr.get(f"/hr/campaigns/{number}")
    second = hr.get(first.link("The next ones"))

    assert (len(lines(first)), len(lines(second))) == (50, 8)
    assert len({*lines(first), *lines(second)}) == 58
    assert hr.get(second.link("From the beginning")).url == first.url


def test_the_table_runs_no_formula_and_is_written_down(
    visitor: Visitor, behind: Behind, company: Company
) -> None:
    with behind():
        person = db.session.get_one(Person, company.staff["Lyon"][0].id)
        people.rename(person, "=1+1", "Sum")
        db.session.commit()
        number = campaigns.announced(company.hr, company.sites["Lyon"])
    hr = sit(behind, visitor, company.hr)

    answer = hr.submit(hr.get(f"/hr/campaigns/{number}"), "people.csv", {"state": "not-yet"})

    assert answer.response.mimetype == "text/csv"
    assert '"\'=1+1 Sum"' in answer.response.text
    with behind():
        acts = select(AuditEntry.actor_id).where(AuditEntry.act == "campaign-exported")
        assert db.session.scalars(acts).all() == [company.hr.id]


def test_of_an_invitation_nobody_sees_a_name(
    visitor: Visitor, behind: Behind, company: Company
) -> None:
    with behind():
        for person in company.staff["Lyon"][:5]:
            earn_passport(db.session.get_one(Person, person.id))
        rollup.advance(MONDAY + timedelta(hours=2))
        number = campaigns.announced(company.hr, mandatory=False, at=MONDAY + timedelta(hours=3))
    hr = sit(behind, visitor, company.hr)

    page = hr.get(f"/hr/campaigns/{number}?state=done")

    assert rows(page)[1:] == [
        ["Brest", "not told", "not told", "not told"],
        ["Lyon", "8", "5", "62 %"],
        ["Nice", "not told", "not told", "not told"],
    ]
    assert lines(page) == []
    assert "Number" not in page.html.main.text  # type: ignore[union-attr]  # everybody’s family name
    hr.post(f"/hr/campaigns/{number}/people.csv", forged(page), 404)


def test_home_and_my_campaigns_tell_what_is_asked_and_what_is_seen(
    visitor: Visitor, behind: Behind, company: Company
) -> None:
    with behind():
        mandatory = campaigns.announced(company.hr, company.sites["Lyon"], grace_days=2)
        invited = campaigns.announced(
            company.hr, **campaigns.minutes(2, mandatory=False, name_en="Two minutes")
        )
    me = sit(behind, visitor, company.staff["Lyon"][0])

    home = me.get("/")
    assert "A passport for all" in home.all("#campaign-title")
    page = me.get(home.link("See where I am"))
    assert page.title == "A passport for all"
    assert "Human resources see your name with one word" in page.text
    assert "It still counts until 29 March 2026." in page.text
    assert lines(me.get("/campaigns")) == ["A passport for all", "Two minutes"]
    page = me.get(f"/campaigns/{invited}")
    assert "They never see who takes part." in page.text
    assert page.html.select_one("progress, .progress") is not None
    stranger = sit(behind, visitor, company.staff["Brest"][0])
    stranger.get(f"/campaigns/{mandatory}", 404)


def test_my_page_is_up_to_date_before_the_worker_looks(
    visitor: Visitor, behind: Behind, company: Company
) -> None:
    person = company.staff["Lyon"][0]
    with behind():
        passport = campaigns.announced(company.hr)
        minutes = campaigns.announced(company.hr, **campaigns.minutes(1))
        mine = db.session.get_one(Person, person.id)
        earn_passport(mine)
        do_round(mine)
        workdays.declare_leave(person.id, Span(TODAY, TODAY + timedelta(days=1)), TODAY)
        db.session.commit()
    me = sit(behind, visitor, person)

    assert "Done. Thank you!" in me.get(f"/campaigns/{passport}").text
    page = me.get(f"/campaigns/{minutes}")
    assert "Your leave moved it by 2 days." in page.text
    assert "You are on leave" in page.text
    assert "A passport for all" in me.get("/").text  # the minutes are still asked


def test_a_campaign_that_ended_asks_nothing_any_more(
    visitor: Visitor, behind: Behind, company: Company
) -> None:
    with behind():
        number = campaigns.announced(company.hr)
        campaigns.move(number, Move.END, company.hr)
    me = sit(behind, visitor, company.staff["Lyon"][0])

    assert "nothing is expected any more" in me.get(f"/campaigns/{number}").text
    assert me.get("/").all("#campaign-title") == []
    assert me.get("/campaigns").all(".lines .mark") == ["Ended"]


@pytest.mark.parametrize("goal", ["visa:visa-security", "track:visa-track-safe-at-work"])
def test_other_goals_lead_to_their_way(
    visitor: Visitor, behind: Behind, company: Company, goal: str
) -> None:
    hr = sit(behind, visitor, company.hr)
    page = hr.submit(written(hr, goal=goal), "/announce")
    number = page.url.rsplit("/", 1)[-1]
    with behind():
        jobs.look_after(MONDAY)
    me = sit(behind, visitor, company.staff["Lyon"][0])

    page = me.get(f"/campaigns/{number}")

    assert me.get(page.link("See the way there")).status == 200


def test_notices_lead_to_the_campaign(visitor: Visitor, behind: Behind, company: Company) -> None:
    with behind():
        number = campaigns.announced(company.hr, due_on=TODAY + timedelta(days=4))
        jobs.look_after(MONDAY + timedelta(days=3))
    me = sit(behind, visitor, company.staff["Lyon"][0])

    page = me.get("/notices")

    assert "“A passport for all” concerns you, until 6 March 2026." in page.text
    assert "“A passport for all”: there is time until 6 March 2026." in page.text
    with behind():
        campaigns.move(number, Move.WITHDRAW, company.hr)
        jobs.look_after(MONDAY + timedelta(days=3))
    assert "is withdrawn: nothing is expected" in me.get("/notices").text
    me.get("/campaigns")
    me.get(f"/campaigns/{number}", 404)


def test_an_unknown_move_and_an_unknown_campaign_are_not_there(
    visitor: Visitor, behind: Behind, company: Company
) -> None:
    hr = sit(behind, visitor, company.hr)
    page = written(hr)

    hr.post(f"{page.url}/forget", forged(page, version="1"), 404)
    hr.post(f"{page.url}/announce", forged(page, version="9"), 409)
    hr.get("/hr/campaigns/99999", 404)
    hr.get("/campaigns/99999", 404)
    assert hr.get(page.url).all(".mark") == page.all(".mark") != []


@pytest.mark.parametrize("more", [0, 45])
def test_pages_ask_the_same_of_the_database_however_many_people_there_are(
    visitor: Visitor,
    behind: Behind,
    company: Company,
    count_statements: Counting,
    more: int,
) -> None:
    with behind():
        for _each in range(more):
            people.post(make_person(), company.sites["Lyon"], "baker", SINCE)
        db.session.commit()
        draft = campaigns.draft(company.hr, company.sites["Lyon"], due_on=TODAY)
        number = campaigns.announced(company.hr)
        minutes = campaigns.announced(company.hr, **campaigns.minutes(2, mandatory=False))
    asked = {
        company.hr.id: {
            "/hr/campaigns": 2,
            "/hr/campaigns/new": 4,
            f"/hr/campaigns/{draft}": 6,
            f"/hr/campaigns/{number}": 7,
            f"/hr/campaigns/{minutes}": 6,
        },
        company.hr_of_lyon.id: {
            "/hr/campaigns": 4,
            f"/hr/campaigns/{number}": 9,
        },
        company.staff["Lyon"][0].id: {
            "/campaigns": 2,
            f"/campaigns/{number}": 4,
            f"/campaigns/{minutes}": 6,
        },
    }

    counted: dict[int, dict[str, int]] = {}
    for person, pages in asked.items():
        with behind():
            who = db.session.get_one(Person, person)
        them = Visitor(visitor.app).as_person(who)
        for path in pages:
            with count_statements() as statements:
                them.get(path)
            counted.setdefault(person, {})[path] = len(statements)

    assert counted == asked
