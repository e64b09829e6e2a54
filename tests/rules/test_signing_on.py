"""Whose account opens for whom a provider names: every case, and what holds in all of them."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.people.signon import rules, waiting
from academy.people.signon.rules import Account, Identity, Step
from academy.people.signon.troubles import SignOnRefused, Trouble
from academy.people.signon.waiting import Begun
from academy.providers import Provider, Reading
from tests.conftest import MONDAY

HOUSE = Provider(
    key="house",
    issuer="https://id.aurore.example",
    client_id="academy",
    domains=frozenset({"aurore.example"}),
    label_fr="Aurore",
    label_en="Aurore",
)


def named(**claims: Any) -> Identity:
    known = {"sub": "s", "email": "ada@aurore.example", "email_verified": True}
    return rules.identity({**known, **claims})


def outcome(provider: Provider, who: Identity, *accounts: Account | None) -> Step | Trouble:
    holder, namesake = accounts
    try:
        return rules.decide(provider, who, holder, namesake)
    except SignOnRefused as refused:
        return refused.trouble


ACCOUNTS = st.none() | st.builds(
    Account, st.just(1), st.just(0), active=st.booleans(), linked=st.booleans()
)
CLAIMS = st.fixed_dictionaries(
    {
        "email": st.sampled_from(
            ["ada@aurore.example", "ADA@Aurore.Example", "ada@evil.example", "", None, 7]
        ),
        "email_verified": st.sampled_from([True, False, "true", "false", 1, 0, None, [True]]),
    }
)


@given(ACCOUNTS, ACCOUNTS, CLAIMS, st.booleans())
def test_nobody_enters_without_a_subject_or_a_vouched_address_of_the_domain(
    holder: Account | None, namesake: Account | None, claims: dict[str, Any], creates: bool
) -> None:
    provider = Provider(
        **{
            **{name: getattr(HOUSE, name) for name in HOUSE.__dataclass_fields__},
            "entity": Reading(otherwise="lyon") if creates else None,
        }
    )
    vouched = claims["email_verified"] in (True, "true")
    ours = str(claims["email"]).lower().endswith("@aurore.example")

    step = outcome(provider, named(**claims), holder, namesake)

    if step is Step.ENTER:
        assert holder is not None
        assert holder.active
    if step is Step.LINK:
        assert holder is None
        assert namesake is not None
        assert (namesake.active, namesake.linked, vouched, ours) == (True, False, True, True)
    if step is Step.OPEN:
        assert (holder, namesake) == (None, None)
        assert (creates, vouched, ours) == (True, True, True)


@given(st.none() | ACCOUNTS, CLAIMS)
def test_who_is_known_by_subject_enters_whatever_their_address(
    namesake: Account | None, claims: dict[str, Any]
) -> None:
    holder = Account(1, 0, active=True)

    assert outcome(HOUSE, named(**claims), holder, namesake) is Step.ENTER


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ({"given_name": "Ada", "family_name": "Lovelace"}, ("Ada", "Lovelace", "fr")),
        ({"name": "Ada King Lovelace", "locale": "en_US"}, ("Ada", "King Lovelace", "en")),
        ({"given_name": " A\x00d\ta ", "family_name": "L" * 99}, ("Ad a", "L" * 80, "fr")),
    ],
)
def test_a_newcomer_is_called_as_the_provider_says(
    claims: dict[str, Any], said: tuple[str, ...]
) -> None:
    called = rules.called(named(**claims))

    assert (called.given_name, called.family_name, called.language) == said


@pytest.mark.parametrize("claims", [{}, {"name": "Ada"}, {"given_name": 3}, {"name": "\x00 \x00"}])
def test_without_two_names_nobody_is_called_anything(claims: dict[str, Any]) -> None:
    with pytest.raises(SignOnRefused) as refused:
        rules.called(named(**claims))

    assert refused.value.trouble is Trouble.NAMELESS


@pytest.mark.parametrize(
    ("reading", "claim", "meant"),
    [
        (Reading("unit", {}, "rest"), "lyon", ("lyon", "rest")),
        (Reading("unit", {"Paper  mills": "mills"}, ""), ["other", "Paper mills"], ()),
        (Reading("unit", {"Paper mills": "mills"}, ""), ["other", " Paper  mills "], ("mills",)),
        (Reading("unit", {}, ""), None, ()),
        (Reading("unit", {}, ""), [1, {"a": 2}, "x\x00"], ()),
        (Reading("", {}, "rest"), "lyon", ("rest",)),
    ],
)
def test_a_claim_means_what_the_settings_say(
    reading: Reading, claim: object, meant: tuple[str, ...]
) -> None:
    assert rules.meant(reading, named(unit=claim)) == meant


def test_a_trade_too_long_is_left_out() -> None:
    assert rules.trade(Reading("job", {}, "sales"), named(job="j" * 61)) == "sales"


def begun(state: str, provider: str = "house", target: str = "/") -> Begun:
    return Begun.now(provider, target, MONDAY, state, "nonce", "verifier")


@given(st.lists(st.sampled_from("abcdefgh"), unique=True))
def test_a_browser_keeps_the_last_few_and_gives_each_back_once(states: list[str]) -> None:
    session: dict[str, Any] = {}
    for state in states:
        waiting.keep(session, begun(state))

    kept = [state for state in states if waiting.take(session, "house", state)]

    assert kept == states[-waiting.TABS :]
    assert [state for state in states if waiting.take(session, "house", state)] == []


def test_a_state_belongs_to_its_provider_and_its_ten_minutes() -> None:
    session: dict[str, Any] = {}
    waiting.keep(session, begun("a"))

    assert waiting.take(session, "other", "a") is None
    found = waiting.take(session, "house", "a")
    assert found is not None
    assert found.in_time(MONDAY + timedelta(minutes=9))
    assert not found.in_time(MONDAY + timedelta(minutes=10))


def test_what_is_under_way_fits_in_a_cookie() -> None:
    session: dict[str, Any] = {}
    for number in range(9):
        waiting.keep(session, Begun.now("p" * 30, "/" * 999, MONDAY, *(str(number) * 43,) * 3))

    assert len(str(session)) < 1500
