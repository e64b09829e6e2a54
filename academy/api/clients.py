"""Systems that may read: making a token, taking it back, knowing who asks and how often."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from academy.api.models import ApiClient, ApiUse
from academy.database import db, insert, table
from academy.people import audit
from academy.people.audit import Act
from academy.people.clients import services
from academy.people.directory.reach import Reach
from academy.people.models import Entity
from academy.web import throttle
from academy.web.throttle import Limit

PREFIX = "api_"
REQUESTS = Limit("api", 600, timedelta(minutes=1))
"""Ten a second: 170,000 people, a hundred at a time, in three minutes."""
LISTED = 50
USES_KEPT = timedelta(days=396)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a new token may read, where, and until when; `once` names the form, so that it counts once."""

    name: str
    scopes: tuple[str, ...]
    entity_id: int | None
    ends_on: date
    once: str


@dataclass(frozen=True, slots=True)
class Speaker:
    """The system that asks."""

    id: int
    scopes: frozenset[str]
    entity_id: int | None

    @property
    def reach(self) -> Reach:
        """As far as its token goes."""
        if self.entity_id is None:
            return Reach(everywhere=True, entities=frozenset())
        return Reach(everywhere=False, entities=frozenset({self.entity_id}))


@dataclass(frozen=True, slots=True)
class Listed:
    """A token as administrators see it; `uses` and `last_on` are of the last thirty days."""

    client: ApiClient
    entity: str
    uses: int
    last_on: date | None


def make(wanted: Wanted, actor_id: int, today: date, at: datetime) -> str:
    """A token, which nobody can read again. Raises TokenRefused."""
    client = ApiClient(
        name=wanted.name,
        once=wanted.once,
        scopes=sorted(wanted.scopes),
        entity_id=wanted.entity_id,
        made_at=at,
        made_by=actor_id,
        ends_on=wanted.ends_on,
    )
    token = services.keep(client, PREFIX, today)
    where = db.session.get(Entity, wanted.entity_id) if wanted.entity_id else None
    details = {
        "entity": where.name if where else None,
        "scopes": " ".join(client.scopes),
        "from": today.isoformat(),
        "to": wanted.ends_on.isoformat(),
    }
    audit.record(actor_id, Act.API_OPENED, _subject(client), at, details)
    return token


def revoke(client: ApiClient, actor_id: int, at: datetime) -> None:
    """From now on the token opens nothing. Harmless to repeat."""
    if services.end(client, at):
        audit.record(actor_id, Act.API_CLOSED, _subject(client), at)


def listed(within: Collection[int] | None, today: date) -> Sequence[Listed]:
    """The tokens of these entities (None: all there are), the newest first. One statement."""
    lately = (
        select(
            ApiUse.client_id,
            func.sum(ApiUse.count).label("uses"),
            func.max(ApiUse.day).label("last_on"),
        )
        .where(ApiUse.day > today - timedelta(days=30))
        .group_by(ApiUse.client_id)
        .subquery()
    )
    found = (
        select(ApiClient, Entity.name, lately.c.uses, lately.c.last_on)
        .outerjoin(Entity, Entity.id == ApiClient.entity_id)
        .outerjoin(lately, lately.c.client_id == ApiClient.id)
        .order_by(ApiClient.id.desc())
        .limit(LISTED)
    )
    if within is not None:
        found = found.where(ApiClient.entity_id.in_(within))
    return [
        Listed(client, entity or "", int(uses or 0), last_on)
        for client, entity, uses, last_on in db.session.execute(found)
    ]


def speaker(token: str, at: datetime) -> Speaker | None:
    """Whose token this is, unless it was taken back or is over. One statement."""
    row = db.session.execute(
        select(ApiClient.id, ApiClient.scopes, ApiClient.entity_id).where(
            services.holding(ApiClient, token, at)
        )
    ).one_or_none()
    return Speaker(row.id, frozenset(row.scopes), row.entity_id) if row else None


def heard(speaker: Speaker, operation: str, at: datetime) -> bool:
    """Count a request, by its day and what it asked for; False when there were too many. Two statements."""
    used = insert(table(ApiUse)).values(
        client_id=speaker.id, day=at.date(), operation=operation, count=1
    )
    db.session.execute(
        used.on_conflict_do_update(
            index_elements=["client_id", "day", "operation"], set_={"count": ApiUse.count + 1}
        )
    )
    return throttle.allow(REQUESTS, str(speaker.id), at)


def _subject(client: ApiClient) -> str:
    return f"token:{client.name}"
