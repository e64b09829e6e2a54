"""Awards given, and withdrawn, by somebody: written down, told, and done once."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from academy.database import db
from academy.deeds.services import Act
from academy.deeds.verbs import Verb
from academy.folio import services as folio
from academy.notices import services as notices
from academy.notices.kinds import Kind
from academy.notices.services import News
from academy.people import audit
from academy.refusal import Refusal
from academy.rewards import badges, services
from academy.rewards.badges import Award
from academy.rewards.models import Grant
from academy.rewards.rules import WITHDRAWN, Given, leaves
from academy.rewards.services import Earned


class NotYours(Refusal):
    """The award is not given by hand, or not by somebody with this role."""

    def __init__(self) -> None:
        super().__init__(_("This award is not yours to give. Nothing was changed."), 403)


class NotToOneself(Refusal):
    """Nobody gives themselves an award."""

    def __init__(self) -> None:
        super().__init__(_("An award is given to somebody else. Nothing was changed."), 409)


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gives, and in which role."""

    person_id: int
    role: str


def given_by(award: Award) -> frozenset[str]:
    """The roles that may give it; nobody, for an award that is earned only."""
    found = (leaf.roles for leaf in leaves(award.rule) if isinstance(leaf, Given))
    return frozenset(role for roles in found for role in roles)


def give(person_id: int, award: Award, giver: Giver, at: datetime, today: date) -> Earned:
    """Give an award by hand, once: a deed, which brings the award if nothing else is missing.

    Raises NotYours, NotToOneself.
    """
    if giver.role not in given_by(award):
        raise NotYours
    if giver.person_id == person_id:
        raise NotToOneself
    once = f"given:{award.key}"
    earned = services.record(
        Act(person_id, Verb.AWARD_GIVEN, award.key, at, today, once, theme=award.key)
    )
    if earned is not services.NOTHING:
        details = {"award": award.key, "role": giver.role}
        audit.record(giver.person_id, audit.Act.AWARD_GIVEN, audit.person(person_id), at, details)
    return earned


def revoke(person_id: int, award: str, reason: str, actor_id: int, at: datetime) -> bool:
    """Withdraw an award for a reason that its holder reads; False when it is not held (any more).

    It is not earned again. What it paid stays: points once earned are not taken back.
    """
    page = folio.open_page(person_id)
    grant = db.session.scalar(
        select(Grant)
        .where(Grant.person_id == person_id, Grant.award == award, Grant.revoked_at.is_(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if grant is None:
        return False
    grant.revoked_at, grant.revoked_reason = at, reason
    page.awards = sorted({*page.awards, WITHDRAWN + award} - {award})
    folio.keep(page)
    audit.record(actor_id, audit.Act.AWARD_REVOKED, audit.person(person_id), at, {"award": award})
    _tell(person_id, award, at)
    return True


def _tell(person_id: int, key: str, at: datetime) -> None:
    award = badges.current().get(key)
    title = {"fr": award.title.fr, "en": award.title.en} if award else {"fr": key, "en": key}
    data = {"award": key, "title": title, "shown": award is not None}
    notices.tell([person_id], News(Kind.WITHDRAWN, f"withdrawn:{key}", data), at)
