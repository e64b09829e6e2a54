"""A connected directory: a token in use, a department nobody has explained, a group."""

from datetime import datetime, timedelta

from academy.people.models import Person
from academy.people.provisioning import clients
from academy.people.provisioning.clients import Wanted
from academy.people.provisioning.facts import Writer
from academy.people.scim import groups, users
from academy.people.scim.shape import PROVIDER, EnterpriseUser, Group, Member

NAME = "Entra ID"
A_WEEK = timedelta(days=7)
DEPARTMENTS = ("Direction de la transformation numérique", "DIR-SUP 7")


def connect(staff: list[Person], now: datetime) -> None:
    """Awa connects Entra ID; it speaks of a few colleagues, and keeps a group of authors."""
    by_name = {person.given_name: person for person in reversed(staff)}
    today, by = now.date(), Writer(NAME, now - A_WEEK)
    wanted = Wanted(NAME, True, True, today + timedelta(days=300), "0" * 32)
    clients.connect(wanted, by_name["Awa"].id, today, now - A_WEEK)
    with PROVIDER:
        for number, name in enumerate(("Karim", "Sofia", "Tom")):
            _speak_of(by_name[name], DEPARTMENTS[number % 2], by)
        tom = Member.model_validate({"value": by_name["Tom"].directory_key})
        groups.create(Group(display_name="Rédacteurs de l’académie", members=[tom]), by)


def _speak_of(person: Person, department: str, by: Writer) -> None:
    said = users.get(str(person.directory_key))
    said[EnterpriseUser] = EnterpriseUser(department=department)
    users.update(said, None, by)
