"""The log of administrative acts: who did what to whom, and when. Written once, never changed, kept as
long as a setting says.

A feature calls `record` in the transaction of the act itself: either both stay, or neither. Details say
what was changed (a role, a date, a release); never what a person answered, nor a secret.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, String, delete, event, select
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID, Base, db


class Act(StrEnum):
    """Acts that have words on the audit page; add a line here and one in `audit_words.py`."""

    ROLE_GRANTED = "role-granted"
    ROLE_REVOKED = "role-revoked"
    ROLE_DELEGATED = "role-delegated"
    DELEGATION_REVOKED = "delegation-revoked"
    ACCOUNT_OPENED = "account-opened"
    INVITATION_SENT = "invitation-sent"
    ACCOUNT_CLOSED = "account-closed"
    ACCOUNT_REOPENED = "account-reopened"
    PERSON_ERASED = "person-erased"
    RESET_LINK_SENT = "reset-link-sent"
    FACTOR_REMOVED = "second-factor-removed"
    SITE_CLOSED = "site-closed"
    CLOSURE_REMOVED = "closure-removed"
    PATTERN_SET = "pattern-set"
    RELEASE_PUBLISHED = "release-published"
    RELEASE_ROLLED_BACK = "release-rolled-back"
    PROBLEM_MENDED = "problem-mended"
    PROBLEM_DISMISSED = "problem-dismissed"
    PROBLEM_REOPENED = "problem-reopened"
    PROGRAMME_CREATED = "programme-created"
    PROGRAMME_DISCARDED = "programme-discarded"
    PROGRAMME_CHANGED = "programme-changed"
    PROGRAMME_OPENED = "programme-opened"
    PROGRAMME_CLOSED = "programme-closed"
    PROGRAMME_ENDED = "programme-ended"
    PAIRS_PUBLISHED = "pairs-published"
    PAIR_MADE = "pair-made"
    PAIR_PARTED = "pair-parted"
    AWARD_GIVEN = "award-given"
    AWARD_REVOKED = "award-revoked"
    GIFT_CREATED = "gift-created"
    GIFT_CHANGED = "gift-changed"
    GIFT_BUDGET_SET = "gift-budget-set"
    ORDER_APPROVED = "order-approved"
    ORDER_REFUSED = "order-refused"
    ORDER_READY = "order-ready"
    ORDER_HANDED = "order-handed"
    PEOPLE_IMPORTED = "people-imported"
    ENTITIES_IMPORTED = "entities-imported"
    DIRECTORY_CONNECTED = "directory-connected"
    DIRECTORY_REVOKED = "directory-revoked"
    DIRECTORY_CHANGED = "directory-changed"
    DIRECTORY_REMOVED = "directory-removed"
    DIRECTORY_RETURNED = "directory-returned"
    DIRECTORY_GROUP_CHANGED = "directory-group-changed"
    DIRECTORY_GROUP_TIED = "directory-group-tied"
    DIRECTORY_WORD_SET = "directory-word-set"
    DIRECTORY_WORD_REMOVED = "directory-word-removed"
    IDENTITIES_FORGOTTEN = "identities-forgotten"
    CAMPAIGN_CREATED = "campaign-created"
    CAMPAIGN_CHANGED = "campaign-changed"
    CAMPAIGN_DISCARDED = "campaign-discarded"
    CAMPAIGN_ANNOUNCED = "campaign-announced"
    CAMPAIGN_ENDED = "campaign-ended"
    CAMPAIGN_WITHDRAWN = "campaign-withdrawn"
    CAMPAIGN_EXPORTED = "campaign-exported"
    FIGURES_EXPORTED = "figures-exported"
    API_OPENED = "api-token-made"
    API_CLOSED = "api-token-revoked"
    BACKUP_FAILED = "backup-failed"
    WAVE_DECLARED = "wave-declared"
    WAVE_CHANGED = "wave-changed"
    WAVE_DISCARDED = "wave-discarded"
    WAVE_DECIDED = "wave-decided"
    WAVE_OPENED = "wave-opened"
    WAVE_PAUSED = "wave-paused"
    WAVE_RESUMED = "wave-resumed"


class AuditEntry(Base):
    """One administrative act. `subject` names what it was done to: `person:12`, `release:ab12cd`."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_actor_id_id", "actor_id", "id"),
        Index("ix_audit_entry_act_id", "act", "id"),
        Index("ix_audit_entry_subject", "subject"),
    )

    id: Mapped[ID]
    at: Mapped[datetime]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    act: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(120))
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)


ERASED = "person:erased"
"""The subject of every act done to somebody who is no longer known: erasure alone rewrites the log."""


class WrittenOnce(RuntimeError):
    """An entry of the audit log was about to be changed."""


@event.listens_for(AuditEntry, "before_update")
@event.listens_for(AuditEntry, "before_delete")
def _refuse(_mapper: object, _connection: object, entry: AuditEntry) -> None:
    raise WrittenOnce(f"audit entry {entry.id}")


def record(
    actor_id: int | None,
    act: str,
    subject: str,
    at: datetime,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write one act down, in the caller's transaction; `actor_id` is None for the academy itself."""
    entry = AuditEntry(
        at=at, actor_id=actor_id, act=act, subject=subject, details=dict(details or {})
    )
    db.session.add(entry)


def person(person_id: int) -> str:
    """How a person is named as a subject."""
    return f"person:{person_id}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries to show: by whom, of what kind, older than which."""

    actor_id: int | None = None
    act: str | None = None
    before: int | None = None


PAGE = 50
FORGOTTEN_AT_ONCE = 1_000


def forget(before: datetime) -> int:
    """Drop entries written before that, a bounded number at a time; gives how many.

    Numbers are given in the order of time: where the oldest is younger, nothing else is looked at.
    """
    first = select(AuditEntry.id, AuditEntry.at).order_by(AuditEntry.id).limit(FORGOTTEN_AT_ONCE)
    oldest = first.subquery()
    old = select(oldest.c.id).where(oldest.c.at < before)
    gone = db.session.execute(
        delete(AuditEntry)
        .where(AuditEntry.id.in_(old))
        .returning(AuditEntry.id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())


def entries(wanted: Wanted) -> tuple[list[AuditEntry], bool]:
    """A page of the log, newest first, and whether there are older ones."""
    statement = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(PAGE + 1)
    if wanted.actor_id is not None:
        statement = statement.where(AuditEntry.actor_id == wanted.actor_id)
    if wanted.act:
        statement = statement.where(AuditEntry.act == wanted.act)
    if wanted.before is not None:
        statement = statement.where(AuditEntry.id < wanted.before)
    found = list(db.session.scalars(statement))
    return found[:PAGE], len(found) > PAGE
