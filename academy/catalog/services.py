"""Publishing a release, and going back to one."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from flask_babel import lazy_gettext as _

from academy import database
from academy.catalog import comparing, queries, releases, screening
from academy.catalog.archive import packed, unpacked
from academy.catalog.films import set_aside
from academy.catalog.findings import BrokenPack, Findings
from academy.catalog.models import Action, Origin, Release, ReleaseInForce
from academy.catalog.pack import open_pack
from academy.catalog.shelf import shown_in
from academy.catalog.tree import Catalog
from academy.database import db, insert
from academy.people import audit
from academy.refusal import Refusal

PUBLISHERS: Final = 0
"""Stands for a person in `one_at_a_time`: nobody has this number, and everybody who publishes takes it."""


class NoSuchRelease(Refusal):
    """There is no release of that name, or it cannot be read any more."""

    def __init__(self) -> None:
        super().__init__(
            _("This release is not kept here, or cannot be read. Nothing was changed."), 404
        )


class NothingBefore(Refusal):
    """There is nothing to go back to."""

    def __init__(self) -> None:
        super().__init__(_("Nothing was in force before this release. Nothing was changed."), 409)


class Shipping(StrEnum):
    DUE = "due"
    DONE = "done"
    OVERRULED = "overruled"


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack read whole and found good: ready to be published."""

    catalog: Catalog
    archive: bytes
    films: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Publication:
    """Who publishes, why, and whether it came with the software."""

    notes: str = ""
    person_id: int | None = None
    origin: Origin = Origin.PUBLISHED


def read(files: dict[str, bytes], findings: Findings) -> Pack:
    """The pack as workers will read it. Raises BrokenPack with every mistake. Takes long: no database yet."""
    told, films = set_aside(files, findings)
    archive = packed(told)
    kept = unpacked(archive, findings) if told else {}
    if findings.mistakes and not kept:
        raise BrokenPack(findings.mistakes)
    return Pack(open_pack(kept, findings), archive, films)


def in_force() -> Catalog | None:
    """The release in force, to compare the next one with. Takes long when it was never read here.

    Ask before writing: publishing asks again, and then it is held.
    """
    newest = queries.newest()
    return releases.named(newest.release_key) if newest else None


def publish(pack: Pack, publication: Publication, at: datetime) -> bool:
    """Keep the pack and put it in force; False when it was in force already, and nothing was changed."""
    database.one_at_a_time(PUBLISHERS)
    before = queries.newest()
    if before is not None and before.release_key == pack.catalog.release:
        return False
    _keep(pack, at)
    screening.keep(shown_in(pack.catalog), pack.films)
    _enforce(pack.catalog, before, Action.PUBLISH, publication, at)
    return True


def earlier(key: str | None) -> Catalog:
    """The release of this key; without one, what was in force before the one that is.

    Raises NothingBefore, NoSuchRelease. Takes long: not while writing.
    """
    if key is None:
        now = queries.newest()
        line = queries.before_publication_of(now.release_key) if now else None
        if line is None:
            raise NothingBefore
        key = line.release_key
    found = releases.named(key)
    if found is None:
        raise NoSuchRelease
    return found


def roll_back(to: Catalog, publication: Publication, at: datetime) -> bool:
    """Put a release back in force; False when it was already, and nothing was changed.

    It comes from where it came from the last time. Raises NoSuchRelease when it was never in force.
    """
    database.one_at_a_time(PUBLISHERS)
    before, last = queries.newest(), queries.newest_of(to.release)
    if before is None or last is None:
        raise NoSuchRelease
    if before.release_key == to.release:
        return False
    again = replace(publication, origin=Origin(last.origin))
    _enforce(to, before, Action.ROLLBACK, again, at)
    return True


def shipping(key: str) -> Shipping:
    """What to do with the release that comes with the software.

    It is published when it has changed since the last time; what somebody published later stays in force.
    """
    now, last = queries.newest(), queries.newest_shipped()
    if last is not None and last.release_key == key:
        return Shipping.DONE
    if now is not None and now.origin == Origin.PUBLISHED:
        return Shipping.OVERRULED
    return Shipping.DUE


def _keep(pack: Pack, at: datetime) -> None:
    """One copy of each content; publishing it again mends a copy that was damaged."""
    statement = insert(Release).values(
        key=pack.catalog.release,
        files=pack.archive,
        size=len(pack.archive),
        counts=comparing.counts(pack.catalog),
        published_at=at,
    )
    new = statement.excluded
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=[Release.key], set_={"files": new.files, "size": new.size}
        )
    )


def _enforce(
    catalog: Catalog,
    before: ReleaseInForce | None,
    action: Action,
    publication: Publication,
    at: datetime,
) -> None:
    line = ReleaseInForce(
        release_key=catalog.release,
        at=at,
        person_id=publication.person_id,
        action=action,
        origin=publication.origin,
        notes=publication.notes,
    )
    known = releases.named(before.release_key) if before else None
    if known is not None:
        changes = comparing.compare(known, catalog)
        line.added, line.changed = len(changes.new), len(changes.changed)
        line.withdrawn, line.changes = len(changes.withdrawn), comparing.written(changes)
    db.session.add(line)
    db.session.flush()  # later lines of the same transaction find it
    published = action is Action.PUBLISH
    audit.record(
        publication.person_id,
        audit.Act.RELEASE_PUBLISHED if published else audit.Act.RELEASE_ROLLED_BACK,
        f"release:{catalog.release}",
        at,
        {"from": before.release_key if before else "", "to": catalog.release},
    )
