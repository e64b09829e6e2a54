"""People of a file, a part at a time: what each row means, and writing it. Nothing here commits."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from academy.database import db, fresh, insert, table
from academy.people.directory import services as accounts
from academy.people.importing import deciding, queries
from academy.people.importing.columns import HEADINGS
from academy.people.importing.deciding import OF_PERSON, Decision, Directory, Known, World
from academy.people.importing.models import Import, Kind, Verdict
from academy.people.importing.values import Mistake, Said, understood
from academy.people.leaving import services as leaving
from academy.people.models import Person, Posting
from academy.people.names import filed
from academy.people.newcomers import services as newcomers
from academy.refusal import Refusal

Piece = Sequence[tuple[int, Sequence[str]]]
ANYWHERE = newcomers.ANYWHERE


def said_in(work: Import, piece: Piece, only: Iterable[str] = HEADINGS[Kind.PEOPLE]) -> list[Said]:
    """The rows as they are understood; `only` these fields of them."""
    wanted = set(only)
    mapping = {name: place for name, place in work.mapping.items() if name in wanted}
    month_first = bool(work.options.get("month_first"))
    return [understood(Kind.PEOPLE, line, cells, mapping, month_first) for line, cells in piece]


def meant_by(rows: Sequence[Said]) -> Directory:
    numbers = queries.unique(said.values.get("number") for said in rows)
    return queries.directory(numbers, queries.unique(said.values.get("email") for said in rows))


def decide(work: Import, rows: Sequence[Said], world: World) -> list[Decision]:
    """What each row means. Of two rows about the same person, the first counts."""
    keys, addresses = queries.already_said(
        work.id,
        queries.unique(said.values.get("number") for said in rows),
        queries.unique(said.values.get("email") for said in rows),
    )
    directory = meant_by(rows)
    met: set[int] = set()
    decisions = []
    for said in rows:
        key, address = said.values.get("number"), said.values.get("email")
        known = directory.meant(said)
        twice = key in keys or address in addresses or (known is not None and known.id in met)
        decisions.append(deciding.decided(said, directory, world, twice))
        keys |= {key} if key else set()
        addresses |= {address} if address else set()
        met |= {known.id} if known else set()
    return decisions


def apply(
    work: Import, rows: Sequence[Said], skipped: frozenset[int], world: World, at: datetime
) -> list[Decision]:
    """Write what these rows say, but for the lines to skip; gives what each meant by now."""
    kept = [said for said in rows if said.line not in skipped]
    directory = meant_by(kept)
    decisions = {said.line: deciding.decided(said, directory, world, False) for said in kept}
    said_at = {said.line: said for said in kept}
    known = {each.id: each for each in directory.by_email.values()}
    new = _open_accounts(_lines(decisions, Verdict.NEW), said_at, world, at)
    changed = [each for each in decisions.values() if each.person_id and each.changes]
    _change_people(changed)
    _change_postings(changed, known, said_at, world)
    _leave(changed, decisions, said_at, work, world, at)
    for line, number in new.items():
        decisions[line] = Decision(line, Verdict.NEW, number)
    for line in _lines(decisions, Verdict.NEW):
        if line not in new:  # somebody opened the account meanwhile
            mistake = Mistake("email", "address-taken", said_at[line].values["email"])
            decisions[line] = Decision(line, Verdict.WRONG, mistakes=(mistake,))
    return list(decisions.values())


def _lines(decisions: Mapping[int, Decision], verdict: Verdict) -> list[int]:
    return [line for line, each in decisions.items() if each.verdict is verdict]


def _open_accounts(
    lines: Sequence[int], said_at: Mapping[int, Said], world: World, at: datetime
) -> dict[int, int]:
    """The new accounts with their place at work, by line."""
    if not lines:
        return {}
    rows = [_account(said_at[line].values, world, at) for line in lines]
    made = insert(table(Person)).on_conflict_do_nothing()
    opened = db.session.execute(made.returning(Person.id, Person.email), rows).all()
    numbers = {row.email: row.id for row in opened}
    new = {
        line: numbers[said_at[line].values["email"]]
        for line in lines
        if said_at[line].values["email"] in numbers
    }
    postings = [_posting(number, said_at[line].values, world) for line, number in new.items()]
    if postings:
        db.session.execute(insert(table(Posting)), postings)
    for line, number in new.items():
        if said_at[line].values.get("leaves_on"):
            leaving.plan(number, said_at[line].values["leaves_on"])
    return new


def _account(values: Mapping[str, Any], world: World, at: datetime) -> dict[str, Any]:
    given, family = values["given_name"], values["family_name"]
    language = values.get("language") or world.language
    return {
        "email": values["email"],
        "staff_number": values.get("number"),
        "given_name": given,
        "family_name": family,
        "by_given": filed(given, family),
        "by_family": filed(family, given),
        "joined_on": values.get("joined_on") or world.day,
        "created_at": at,
        "language": language,
        "spoken": [language],
        "zone": values.get("zone") or world.spots[values["entity"]].zone or ANYWHERE,
        "epoch": 0,
        "active": True,
        "colour_scheme": "auto",
        "needs": [],
        "unread": 0,
    }


def _posting(number: int, values: Mapping[str, Any], world: World) -> dict[str, Any]:
    joined = values.get("joined_on") or world.day
    return {
        "person_id": number,
        "entity_id": world.spots[values["entity"]].id,
        "job_family": values["job_family"],
        "contract": values.get("contract") or "",
        "shift": values.get("shift") or "",
        "starts_on": values.get("since") or min(joined, world.day),
        "manager_id": None,
        "ends_on": None,
    }


def _change_people(decisions: Iterable[Decision]) -> None:
    """One statement reads them all."""
    wanted = {each.person_id: values for each in decisions if (values := _of_person(each))}
    if not wanted:
        return
    for person in db.session.scalars(fresh(select(Person).where(Person.id.in_(wanted)))):
        for column, value in wanted[person.id].items():
            setattr(person, column, value)
        person.by_given = filed(person.given_name, person.family_name)
        person.by_family = filed(person.family_name, person.given_name)
        if "email" in wanted[person.id]:
            person.epoch += 1  # whoever signed in with the old address signs in anew
    db.session.flush()


def _of_person(decision: Decision) -> dict[str, Any]:
    return {
        OF_PERSON[name]: after
        for name, (_before, after) in decision.changes.items()
        if name in OF_PERSON
    }


def _change_postings(
    decisions: Iterable[Decision],
    known: Mapping[int, Known],
    said_at: Mapping[int, Said],
    world: World,
) -> None:
    for each in decisions:
        if each.since is None or each.person_id is None:
            continue
        values = {
            name: after
            for name, (_before, after) in each.changes.items()
            if name in deciding.OF_POSTING
        }
        if "entity" in each.changes:
            values["entity_id"] = world.spots[said_at[each.line].values["entity"]].id
        repost(known[each.person_id], each.since, values)


def repost(known: Known, since: date, values: Mapping[str, Any]) -> None:
    """Their place at work is another one from that day on; what was true before is kept, dated."""
    if known.posting_id is None and "entity_id" not in values:
        return
    if known.posting_id is not None and known.posted_on == since:
        db.session.execute(update(Posting).where(Posting.id == known.posting_id).values(**values))
        return
    if known.posting_id is not None:
        db.session.execute(
            update(Posting)
            .where(Posting.id == known.posting_id)
            .values(ends_on=since - timedelta(days=1))
        )
    before = {
        "entity_id": known.entity_id,
        "job_family": known.job_family,
        "contract": known.contract,
        "shift": known.shift,
        "manager_id": known.manager_id,
    }
    row = {**before, **values, "person_id": known.id, "starts_on": since, "ends_on": None}
    db.session.execute(insert(table(Posting)), [row])


def _leave(
    changed: Iterable[Decision],
    decisions: dict[int, Decision],
    said_at: Mapping[int, Said],
    work: Import,
    world: World,
    at: datetime,
) -> None:
    for each in changed:
        if "leaves_on" not in each.changes or each.person_id is None:
            continue
        last = said_at[each.line].values["leaves_on"]
        if last is None:
            leaving.stay(each.person_id)
        elif last >= world.day:
            leaving.plan(each.person_id, last)
        elif not close(each.person_id, work, last, at):
            mistake = Mistake("leaves_on", "admin-leaves", last.isoformat())
            decisions[each.line] = Decision(
                each.line, Verdict.WRONG, each.person_id, mistakes=(mistake,)
            )


def close(number: int, work: Import, last_on: date | None, at: datetime) -> bool:
    """Access ends; False for the last administrator, who stays."""
    person = db.session.scalar(select(Person).where(Person.id == number))
    if person is None:
        return True
    try:
        with db.session.begin_nested():
            accounts.close_account(person, work.uploaded_by, at, last_on)
    except Refusal:
        return False
    return True


def invite(numbers: Iterable[int], at: datetime) -> None:
    """The invitation that a single newcomer gets."""
    for number in numbers:
        person = db.session.get(Person, number)
        if person is not None and person.password_hash is None:
            newcomers.invite(person, f"invitation:{number}", at)
