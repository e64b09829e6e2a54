"""Several operations in one request: each whole or not at all, on both databases."""

from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy.database import db
from academy.people.audit import AuditEntry
from academy.people.models import Person, Role
from academy.people.provisioning import clients
from academy.people.provisioning.models import DirectoryGroup, DirectoryMember
from academy.people.scim.service import Service
from academy.people.scim.shape import MOST_OPERATIONS, PROVIDER
from tests.conftest import Counting
from tests.directories import GROUP, Directory, connect, person
from tests.factories import make_person

ACTS = ["directory-connected", "account-opened", "account-opened", "directory-group-changed"]
BULK = "urn:ietf:params:scim:api:messages:2.0:BulkRequest"
INES, OMAR = "ines.lopez@aurore.example", "omar.haddad@aurore.example"


@pytest.fixture
def directory(app: Flask) -> Directory:
    with app.app_context():
        return Directory(app, connect())


def making(email: str, number: str = "1") -> dict[str, Any]:
    return {
        "method": "POST",
        "path": "/Users",
        "bulkId": number,
        "data": person(email=email),
    }


def sent(directory: Directory, *operations: dict[str, Any], **more: Any) -> list[dict[str, Any]]:
    answer = directory.post("/Bulk", {"schemas": [BULK], "Operations": list(operations), **more})
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    found: list[dict[str, Any]] = answer.json["Operations"]
    return found


def statuses(done: list[dict[str, Any]]) -> list[int]:
    return [int(each["status"]) for each in done]


def addresses(app: Flask) -> list[str]:
    with app.app_context():
        found = select(Person.email).where(Person.email.in_([INES, OMAR])).order_by(Person.email)
        return list(db.session.scalars(found))


def test_a_group_and_its_people_are_made_in_one_request(
    app: Flask, directory: Directory, count_statements: Counting
) -> None:
    members = [{"value": "bulkId:1"}, {"value": "bulkId:2"}]
    group = {"schemas": [GROUP], "displayName": "Bakers", "members": members}
    first = {"method": "POST", "path": "/Groups", "bulkId": "3", "data": group}
    with count_statements() as statements:
        done = sent(directory, first, making(INES), making(OMAR, "2"))

    assert statuses(done) == [201, 201, 201]
    assert [each["bulkId"] for each in done] == ["3", "1", "2"]
    assert all(each["location"] and each["version"] for each in done)
    with app.app_context():
        assert db.session.scalar(select(func.count(DirectoryGroup.id))) == 1
        inside = select(Person.email).join(DirectoryMember, DirectoryMember.person_id == Person.id)
        assert set(db.session.scalars(inside)) == {INES, OMAR}
        acts = list(db.session.scalars(select(AuditEntry.act).order_by(AuditEntry.id)))
    assert acts == ACTS
    asked = [each for each in statements if "advisory" not in each and "SAVEPOINT" not in each]
    assert len(asked) == 29


def test_what_fails_changes_nothing_and_the_others_stay(app: Flask, directory: Directory) -> None:
    with app.app_context():
        boss = make_person(Role.ADMIN)
        db.session.commit()
        path = f"/Users/{boss.directory_key}"
    last = {"method": "DELETE", "path": path}
    unknown = {"method": "PATCH", "path": "/Users/nobody", "data": {}}
    nameless = {"method": "POST", "path": "/Groups", "bulkId": "g", "data": {"schemas": [GROUP]}}

    done = sent(directory, making(INES), making(INES, "2"), last, unknown, nameless, making(OMAR))

    assert statuses(done)[:3] == [201, 409, 409]
    assert "administration" in done[2]["response"]["detail"]
    assert statuses(done)[3] in (400, 404)
    assert statuses(done)[4:] == [400, 400]  # the last uses a bulkId a second time
    assert addresses(app) == [INES]
    with app.app_context():
        assert db.session.scalar(select(func.count(DirectoryGroup.id))) == 0
        assert db.session.scalars(select(Person.active).where(Person.id == boss.id)).one()


@pytest.mark.parametrize("path", ["/Bulk", "/Bulk/"])
def test_a_group_of_strangers_is_not_left_half_made(
    app: Flask, directory: Directory, path: str
) -> None:
    group = {"schemas": [GROUP], "displayName": "Bakers", "members": [{"value": "nobody"}]}
    making_group = {"method": "POST", "path": "/Groups", "bulkId": "1", "data": group}

    answer = directory.post(path, {"schemas": [BULK], "Operations": [making_group]})

    assert answer.json is not None
    assert statuses(answer.json["Operations"]) == [400]
    with app.app_context():
        assert db.session.scalar(select(func.count(DirectoryGroup.id))) == 0


def test_it_stops_at_the_error_it_was_told_to(app: Flask, directory: Directory) -> None:
    done = sent(directory, making(INES), making(INES, "2"), making(OMAR, "3"), failOnErrors=1)

    assert statuses(done) == [201, 409]
    assert addresses(app) == [INES]


def test_sent_twice_it_makes_nobody_twice(app: Flask, directory: Directory) -> None:
    twice = [sent(directory, making(INES), making(OMAR, "2")) for _each in range(2)]

    assert [statuses(each) for each in twice] == [[201, 201], [409, 409]]
    assert addresses(app) == [INES, OMAR]


def test_a_token_does_in_bulk_what_it_may_do_alone(app: Flask) -> None:
    with app.app_context():
        directory = Directory(app, connect(people=False))
    group = {"schemas": [GROUP], "displayName": "Bakers"}
    making_group = {"method": "POST", "path": "/Groups", "bulkId": "2", "data": group}

    assert statuses(sent(directory, making(INES), making_group)) == [403, 201]
    assert addresses(app) == []


def test_too_many_at_once_are_refused_whole(app: Flask, directory: Directory) -> None:
    many = [making(INES, str(number)) for number in range(MOST_OPERATIONS + 1)]
    answer = directory.post("/Bulk", {"schemas": [BULK], "Operations": many})

    assert answer.status_code == 413
    assert addresses(app) == []


@pytest.mark.parametrize(("people", "first", "made"), [(True, 201, [INES]), (False, 403, [])])
def test_each_operation_counts_as_a_request(
    app: Flask, monkeypatch: pytest.MonkeyPatch, people: bool, first: int, made: list[str]
) -> None:
    """Whatever becomes of it."""
    with app.app_context():
        directory = Directory(app, connect(people=people))
    monkeypatch.setattr(clients, "REQUESTS", replace(clients.REQUESTS, tries=2))

    done = sent(directory, making(INES), making(OMAR, "2"))

    assert statuses(done) == [first, 429]
    assert addresses(app) == made


def test_what_nobody_expected_is_no_answer_to_one_operation() -> None:
    with pytest.raises(ZeroDivisionError):
        Service(PROVIDER, secret="s" * 32).bulk_failure({}, ZeroDivisionError())
