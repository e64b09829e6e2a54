"""Granting, lending and taking back roles. Each is written to the audit log in the same transaction."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _

from academy import database
from academy.database import db
from academy.people import audit
from academy.people.audit import Act
from academy.people.calendar import Span
from academy.people.models import Entity, Person, Role, RoleGrant
from academy.people.names import full_name
from academy.people.roles import queries
from academy.people.roles.rules import Objection, objection
from academy.people.words import role_name
from academy.post import mail
from academy.post import services as post
from academy.post.composing import compose
from academy.post.mail import Reader
from academy.refusal import Refusal

LENT = "role-lent"
"""Letters of this kind say which grant was lent; features above tell its holder (`academy.notices`)."""

LENDABLE = frozenset(Role) - {Role.MENTOR}
"""A mentor is somebody; the others are duties, and duties can be taken over."""
THE_KEYS = -1  # the lock under which administrators are counted; no person has this number

OBJECTIONS = {
    Objection.BACKWARDS: _("The last day comes before the first one. Turn them round."),
    Objection.PAST: _("A role is lent from today on, at the earliest."),
    Objection.FAR: _("A role is lent at most a year ahead. Come back nearer to it."),
    Objection.LONG: _("A role is lent for six months at most. Lend it again when they are over."),
    Objection.OUTLIVES: _(
        "You hold this role for less long than that. Choose an earlier last day."
    ),
}


class RoleRefused(Refusal):
    """A role cannot be granted, lent or taken back like this; the words say why."""


def grant(
    person: Person,
    role: Role,
    entity: Entity | None,
    days: tuple[date, date | None],
    actor_id: int | None,
    at: datetime,
) -> RoleGrant:
    """Give a role, to an end or for good. The same grant twice is one. Raises RoleRefused."""
    first, last = days
    if last is not None and last < first:
        raise RoleRefused(OBJECTIONS[Objection.BACKWARDS])
    there = entity.id if entity else None
    found = _free_for(person.id, role, there, Span(first, last or date.max))
    if found is not None:
        return found
    given = RoleGrant(
        person_id=person.id,
        role=role,
        entity_id=there,
        starts_on=first,
        ends_on=last,
        granted_by=actor_id,
    )
    db.session.add(given)
    audit.record(actor_id, Act.ROLE_GRANTED, audit.person(person.id), at, _told(given, entity))
    return given


def revoke(given: RoleGrant, actor_id: int | None, at: datetime) -> None:
    """Take a role back; what its holder had lent of it ends too. Access ends at once.

    What is over stays over. `given` is locked. Raises RoleRefused when nobody would be left to keep the keys.
    """
    today = at.date()
    if given.ends_on is not None and given.ends_on < today:
        return
    _keep_an_admin(given, today)
    for lent in queries.lent_from(given, today):
        _end(lent, today)
    _end(given, today)
    act = Act.DELEGATION_REVOKED if given.delegated else Act.ROLE_REVOKED
    entity = db.session.get(Entity, given.entity_id) if given.entity_id else None
    audit.record(actor_id, act, audit.person(given.person_id), at, _told(given, entity))


def lend(mine: RoleGrant, colleague: Person, days: Span, today: date, at: datetime) -> RoleGrant:
    """Lend a role one holds to a colleague, who is told. The same loan twice is one. Raises RoleRefused.

    `mine` is locked, and held today by who lends it.
    """
    against = objection(days, mine.ends_on, today)
    if against is not None:
        raise RoleRefused(OBJECTIONS[against])
    if mine.delegated or mine.role not in LENDABLE:
        raise RoleRefused(_("This role cannot be lent on."))
    if colleague.id == mine.person_id or not colleague.active:
        raise RoleRefused(_("Choose a colleague who has an open account."))
    found = _free_for(colleague.id, Role(mine.role), mine.entity_id, days, mine.person_id)
    if found is not None:
        return found
    lent = RoleGrant(
        person_id=colleague.id,
        role=mine.role,
        entity_id=mine.entity_id,
        starts_on=days.first,
        ends_on=days.last,
        granted_by=mine.person_id,
        delegated=True,
    )
    db.session.add(lent)
    db.session.flush()  # the mail is named after the loan
    entity = db.session.get(Entity, mine.entity_id) if mine.entity_id else None
    audit.record(
        mine.person_id, Act.ROLE_DELEGATED, audit.person(colleague.id), at, _told(lent, entity)
    )
    _tell(lent, colleague, at)
    return lent


def end_loans_of(person_id: int, today: date) -> int:
    """Who leaves lends nothing any more; gives how many loans ended."""
    loans = queries.loans_of(person_id, today)
    for lent in loans:
        _end(lent, today)
    return len(loans)


def keep_an_admin(person_id: int, today: date) -> None:
    """Raises RoleRefused when, without this person, nobody would keep the keys of the house."""
    database.one_at_a_time(THE_KEYS)
    if queries.keeps_the_keys(person_id, today) and not queries.other_admins(person_id, today):
        raise RoleRefused(_("The academy needs an administrator: name another one first."), 409)


def _keep_an_admin(given: RoleGrant, today: date) -> None:
    if given.role == Role.ADMIN and given.entity_id is None and not given.delegated:
        keep_an_admin(given.person_id, today)


def _free_for(
    person_id: int, role: Role, entity_id: int | None, days: Span, lender: int | None = None
) -> RoleGrant | None:
    """The very same grant, made before; None when the way is free. Raises RoleRefused when it is not."""
    database.one_at_a_time(person_id)
    for held in queries.overlapping(person_id, role, entity_id, days):
        same_days = (held.starts_on, held.ends_on or date.max) == days
        if same_days and held.entity_id == entity_id and held.delegated == (lender is not None):
            return held
        raise RoleRefused(_("This person already holds that role on some of these days."))
    return None


def _end(given: RoleGrant, today: date) -> None:
    """From today on it is not held: a grant that has not held a whole day leaves no row."""
    if given.starts_on >= today:
        db.session.delete(given)
    else:
        given.ends_on = min(given.ends_on or date.max, today - timedelta(days=1))


def _told(given: RoleGrant, entity: Entity | None) -> Mapping[str, Any]:
    """What the audit log keeps of a grant."""
    return {
        "role": given.role,
        "entity": entity.name if entity else None,
        "from": given.starts_on.isoformat(),
        "to": given.ends_on.isoformat() if given.ends_on else None,
    }


def _tell(lent: RoleGrant, colleague: Person, at: datetime) -> None:
    lender = db.session.get_one(Person, lent.granted_by)
    with force_locale(colleague.language):
        role = role_name(lent.role)
    words = compose(
        "role_lent",
        colleague.language,
        name=colleague.given_name,
        lender=full_name(lender.given_name, lender.family_name),
        role=role,
        first=lent.starts_on,
        last=lent.ends_on,
    )
    to = Reader(colleague.email, colleague.given_name, colleague.id)
    once = f"role-lent:{lent.id}:{lent.starts_on}"
    mail.put(to, words, once, at)
    post.put(LENT, {"grant": lent.id}, f"{once}:notice", at, about=colleague.id)
