"""In which order a directory is answered, and people and groups searched at once."""

from typing import Any

import pytest
from flask import Flask

from tests.conftest import Counting
from tests.directories import GROUP, Directory, connect

SEARCH = "urn:ietf:params:scim:api:messages:2.0:SearchRequest"
NAMES = ("bo", "al", "cy", "di", "ed")


@pytest.fixture
def directory(app: Flask) -> Directory:
    """Five people, of whom two have the same outer key and two have none; and three groups."""
    with app.app_context():
        directory = Directory(app, connect())
    outer = {"bo": "same", "al": "same", "cy": "x"}
    for name in NAMES:
        directory.make(email=f"{name}@aurore.example", externalId=outer.get(name))
    for name in ("Zinc", "Elan", "Lune"):
        made = directory.post("/Groups", {"schemas": [GROUP], "displayName": name})
        assert made.status_code == 201
    return directory


def found(page: Any) -> list[str]:
    """By first letters of addresses, and by names of groups; but for whoever connected the directory."""
    told = [each.get("userName", each.get("displayName")) for each in page.json["Resources"]]
    return [each.partition("@")[0] for each in told if not each.startswith("person")]


def walked(directory: Directory, path: str, by: str) -> list[str]:
    """Page after page of two, forward by cursor."""
    seen, cursor = list[str](), ""
    while cursor is not None:
        page = directory.get(f"{path}?count=2&cursor={cursor}&{by}")
        assert page.status_code == 200, page.text
        assert page.json is not None
        seen += found(page)
        cursor = page.json.get("nextCursor")
    return seen


@pytest.mark.parametrize("down", [False, True])
@pytest.mark.parametrize("attribute", ["userName", "emails.value", "externalId", "meta.created"])
def test_pages_in_an_order_show_everybody_once(
    directory: Directory, attribute: str, down: bool
) -> None:
    by = f"sortBy={attribute}&sortOrder={'descending' if down else 'ascending'}"

    whole = found(directory.get(f"/Users?{by}"))

    assert sorted(whole) == sorted(NAMES)
    assert walked(directory, "/Users", by) == whole
    order = {
        "externalId": ["bo", "al", "cy", "di", "ed"],
        "meta.created": list(NAMES),
    }.get(attribute, sorted(NAMES))
    assert whole == (order[::-1] if down else order)


def test_groups_are_put_in_order_by_their_names(directory: Directory) -> None:
    assert found(directory.get("/Groups?sortBy=displayName")) == ["Elan", "Lune", "Zinc"]
    assert walked(directory, "/Groups", "sortBy=displayName") == ["Elan", "Lune", "Zinc"]


@pytest.mark.parametrize(
    "asked", ["/Users?sortBy=title", "/Groups?sortBy=userName", "?sortBy=title"]
)
def test_what_is_not_put_in_order_is_refused(directory: Directory, asked: str) -> None:
    answer = directory.get(asked)

    assert answer.status_code == 400
    assert answer.json is not None
    assert "sort" in answer.json["detail"].lower()


def test_people_and_groups_are_searched_at_once(
    directory: Directory, count_statements: Counting
) -> None:
    filtered = {
        "schemas": [SEARCH],
        "filter": 'userName eq "AL@aurore.example" or displayName eq "lune"',
    }
    with count_statements() as statements:
        both = directory.post("/.search", filtered)

    assert both.status_code == 200, both.text
    assert found(both) == ["al", "Lune"]
    assert both.json is not None
    assert both.json["totalResults"] == 2
    assert (
        len([each for each in statements if "advisory" not in each]) <= 7 + 2
    )  # the token, the count


@pytest.mark.parametrize("slash", ["", "/"])
def test_pages_of_both_show_everything_once(directory: Directory, slash: str) -> None:
    whole = found(directory.get(f"{slash}?sortBy=displayName"))

    assert whole[:3] == ["Elan", "Lune", "Zinc"]  # people have no such name: they come last
    assert sorted(whole) == sorted([*NAMES, "Elan", "Lune", "Zinc"])
    assert walked(directory, slash, "sortBy=displayName") == whole
    assert walked(directory, slash, "sortBy=meta.created&sortOrder=descending")[:3] == [
        "Lune",
        "Elan",
        "Zinc",
    ]
    assert walked(directory, slash, "") == [*NAMES, "Zinc", "Elan", "Lune"]
