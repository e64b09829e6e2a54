"""People and groups searched at once: keys of both in one order, then the resources of one page."""

from collections.abc import Iterable, Sequence
from typing import Any

from scim2_models import SearchRequest
from scim2_server.storage import SearchPage
from sqlalchemy import Select, Subquery, false, literal, select, union_all

from academy.database import db
from academy.people.models import Person
from academy.people.provisioning import queries
from academy.people.provisioning.models import DirectoryGroup
from academy.people.scim import attributes, filters, groups, pages, users
from academy.people.scim import order as orders
from academy.people.scim.filters import Condition
from academy.people.scim.order import Order, Sorted

SOMEBODY, SOME_GROUP = 0, 1


def search(asked: SearchRequest[Any], position: Any) -> SearchPage:
    """A page of both, people first where nothing else tells them apart. Seven statements at most."""
    of_people = filters.asked_for(asked, attributes.people(at_root=True))
    of_groups = filters.asked_for(asked, attributes.groups(at_root=True))
    both = _keys(asked, of_people, of_groups)
    total = queries.count(of_people) + groups.count(of_groups)
    keys = both.c
    by = (keys.missing, keys.value) if asked.sort_by else ()
    order = Order((*by, keys.kind, keys.number), orders.turned(asked))
    found = pages.page(asked, position, order, select(keys.kind, keys.number), total)
    told = _told([(row[0], row[1]) for row in found.rows], asked)
    return SearchPage(found.total, told, found.next, found.previous)


def _keys(asked: SearchRequest[Any], of_people: Condition, of_groups: Condition) -> Subquery:
    """Kind, number and what is put in order of everything that fits."""
    people, some = attributes.people_by(), attributes.groups_by()
    everybody = queries.everybody().where(of_people)
    persons = _marked(everybody, SOMEBODY, Person.id, _by(asked, people, some))
    groups = select(DirectoryGroup.id).where(of_groups)
    return union_all(
        persons, _marked(groups, SOME_GROUP, DirectoryGroup.id, _by(asked, some, people))
    ).subquery()


def _marked(rows: Any, kind: int, number: Any, by: tuple[Any, ...]) -> Select[Any]:
    names = ("missing", "value")
    marked: Select[Any] = rows.with_only_columns(
        literal(kind).label("kind"),
        number.label("number"),
        *(column.label(name) for name, column in zip(names, by, strict=False)),
    )
    return marked


def _by(
    asked: SearchRequest[Any], mine: dict[str, Sorted], others: dict[str, Sorted]
) -> tuple[Any, ...]:
    """What these are ordered by; those that have no such attribute come last, all alike.

    Raises InvalidPathException for what neither has.
    """
    if asked.sort_by is None:
        return ()
    known = orders.known_as(asked, {**others, **mine})
    if known in mine.values():
        return known.both
    return Sorted(_nothing_of(known.value), ~false()).both


def _nothing_of(column: Any) -> Any:
    """Some value of its type, the same for all."""
    kind = column.type
    empty: Any = False if kind.python_type is bool else ""
    return literal(empty, kind)


def _told(keys: Sequence[tuple[int, int]], asked: SearchRequest[Any]) -> list[Any]:
    """The resources in this order. Two statements for people, two for groups."""
    people, some = _numbers(keys, SOMEBODY), _numbers(keys, SOME_GROUP)
    found: dict[tuple[int, int], Any] = {}
    if people:
        rows = db.session.execute(queries.everybody().where(Person.id.in_(people)))
        pairs = [(row[0], row[1]) for row in rows]
        told = users.told(pairs)
        found |= {(SOMEBODY, pair[0].id): each for pair, each in zip(pairs, told, strict=True)}
    if some:
        rooms = list(db.session.scalars(select(DirectoryGroup).where(DirectoryGroup.id.in_(some))))
        told = groups.told(rooms, asked)
        found |= {(SOME_GROUP, room.id): each for room, each in zip(rooms, told, strict=True)}
    return [found[key] for key in keys]


def _numbers(keys: Iterable[tuple[int, int]], kind: int) -> list[int]:
    return [number for of, number in keys if of == kind]
