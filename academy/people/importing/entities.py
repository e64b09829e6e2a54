"""Entities of a file: looked at and written as a whole, for a tree half moved is no tree. Nothing commits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from academy.database import db
from academy.people import services as people
from academy.people.importing.deciding import Decision, World
from academy.people.importing.models import Import, Kind, Verdict
from academy.people.importing.staff import Piece
from academy.people.importing.values import Mistake, Said, understood
from academy.people.models import Entity, EntityKind, Person, Placement, Posting
from academy.people.places import DEEPEST_TREE

ATTRIBUTES = ("name", "kind", "country", "region", "zone", "closed_on")


@dataclass(frozen=True, slots=True)
class Node:
    """An entity as it stands today."""

    id: int
    key: str
    name: str
    kind: str
    country: str | None
    region: str | None
    zone: str | None
    closed_on: date | None
    opened_on: date
    parent: str | None
    placed_on: date | None


@dataclass(frozen=True, slots=True)
class Tree:
    """All entities by key, and those where somebody works."""

    nodes: Mapping[str, Node]
    inhabited: frozenset[int]


def tree() -> Tree:
    """Three statements."""
    rows = db.session.execute(
        select(Entity, Placement.parent_id, Placement.starts_on).outerjoin(
            Placement, (Placement.child_id == Entity.id) & Placement.ends_on.is_(None)
        )
    ).all()
    keys = {row.Entity.id: row.Entity.key for row in rows}
    nodes = {row.Entity.key: _node(row, keys) for row in rows}
    working = select(Posting.entity_id).join(Person, Person.id == Posting.person_id)
    inhabited = db.session.scalars(
        working.where(Posting.ends_on.is_(None), Person.active).distinct()
    )
    return Tree(nodes, frozenset(inhabited))


def _node(row: Any, keys: Mapping[int, str]) -> Node:
    entity: Entity = row.Entity
    same = {name: getattr(entity, name) for name in ("id", "key", "opened_on", *ATTRIBUTES)}
    return Node(**same, parent=keys.get(row.parent_id), placed_on=row.starts_on)


def said_in(work: Import, piece: Piece) -> list[Said]:
    month_first = bool(work.options.get("month_first"))
    return [
        understood(Kind.ENTITIES, line, cells, work.mapping, month_first) for line, cells in piece
    ]


def decide(rows: Sequence[Said], standing: Tree, world: World) -> list[Decision]:
    """What each row means. Pure. Rows under one that is wrong are wrong too, if they cannot do without it."""
    wrong = {said.line: tuple(_objections(said, standing, world)) for said in rows}
    by_key = _first_of_each(rows, wrong)
    refused = True
    while refused:  # a row refused may leave others without their parent
        planned = {key: said for key, said in by_key.items() if not wrong[said.line]}
        found = {
            said.line: _about_parent(said, planned, standing, world) for said in planned.values()
        }
        refused = any(found.values())
        wrong.update({line: (mistake,) for line, mistake in found.items() if mistake})
    return [_decision(said, wrong[said.line], standing, world) for said in rows]


def _first_of_each(rows: Sequence[Said], wrong: dict[int, tuple[Mistake, ...]]) -> dict[str, Said]:
    """By key; a second row of the same key is wrong."""
    by_key: dict[str, Said] = {}
    for said in rows:
        key = said.values.get("key")
        if key in by_key:
            wrong[said.line] = (*wrong[said.line], Mistake("key", "twice", str(key)))
        elif key:
            by_key[key] = said
    return by_key


def _objections(said: Said, standing: Tree, world: World) -> Iterator[Mistake]:
    """What is wrong with a row by itself."""
    yield from said.mistakes
    values = said.values
    key, odd = values.get("key"), {each.field for each in said.mistakes}
    if key is None:
        if "key" not in odd:
            yield Mistake("key", "needed")
        return
    node = standing.nodes.get(key)
    if node is None:
        for name in ("name", "kind"):
            if not values.get(name) and name not in odd:
                yield Mistake(name, "needed")
    elif not world.reaches(node.id):
        yield Mistake("", "out-of-reach")
        return
    yield from _about_days(values, node, standing, world)


def _about_days(
    values: Mapping[str, Any], node: Node | None, standing: Tree, world: World
) -> Iterator[Mistake]:
    closed, since = values.get("closed_on"), values.get("since")
    if since and since > world.day:
        yield Mistake("since", "since-future", since.isoformat())
    if node is None:
        return
    if since and node.placed_on and since < node.placed_on and "parent" in values:
        yield Mistake("since", "since-before", since.isoformat())
    if closed and closed < node.opened_on:
        yield Mistake("closed_on", "closes-before", closed.isoformat())
    elif (
        closed and closed <= world.day and node.closed_on is None and node.id in standing.inhabited
    ):
        yield Mistake("closed_on", "inhabited", closed.isoformat())


def _about_parent(
    said: Said, planned: Mapping[str, Said], standing: Tree, world: World
) -> Mistake | None:
    """What is wrong with where it will stand, when all the rows that are right are true."""
    values = said.values
    node = standing.nodes.get(values["key"])
    wish = values.get("parent", node.parent if node else None)
    if "parent" in values and wish is None and node is not None and node.parent is not None:
        return Mistake("parent", "no-root", "-")
    if wish is None:
        return None if node or world.reach is None else Mistake("parent", "needed")
    if wish not in planned and wish not in standing.nodes:
        return Mistake("parent", "no-entity", wish)
    way = _way(values["key"], planned, standing)
    if way is None:
        return Mistake("parent", "circle", wish)
    moves = node is None or wish != node.parent
    if moves and not any(_mine(key, standing, world) for key in way):
        return Mistake("parent", "entity-out-of-reach", wish)
    return None


def _mine(key: str, standing: Tree, world: World) -> bool:
    node = standing.nodes.get(key)
    return world.reach is None or (node is not None and world.reaches(node.id))


def _way(key: str, planned: Mapping[str, Said], standing: Tree) -> list[str] | None:
    """The keys above this one; None when they turn in a circle, or the tree is too deep."""
    way: list[str] = []
    above = _parent(key, planned, standing)
    while above is not None:
        if above == key or len(way) >= DEEPEST_TREE:
            return None
        way.append(above)
        above = _parent(above, planned, standing)
    return way


def _parent(key: str, planned: Mapping[str, Said], standing: Tree) -> str | None:
    node = standing.nodes.get(key)
    before = node.parent if node else None
    said = planned.get(key)
    found: str | None = said.values.get("parent", before) if said else before
    return found


def _decision(said: Said, mistakes: tuple[Mistake, ...], standing: Tree, world: World) -> Decision:
    if mistakes:
        return Decision(said.line, Verdict.WRONG, mistakes=mistakes)
    node, values = standing.nodes.get(said.values["key"]), said.values
    since = values.get("since") or world.day
    if node is None:
        return Decision(said.line, Verdict.NEW, since=since)
    changes = {
        name: (getattr(node, name), values[name])
        for name in ATTRIBUTES
        if name in values and values[name] != getattr(node, name)
    }
    verdict = Verdict.CHANGED if changes else Verdict.SAME
    if "parent" in values and values["parent"] != node.parent:
        changes["parent"] = (node.parent, values["parent"])
        verdict = Verdict.MOVED
    if changes.get("closed_on", (None, None))[1] is not None:
        verdict = Verdict.LEAVING
    return Decision(said.line, verdict, None, changes, since=max(since, node.placed_on or since))


def apply(rows: Sequence[Said], decisions: Sequence[Decision], world: World) -> None:
    """Open, change, move and close, in this order: a parent may stand below its children in the file."""
    right = [
        (said, each)
        for said, each in zip(rows, decisions, strict=True)
        if each.verdict not in (Verdict.WRONG, Verdict.SAME)
    ]
    standing = {
        entity.key: entity
        for entity in db.session.scalars(select(Entity).execution_options(populate_existing=True))
    }
    for said, each in right:
        if each.verdict is Verdict.NEW:
            standing[said.values["key"]] = _open(said.values, each.since or world.day)
    for said, each in right:
        entity = standing[said.values["key"]]
        for name in ATTRIBUTES:
            if name in each.changes:
                setattr(entity, name, each.changes[name][1])
        parent = said.values.get("parent")
        if parent and (each.verdict is Verdict.NEW or "parent" in each.changes):
            people.move_entity(entity, standing[parent], each.since or world.day)
    db.session.flush()


def _open(values: Mapping[str, Any], since: date) -> Entity:
    entity = people.open_entity(
        values["key"],
        EntityKind(values["kind"]),
        values["name"],
        since,
        country=values.get("country"),
        region=values.get("region"),
        zone=values.get("zone"),
    )
    closed: date | None = values.get("closed_on")
    entity.closed_on = max(closed, since) if closed else None
    return entity
