"""What a directory does to people, told over SCIM: on both databases, one transaction a request."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy.database import db
from academy.people.audit import AuditEntry
from academy.people.models import Entity, Person, Posting, Role, RoleGrant
from academy.people.provisioning.models import DirectoryRecord, DirectoryWord
from academy.post.models import Letter
from tests.conftest import MONDAY, Counting
from tests.directories import ENTERPRISE, Directory, connect, person
from tests.factories import TODAY, make_person, make_site

TUESDAY = MONDAY + timedelta(days=1)
EMAIL = "ines.lopez@aurore.example"


@pytest.fixture
def team(app: Flask) -> Entity:
    with app.app_context():
        return make_site()


@pytest.fixture
def directory(app: Flask) -> Directory:
    with app.app_context():
        return Directory(app, connect())


def somebody(app: Flask, email: str = EMAIL) -> Person:
    with app.app_context():
        return db.session.scalars(select(Person).where(Person.email == email)).one()


def postings(app: Flask, email: str = EMAIL) -> list[Posting]:
    with app.app_context():
        found = select(Posting).join(Person, Person.id == Posting.person_id)
        return list(db.session.scalars(found.where(Person.email == email).order_by(Posting.id)))


def acts(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)))


def count(app: Flask, table: Any) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_joiner_gets_an_account_and_a_posting_dated_today(
    app: Flask, directory: Directory, team: Entity
) -> None:
    answer = directory.post("/Users", person(department=team.key, title="commerce"))

    assert answer.status_code == 201
    assert answer.json is not None
    assert answer.json["active"] is True
    assert answer.headers["Location"].endswith(f"/scim/v2/Users/{answer.json['id']}")
    joiner = somebody(app)
    assert (joiner.given_name, joiner.family_name) == ("Inès", "López")
    assert joiner.password_hash is None
    assert joiner.joined_on == TODAY
    assert answer.json["id"] == joiner.directory_key != str(joiner.id)
    (posting,) = postings(app)
    assert (posting.entity_id, posting.starts_on, posting.ends_on) == (team.id, TODAY, None)
    assert posting.job_family == "sales"
    assert acts(app)[-1] == "account-opened"


def test_nobody_is_written_to_when_a_directory_opens_accounts(
    app: Flask, directory: Directory
) -> None:
    directory.make()

    assert count(app, Letter) == 0


def test_a_word_that_means_nothing_yet_leaves_somebody_without_a_place(
    app: Flask, directory: Directory
) -> None:
    directory.make(department="DIR-COM 7", title="Chief of Many Things")

    assert postings(app) == []
    with app.app_context():
        record = db.session.scalars(select(DirectoryRecord)).one()
        assert (record.place_word, record.job_word) == ("DIR-COM 7", "Chief of Many Things")


def test_an_administrators_word_decides_what_a_department_is(
    app: Flask, directory: Directory, team: Entity
) -> None:
    with app.app_context():
        db.session.add(
            DirectoryWord(kind="place", filed="dir-com 7", word="DIR-COM 7", entity_id=team.id)
        )
        db.session.commit()

    directory.make(department="Dir-Com 7")

    assert [each.entity_id for each in postings(app)] == [team.id]


def test_a_move_is_dated_and_what_was_before_stays(
    app: Flask, directory: Directory, team: Entity, now: Callable[[datetime], None]
) -> None:
    with app.app_context():
        other = make_site(site="Lille")
    key = directory.make(department=team.key, title="Sales")
    now(TUESDAY)

    answer = directory.patch(
        f"/Users/{key}",
        {"op": "replace", "path": f"{ENTERPRISE}:department", "value": other.key},
    )

    assert answer.status_code == 204
    before, after = postings(app)
    assert (before.entity_id, before.ends_on) == (team.id, TODAY)
    assert (after.entity_id, after.starts_on) == (other.id, TUESDAY.date())
    assert after.job_family == "sales"


def test_contract_and_shift_go_along_on_a_move(
    app: Flask, directory: Directory, team: Entity, now: Callable[[datetime], None]
) -> None:
    key = directory.make(department=team.key)
    with app.app_context():
        mine = db.session.scalars(select(Posting)).one()
        mine.contract, mine.shift = "permanent", "night"
        db.session.commit()
    now(TUESDAY)

    directory.patch(f"/Users/{key}", {"op": "add", "path": "title", "value": "Logistics"})

    last = postings(app)[-1]
    assert (last.job_family, last.contract, last.shift) == ("logistics", "permanent", "night")


def test_the_same_said_twice_changes_nothing_more(
    app: Flask, directory: Directory, team: Entity
) -> None:
    key = directory.make(department=team.key)
    before = acts(app), directory.get(f"/Users/{key}").headers["ETag"]

    for _ in range(2):
        answer = directory.ask("PUT", f"/Users/{key}", person(department=team.key))
        assert answer.status_code == 200

    assert (acts(app), directory.get(f"/Users/{key}").headers["ETag"]) == before
    assert len(postings(app)) == 1


def test_a_manager_is_another_user(app: Flask, directory: Directory, team: Entity) -> None:
    boss = directory.make(email="boss@aurore.example")
    key = directory.make(department=team.key, manager={"value": boss})

    (posting,) = postings(app)
    assert posting.manager_id == somebody(app, "boss@aurore.example").id
    told = directory.get(f"/Users/{key}").json
    assert told is not None
    assert told[ENTERPRISE]["manager"]["$ref"].endswith(f"/scim/v2/Users/{boss}")


@pytest.mark.parametrize("shape", ["text", "object", "list"])
def test_a_manager_is_understood_however_entra_sends_it(
    app: Flask, directory: Directory, team: Entity, shape: str
) -> None:
    boss = directory.make(email="boss@aurore.example")
    key = directory.make(department=team.key)
    value: Any = {"text": boss, "object": {"value": boss}, "list": [{"value": boss}]}[shape]

    answer = directory.patch(
        f"/Users/{key}", {"op": "Add", "path": f"{ENTERPRISE}:manager", "value": value}
    )

    assert answer.status_code == 204, answer.text
    assert postings(app)[-1].manager_id == somebody(app, "boss@aurore.example").id


def test_nobody_becomes_their_own_manager(app: Flask, directory: Directory, team: Entity) -> None:
    key = directory.make(department=team.key)

    directory.patch(
        f"/Users/{key}", {"op": "add", "path": f"{ENTERPRISE}:manager", "value": {"value": key}}
    )

    assert [each.manager_id for each in postings(app)] == [None]


@pytest.mark.parametrize("said", [False, "False", "false"])
def test_a_leaver_is_out_at_once_and_nothing_is_erased(
    app: Flask, directory: Directory, said: object
) -> None:
    key = directory.make()

    answer = directory.patch(f"/Users/{key}", {"op": "Replace", "path": "active", "value": said})

    assert answer.status_code == 204, answer.text
    gone = somebody(app)
    assert (gone.active, gone.epoch) == (False, 1)
    told = directory.get(f"/Users/{key}").json
    assert told is not None
    assert told["active"] is False
    assert "account-closed" in acts(app)


def test_somebody_who_comes_back_finds_everything_again(
    app: Flask, directory: Directory, team: Entity
) -> None:
    key = directory.make(department=team.key)
    before = somebody(app).id
    for said in (False, True):
        directory.patch(f"/Users/{key}", {"op": "replace", "value": {"active": said}})

    assert (somebody(app).id, somebody(app).active) == (before, True)
    assert postings(app)[-1].ends_on is None


def test_delete_closes_and_hides_and_a_new_post_brings_the_same_person_back(
    app: Flask, directory: Directory, team: Entity
) -> None:
    key = directory.make(department=team.key)
    before = somebody(app).id

    assert directory.ask("DELETE", f"/Users/{key}").status_code == 204
    assert directory.get(f"/Users/{key}").status_code == 404
    assert directory.ask("DELETE", f"/Users/{key}").status_code == 404
    assert somebody(app).active is False
    found = directory.get(f'/Users?filter=userName eq "{EMAIL}"').json
    assert found is not None
    assert found["totalResults"] == 0

    again = directory.make(department=team.key)
    assert again != key
    assert (somebody(app).id, somebody(app).active) == (before, True)
    assert acts(app)[-1] == "directory-returned"


@pytest.mark.parametrize("taken", [{"userName": EMAIL.upper()}, {"emails": [{"value": EMAIL}]}])
def test_a_name_or_an_address_that_is_taken_is_a_conflict(
    app: Flask, directory: Directory, taken: dict[str, Any]
) -> None:
    directory.make()
    other = person(email="other@aurore.example")

    answer = directory.post("/Users", {**other, **taken})

    assert answer.status_code == 409
    assert answer.json is not None
    assert answer.json["scimType"] == "uniqueness"
    assert count(app, DirectoryRecord) == 1


def test_an_address_is_not_taken_over_by_a_change_either(directory: Directory) -> None:
    directory.make()
    key = directory.make(email="other@aurore.example")

    answer = directory.patch(
        f"/Users/{key}",
        {"op": "replace", "path": 'emails[type eq "work"].value', "value": EMAIL},
    )

    assert answer.status_code == 409


def test_people_who_were_here_before_are_found_and_taken_over(
    app: Flask, directory: Directory
) -> None:
    with app.app_context():
        ada = make_person(language="fr")
    found = directory.get(f'/Users?filter=userName eq "{ada.email.upper()}"').json
    assert found is not None
    (told,) = found["Resources"]
    assert told["name"] == {"givenName": ada.given_name, "familyName": ada.family_name}

    answer = directory.patch(
        f"/Users/{told['id']}",
        {"op": "replace", "value": {"externalId": "E-1", "name.familyName": "Byron"}},
    )

    assert answer.status_code == 204, answer.text
    assert somebody(app, ada.email).family_name == "Byron"
    again = directory.get('/Users?filter=externalId eq "E-1"').json
    assert again is not None
    assert [each["id"] for each in again["Resources"]] == [told["id"]]


def test_what_a_person_chose_stays_theirs(app: Flask, directory: Directory) -> None:
    key = directory.make(preferredLanguage="en-GB")
    with app.app_context():
        mine = db.session.get_one(Person, somebody(app).id)
        assert mine.language == "en"
        mine.language, mine.zone, mine.colour_scheme = "fr", "America/Montreal", "dark"
        mine.password_hash, mine.needs = "hash", ["motor"]
        db.session.commit()

    directory.ask("PUT", f"/Users/{key}", {**person(preferredLanguage="en"), "password": "x"})

    mine = somebody(app)
    assert (mine.language, mine.zone, mine.colour_scheme) == ("fr", "America/Montreal", "dark")
    assert (mine.password_hash, mine.needs) == ("hash", ["motor"])


def test_what_the_academy_does_not_need_is_not_kept(app: Flask, directory: Directory) -> None:
    phone = [{"value": "+33 6 12 34 56 78", "type": "mobile"}]
    key = directory.make(phoneNumbers=phone, addresses=[{"locality": "Lyon"}])

    answer = directory.patch(
        f"/Users/{key}",
        {"op": "Add", "path": 'phoneNumbers[type eq "work"].value', "value": "1"},
        {"op": "Replace", "path": "displayName", "value": "Inès L."},
    )

    assert answer.status_code == 204, answer.text
    with app.app_context():
        said = db.session.scalars(select(DirectoryRecord.said)).one()
    assert said["displayName"] == "Inès L."
    assert "phoneNumbers" not in said
    assert "addresses" not in said


def test_the_last_administrator_is_not_closed(app: Flask, directory: Directory) -> None:
    with app.app_context():
        admin = make_person(Role.ADMIN)

    answer = directory.patch(
        f"/Users/{admin.directory_key}", {"op": "replace", "path": "active", "value": False}
    )

    assert answer.status_code == 409
    assert somebody(app, admin.email).active


def test_a_version_that_is_old_changes_nothing(app: Flask, directory: Directory) -> None:
    key = directory.make()
    old = directory.get(f"/Users/{key}").headers["ETag"]
    fresh = directory.patch(f"/Users/{key}", {"op": "add", "path": "title", "value": "A"})
    assert fresh.headers["ETag"] != old

    late = directory.ask("DELETE", f"/Users/{key}", headers={"If-Match": old})
    unchanged = directory.ask(
        "GET", f"/Users/{key}", headers={"If-None-Match": fresh.headers["ETag"]}
    )

    assert late.status_code == 412
    assert unchanged.status_code == 304
    assert somebody(app).active


def test_a_group_does_nothing_until_it_is_tied_to_a_role(app: Flask, directory: Directory) -> None:
    key = directory.make()
    directory.post("/Groups", {"displayName": "Authors", "members": [{"value": key}]})

    assert count(app, RoleGrant) == 0
    told = directory.get(f"/Users/{key}").json
    assert told is not None
    assert [group["display"] for group in told["groups"]] == ["Authors"]


def test_a_group_of_strangers_is_refused(app: Flask, directory: Directory) -> None:
    answer = directory.post("/Groups", {"displayName": "G", "members": [{"value": "f" * 32}]})

    assert answer.status_code == 400
    assert count(app, RoleGrant) == 0


def test_a_directory_asks_who_is_in_a_group_without_reading_everybody(
    directory: Directory,
) -> None:
    key = directory.make()
    made = directory.post("/Groups", {"displayName": "G", "members": [{"value": key}]}).json
    assert made is not None

    slim = directory.get(f"/Groups/{made['id']}?excludedAttributes=members").json
    asked = f'/Groups?filter=id eq "{made["id"]}" and members eq "{key}"'

    assert slim is not None
    assert "members" not in slim
    found = directory.get(asked).json
    assert found is not None
    assert found["totalResults"] == 1


def test_what_each_request_costs(
    app: Flask, directory: Directory, team: Entity, count_statements: Counting
) -> None:
    boss = directory.make(email="boss@aurore.example")
    for number in range(120):
        directory.make(email=f"person-{number}@aurore.example", department=team.key)
    costs = {}

    def cost(name: str, act: Callable[[], Any]) -> Any:
        with count_statements() as statements:
            answer = act()
        assert answer.status_code < 300, answer.text
        costs[name] = sum("advisory" not in each and "SAVEPOINT" not in each for each in statements)
        return answer

    said = person(department=team.key, title="Sales", manager={"value": boss})
    made = cost("create", lambda: directory.post("/Users", said))
    path = f"/Users/{made.json['id']}"
    title = {"op": "replace", "path": "title", "value": "Logistics"}
    cost("patch: another trade", lambda: directory.patch(path, title))
    cost("patch: nothing new", lambda: directory.patch(path, title))
    leaves = {"op": "replace", "path": "active", "value": False}
    cost("patch: a leaver", lambda: directory.patch(path, leaves))
    cost("read", lambda: directory.get(path))
    cost("look up", lambda: directory.get(f'/Users?filter=userName eq "{EMAIL}"'))
    page = cost("page of 100", lambda: directory.get("/Users?count=100"))
    cost("page in order", lambda: directory.get("/Users?count=100&sortBy=userName"))

    assert len(page.json["Resources"]) == 100
    assert costs == {
        "create": 16,
        "patch: another trade": 15,
        "patch: nothing new": 4,
        "patch: a leaver": 17,
        "read": 4,
        "look up": 5,
        "page of 100": 5,
        "page in order": 5,
    }


def test_pages_by_cursor_show_everybody_once(directory: Directory) -> None:
    for number in range(5):
        directory.make(email=f"person-{number}@aurore.example")

    seen, cursor = [], ""
    while cursor is not None:
        page = directory.get(f"/Users?count=2&cursor={cursor}").json
        assert page is not None
        seen += [each["id"] for each in page["Resources"]]
        cursor = page.get("nextCursor")

    assert len(seen) == len(set(seen)) == 6  # with whoever connected the directory
