"""Directories that may speak: making a token, taking it back, knowing who speaks."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update

from academy.database import db
from academy.people import audit
from academy.people.audit import Act
from academy.people.clients import services
from academy.people.clients.services import TokenRefused as TokenRefused
from academy.people.provisioning.models import DirectoryClient
from academy.web import throttle
from academy.web.throttle import Limit

PREFIX = "dir_"
REQUESTS = Limit("directory", 3_000, timedelta(minutes=1))
"""Fifty a second: a first synchronisation of 170,000 people takes an hour."""
FRESH = timedelta(minutes=5)
LISTED = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a new directory may do, and until when; `once` names the form, so that it counts once."""

    name: str
    writes_people: bool
    writes_groups: bool
    ends_on: date
    once: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """The directory that asks."""

    id: int
    name: str
    writes_people: bool
    writes_groups: bool
    last_used_at: datetime | None


def connect(wanted: Wanted, actor_id: int, today: date, at: datetime) -> str:
    """A token, which nobody can read again. Raises TokenRefused."""
    client = DirectoryClient(
        name=wanted.name,
        once=wanted.once,
        writes_people=wanted.writes_people,
        writes_groups=wanted.writes_groups,
        made_at=at,
        made_by=actor_id,
        ends_on=wanted.ends_on,
    )
    token = services.keep(client, PREFIX, today)
    details = {"to": wanted.ends_on.isoformat(), "from": today.isoformat()}
    audit.record(actor_id, Act.DIRECTORY_CONNECTED, _subject(client), at, details)
    return token


def disconnect(client: DirectoryClient, actor_id: int, at: datetime) -> None:
    """From now on the token opens nothing. Harmless to repeat."""
    if services.end(client, at):
        audit.record(actor_id, Act.DIRECTORY_REVOKED, _subject(client), at)


def numbered(number: int) -> DirectoryClient | None:
    """Locked until the commit."""
    return services.numbered(DirectoryClient, number)


def listed() -> list[DirectoryClient]:
    """The directories, the newest first."""
    return list(
        db.session.scalars(
            select(DirectoryClient).order_by(DirectoryClient.id.desc()).limit(LISTED)
        )
    )


def speaker(token: str, at: datetime) -> Speaker | None:
    """Whose token this is, unless it was taken back or is over. One statement."""
    client = DirectoryClient
    row = db.session.execute(
        select(
            client.id, client.name, client.writes_people, client.writes_groups, client.last_used_at
        ).where(services.holding(client, token, at))
    ).one_or_none()
    return Speaker(*row) if row else None


def heard(speaker: Speaker, at: datetime) -> bool:
    """Count a request; False when there were too many. When it was last heard is kept to five minutes."""
    if speaker.last_used_at is None or at - speaker.last_used_at >= FRESH:
        db.session.execute(
            update(DirectoryClient).where(DirectoryClient.id == speaker.id).values(last_used_at=at)
        )
    return throttle.allow(REQUESTS, str(speaker.id), at)


def _subject(client: DirectoryClient) -> str:
    return f"directory:{client.name}"
