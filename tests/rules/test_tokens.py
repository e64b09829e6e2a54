"""Signed links: what they say, for how long, and that nobody else writes one."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from academy.people import tokens
from academy.people.tokens import Purpose

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
SECRET = "for tests only"


def signed(secret: str = SECRET, purpose: Purpose = Purpose.RESET) -> str:
    return tokens.sign(secret, purpose, {"person": 7}, LATER)


def test_a_token_says_what_was_signed_until_its_hour() -> None:
    token = signed()

    said = tokens.read(SECRET, Purpose.RESET, token, LATER - timedelta(seconds=1))
    assert said is not None
    assert said["person"] == 7
    assert tokens.read(SECRET, Purpose.RESET, token, LATER) is None


def test_a_token_is_good_for_one_purpose() -> None:
    assert tokens.read(SECRET, Purpose.ADDRESS, signed(), NOON) is None


def test_a_token_signed_elsewhere_is_none_of_ours() -> None:
    assert tokens.read(SECRET, Purpose.RESET, signed("another secret"), NOON) is None


@given(st.text(max_size=60))
def test_what_is_no_token_says_nothing(forged: str) -> None:
    assert tokens.read(SECRET, Purpose.RESET, forged, NOON) is None


@given(st.integers(0, 200), st.characters(min_codepoint=33, max_codepoint=126))
def test_a_changed_token_says_nothing(place: int, sign: str) -> None:
    token = signed()
    place %= len(token)
    changed = token[:place] + sign + token[place + 1 :]

    said = tokens.read(SECRET, Purpose.RESET, changed, NOON)

    assert said is None or said["person"] == 7  # base64 has a few spare bits at its end
    assert changed == token or said is None or changed[-1] != token[-1]


def test_a_link_fits_into_an_address() -> None:
    assert all(sign.isalnum() or sign in "-_." for sign in signed())


def test_a_seal_breaks_when_a_fact_changes() -> None:
    assert tokens.seal(SECRET, "hash", 1, "a@b.c") == tokens.seal(SECRET, "hash", 1, "a@b.c")
    assert tokens.seal(SECRET, "hash", 1, "a@b.c") != tokens.seal(SECRET, "hash", 2, "a@b.c")
    assert tokens.seal(SECRET, None, 1) != tokens.seal(SECRET, "None", 1)
    assert "hash" not in tokens.seal(SECRET, "hash")
