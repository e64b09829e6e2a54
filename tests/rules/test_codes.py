"""Passport codes: nothing ambiguous in them, and slips are caught."""

from itertools import pairwise, product

from hypothesis import example, given
from hypothesis import strategies as st

from academy.passport.codes import (
    ALPHABET,
    LENGTH,
    check_sign,
    grouped,
    is_well_formed,
    new_code,
    tidy,
)

bodies = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1)
codes = bodies.map(lambda body: body + check_sign(body))


def test_the_alphabet_has_no_vowel_and_no_look_alike() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 28
    assert set(ALPHABET).isdisjoint("AEIOU01L")


def test_new_codes_are_well_formed_and_never_the_same() -> None:
    made = [new_code() for _ in range(500)]

    assert all(is_well_formed(code) for code in made)
    assert len(set(made)) == 500


@given(codes)
def test_every_single_slip_is_noticed(code: str) -> None:
    slips = [
        code[:place] + sign + code[place + 1 :]
        for place, sign in product(range(LENGTH), ALPHABET)
        if sign != code[place]
    ]

    assert len(slips) == LENGTH * 27
    assert not any(is_well_formed(slip) for slip in slips)


def test_every_swap_of_neighbours_is_noticed_but_that_of_the_first_and_last_signs() -> None:
    missed = {
        frozenset(pair)
        for pair in product(ALPHABET, repeat=2)
        if pair[0] != pair[1] and check_sign("".join(pair)) == check_sign("".join(reversed(pair)))
    }

    assert missed == {frozenset({ALPHABET[0], ALPHABET[-1]})}


@given(codes)
def test_a_swap_anywhere_in_a_code_is_noticed_but_for_that_pair(code: str) -> None:
    for place, (one, other) in enumerate(pairwise(code)):
        swapped = code[:place] + other + one + code[place + 2 :]

        assert is_well_formed(swapped) == ({one, other} in ({one}, {ALPHABET[0], ALPHABET[-1]}))


@given(st.text())
@example("ß" * 40)  # two capitals each
def test_anything_may_be_typed(typed: str) -> None:
    assert len(tidy(typed)) <= 40
    is_well_formed(tidy(typed))


@given(codes)
def test_a_code_is_read_in_small_letters_with_hyphens_and_spaces(code: str) -> None:
    assert tidy(grouped(code)) == code
    assert tidy(f" {grouped(code).lower().replace('-', ' ')} ") == code


def test_a_code_is_shown_in_three_groups_of_four() -> None:
    assert grouped("23456789BCDF") == "2345-6789-BCDF"


def test_too_short_too_long_and_foreign_signs_are_not_codes() -> None:
    code = new_code()

    assert not is_well_formed("")
    assert not is_well_formed(code[:-1])
    assert not is_well_formed(code + code[-1])
    assert not is_well_formed("O" + code[1:])
    assert not is_well_formed(code.lower().replace(code.lower()[0], "é", 1))
