"""What is kept of the groups one person is counted in, and who may look."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, exists, func, or_, select, tuple_

from academy.database import db, fresh
from academy.hr.campaigns.models import Campaign, CampaignCount, CampaignMember
from academy.hr.campaigns.rules import SHOWN
from academy.hr.dashboards.framing import SEES
from academy.hr.dashboards.queries import Cohort, Told
from academy.hr.knowledge.models import THEME, HrKnowledge
from academy.hr.rollup.entering import with_waves
from academy.hr.rollup.models import HrCohort, HrFigures, HrStanding
from academy.people.models import Person, Posting, RoleGrant
from academy.people.places import true_on
from academy.people.workdays.models import Leave

Key = tuple[int, str, str]
"""Names a group: entity, cut, value."""


@dataclass(frozen=True, slots=True)
class Known:
    """A campaign that concerns the person, and what of them human resources may see in it."""

    campaign: Campaign
    told: bool
    done_on: date | None
    away: bool


@dataclass(frozen=True, slots=True)
class Looking:
    """How many people hold a role in an entity (None: in the whole company)."""

    role: str
    entity_id: int | None
    people: int


def row_of(person_id: int, day: date) -> Any:
    """What tells this person apart on that day, as the rollup reads it; None when they are not counted."""
    person = (
        select(
            Person.language,
            Person.joined_on,
            Posting.entity_id,
            Posting.job_family,
            Posting.contract,
            Posting.shift,
            HrStanding.first_on,
        )
        .join(Posting, and_(Posting.person_id == Person.id, true_on(Posting, day)))
        .outerjoin(HrStanding, HrStanding.person_id == Person.id)
        .where(Person.id == person_id, Person.active)
        .order_by(Posting.id.desc())
        .limit(1)
    )
    return db.session.execute(with_waves(person, day)).first()


def groups(keys: Collection[Key], day: date) -> dict[Key, Told]:
    """These groups as they were counted on that day. One statement."""
    named = tuple_(HrFigures.entity_id, HrFigures.cut, HrFigures.value)
    rows = db.session.execute(
        select(
            HrFigures.entity_id,
            HrFigures.cut,
            HrFigures.value,
            HrFigures.day,
            HrFigures.people,
            HrFigures.figures,
        ).where(HrFigures.day == day, named.in_(list(keys)))
    )
    return {(row.entity_id, row.cut, row.value): Told(*row) for row in rows}


def beginners(entities: Iterable[int], began: date, day: date) -> dict[int, Cohort]:
    """Of each of these entities those who began in that month, in the month of the day. One statement."""
    rows = db.session.execute(
        select(
            HrCohort.entity_id, HrCohort.began, HrCohort.month, HrCohort.people, HrCohort.came
        ).where(
            HrCohort.entity_id.in_(list(entities)),
            HrCohort.began == began.replace(day=1),
            HrCohort.month == day.replace(day=1),
        )
    )
    return {row.entity_id: Cohort(row.began, row.month, row.people, row.came) for row in rows}


def knowledge(entities: Iterable[int], day: date) -> dict[int, dict[str, tuple[int, int]]]:
    """How many met and know each theme, the last night counted up to that day. One statement."""
    last = select(func.max(HrKnowledge.day)).where(HrKnowledge.day <= day).scalar_subquery()
    found: dict[int, dict[str, tuple[int, int]]] = {}
    for row in db.session.execute(
        select(HrKnowledge.entity_id, HrKnowledge.subject, HrKnowledge.met, HrKnowledge.known)
        .where(HrKnowledge.entity_id.in_(list(entities)), HrKnowledge.day == last)
        .where(HrKnowledge.subject.startswith(THEME))
    ):
        found.setdefault(row.entity_id, {})[row.subject] = (row.met, row.known)
    return found


def campaigns(person_id: int, today: date) -> tuple[Known, ...]:
    """Those that concern the person, the newest first. One statement."""
    away = exists().where(
        Leave.person_id == person_id, Leave.starts_on <= today, Leave.ends_on >= today
    )
    found: Any = (
        select(Campaign, CampaignMember.told_on, CampaignMember.done_on, away.label("away"))
        .join(CampaignMember, CampaignMember.campaign_id == Campaign.id)
        .where(CampaignMember.person_id == person_id, CampaignMember.inside)
        .where(Campaign.state.in_(SHOWN))
        .order_by(Campaign.id.desc())
    )
    rows = db.session.execute(fresh(found))
    return tuple(
        Known(row.Campaign, row.told_on is not None, row.done_on, bool(row.away)) for row in rows
    )


def campaign_counts(
    numbers: Collection[int], entities: Collection[int]
) -> dict[tuple[int, int], tuple[int | None, int | None]]:
    """By campaign and entity: people, and how many are done. One statement."""
    rows = db.session.execute(
        select(CampaignCount).where(
            CampaignCount.campaign_id.in_(numbers), CampaignCount.entity_id.in_(entities)
        )
    ).scalars()
    return {(row.campaign_id, row.entity_id): (row.people, row.done) for row in rows}


def looking(entities: Collection[int], today: date) -> tuple[Looking, ...]:
    """Who may open the figures of one of these entities today, counted by role and reach. One statement."""
    rows = db.session.execute(
        select(RoleGrant.role, RoleGrant.entity_id, func.count(RoleGrant.person_id.distinct()))
        .join(Person, Person.id == RoleGrant.person_id)
        .where(RoleGrant.role.in_(SEES), true_on(RoleGrant, today), Person.active)
        .where(or_(RoleGrant.entity_id.is_(None), RoleGrant.entity_id.in_(entities)))
        .group_by(RoleGrant.role, RoleGrant.entity_id)
        .order_by(RoleGrant.role, RoleGrant.entity_id)
    )
    return tuple(Looking(*row) for row in rows)
