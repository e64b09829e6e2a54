"""How often something may be tried. Counted in the database, so that it holds across workers."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import Base, db, insert

FORGOTTEN_AT_ONCE = 1_000


class Tries(Base):
    """How many tries one bucket has seen since `began_at`."""

    __tablename__ = "tries"

    bucket: Mapped[str] = mapped_column(primary_key=True)
    began_at: Mapped[datetime] = mapped_column(index=True)
    count: Mapped[int]


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `tries` of `what` in a `window`."""

    what: str
    tries: int
    window: timedelta

    def bucket(self, who: str, at: datetime) -> str:
        """A name that tells nothing: addresses and e-mails are hashed."""
        window = int(at.timestamp() // self.window.total_seconds())
        return f"{self.what}:{hashlib.sha256(who.encode()).hexdigest()[:24]}:{window}"


def allow(limit: Limit, who: str, at: datetime) -> bool:
    """Count one try and say whether it is within the limit. The caller commits."""
    statement = insert(Tries).values(bucket=limit.bucket(who, at), began_at=at, count=1)
    statement = statement.on_conflict_do_update(
        index_elements=[Tries.bucket], set_={"count": Tries.count + 1}
    ).returning(Tries.count)
    count: int = db.session.execute(statement).scalar_one()
    return count <= limit.tries


def forgive(limit: Limit, who: str, at: datetime) -> None:
    """Take back the try just counted: it was not a failure."""
    bucket = limit.bucket(who, at)
    db.session.execute(
        update(Tries).where(Tries.bucket == bucket, Tries.count > 0).values(count=Tries.count - 1)
    )


def clear(limit: Limit, who: str, at: datetime) -> None:
    """Take back every try of this window: they have proved who they are another way."""
    db.session.execute(delete(Tries).where(Tries.bucket == limit.bucket(who, at)))


def forget(before: datetime) -> int:
    """Drop what is too old to matter, a bounded number at a time; gives how many."""
    old = select(Tries.bucket).where(Tries.began_at < before).limit(FORGOTTEN_AT_ONCE)
    gone = db.session.execute(
        delete(Tries)
        .where(Tries.bucket.in_(old))
        .returning(Tries.bucket)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())
