"""Where a right password leads: in, or half-way where a second factor is asked for."""

from datetime import datetime

from flask import current_app, session, url_for

from academy import logs
from academy.people import queries
from academy.people.factor import pending
from academy.people.factor import services as factor
from academy.people.factor.rules import Asked
from academy.people.gate import halfway
from academy.people.queries import Credentials
from academy.people.sessions import enter


def onward(found: Credentials, remember: bool, target: str, at: datetime) -> str:
    """Opens the session, or half of one, and gives the address to go to."""
    if found.second_factor or _must_set_up(found, at):
        logs.event("password right", at, person=found.person_id)
        halfway.keep(session, found.person_id, found.epoch, remember, target, at)
        if found.second_factor:
            return url_for("gate.code")
        pending.begin(session, found.person_id, at)
        return url_for("gate.set_up")
    enter(found.person_id, found.epoch, remember)
    logs.event("signed in", at, how="password", person=found.person_id)
    return target


def _must_set_up(found: Credentials, at: datetime) -> bool:
    """Does the company ask it of this person? Nothing is looked up where it asks nobody."""
    if current_app.config["SETTINGS"].second_factor == Asked.OPTIONAL:
        return False
    person = queries.signed_in(f"{found.person_id}.{found.epoch}", at.date())
    return person is not None and factor.is_asked_of(person.roles)
