"""What a row about somebody means: facts in, a decision out. Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from academy.people.importing.models import Verdict
from academy.people.importing.values import Mistake, Said

NEEDED = ("email", "given_name", "family_name", "entity", "job_family")
OF_PERSON = {
    "number": "staff_number",
    "email": "email",
    "given_name": "given_name",
    "family_name": "family_name",
    "language": "language",
    "zone": "zone",
    "joined_on": "joined_on",
}
OF_POSTING = ("job_family", "contract", "shift")
FARTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Spot:
    """An entity that may be named."""

    id: int
    name: str
    closed: bool
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who has an account, and their place at work that goes on."""

    id: int
    email: str
    staff_number: str | None
    given_name: str
    family_name: str
    language: str
    zone: str
    joined_on: date
    active: bool
    last_on: date | None
    keeps_keys: bool
    """An administrator, of whatever."""
    posting_id: int | None
    entity_id: int | None
    job_family: str
    contract: str
    shift: str
    manager_id: int | None
    posted_on: date | None


@dataclass(frozen=True, slots=True)
class World:
    """What the author of the import may do, and when it is. A reach of None is everywhere."""

    author_id: int | None
    day: date
    spots: Mapping[str, Spot]
    names: Mapping[int, str]
    reach: frozenset[int] | None
    administered: frozenset[int] | None
    language: str

    def reaches(self, entity_id: int | None) -> bool:
        return self.reach is None or entity_id in self.reach

    def administers(self, known: Known) -> bool:
        if self.administered is None:
            return True
        return known.entity_id in self.administered and not known.keeps_keys


@dataclass(frozen=True, slots=True)
class Decision:
    """`changes` tells field by field what was and what will be; `since` is when a new posting begins."""

    line: int
    verdict: Verdict
    person_id: int | None = None
    changes: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    mistakes: tuple[Mistake, ...] = ()
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Directory:
    """Those whom these rows may mean."""

    by_number: Mapping[str, Known]
    by_email: Mapping[str, Known]

    def meant(self, said: Said) -> Known | None:
        """By number if there is one; somebody without a number is known by their address."""
        number, email = said.values.get("number"), said.values.get("email")
        at_address = self.by_email.get(email) if email else None
        if not number:
            return at_address
        if number in self.by_number:
            return self.by_number[number]
        return at_address if at_address and at_address.staff_number is None else None


def decided(said: Said, directory: Directory, world: World, twice: bool) -> Decision:
    """What to do with a row; `twice` when a row above says the same number or address."""
    known = directory.meant(said)
    number = known.id if known else None
    mistakes = [*said.mistakes, *_objections(said, known, directory, world, twice)]
    if not mistakes and known is not None:
        return _about(known, said, world)
    if not mistakes:
        return _newcomer(said, world)
    return Decision(said.line, Verdict.WRONG, number, mistakes=tuple(mistakes))


def _objections(
    said: Said, known: Known | None, directory: Directory, world: World, twice: bool
) -> Iterator[Mistake]:
    values = said.values
    if not values.get("number") and not values.get("email"):
        if not {"number", "email"} & {each.field for each in said.mistakes}:
            yield Mistake("email", "needed")
        return
    if twice:
        yield Mistake("email" if values.get("email") else "number", "twice")
        return
    if known is not None and not world.reaches(known.entity_id):
        yield Mistake("", "out-of-reach")
        return
    yield from _about_address(values, known, directory, world)
    yield from _about_entity(values, world)
    yield from _about_days(values, known, world)
    yield from _about_account(values, known, world) if known else _about_newcomer(said, world)


def _about_address(
    values: Mapping[str, Any], known: Known | None, directory: Directory, world: World
) -> Iterator[Mistake]:
    email = values.get("email")
    holder = directory.by_email.get(email) if email else None
    if email and holder is not None and (known is None or holder.id != known.id):
        yield Mistake("email", "address-taken", email)
    elif known is not None and email and email != known.email and not world.administers(known):
        yield Mistake("email", "address-kept", email)


