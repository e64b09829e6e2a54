"""Passwords: kept as argon2id hashes, checked in the same time for everybody."""

from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type

from academy.people.password_rules import LONGEST
from academy.people.passwords import hashed, matches, outdated


def test_a_password_matches_its_own_hash_only() -> None:
    mine, other = hashed("papier-ciseaux"), hashed("colle-forte-12")

    assert matches(mine, "papier-ciseaux")
    assert not matches(mine, "Papier-ciseaux")
    assert not matches(other, "papier-ciseaux")


def test_the_same_password_is_never_hashed_alike() -> None:
    assert hashed("papier-ciseaux") != hashed("papier-ciseaux")


def test_passwords_are_kept_as_argon2id_with_nineteen_mebibytes() -> None:
    kept = extract_parameters(hashed("papier-ciseaux"))

    assert kept.type is Type.ID
    assert (kept.memory_cost, kept.time_cost, kept.parallelism) == (19 * 1024, 2, 1)


def test_nobody_signs_in_without_an_account_or_a_password() -> None:
    assert not matches(None, "papier-ciseaux")
    assert not matches(None, "nobody has this password")


def test_a_damaged_hash_matches_nothing() -> None:
    assert not matches("not a hash", "papier-ciseaux")
    assert not matches("", "papier-ciseaux")


def test_a_password_too_long_is_not_cut_to_fit() -> None:
    longest = "x" * LONGEST

    assert matches(hashed(longest), longest)
    assert not matches(hashed(longest), longest + "y")


def test_a_hash_made_with_other_parameters_is_outdated() -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash("papier-ciseaux")

    assert outdated(old)
    assert not outdated(hashed("papier-ciseaux"))
