"""A system that reads: that of payroll, within the company."""

from datetime import datetime, timedelta

from sqlalchemy import select

from academy.api import clients
from academy.api.clients import Wanted
from academy.api.scopes import Scope
from academy.database import db
from academy.people.models import Person
from academy.people.services import PERSONAS


def let_payroll_read(now: datetime) -> None:
    """Its token is known to nobody: whoever wants to try makes another."""
    by = db.session.scalars(select(Person).where(Person.email == PERSONAS["admin"])).one()
    scopes = (Scope.PEOPLE, Scope.COMPLETION)
    ends_on = now.date() + timedelta(days=300)
    clients.make(Wanted("SIRH", scopes, None, ends_on, f"{'seed':0<32}"), by.id, now.date(), now)