def _about_entity(values: Mapping[str, Any], world: World) -> Iterator[Mistake]:
    key = values.get("entity")
    if key is None:
        return
    spot = world.spots.get(key)
    if spot is None:
        yield Mistake("entity", "no-entity", key)
    elif spot.closed:
        yield Mistake("entity", "closed-entity", key)
    elif not world.reaches(spot.id):
        yield Mistake("entity", "entity-out-of-reach", key)


def _about_days(values: Mapping[str, Any], known: Known | None, world: World) -> Iterator[Mistake]:
    since, joined, leaves = (values.get(each) for each in ("since", "joined_on", "leaves_on"))
    if since and since > world.day:
        yield Mistake("since", "since-future", since.isoformat())
    if joined and joined > world.day + FARTHEST:
        yield Mistake("joined_on", "far-date", joined.isoformat())
    joined = joined or (known.joined_on if known else None)
    if leaves and joined and leaves < joined:
        yield Mistake("leaves_on", "leaves-before", leaves.isoformat())


def _about_account(values: Mapping[str, Any], known: Known, world: World) -> Iterator[Mistake]:
    leaves = values.get("leaves_on")
    gone = leaves is not None and leaves < world.day
    if not known.active and not gone:
        yield Mistake("", "account-closed")
    if known.active and leaves is not None and leaves != known.last_on:
        if known.id == world.author_id:
            yield Mistake("leaves_on", "yourself")
        elif known.keeps_keys and not world.administers(known):
            yield Mistake("leaves_on", "admin-leaves")
    since = values.get("since")
    moves = _posting_changes(known, values, world)
    if known.active and moves and since and known.posted_on and since < known.posted_on:
        yield Mistake("since", "since-before", since.isoformat())


def _about_newcomer(said: Said, world: World) -> Iterator[Mistake]:
    values = said.values
    if _gone(values, world):
        return
    odd = {each.field for each in said.mistakes}
    for name in NEEDED:
        if not values.get(name) and name not in odd:
            yield Mistake(name, "needed")


def _gone(values: Mapping[str, Any], world: World) -> bool:
    leaves = values.get("leaves_on")
    return leaves is not None and leaves < world.day


def _newcomer(said: Said, world: World) -> Decision:
    """Who is not known, and gone already, need not be known."""
    if _gone(said.values, world):
        return Decision(said.line, Verdict.SAME)
    joined = said.values.get("joined_on") or world.day
    since = said.values.get("since") or min(joined, world.day)
    return Decision(said.line, Verdict.NEW, since=since)


def _about(known: Known, said: Said, world: World) -> Decision:
    if not known.active:
        return Decision(said.line, Verdict.SAME, known.id)
    values = said.values
    moves = _posting_changes(known, values, world)
    changes = {**_person_changes(known, values), **moves}
    if "leaves_on" in values and values["leaves_on"] != known.last_on:
        changes["leaves_on"] = (known.last_on, values["leaves_on"])
    since = (values.get("since") or max(world.day, known.posted_on or world.day)) if moves else None
    return Decision(said.line, _verdict(changes, values), known.id, changes, since=since)


def _verdict(changes: Collection[str], values: Mapping[str, Any]) -> Verdict:
    if "leaves_on" in changes and values["leaves_on"] is not None:
        return Verdict.LEAVING
    if "entity" in changes:
        return Verdict.MOVED
    return Verdict.CHANGED if changes else Verdict.SAME


def _person_changes(known: Known, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    return {
        name: (getattr(known, column), values[name])
        for name, column in OF_PERSON.items()
        if values.get(name) is not None and values[name] != getattr(known, column)
    }


def _posting_changes(
    known: Known, values: Mapping[str, Any], world: World
) -> dict[str, tuple[Any, Any]]:
    found: dict[str, tuple[Any, Any]] = {}
    spot = world.spots.get(values.get("entity") or "")
    if spot is not None and spot.id != known.entity_id:
        found["entity"] = (world.names.get(known.entity_id or 0, ""), spot.name)
    for name in OF_POSTING:
        if name in values and (values[name] or "") != getattr(known, name):
            found[name] = (getattr(known, name), values[name] or "")
    return found
