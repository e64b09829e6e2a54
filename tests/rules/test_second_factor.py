"""Codes of phones and codes on paper: what is one, of when, and how their keys are sealed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyotp import TOTP

from academy.people.factor import rules, sealing
from academy.people.gate import halfway
from academy.people.models import Role

RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
"""That of the examples of RFC 6238, in base 32."""
AT = datetime(2026, 3, 2, 10, 0, 10, tzinfo=UTC)
NONCE = bytes(range(12))


@pytest.mark.parametrize(
    ("moment", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(moment: int, code: str) -> None:
    at = datetime.fromtimestamp(moment, UTC)

    assert rules.step_of(RFC_SECRET, code, at) == moment // 30


@given(st.integers(-4, 4))
def test_a_code_is_good_half_a_minute_before_and_after_its_own(away: int) -> None:
    typed = TOTP(RFC_SECRET).at(AT + timedelta(seconds=30 * away))
    found = rules.step_of(RFC_SECRET, typed, AT)

    assert found == (int(AT.timestamp()) // 30 + away if abs(away) <= 1 else None)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_no_fault(typed: str) -> None:
    tidied = rules.tidy(typed)

    assert len(tidied) <= 40
    assert rules.step_of(RFC_SECRET, tidied, AT) is None or rules.is_code(tidied)
    assert rules.slot_of(tidied) in {None, *range(10)}


def test_ten_codes_say_which_of_them_they_are() -> None:
    codes = rules.new_codes()

    assert [rules.slot_of(code) for code in codes] == list(range(10))
    assert len({code[1:] for code in codes}) == 10
    assert [rules.tidy(f" {rules.grouped(code).lower()}") for code in codes] == list(codes)


@pytest.mark.parametrize("typed", ["", "2", "2BCD-FGHJ", "ZBCDFGHJKMNP", "2BCDFGHJKMN0"])
def test_what_is_no_recovery_code_has_no_place(typed: str) -> None:
    assert rules.slot_of(rules.tidy(typed)) is None


def test_a_key_is_long_and_its_picture_says_whose_it_is() -> None:
    secret = rules.new_secret()

    assert len(secret) == 32
    assert secret != rules.new_secret()
    assert rules.address(secret, "ada@aurore.example", "Academy Aurore") == (
        f"otpauth://totp/Academy%20Aurore:ada%40aurore.example?secret={secret}&issuer=Academy%20Aurore"
    )


@pytest.mark.parametrize(
    ("asked", "roles", "must"),
    [
        ("optional", {Role.ADMIN}, False),
        ("staff", {Role.ADMIN}, True),
        ("staff", {Role.MENTOR, Role.HR}, True),
        ("staff", {Role.MENTOR}, False),
        ("staff", set(), False),
        ("everyone", set(), True),
    ],
)
def test_the_company_says_of_whom_it_asks_one(asked: str, roles: set[Role], must: bool) -> None:
    assert rules.must(asked, roles) is must


def test_a_sealed_key_opens_with_the_same_secret_for_the_same_person_only() -> None:
    sealed = sealing.seal("a secret", 12, RFC_SECRET, NONCE)

    assert RFC_SECRET not in sealed
    assert sealing.opened("a secret", 12, sealed) == RFC_SECRET
    assert sealing.opened("another secret", 12, sealed) is None
    assert sealing.opened("a secret", 13, sealed) is None


@given(st.one_of(st.text(max_size=120), st.binary(max_size=90).map(lambda held: held.hex())))
def test_what_was_not_sealed_here_does_not_open(sealed: str) -> None:
    assert sealing.opened("a secret", 12, sealed) is None


def test_half_a_sign_in_lasts_ten_minutes_and_comes_back_to_no_endless_address() -> None:
    browser: dict[str, object] = {}
    halfway.keep(browser, 12, 3, True, "/" + "x" * 400, AT)

    half = halfway.found(browser, AT + timedelta(minutes=9))
    assert half is not None
    assert (half.person_id, half.epoch, half.remember, half.target) == (12, 3, True, "/")
    assert halfway.found(browser, AT + timedelta(minutes=10)) is None
