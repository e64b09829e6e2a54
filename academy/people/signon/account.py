"""The identities that open one's account, as its page shows them."""

from dataclasses import dataclass
from datetime import date, datetime

from academy.people.accounts.queries import Profile
from academy.people.signon import doors, queries
from academy.people.signon.words import label


@dataclass(frozen=True, slots=True)
class Tied:
    """One identity: at which provider, since when."""

    id: int
    label: str
    since: datetime


@dataclass(frozen=True, slots=True)
class AccountWays:
    """`instead` is the provider that stands in for a password; `untie` says whether another way is left."""

    tied: tuple[Tied, ...]
    instead: str
    untie: bool


def ways_of(profile: Profile, today: date) -> AccountWays:
    """How this person gets in. One statement with providers, none without; one more where one is the rule."""
    providers = doors.providers()
    names = {each.issuer: label(each) for each in providers}
    found = queries.of_person(profile.id, providers)
    provider = doors.instead_for(profile.id, profile.email, today)
    return AccountWays(
        tied=tuple(Tied(each.id, names[each.issuer], each.linked_at) for each in found),
        instead=label(provider) if provider else "",
        untie=provider is None and profile.has_password,
    )
