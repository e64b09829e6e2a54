"""What is read out of a directory's words: names, addresses, languages, tokens."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scim2_models import InvalidValueException

from academy.people.clients import tokens
from academy.people.scim import reading
from academy.people.scim.shape import PROVIDER, Email, EnterpriseUser, Someone

EMAILS = [{"value": "a@b.example"}]


def user(**said: Any) -> Any:
    with PROVIDER:
        return Someone.model_validate({"userName": "jdoe", "emails": EMAILS, **said})


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ({"name": {"givenName": "Inès", "familyName": "López"}}, ("Inès", "López")),
        ({"name": {"givenName": " Inès  Maria ", "familyName": "López"}}, ("Inès Maria", "López")),
        ({"displayName": "Inès López Díaz"}, ("Inès", "López Díaz")),
        ({"name": {"formatted": "Inès López"}}, ("Inès", "López")),
        ({"name": {"givenName": "Inès"}, "displayName": "X Y"}, ("Inès", "")),
        ({"name": {"familyName": "López"}}, ("López", "")),
        ({}, ("jdoe", "")),
        ({"userName": "jdoe@b.example"}, ("jdoe", "")),
    ],
)
def test_a_name_is_found_in_what_there_is(said: dict[str, Any], names: tuple[str, str]) -> None:
    assert reading.names(user(**said)) == names


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ([], None),
        ([Email(value="a"), Email(value="b")], "a"),
        ([Email(value="a", type="home"), Email(value="b", type="Work")], "b"),
        ([Email(value="a", primary=True), Email(value="b", type="work")], "a"),
        ([Email(value="a", primary=True), Email(value="b", primary=True)], "b"),
    ],
)
def test_of_several_addresses_one_is_kept(said: list[Email], kept: str | None) -> None:
    found = reading.the_address(said)

    assert (found.value if found else None) == kept


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("en", "en"),
        ("en_US", "en"),
        ("FR-ca", "fr"),
        ("de, en;q=0.5", "en"),
        ("de", "fr"),
        (None, "fr"),
    ],
)
def test_the_first_language_is_one_of_ours(said: str | None, language: str) -> None:
    assert reading.language(said) == language


def test_places_come_from_the_most_precise_on_each_once() -> None:
    work = EnterpriseUser(organization="Aurore", division=" Papier ", department="Papier")

    assert reading.places(work) == ("Papier", "Aurore")
    assert reading.places(None) == ()


@given(st.text(max_size=40))
def test_any_words_are_read_or_refused(words: str) -> None:
    said = user(displayName=words, title=words, name={"familyName": words})
    try:
        facts = reading.facts(said)
    except InvalidValueException:
        return
    assert facts.given_name
    assert all(len(name) <= reading.LONGEST_PART for name in facts.name)
    assert facts.title == " ".join(facts.title.split())


def test_user_names_are_compared_without_capitals_and_composed() -> None:
    assert reading.filed("INE\u0300S") == reading.filed("in\u00e8s")


def test_a_token_is_known_by_its_print_alone() -> None:
    token = tokens.new_token("dir_")

    assert tokens.bearer(f"Bearer {token}", "dir_") == token
    assert tokens.bearer(f"bearer  {token} ", "dir_") == token
    assert token not in tokens.print_of(token)
    assert tokens.print_of(token) != tokens.print_of(tokens.new_token("dir_"))
    assert tokens.bearer(f"Basic {token}", "dir_") is None
    assert tokens.bearer(f"Bearer {token}", "api_") is None
