"""The lives of a few given to everybody: rows copied inside the database, with numbers of their own.

Copied are answers, rounds, attempts, deeds, ledger lines, grants (`LOGS`), and what is kept once a person
(`STATES`). A copy differs from its model in who, and in the numbers rows have; the days, questions and
answers are the same. Rows are written in the order of time, everybody's first round before anybody's
second, as a company writes them. Of each copied round the lists of rivals and of chances are left out, and
its numbers are rounded: no page reads them of a day gone by, and they are more than half of it.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, text

from academy.database import Base, table
from academy.passport import codes
from academy.passport.models import Certificate
from academy.people.models import Person

STATES = ("folio", "standing", "hr_standing")
PASSPORTS = 2_000


@dataclass(frozen=True, slots=True)
class Log:
    """A table with many rows a person, and which of its columns holds the number of which other log's row."""

    name: str
    refers: str = ""
    to: tuple[str, ...] = ()
    where: str = ""


LOGS = (
    Log("daily_round"),
    Log("attempt"),
    Log("deed"),
    Log(
        "answer",
        "context_id",
        ("daily_round", "attempt"),
        "CASE m.context WHEN 'round' THEN 'daily_round' ELSE 'attempt' END",
    ),
    Log("ledger_entry", "deed_id", ("deed",), "'deed'"),
    Log("award_grant", "deed_id", ("deed",), "'deed'"),
)


def give(to: Connection, lived: int, answers: int) -> dict[str, int]:
    """Give the lives of the first people to the others, until there are so many answers.

    Everybody gets the state; as many as are needed for the answers get their rows too. Gives how many.
    """
    sqlite = to.dialect.name == "sqlite"
    for log in LOGS:
        _model(to, log, lived, sqlite)
    _slim(to)
    people = _one(to, "SELECT count(*) FROM person")
    each = _one(to, f"SELECT count(*) FROM answer WHERE person_id <= {lived}") / lived
    whole = min(people, max(lived, round(answers / each)))
    _cast(to, lived, people)
    to.commit()
    for state in STATES:
        _give_state(to, state)
    rebuilt = list(drop_indexes(to, [log.name for log in LOGS]))
    bases = {log.name: _base(to, log.name) for log in LOGS}
    for log in LOGS:
        _give_log(to, log, whole - lived, bases)
    for statement in rebuilt:
        to.execute(text(statement))
    for name in ("cast_of_all", *(f"life_{log.name}" for log in LOGS)):
        to.execute(text(f"DROP TABLE {name}"))
    to.commit()
    _give_passports(to, lived)
    if not sqlite:
        settle(to)
    return {
        "people": people,
        "with_rows": whole,
        "answers": _one(to, "SELECT count(*) FROM answer"),
        "rounds": _one(to, "SELECT count(*) FROM daily_round"),
    }


def _one(to: Connection, asked: str) -> Any:
    return to.execute(text(asked)).scalar_one() or 0


def _columns(name: str) -> list[str]:
    return [each.name for each in Base.metadata.tables[name].columns]


def _model(to: Connection, log: Log, lived: int, sqlite: bool) -> None:
    """The rows of the lived, numbered one by one (`k`); `ref` is the `k` of the row they belong to."""
    find = "instr" if sqlite else "strpos"
    tail = f", substr(m.once, {find}(m.once, ':')) AS tail" if log.name == "deed" else ""
    joined = "".join(
        f" LEFT JOIN life_{other} r_{other} ON {log.where} = '{other}'"
        f" AND r_{other}.id = m.{log.refers}"
        for other in log.to
    )
    refs = ", ".join(f"r_{other}.k" for other in log.to)
    ref = f", coalesce({refs}, NULL) AS ref, {log.where} AS refers_to" if log.to else ""
    to.execute(
        text(
            f"CREATE TABLE life_{log.name} AS SELECT m.*, row_number() OVER "
            f"(PARTITION BY m.person_id ORDER BY m.id) AS k{tail}{ref} "
            f"FROM {log.name} m{joined} WHERE m.person_id <= {lived}"
        )
    )
    to.execute(text(f"CREATE INDEX ix_life_{log.name} ON life_{log.name} (k, person_id)"))


def _slim(to: Connection) -> None:
    rows = to.execute(text("SELECT id, choices FROM life_daily_round")).all()
    sent = "UPDATE life_daily_round SET choices = :choices WHERE id = :id"
    if to.dialect.name != "sqlite":
        sent = sent.replace(":choices", "CAST(:choices AS jsonb)")
    slim = [{"id": row.id, "choices": json.dumps(_without(row.choices))} for row in rows]
    to.execute(text(sent), slim)


def _without(kept: Any) -> list[dict[str, Any]]:
    choices = json.loads(kept) if isinstance(kept, str) else kept
    return [
        {name: round(told, 6) if isinstance(told, float) else told for name, told in each.items()}
        | {"rivals": [], "propensities": []}
        for each in choices
    ]


