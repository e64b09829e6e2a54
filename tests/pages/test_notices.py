"""The bell, the page of notices, and how one wants to be told."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from academy.database import db
from academy.notices import queries, services
from academy.notices.kinds import Kind
from academy.notices.models import Notice
from academy.notices.services import News
from academy.people import services as people
from academy.people.models import Person
from tests import circles
from tests.conftest import MONDAY, Counting
from tests.factories import TODAY, do_round, make_person, make_site
from tests.pages.conftest import Behind, forge, on_sqlite_only
from tests.visitor import Fields, Visitor

PATH = "/notices"
WISHES = "/notices/preferences"


def tell(person: Person, *titles: str) -> None:
    for title in titles:
        services.tell(
            [person.id], News(Kind.BADGE, f"award:{title}", {"title": {"en": title}}), MONDAY
        )
    db.session.commit()


def number_of(person: Person, title: str) -> int:
    mine = select(Notice.id).where(Notice.person_id == person.id, Notice.once == f"award:{title}")
    return db.session.scalars(mine).one()


def test_without_notices_the_bell_is_silent_and_the_page_invites(reader: Visitor) -> None:
    page = reader.get(PATH)

    assert page.title == "Notices"
    assert "Nothing yet, and that is fine" in page.text
    assert page.html.select_one(".bell-count") is None


def test_the_bell_says_how_many_are_unread_on_every_page(
    reader: Visitor, ada: Person, behind: Behind
) -> None:
    with behind():
        tell(ada, "One", "Two")

    for path in ("/", "/themes", PATH):
        bell = reader.get(path).html.select_one(".bell")
        assert bell is not None
        assert bell["aria-label"] == "Notices: 2 unread"
        assert bell.text.strip() == "2"


def test_a_stranger_has_no_bell(visitor: Visitor) -> None:
    assert visitor.get("/verify").html.select_one(".bell") is None


def test_opening_a_notice_leads_to_the_thing_and_reads_it(
    reader: Visitor, ada: Person, behind: Behind
) -> None:
    with behind():
        tell(ada, "One")

    page = reader.get(reader.get(PATH).link("You have earned “One”"))

    assert page.url == "/badges"
    assert page.html.select_one(".bell-count") is None
    assert "Everything is read." in reader.get(PATH).text


def test_a_comment_leads_to_where_it_stands(reader: Visitor, ada: Person, behind: Behind) -> None:
    with behind():
        bob = make_person()
        group = circles.make_group(ada, bob)
        post = circles.say(ada, group)
        circles.reply(bob, post, "Look at this.")

    page = reader.get(reader.get(PATH).link("commented on your post"))

    assert page.url == f"/groups/{group}/posts/{post}"
    assert "Look at this." in page.text


def test_one_notice_can_be_marked_as_read(reader: Visitor, ada: Person, behind: Behind) -> None:
    with behind():
        tell(ada, "One", "Two")
        number = number_of(ada, "One")

    for _ in range(2):
        page = forge(reader, f"/notices/{number}/read", {}, 200)

    assert page.all(".told-unread .told-link") == ["Unread: You have earned “Two”."]


def test_all_are_marked_as_read_but_not_what_came_meanwhile(
    reader: Visitor, ada: Person, behind: Behind
) -> None:
    with behind():
        tell(ada, "One", "Two")
    page = reader.get(PATH)
    with behind():
        tell(ada, "Three")

    page = reader.submit(page, "/notices/read")

    assert page.all(".told-unread .told-link") == ["Unread: You have earned “Three”."]


def test_marking_all_without_saying_up_to_where_is_refused(
    reader: Visitor, rows: Callable[[], dict[str, int]]
) -> None:
    before = rows()

    forge(reader, "/notices/read", {"newest": "many"}, 400)

    assert rows() == before


def test_nobody_opens_or_reads_the_notices_of_others(reader: Visitor, behind: Behind) -> None:
    with behind():
        bob = make_person()
        tell(bob, "Secret")
        number = number_of(bob, "Secret")

    reader.get(f"/notices/{number}", 404)
    forge(reader, f"/notices/{number}/read", {}, 404)
    assert "Secret" not in reader.get(f"{PATH}?before={number + 1}").text

    with behind():
        assert queries.page(bob.id)[0][0].unread


def test_older_notices_are_a_page_away(reader: Visitor, ada: Person, behind: Behind) -> None:
    with behind():
        tell(ada, *(f"badge {number}" for number in range(25)))

    page = reader.get(reader.get(PATH).link("Older"))

    assert len(page.all(".told-row")) == 5
    assert reader.get(page.link("Newer")).url == PATH


def test_a_page_of_notices_costs_two_statements_and_a_bell_none(
    reader: Visitor, ada: Person, behind: Behind, count_statements: Counting
) -> None:
    with behind():
        do_round(ada)
        tell(ada, *(f"badge {number}" for number in range(40)))
    counted = {}
    for path in (PATH, WISHES, "/preferences", "/stop/nothing"):
        with count_statements() as statements:
            reader.client.get(path)
        counted[path] = len(statements)

    assert counted == {PATH: 2, WISHES: 3, "/preferences": 1, "/stop/nothing": 1}


def test_wishes_are_kept_and_shown_again(reader: Visitor, ada: Person, behind: Behind) -> None:
    page = reader.get(WISHES)
    wished: Fields = {
        "hour": "10:15",
        "mail": ["badge", "chosen"],
        "quiet_from": "19:00",
        "quiet_to": "08:00",
    }

    for _ in range(2):
        page = reader.submit(page, "preferences", wished)

    assert "Your wishes are noted." in page.text
    assert [box["value"] for box in page.html.select("input[name=mail][checked]")] == [
        "badge",
        "chosen",
    ]
    assert [chosen["value"] for chosen in page.html.select("option[selected]")] == [
        "10:15",
        "19:00",
        "08:00",
    ]
    assert page.html.select_one("input[name=reminded][checked]") is None
    with behind():
        assert queries.preferences(ada.id).mail["reply"] is False


@on_sqlite_only
@pytest.mark.parametrize(
    ("field", "value"),
    [("hour", "03:33"), ("quiet_from", "noon"), ("quiet_to", ""), ("mail", "everything")],
)
def test_what_no_form_of_ours_sends_is_refused_and_changes_nothing(
    reader: Visitor, ada: Person, behind: Behind, field: str, value: str
) -> None:
    good = {"hour": "10:15", "quiet_from": "19:00", "quiet_to": "08:00"}

    page = forge(reader, WISHES, {**good, field: value}, 400)

    assert page.html.select_one(".field-error") is not None
    with behind():
        assert queries.preferences(ada.id) == queries.Preferences()


def test_only_who_manages_people_is_offered_the_digest(
    reader: Visitor, ada: Person, behind: Behind
) -> None:
    assert reader.get(WISHES).html.select_one("#digest") is None
    with behind():
        team = make_site()
        for _ in range(4):
            people.post(make_person(), team, "sales", TODAY, ada)
        db.session.commit()

    page = reader.get(WISHES)
    assert "fewer than 5 people today" in page.text

    with behind():
        people.post(make_person(), make_site(), "sales", TODAY, ada)
        db.session.commit()
    assert "of the whole team, never of somebody" in reader.get(WISHES).text


def test_the_account_page_leads_to_the_wishes(reader: Visitor) -> None:
    found = [str(link["href"]) for link in reader.get("/account").html.select("a[href]")]

    assert WISHES in found
