"""Which passwords are refused, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.people.password_rules import LONGEST, SHORTEST, Flaw, flaw

ADA = "ada.lovelace@aurore.example"


@pytest.mark.parametrize(
    "common",
    [
        "motdepasse",
        "MotDePasse2026",
        "Soleil2026!",
        "P@ssw0rd123",
        "123azerty!!",
        "décembre2026",
        "1234567890",
        "0987654321",
        "1q2w3e4r5t",
        "aaaaaaaaaa",
        "abababababab",
        "bonjourbonjour",
        "----------",
    ],
)
def test_what_a_stranger_would_try_first_is_refused(common: str) -> None:
    assert flaw(common, ADA) is Flaw.COMMON


@pytest.mark.parametrize("own", [ADA, ADA.upper(), "ada.lovelace", "AdaLovelace", "ada_lovelace"])
def test_ones_own_address_is_refused(own: str) -> None:
    assert flaw(own, ADA) is Flaw.OWN_ADDRESS


@pytest.mark.parametrize(
    "good", ["papier-ciseaux-2026", "Un cheval correct", "trois tasses de thé", "x7#kQp!2mZ"]
)
def test_words_that_do_not_belong_together_are_welcome(good: str) -> None:
    assert flaw(good, ADA) is None


@given(st.text(max_size=SHORTEST - 1))
def test_less_than_ten_signs_are_too_few(short: str) -> None:
    assert flaw(short, ADA) is Flaw.SHORT


@given(st.text(min_size=LONGEST + 1, max_size=LONGEST + 50))
def test_more_than_two_hundred_signs_are_too_many(long: str) -> None:
    assert flaw(long, ADA) is Flaw.LONG


@given(st.text(min_size=SHORTEST, max_size=LONGEST), st.emails())
def test_every_password_gets_an_answer(password: str, email: str) -> None:
    assert flaw(password, email) in {None, Flaw.COMMON, Flaw.OWN_ADDRESS}
