"""The list of groups, founding one, coming in, and who may look at the members."""

from collections.abc import Callable

import pytest
from flask import Flask

from academy.community.ranks import Act
from academy.people.models import Person, Role
from tests.circles import CLOSED, HIDDEN, OPEN, make_group, move, rank, say
from tests.factories import make_person
from tests.pages.conftest import Behind, forge
from tests.visitor import Visitor

WORDS = {"name_en": "Paper lovers", "purpose_en": "We talk about paper.", "ink": "ai"}


@pytest.fixture
def bob(behind: Behind) -> Person:
    """Who animates the groups."""
    with behind():
        return make_person(Role.ANIMATOR)


@pytest.fixture
def open_group(behind: Behind, bob: Person) -> int:
    with behind():
        return make_group(bob)


@pytest.fixture
def closed_group(behind: Behind, bob: Person) -> int:
    with behind():
        return make_group(bob, visibility=CLOSED, name="Closed circle")


@pytest.fixture
def hidden_group(behind: Behind, bob: Person) -> int:
    with behind():
        return make_group(bob, visibility=HIDDEN, name="Secret circle")


def other(app: Flask, person: Person) -> Visitor:
    return Visitor(app).as_person(person)


def test_the_account_menu_leads_to_the_groups(reader: Visitor) -> None:
    assert reader.get(reader.get("/").link("Groups")).title == "Groups"


def test_where_there_is_no_group_the_page_says_who_opens_them(reader: Visitor) -> None:
    page = reader.get("/groups")

    assert page.all(".empty h2") == ["No group here yet"]
    assert page.html.select("a[href='/groups/new']") == []


@pytest.mark.usefixtures("open_group", "closed_group", "hidden_group")
def test_open_and_closed_groups_are_to_discover_and_hidden_ones_are_not(reader: Visitor) -> None:
    page = reader.get("/groups")

    assert page.all("#others-title ~ ul .group-card-title") == ["Closed circle", "Paper lovers"]
    assert "Secret" not in page.text


def test_one_joins_an_open_group_and_finds_it_among_ones_own(
    reader: Visitor, open_group: int
) -> None:
    page = reader.submit(reader.get(f"/groups/{open_group}"), "/join")

    assert page.all(".toast") == ["Welcome to the group."]
    assert page.html.select_one(".composer") is not None
    assert reader.get("/groups").all("#mine-title ~ ul .group-card-title") == ["Paper lovers"]


def test_a_closed_group_shows_its_door_and_nothing_behind_it(
    reader: Visitor, behind: Behind, bob: Person, closed_group: int
) -> None:
    with behind():
        say(bob, closed_group, "Between us.")

    page = reader.get(f"/groups/{closed_group}")

    assert page.title == "Closed circle"
    assert "1 member" in page.text
    assert "Between us" not in page.text
    assert page.html.select_one(".composer") is None


def test_one_asks_takes_it_back_asks_again_and_is_let_in(
    app: Flask, reader: Visitor, bob: Person, closed_group: int
) -> None:
    door = f"/groups/{closed_group}"
    reader.submit(reader.get(door), "/join")
    reader.submit(reader.get(door), "/leave")
    reader.submit(reader.get(door), "/join")
    animator = other(app, bob)

    waiting = animator.get(door)
    members = animator.get(waiting.link("1 request to answer"))
    animator.submit(members, "/accept")

    assert reader.get(door).html.select_one(".composer") is not None


def test_a_request_refused_leaves_the_door_closed(
    app: Flask, reader: Visitor, bob: Person, closed_group: int
) -> None:
    reader.submit(reader.get(f"/groups/{closed_group}"), "/join")
    animator = other(app, bob)

    animator.submit(animator.get(f"/groups/{closed_group}/members"), "/refuse")

    assert reader.get(f"/groups/{closed_group}").form("/join")


@pytest.mark.parametrize(
    "path", ["", "/members", "/settings", "/posts/1", "/messages/1/edit", "/messages/1/hide"]
)
def test_a_hidden_group_does_not_exist_for_others(
    reader: Visitor, behind: Behind, bob: Person, hidden_group: int, path: str
) -> None:
    with behind():
        say(bob, hidden_group)

    assert reader.get(f"/groups/{hidden_group}{path}", 404).title == (
        reader.get("/groups/999999", 404).title
    )


