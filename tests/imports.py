"""Files for imports, and what it takes to bring them in without a page."""

import csv
import io
import secrets
from collections.abc import Sequence

from academy import database
from academy.database import db
from academy.people.importing import queries, services
from academy.people.importing.models import Import, Kind
from academy.people.importing.services import Confirmed, Handed, Wished
from academy.people.models import Entity, Person, Role
from academy.post import jobs
from tests.conftest import MONDAY
from tests.factories import TODAY, make_person, make_site

HEADINGS = (
    *("Matricule", "Prénom", "Nom", "E-mail", "Entité", "Métier", "Responsable"),
    *("Contrat", "Horaire", "Langue", "Entrée", "Sortie", "Fuseau horaire", "Depuis le"),
)
TREE = ("Clé", "Nom", "Type", "Parent", "Pays", "Région", "Fuseau", "Fermée le", "Depuis le")


def file(headings: Sequence[str], *rows: Sequence[str]) -> bytes:
    held = io.StringIO()
    csv.writer(held, delimiter=";").writerows([headings, *rows])
    return held.getvalue().encode()


def somebody(number: str, given: str, entity: Entity, **others: str) -> list[str]:
    """A row about somebody, complete but for what is not said."""
    said = {
        "Matricule": number,
        "Prénom": given,
        "Nom": "Martin",
        "E-mail": f"{given.lower()}@aurore.example",
        "Entité": entity.key,
        "Métier": "Ventes",
        **others,
    }
    return [said.get(heading, "") for heading in HEADINGS]


def people(*rows: Sequence[str]) -> bytes:
    return file(HEADINGS, *rows)


def admin() -> Person:
    return make_person(Role.ADMIN)


def office() -> Entity:
    return make_site()


def handed(author: Person, content: bytes, kind: Kind = Kind.PEOPLE) -> int:
    """Handed in, and read by the worker."""
    said = Handed(kind, "list.csv", content, secrets.token_hex(8), author.id, "fr", TODAY)
    number = services.hand_in(said, MONDAY)
    db.session.commit()
    work_off()
    return number


def tried(
    author: Person, content: bytes, kind: Kind = Kind.PEOPLE, complete: bool = False
) -> Import:
    """Read, its columns as they were guessed, and tried out."""
    number = handed(author, content, kind)
    work = found(number, author)
    services.examine(work, work.mapping, Wished(complete=complete), MONDAY)
    db.session.commit()
    work_off()
    return found(number, author)


def applied(
    author: Person,
    content: bytes,
    kind: Kind = Kind.PEOPLE,
    complete: bool = False,
    said: Confirmed | None = None,
) -> Import:
    work = tried(author, content, kind, complete)
    leaving = work.counts.get("leaving")
    services.confirm(work, said or Confirmed(True, leaving=leaving), MONDAY)
    db.session.commit()
    work_off()
    return found(work.id, author)


def found(number: int, author: Person) -> Import:
    work = queries.numbered(number, author.id)
    assert work is not None
    return work


def work_off() -> None:
    """As the worker does, until nothing is due."""
    database.may_write()
    jobs.drain()
    db.session.expire_all()
    database.may_write()


def verdicts(work: Import) -> dict[str, int]:
    return {name: count for name, count in work.counts.items() if name not in ("here", "nameless")}


def wrong(work: Import) -> list[tuple[int | None, str, str]]:
    """Line, field and problem of each mistake."""
    return [
        (row.line, each[0], each[1])
        for row, _name in queries.some_rows(work.id, "wrong")  # type: ignore[arg-type]  # its value
        for each in row.said["mistakes"]
    ]
