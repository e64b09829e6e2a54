"""A whole company brought in: python -m bench.importing [people] [entities]

Makes a file of entities and one of people, and imports them into an empty academy on SQLite as the worker
does: read, tried out, applied; then the same file again, which changes nothing. With --workbook, once more as
XLSX. Prints a table of seconds and memory.
"""

import csv
import io
import random
import resource
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import func, select

from academy import clock, create_app, database, settings
from academy.database import db
from academy.people import services as people
from academy.people.importing import queries, services
from academy.people.importing.models import Import, Kind
from academy.people.importing.services import Confirmed, Handed, Wished
from academy.people.models import Entity, Person, Posting, Role
from academy.people.services import Newcomer
from academy.post import jobs

TODAY = clock.now().date()
TRADES = (
    "Ventes",
    "Production",
    "Logistique",
    "Informatique",
    "Qualité",
    "Finance",
    "Relation client",
)
GIVEN = ("Léa", "Karim", "Inès", "Tom", "Sofia", "Awa", "Hélène", "Paul", "Maÿlis", "Jean-Loup")
FAMILY = (
    "Martin",
    "Benali",
    "Moreau",
    "Verne",
    "Marchand",
    "Diallo",
    "Dupont",
    "N’Guyen",
    "Le Goff",
)


def entity_rows(count: int) -> Iterator[list[str]]:
    """A company, divisions, sites, teams."""
    yield ["Clé", "Nom", "Type", "Parent", "Pays", "Fuseau"]
    yield ["e0", "Papeteries Aurore", "société", "", "", ""]
    for number in range(1, count):
        kind = "division" if number <= 10 else "site" if number <= 160 else "équipe"
        parent = 0 if number <= 10 else number % 10 + 1 if number <= 160 else number % 150 + 11
        zone = "Europe/Paris" if kind == "site" else ""
        yield [f"e{number}", f"Entité {number}", kind, f"e{parent}", "FR", zone]


def people_rows(count: int, entities: int) -> Iterator[list[str]]:
    """Everybody, each under one of the first of their team; sites take people too."""
    dice = random.Random(1)
    yield [
        *("Matricule", "Prénom", "Nom", "E-mail", "Entité", "Métier", "Responsable"),
        *("Contrat", "Horaire", "Langue", "Entrée"),
    ]
    for number in range(count):
        team = number % entities
        manager = f"M{team:06}" if number >= entities else "M000000" if number else ""
        joined = date(2000, 1, 1) + timedelta(days=dice.randrange(9_000))
        yield [
            *(
                f"M{number:06}",
                dice.choice(GIVEN),
                dice.choice(FAMILY),
                f"p{number}@aurore.example",
            ),
            *(f"e{team}", dice.choice(TRADES), manager, dice.choice(("CDI", "CDD")), ""),
            *("fr" if number % 9 else "en", f"{joined:%d/%m/%Y}"),
        ]


def file_of(rows: Iterator[list[str]]) -> bytes:
    held = io.StringIO()
    csv.writer(held, delimiter=";").writerows(rows)
    return held.getvalue().encode()


def workbook_of(rows: Iterator[list[str]]) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415  # not needed for lines

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def measured(name: str, act: Callable[[], object]) -> None:
    began, busy = time.perf_counter(), time.process_time()
    act()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{name:42} {time.perf_counter() - began:8.1f} s {time.process_time() - busy:8.1f} s CPU"
        f" {most:7.0f} MB at most so far"
    )


def work_off() -> None:
    database.may_write()
    jobs.drain()
    database.may_write()


def bring(author: int, kind: Kind, content: bytes, name: str) -> None:
    """Hand in, read, try out, apply: each measured."""
    number = 0

    def hand_in() -> None:
        nonlocal number
        handed = Handed(kind, "list", content, secrets.token_hex(8), author, "fr", TODAY)
        number = services.hand_in(handed, clock.now())
        db.session.commit()

    measured(f"{name}: handed in ({len(content) / 1e6:.1f} MB)", hand_in)
    measured(f"{name}: read", work_off)
    work = found(number, author)
    services.examine(work, work.mapping, Wished(), clock.now())
    db.session.commit()
    measured(f"{name}: tried out", work_off)
    work = found(number, author)
    if not any(work.counts.get(each) for each in ("new", "moved", "changed", "leaving")):
        print(f"{name}: {work.counts}")
        return
    services.confirm(work, Confirmed(without_wrong=True), clock.now())
    db.session.commit()
    measured(f"{name}: applied", work_off)
    print(f"{name}: {found(number, author).counts}")


def found(number: int, author: int) -> Import:
    work = queries.numbered(number, author)
    assert work is not None
    return work


def administrator() -> int:
    person = people.open_account(
        Newcomer("admin@aurore.example", "Awa", "Diallo", TODAY), clock.now()
    )
    people.grant(person, [Role.ADMIN], TODAY)
    db.session.commit()
    return person.id


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    entities = int(sys.argv[2]) if len(sys.argv) > 2 else 1_500
    with tempfile.TemporaryDirectory() as home:
        app = create_app(settings.read({"ACADEMY_HOME": home, "ACADEMY_DEMO": "1"}))
        with app.app_context():
            database.leave_room()  # as the worker does
            upgrade()
            author = administrator()
            bring(author, Kind.ENTITIES, file_of(entity_rows(entities)), f"{entities:,} entities")
            content = file_of(people_rows(count, entities))
            bring(author, Kind.PEOPLE, content, f"{count:,} people, CSV")
            bring(author, Kind.PEOPLE, content, f"{count:,} people again")
            if "--workbook" in sys.argv:
                content = workbook_of(people_rows(count, entities))
                bring(author, Kind.PEOPLE, content, f"{count:,} people, XLSX, again")
            for table in (Entity, Person, Posting):
                rows = db.session.scalar(select(func.count()).select_from(table))
                print(f"{table.__tablename__}: {rows:,} rows")
            size = sum(each.stat().st_size for each in Path(home).glob("academy.sqlite*"))
            print(f"database: {size / 1e6:.0f} MB")


if __name__ == "__main__":
    main()