@pytest.mark.parametrize("path", ["join", "leave", "posts", "members", "settings"])
def test_nothing_can_be_sent_to_a_hidden_group(
    reader: Visitor, hidden_group: int, path: str, rows: Callable[[], dict[str, int]]
) -> None:
    before = rows()

    forge(reader, f"/groups/{hidden_group}/{path}", {"text": "Hello"}, 404)

    assert rows() == before


def test_members_see_the_members_and_others_do_not(
    app: Flask, reader: Visitor, behind: Behind, bob: Person, ada: Person, open_group: int
) -> None:
    reader.get(f"/groups/{open_group}/members", 404)
    with behind():
        move(Act.JOIN, ada, open_group)

    page = reader.get(f"/groups/{open_group}/members")

    assert len(page.html.select(".member")) == 2
    assert page.html.select(".member form, .roster .form") == []
    assert other(app, bob).get(f"/groups/{open_group}/members").form("/appoint")


def members_shown(visitor: Visitor, group: int) -> list[str]:
    return visitor.get(f"/groups/{group}/members").all(".member")


@pytest.mark.parametrize("decision", ["accept", "refuse", "appoint", "step-down", "remove"])
def test_a_member_decides_about_nobody(
    reader: Visitor, behind: Behind, ada: Person, bob: Person, open_group: int, decision: str
) -> None:
    with behind():
        move(Act.JOIN, ada, open_group)
    before = members_shown(reader, open_group)

    forge(reader, f"/groups/{open_group}/members/{bob.id}/{decision}", {}, 404)
    forge(reader, f"/groups/{open_group}/members", {"email": ada.email}, 404)
    forge(reader, f"/groups/{open_group}/settings", WORDS, 404)

    assert members_shown(reader, open_group) == before
    assert len(before) == 2


@pytest.mark.parametrize("decision", ["join", "admit", "leave", "promote"])
def test_an_animator_decides_only_what_is_theirs_to_decide(
    app: Flask, bob: Person, ada: Person, open_group: int, decision: str
) -> None:
    animator = other(app, bob)
    before = members_shown(animator, open_group)

    forge(animator, f"/groups/{open_group}/members/{ada.id}/{decision}", {}, 404)

    assert members_shown(animator, open_group) == before
    assert len(before) == 1


def test_the_last_animator_is_told_to_name_another_first(
    app: Flask, bob: Person, open_group: int
) -> None:
    animator = other(app, bob)

    page = animator.submit(animator.get(f"/groups/{open_group}"), "/leave", status=409)

    assert "Name another animator first." in page.text
    assert animator.get(f"/groups/{open_group}/members").all(".member strong") == [
        "Ada " + bob.family_name
    ]


def test_an_animator_adds_a_colleague_by_address(
    app: Flask, reader: Visitor, bob: Person, ada: Person, hidden_group: int
) -> None:
    animator = other(app, bob)
    form = animator.get(f"/groups/{hidden_group}/members")

    wrong = animator.submit(form, "/members", {"email": "nobody@aurore.example"}, 400)
    animator.submit(form, "/members", {"email": ada.email})

    assert wrong.all(".field-error") == ["No colleague has this address. Check how it is spelt."]
    assert reader.get(f"/groups/{hidden_group}").title == "Secret circle"


def test_somebody_removed_is_told_so_and_cannot_rejoin(
    reader: Visitor, behind: Behind, ada: Person, open_group: int
) -> None:
    with behind():
        move(Act.JOIN, ada, open_group)
        move(Act.REMOVE, ada, open_group)

    assert "An animator removed you" in reader.get(f"/groups/{open_group}").text
    forge(reader, f"/groups/{open_group}/join", {}, 403)
    forge(reader, f"/groups/{open_group}/posts", {"text": "Hello"}, 403)


@pytest.mark.parametrize("role", [Role.ANIMATOR, Role.ORGANISER, Role.HR, Role.ADMIN])
def test_those_who_animate_organise_or_administer_open_groups(
    app: Flask, behind: Behind, role: Role
) -> None:
    with behind():
        founder = other(app, make_person(role))

    page = founder.submit(founder.get("/groups/new"), "/groups/new", {**WORDS, "visibility": OPEN})

    assert page.title == "Paper lovers"
    assert page.html.select_one(".group-page.ink-ai") is not None
    assert page.all(".door") == ["Open group"]


