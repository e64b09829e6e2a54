"""Which passport a code shows, and what of it; one's own links."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from academy.database import db
from academy.passport.links import rules
from academy.passport.links.models import PassportLink
from academy.passport.links.rules import ALL, Choice, State
from academy.passport.models import Certificate, Status
from academy.passport.queries import Certified

LISTED = 40


@dataclass(frozen=True, slots=True)
class Shown:
    """A passport under a code, and what its holder said of that code; nothing said is everything shown."""

    certificate: Certificate
    link: PassportLink | None

    @property
    def code(self) -> str:
        """The code it was found under."""
        return (self.link and self.link.code) or self.certificate.code

    @property
    def choice(self) -> Choice:
        return choice_of(self.link) if self.link else ALL

    def is_live(self, at: datetime) -> bool:
        """Whether whoever follows the code sees anything."""
        link = self.link
        return link is None or rules.state(link.ends_at, link.withdrawn_at, at) is State.LIVE


def choice_of(link: PassportLink) -> Choice:
    return Choice(link.shows_entity, link.shows_visas, link.shows_awards)


def as_chosen(said: Certified, choice: Choice) -> Certified:
    """What was certified, without what its holder keeps to themselves here."""
    return replace(
        said,
        entity=said.entity if choice.entity else "",
        visas=said.visas if choice.visas else (),
        awards=said.awards if choice.awards else (),
    )


OWN = and_(PassportLink.person_id == Certificate.person_id, PassportLink.code.is_(None))


def shown_by(code: str) -> Shown | None:
    """What the code shows. One statement for the code of a passport, two for that of a link.

    A link shows the passport in force, or else the last there was.
    """
    row = db.session.execute(
        select(Certificate, PassportLink)
        .outerjoin(PassportLink, OWN)
        .where(Certificate.code == code)
    ).one_or_none()
    if row is None:
        row = db.session.execute(
            select(Certificate, PassportLink)
            .join(PassportLink, PassportLink.person_id == Certificate.person_id)
            .where(PassportLink.code == code)
            .order_by(case((Certificate.status == Status.VALID, 0), else_=1), Certificate.id.desc())
            .limit(1)
        ).one_or_none()
    return Shown(*row) if row else None


def my_passport(person_id: int) -> Shown | None:
    """The passport in force, and what its own code shows. One statement."""
    row = db.session.execute(
        select(Certificate, PassportLink)
        .outerjoin(PassportLink, OWN)
        .where(Certificate.person_id == person_id, Certificate.status == Status.VALID)
    ).one_or_none()
    return Shown(*row) if row else None


def own(person_id: int) -> PassportLink | None:
    """What the person said of their passport's own code."""
    return db.session.scalar(
        select(PassportLink).where(PassportLink.person_id == person_id, PassportLink.code.is_(None))
    )


def mine(person_id: int, now: datetime) -> list[PassportLink]:
    """One's links, a page of them: all that show something, then the others, newest first."""
    return list(
        db.session.scalars(
            select(PassportLink)
            .where(PassportLink.person_id == person_id, PassportLink.code.is_not(None))
            .order_by(case((_shows(now), 0), else_=1), PassportLink.id.desc())
            .limit(LISTED)
        )
    )


def numbered(person_id: int, number: int) -> PassportLink | None:
    """A link of this person's."""
    return db.session.scalar(
        select(PassportLink).where(
            PassportLink.id == number,
            PassportLink.person_id == person_id,
            PassportLink.code.is_not(None),
        )
    )


def made(person_id: int, once: str) -> PassportLink | None:
    return db.session.scalar(
        select(PassportLink).where(PassportLink.person_id == person_id, PassportLink.once == once)
    )


def count(person_id: int, now: datetime) -> int:
    """How many links of this person show something."""
    return (
        db.session.scalar(
            select(func.count()).where(
                PassportLink.person_id == person_id,
                PassportLink.code.is_not(None),
                _shows(now),
            )
        )
        or 0
    )


def _shows(now: datetime) -> ColumnElement[bool]:
    """As `rules.state` has it: neither withdrawn nor ended."""
    return and_(
        PassportLink.withdrawn_at.is_(None),
        or_(PassportLink.ends_at.is_(None), PassportLink.ends_at > now),
    )
