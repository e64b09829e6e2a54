"""Whose account opens for whom the provider names; and what a newcomer is called and where they go. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from academy.people.signon.troubles import SignOnRefused, Trouble
from academy.providers import Provider, Reading

LONGEST_NAME = 80
LONGEST_TRADE = 60
VOUCHED = frozenset({"true", "1"})
"""As providers write it: true, "true", or 1."""


class Step(StrEnum):
    ENTER = "enter"  # this identity is known
    LINK = "link"  # it becomes known, as the account of this address
    OPEN = "open"  # an account is opened for it


@dataclass(frozen=True, slots=True)
class Account:
    """An account that may be meant. `linked` when another identity of the provider opens it already."""

    person_id: int
    epoch: int
    active: bool
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the provider names; the address is empty unless it is one."""

    subject: str
    email: str
    claims: Mapping[str, Any]

    def vouched(self, claim: str) -> bool:
        """Does the provider say that the address is this person's?"""
        said = self.claims.get(claim)
        return isinstance(said, bool | int | str) and str(said).lower() in VOUCHED


@dataclass(frozen=True, slots=True)
class Called:
    given_name: str
    family_name: str
    language: str


def identity(claims: Mapping[str, Any]) -> Identity:
    email = claims.get("email")
    typed = email.strip().lower() if isinstance(email, str) else ""
    return Identity(claims["sub"], typed, claims)


def decide(
    provider: Provider, who: Identity, holder: Account | None, namesake: Account | None
) -> Step:
    """`holder` has this identity, `namesake` this address. Raises SignOnRefused.

    Who is known by subject enters their own account, whatever address the provider says today. The address
    alone counts once, for somebody not known yet: vouched for, of the provider's domains, and of an account
    that no other identity of this provider opens.
    """
    if holder is not None:
        return _unless_closed(holder, Step.ENTER)
    if not who.email or not who.vouched(provider.verified_claim):
        raise SignOnRefused(Trouble.UNVERIFIED)
    if not provider.speaks_for(who.email):
        raise SignOnRefused(Trouble.ELSEWHERE)
    if namesake is None:
        if provider.creates:
            return Step.OPEN
        raise SignOnRefused(Trouble.UNKNOWN)
    step = _unless_closed(namesake, Step.LINK)
    if namesake.linked:
        raise SignOnRefused(Trouble.TAKEN)
    return step


def called(who: Identity) -> Called:
    """The newcomer's names and language. Raises SignOnRefused without two names."""
    given, family = _line(who, "given_name"), _line(who, "family_name")
    if not (given and family):
        given, _space, family = _line(who, "name").partition(" ")
    if not (given and family):
        raise SignOnRefused(Trouble.NAMELESS)
    language = "en" if _line(who, "locale").lower().startswith("en") else "fr"
    return Called(given[:LONGEST_NAME].strip(), family[:LONGEST_NAME].strip(), language)


def meant(reading: Reading, who: Identity) -> tuple[str, ...]:
    """What the claim may mean, the likeliest first; what holds without it comes last."""
    said = who.claims.get(reading.claim) if reading.claim else None
    values = [" ".join(each.split()) for each in _several(said) if isinstance(each, str)]
    if reading.meanings:
        values = [reading.meanings[each] for each in values if each in reading.meanings]
    return tuple(each for each in (*values, reading.otherwise) if each and each.isprintable())


def trade(reading: Reading, who: Identity) -> str:
    return next((each for each in meant(reading, who) if len(each) <= LONGEST_TRADE), "")


def _unless_closed(account: Account, step: Step) -> Step:
    if not account.active:
        raise SignOnRefused(Trouble.CLOSED)
    return step


def _several(said: Any) -> list[Any]:
    return said if isinstance(said, list) else [said]


def _line(who: Identity, claim: str) -> str:
    """One line of what can be read; nothing for anything else."""
    said = who.claims.get(claim)
    words = " ".join(said.split()) if isinstance(said, str) else ""
    return "".join(sign for sign in words if sign.isprintable())