def _cast(to: Connection, lived: int, people: int) -> None:
    """Who plays whose life; `place` counts them from 0."""
    to.execute(
        text(
            "CREATE TABLE cast_of_all AS SELECT id, "
            f"(id - 1) % {lived} + 1 AS life, id - {lived} - 1 AS place FROM person "
            f"WHERE id > {lived} AND id <= {people} ORDER BY id"
        )
    )


def _give_state(to: Connection, name: str) -> None:
    others = ", ".join(each for each in _columns(name) if each != "person_id")
    theirs = ", ".join(f"m.{each}" for each in _columns(name) if each != "person_id")
    to.execute(
        text(
            f"INSERT INTO {name} (person_id, {others}) SELECT c.id, {theirs} "
            f"FROM cast_of_all c JOIN {name} m ON m.person_id = c.life ORDER BY c.id"
        )
    )
    to.commit()


def _base(to: Connection, name: str) -> int:
    return int(_one(to, f"SELECT max(id) FROM {name}"))


def _give_log(to: Connection, log: Log, count: int, bases: dict[str, int]) -> None:
    """Everybody's first row, then everybody's second..."""
    if count <= 0:
        return
    number = f"{bases[log.name]} + (m.k - 1) * {count} + c.place + 1"
    values = {"id": number, "person_id": "c.id"}
    if log.to:
        cases = "".join(
            f" WHEN '{other}' THEN {bases[other]} + (m.ref - 1) * {count} + c.place + 1"
            for other in log.to
        )
        values[log.refers] = f"CASE m.refers_to{cases} END"
    if log.name == "deed":
        values["once"] = "c.id || m.tail"
    columns = _columns(log.name)
    given = ", ".join(values.get(each, f'm."{each}"') for each in columns)
    sent = text(
        f"INSERT INTO {log.name} ({', '.join(_quoted(columns))}) SELECT {given} "
        f"FROM cast_of_all c JOIN life_{log.name} m ON m.person_id = c.life AND m.k = :k "
        f"WHERE c.place < {count} ORDER BY c.place"
    )
    for k in range(1, int(_one(to, f"SELECT max(k) FROM life_{log.name}")) + 1):
        to.execute(sent, {"k": k})
        to.commit()


def _quoted(columns: Sequence[str]) -> list[str]:
    return [f'"{each}"' for each in columns]


def drop_indexes(to: Connection, tables: Sequence[str]) -> Iterator[str]:
    """Indexes that can be made again in one go are dropped meanwhile; gives what makes them."""
    names = ", ".join(f"'{each}'" for each in tables)
    if to.dialect.name == "sqlite":
        rows = to.execute(
            text(
                "SELECT name, sql FROM sqlite_master WHERE type = 'index' "
                f"AND sql IS NOT NULL AND tbl_name IN ({names})"
            )
        ).all()
        for name, made in rows:
            to.execute(text(f"DROP INDEX {name}"))
            yield made
        return
    rows = to.execute(
        text(
            "SELECT conrelid::regclass::text AS owner, conname, pg_get_constraintdef(oid) AS made "
            f"FROM pg_constraint WHERE contype = 'u' AND conrelid::regclass::text IN ({names})"
        )
    ).all()
    for owner, name, made in rows:
        to.execute(text(f"ALTER TABLE {owner} DROP CONSTRAINT {name}"))
        yield f"ALTER TABLE {owner} ADD CONSTRAINT {name} {made}"
    left = to.execute(
        text(
            "SELECT indexname, indexdef FROM pg_indexes "
            f"WHERE tablename IN ({names}) AND indexname NOT LIKE 'pk\\_%'"
        )
    ).all()
    for name, made in left:
        to.execute(text(f"DROP INDEX {name}"))
        yield made


def _give_passports(to: Connection, lived: int) -> None:
    """Copies of the passports of the lived, each with a code of its own."""
    models = [dict(row) for row in to.execute(table(Certificate).select()).mappings()]
    if not models:
        return
    asked = table(Person).select().where(table(Person).c.id > lived).limit(PASSPORTS)
    rows = [
        {**model, "person_id": row.id, "code": codes.new_code()}
        for row, model in zip(to.execute(asked), _again(models), strict=False)
    ]
    for row in rows:
        del row["id"]
    if rows:
        to.execute(insert(table(Certificate)), rows)
    to.commit()


def _again(models: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    while True:
        yield from models


def settle(to: Connection) -> None:
    """Numbers given by the database go on after those that were given here."""
    for each in Base.metadata.sorted_tables:
        if "id" in each.columns and each.columns["id"].primary_key:
            owned = f"pg_get_serial_sequence('{each.name}', 'id')"
            to.execute(
                text(
                    f"SELECT setval({owned}, (SELECT coalesce(max(id), 0) + 1 FROM {each.name}), false) "
                    f"WHERE {owned} IS NOT NULL"
                )
            )
    to.commit()
