"""Which nights have a backup, and whom a missing one concerns."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from academy.backups.models import BackupNight
from academy.database import db, fresh
from academy.people.models import Person, Role, RoleGrant


def nights(most: int) -> Sequence[BackupNight]:
    """Newest first."""
    newest = select(BackupNight).order_by(BackupNight.night.desc()).limit(most)
    return db.session.scalars(fresh(newest)).all()


def keepers(today: date) -> Sequence[int]:
    """The administrators of the whole company."""
    held = (
        select(Person.id)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(
            RoleGrant.role == Role.ADMIN,
            RoleGrant.entity_id.is_(None),
            RoleGrant.starts_on <= today,
            RoleGrant.ends_on.is_(None) | (RoleGrant.ends_on >= today),
            Person.active,
        )
    )
    return sorted(set(db.session.scalars(held)))
