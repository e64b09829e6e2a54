"""Which doors are open to whom: providers, and passwords where they were not switched off."""

from datetime import date

from flask import current_app

from academy.people.roles import queries as roles
from academy.providers import Provider


def providers() -> tuple[Provider, ...]:
    found: tuple[Provider, ...] = current_app.config["SETTINGS"].providers
    return found


def provider(key: str) -> Provider | None:
    return next((each for each in providers() if each.key == key), None)


def instead_of_password(email: str) -> Provider | None:
    """The provider by which people of this address come in, where passwords were switched off for them."""
    typed = email.strip()
    return next((p for p in providers() if not p.passwords and p.speaks_for(typed)), None)


def instead_for(person_id: int, email: str, today: date) -> Provider | None:
    """The provider by which this person comes in, if no password of theirs opens anything.

    Administrators of the whole company always keep a password.
    """
    provider = instead_of_password(email)
    return None if provider is None or roles.keeps_the_keys(person_id, today) else provider


def password_opens(person_id: int, email: str, today: date) -> bool:
    """May this person use a password?"""
    return instead_for(person_id, email, today) is None


def passwords_first() -> bool:
    """Is the password the way in for some, as far as the settings say?"""
    return all(each.passwords for each in providers())