@pytest.mark.parametrize("roles", [(), (Role.MENTOR,), (Role.AUTHOR,), (Role.HOST,)])
def test_others_do_not(
    app: Flask, behind: Behind, roles: tuple[Role, ...], rows: Callable[[], dict[str, int]]
) -> None:
    with behind():
        person = other(app, make_person(*roles))
    before = rows()

    person.get("/groups/new", 403)
    forge(person, "/groups/new", {**WORDS, "visibility": OPEN}, 403)

    assert rows() == before


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Name and purpose go together: fill both in."),
        ({"purpose_en": ""}, "Name and purpose go together: fill both in."),
        ({"name_fr": "Le papier"}, "Name and purpose go together: fill both in."),
        ({"name_en": "x" * 81}, "At most 80 characters."),
        ({"ink": "pink"}, "Choose an ink."),
        ({"visibility": "half-open"}, "Say who may come in."),
    ],
)
def test_a_charter_with_something_missing_says_what(
    app: Flask, bob: Person, fields: dict[str, str], said: str
) -> None:
    founder = other(app, bob)
    sent = {**WORDS, "visibility": "open", **fields} if fields else {"ink": "ai"}

    page = founder.submit(founder.get("/groups/new"), "/groups/new", sent, 400)

    assert said in page.all(".field-error")
    assert founder.get("/groups").all(".group-card") == []


def test_a_group_is_called_in_the_readers_language(app: Flask, bob: Person) -> None:
    founder = other(app, bob)
    both = {**WORDS, "name_fr": "Le papier", "purpose_fr": "On parle papier.", "visibility": OPEN}
    founder.submit(founder.get("/groups/new"), "/groups/new", both)
    founder.submit(founder.get("/groups/new"), "/groups/new", {**WORDS, "visibility": OPEN})

    founder.post(
        "/language", {**founder.get("/groups").form("/language").filled({}), "language": "fr"}
    )
    page = founder.get("/groups")

    assert page.all(".group-card-title") == ["Paper lovers", "Le papier"]
    assert [title.get("lang") for title in page.html.select(".group-card-title")] == ["en", None]


def test_an_animator_changes_the_words_and_not_who_may_come_in(
    app: Flask, bob: Person, closed_group: int
) -> None:
    animator = other(app, bob)
    form = animator.get(f"/groups/{closed_group}/settings")

    page = animator.submit(form, "/settings", {**WORDS, "name_en": "Origami", "visibility": OPEN})

    assert page.title == "Origami"
    assert page.all(".door") == ["Closed group"]


def test_stepping_down_leads_back_to_the_group(
    app: Flask, behind: Behind, bob: Person, ada: Person, open_group: int
) -> None:
    with behind():
        move(Act.JOIN, ada, open_group)
        move(Act.APPOINT, ada, open_group)
    animator = other(app, bob)

    page = animator.submit(animator.get(f"/groups/{open_group}/members"), f"{bob.id}/step-down")

    assert page.url == f"/groups/{open_group}"
    with behind():
        assert rank(bob, open_group) == "member"


def test_many_groups_are_read_page_by_page(reader: Visitor, behind: Behind, bob: Person) -> None:
    with behind():
        for number in range(7):
            make_group(bob, name=f"Group {number}")
        organiser = make_person()
        for number in range(7, 14):
            make_group(organiser, name=f"Group {number}")

    first = reader.get("/groups")
    second = reader.get(first.link("More groups"))

    seen = [*first.all(".group-card-title"), *second.all(".group-card-title")]
    assert seen == [f"Group {number}" for number in range(13, -1, -1)]
    assert second.link("Back to the first groups") == "/groups"


@pytest.mark.parametrize("query", ["mine=x", "others=0", "mine=-1", f"others={2**70}"])
def test_a_cursor_nobody_gave_shows_the_first_page(
    reader: Visitor, open_group: int, query: str
) -> None:
    assert reader.get(f"/groups?{query}").all(".group-card-title") == ["Paper lovers"]
    assert reader.get(f"/groups/{open_group}?before=x").title == "Paper lovers"


Counting = Callable[[], "object"]


@pytest.mark.parametrize(
    ("path", "statements"), [("/groups", 3), ("/groups/{group}", 4), ("/groups/{group}/members", 4)]
)
def test_pages_of_groups_cost_the_same_however_many_there_are(
    reader: Visitor,
    behind: Behind,
    ada: Person,
    bob: Person,
    count_statements: Counting,
    path: str,
    statements: int,
) -> None:
    with behind():
        groups = [make_group(bob, ada, name=f"{number}") for number in range(5)]
        for person in [make_person() for _ in range(8)]:
            move(Act.JOIN, person, groups[0])
            say(person, groups[0])

    with count_statements() as seen:  # type: ignore[attr-defined]
        reader.get(path.format(group=groups[0]))

    assert len(seen) == statements, seen
