"""What the pages of second factors show, put together."""

from dataclasses import dataclass

from flask import current_app
from flask_babel import gettext as _

from academy.people import passwords
from academy.people.factor import rules
from academy.web.qr import drawn


@dataclass(frozen=True, slots=True)
class Picture:
    """A new key: as a drawing, as text, and as an address that opens an application on this device."""

    drawing: str
    key: str
    address: str


def picture(secret: str, email: str) -> Picture:
    """The drawing is kept nowhere: it is as secret as the key."""
    company = current_app.config["SETTINGS"].company
    address = rules.address(secret, email, f"{_('Academy')} {company}")
    return Picture(drawn(address), rules.grouped(secret), address)


def ten_codes() -> tuple[tuple[str, ...], list[str]]:
    """Ten recovery codes, and their prints: half a second of hashing, outside any write transaction."""
    made = rules.new_codes()
    return tuple(map(rules.grouped, made)), [passwords.hashed(code) for code in made]
