"""Entering with an identity, linking it, opening an account for it, letting it go."""

from datetime import datetime

from sqlalchemy import delete

from academy.database import db, insert
from academy.people import audit
from academy.people.audit import Act
from academy.people.directory import services as directory
from academy.people.directory.services import NoSuchEntity
from academy.people.models import Entity
from academy.people.newcomers import services as newcomers
from academy.people.newcomers.services import Opening
from academy.people.services import TRIES_PER_ADDRESS
from academy.people.signon import queries, rules
from academy.people.signon.models import SignOn
from academy.people.signon.rules import Account, Identity, Step
from academy.people.signon.troubles import SignOnRefused, Trouble
from academy.post.mail import is_address
from academy.providers import Provider, Reading
from academy.web import throttle


def may_come_back(address: str, at: datetime) -> bool:
    """Count a try from this network address, as for passwords; False when there were too many."""
    return throttle.allow(TRIES_PER_ADDRESS, address, at)


def recognise(provider: Provider, who: Identity, address: str, at: datetime) -> Account:
    """The account that opens for them: known, linked now, or opened now. Raises SignOnRefused.

    The try just counted was no failure then.
    """
    holder = queries.holder(provider.issuer, who.subject)
    namesake = queries.namesake(provider.issuer, who.email) if holder is None else None
    if namesake is not None and namesake.linked:  # by another tab of theirs, since we looked?
        holder = queries.holder(provider.issuer, who.subject)
    step = rules.decide(provider, who, holder, namesake)
    account = holder or namesake or _opened(provider, who, at)
    if step is not Step.ENTER:
        _link(account, provider, who, at)
    throttle.forgive(TRIES_PER_ADDRESS, address, at)
    return account


def unlink(person_id: int, number: int) -> bool:
    """Let one of one's own identities go; False when there is none of this number (any more)."""
    mine = SignOn.id == number, SignOn.person_id == person_id
    gone = db.session.execute(delete(SignOn).where(*mine).returning(SignOn.id))
    return gone.scalar_one_or_none() is not None


def forget(provider: Provider, person_id: int | None, at: datetime) -> int:
    """Let go of the provider's identities, of everybody or of one person; how many there were."""
    statement = delete(SignOn).where(SignOn.issuer == provider.issuer)
    if person_id is not None:
        statement = statement.where(SignOn.person_id == person_id)
    forgotten = len(db.session.execute(statement.returning(SignOn.id)).all())
    subject = f"provider:{provider.key}" if person_id is None else audit.person(person_id)
    audit.record(None, Act.IDENTITIES_FORGOTTEN, subject, at, {"identities": forgotten})
    return forgotten


def _link(account: Account, provider: Provider, who: Identity, at: datetime) -> None:
    """Remember who they are. When another tab did so first, it must have been for the same account."""
    row = {
        "person_id": account.person_id,
        "issuer": provider.issuer,
        "subject": who.subject,
        "linked_at": at,
    }
    linked = db.session.execute(
        insert(SignOn).values(row).on_conflict_do_nothing().returning(SignOn.id)
    ).scalar_one_or_none()
    holder = None if linked else queries.holder(provider.issuer, who.subject)
    if linked is None and (holder is None or holder.person_id != account.person_id):
        raise SignOnRefused(Trouble.TAKEN)


def _opened(provider: Provider, who: Identity, at: datetime) -> Account:
    """A new account for them. No invitation is sent: they are in."""
    if not is_address(who.email) or provider.entity is None:
        raise SignOnRefused(Trouble.UNVERIFIED)
    name = rules.called(who)
    opening = Opening(
        email=who.email,
        given_name=name.given_name,
        family_name=name.family_name,
        entity=_entity(provider.entity, who, at),
        job_family=rules.trade(provider.job, who),
        joined_on=at.date(),
        language=name.language,
    )
    number = newcomers.open_account(opening, None, at.date(), at, inviting=False)
    return Account(number, epoch=0, active=True)


def _entity(reading: Reading, who: Identity, at: datetime) -> Entity:
    """The first one that exists and is open. Raises SignOnRefused."""
    for typed in rules.meant(reading, who):
        try:
            entity = directory.entity_named(typed)
        except NoSuchEntity:
            continue
        if entity.closed_on is None or entity.closed_on > at.date():
            return entity
    raise SignOnRefused(Trouble.UNPLACED)
