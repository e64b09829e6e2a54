"""Setting a second factor up, using it, and taking it off. Each ends the sessions that were open before."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import current_app
from flask_babel import lazy_gettext as _
from sqlalchemy import delete, func, select, update

from academy.database import db, insert
from academy.people import audit
from academy.people.accounts import queries as accounts
from academy.people.accounts.queries import Keys
from academy.people.accounts.services import ChangedMeanwhile
from academy.people.audit import Act
from academy.people.factor import pending, queries, rules
from academy.people.factor.models import RecoveryCode, SecondFactor
from academy.people.models import Person
from academy.post import mail
from academy.post.composing import compose
from academy.post.mail import Reader
from academy.refusal import Refusal
from academy.web import throttle
from academy.web.throttle import Limit

CODES = Limit("second-factor", 8, timedelta(minutes=15))


class AlreadyOn(Refusal):
    """It was set up meanwhile: the key of this page opens nothing."""

    def __init__(self) -> None:
        super().__init__(_("Your second factor is on already, set up in another tab perhaps."), 409)


class Required(Refusal):
    """The company asks it of this person."""

    def __init__(self) -> None:
        super().__init__(_("The company asks for a second factor in your role: it stays on."), 403)


class OnesOwn(Refusal):
    """An administrator takes off others' factors, not their own, for which a code is asked."""

    def __init__(self) -> None:
        super().__init__(
            _("Turn your own second factor off on the page of your account, with a code."), 409
        )


def is_asked_of(roles: frozenset[tuple[str, int | None]]) -> bool:
    """Must somebody with these roles have one, where a password lets them in?"""
    asked: str = current_app.config["SETTINGS"].second_factor
    return rules.must(asked, {role for role, _entity in roles})


def may_try(person_id: int, at: datetime) -> bool:
    """Count a try at this person's codes; False when there were too many."""
    return throttle.allow(CODES, str(person_id), at)


def right(person_id: int, at: datetime) -> None:
    """The code was right: the try just counted was none."""
    throttle.forgive(CODES, str(person_id), at)


def use(person_id: int, typed: str, at: datetime) -> bool:
    """Is this a code of the person's phone, never used before? It is used now: it opens nothing again."""
    sealed = queries.sealed(person_id)
    secret = pending.opened_for(person_id, sealed) if sealed else None
    step = rules.step_of(secret, typed, at) if secret else None
    if step is None:
        return False
    used = db.session.execute(
        update(SecondFactor)
        .where(
            SecondFactor.person_id == person_id,
            SecondFactor.secret == sealed,
            SecondFactor.last_step < step,
        )
        .values(last_step=step)
        .returning(SecondFactor.person_id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    return used is not None


def spend(keys: Keys, slot: int, code_hash: str, at: datetime) -> int | None:
    """Use a recovery code whose words were right; how many are left, or None when it was used meanwhile."""
    spent = db.session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.person_id == keys.person_id,
            RecoveryCode.slot == slot,
            RecoveryCode.code_hash == code_hash,
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=at)
        .returning(RecoveryCode.slot)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if spent is None:
        return None
    left = db.session.scalar(
        select(func.count()).where(
            RecoveryCode.person_id == keys.person_id, RecoveryCode.used_at.is_(None)
        )
    )
    _tell(keys, "spent", at, left=left or 0)
    return left or 0


def turn_on(keys: Keys, secret: str, step: int, hashes: Sequence[str], at: datetime) -> int:
    """From now on a code is asked; gives the epoch of sessions to come. The code that confirmed it is used.

    Raises AlreadyOn when another tab was faster, ChangedMeanwhile when the account is no longer as it was.
    """
    made = db.session.execute(
        insert(SecondFactor)
        .values(
            person_id=keys.person_id,
            secret=pending.sealed_for(keys.person_id, secret),
            since=at,
            last_step=step,
        )
        .on_conflict_do_nothing()
        .returning(SecondFactor.person_id)
    ).scalar_one_or_none()
    if made is None:
        raise AlreadyOn
    _write(keys.person_id, hashes)
    return _changed(keys, "on", at)


def renew(keys: Keys, hashes: Sequence[str], at: datetime) -> None:
    """Ten new recovery codes; those of before open nothing any more. Raises ChangedMeanwhile."""
    mine = select(SecondFactor.person_id).where(SecondFactor.person_id == keys.person_id)
    if db.session.scalar(mine.with_for_update()) is None:
        raise ChangedMeanwhile
    _write(keys.person_id, hashes)
    _tell(keys, "codes", at)


def turn_off(keys: Keys, at: datetime) -> int:
    """Gives the epoch of sessions to come."""
    _take_off(keys.person_id)
    return _changed(keys, "off", at)


def remove(person_id: int, actor_id: int | None, at: datetime) -> bool:
    """An administrator takes it off, for somebody who lost their phone; False when there was none.

    Raises OnesOwn.
    """
    if person_id == actor_id:
        raise OnesOwn
    if not _take_off(person_id):
        return False
    audit.record(actor_id, Act.FACTOR_REMOVED, audit.person(person_id), at)
    keys = accounts.keys_of(person_id)
    if keys is not None:
        _changed(keys, "removed", at)
    return True


def _take_off(person_id: int) -> bool:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    gone = db.session.execute(
        delete(SecondFactor)
        .where(SecondFactor.person_id == person_id)
        .returning(SecondFactor.person_id)
        .execution_options(synchronize_session=False)
    )
    return gone.scalar_one_or_none() is not None


def _write(person_id: int, hashes: Sequence[str]) -> None:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))
    rows = [
        {"person_id": person_id, "slot": slot, "code_hash": code_hash}
        for slot, code_hash in enumerate(hashes)
    ]
    db.session.execute(insert(RecoveryCode).values(rows))


def _changed(keys: Keys, what: str, at: datetime) -> int:
    """End every session, and tell the person. Raises ChangedMeanwhile."""
    epoch = db.session.execute(
        update(Person)
        .where(Person.id == keys.person_id, Person.epoch == keys.epoch, Person.active)
        .values(epoch=keys.epoch + 1)
        .returning(Person.epoch)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    if epoch is None:
        raise ChangedMeanwhile
    _tell(keys, what, at)
    return epoch


def _tell(keys: Keys, what: str, at: datetime, **said: int) -> None:
    words = compose("second_factor", keys.language, name=keys.given_name, what=what, **said)
    to = Reader(keys.email, keys.given_name, keys.person_id)
    mail.put(to, words, f"factor:{keys.person_id}:{what}:{at.isoformat()}", at)
