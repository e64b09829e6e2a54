"""Which passwords are refused, and why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.people.password_rules import LONGEST, SHORTEST, Flaw, flaw

ADA = "ada.lovelace@aurore.example"
KNOWN = ("Ada", "Byron-Lovelace", "Papeteries Aurore", "Cahier")


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
        "manchester",
        "Liverpool1",
        "123qweasdzxc",
        "CorrectHorseBatteryStaple",
    ],
)
def test_what_a_stranger_would_try_first_is_refused(common: str) -> None:
    assert flaw(common, ADA) is Flaw.COMMON


@pytest.mark.parametrize("own", [ADA, ADA.upper(), "ada.lovelace", "AdaLovelace", "ada_lovelace"])
def test_ones_own_address_is_refused(own: str) -> None:
    assert flaw(own, ADA) is Flaw.OWN_ADDRESS


@pytest.mark.parametrize(
    "own",
    [
        "Papeteries-2026",
        "papeteries.aurore",
        "P@peteries75011",
        "Lovelace1815!",
        "ada.aurore.1815",
        "ByronLovelace12",
        "Academy of Ada",
        "AuroreBonjour9",
        "Cahier7Cahier7!",
    ],
)
def test_names_that_everybody_knows_make_no_password(own: str) -> None:
    assert flaw(own, ADA, KNOWN) is Flaw.OWN_WORDS


def test_such_a_name_among_other_words_is_welcome() -> None:
    assert flaw("ada range les cahiers", ADA, KNOWN) is None


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
    assert flaw(password, email) in {
        *(None, Flaw.COMMON),
        *(Flaw.OWN_ADDRESS, Flaw.OWN_WORDS),
    }
