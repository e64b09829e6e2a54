"""Campaigns as human resources and those concerned see them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select, tuple_

from academy.daily.models import Round
from academy.database import db, fresh
from academy.hr.campaigns.models import Campaign, CampaignCount, CampaignMember, CampaignPlace
from academy.hr.campaigns.rules import LIVE, SHOWN, Population, State, population
from academy.hr.campaigns.taking import works_there
from academy.people.models import Entity, Person, Posting
from academy.people.names import full_name
from academy.people.workdays.models import Leave
from academy.rewards.models import Grant

PAGE = 50
MOST_MINE = 50


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody is in a mandatory campaign, as human resources see it: not how long their leave is."""

    id: int
    name: str
    entity: str
    done_on: date | None
    paused: bool


@dataclass(frozen=True, slots=True)
class Mine:
    """A campaign that concerns me, my own deadline, and when I was done."""

    campaign: Campaign
    due_on: date
    done_on: date | None


@dataclass(frozen=True, slots=True)
class Within:
    """People to look at: those who work in these entities (None: anywhere), in this state ("" for all).

    `everybody` says that the campaign takes the whole company.
    """

    entities: Collection[int] | None
    state: str
    today: date
    everybody: bool = False


@dataclass(frozen=True, slots=True)
class Offered:
    """What a population may be told by: what somebody has today."""

    trades: list[str]
    contracts: list[str]
    shifts: list[str]
    countries: list[str]


def campaign(number: int) -> Campaign | None:
    """As it is now, and apart from the session."""
    found = db.session.scalars(fresh(select(Campaign).where(Campaign.id == number))).one_or_none()
    if found is not None:
        db.session.expunge(found)
    return found


def locked(number: int) -> Campaign:
    """To be changed: others wait."""
    found = select(Campaign).where(Campaign.id == number).with_for_update()
    return db.session.scalars(fresh(found)).one()


def population_of(found: Campaign) -> Population:
    """Whom it takes. One statement."""
    return population(found.population, entities_of(found.id))


def entities_of(number: int) -> list[int]:
    places = select(CampaignPlace.entity_id).where(CampaignPlace.campaign_id == number)
    return list(db.session.scalars(places.order_by(CampaignPlace.entity_id)))


def to_look_after() -> Sequence[int]:
    """Those that live, and those withdrawn that somebody must still be told of."""
    told = exists().where(
        CampaignMember.campaign_id == Campaign.id,
        CampaignMember.told_on.is_not(None),
        CampaignMember.closed_at.is_(None),
    )
    withdrawn = and_(Campaign.state == State.WITHDRAWN, told)
    return db.session.scalars(
        select(Campaign.id).where(or_(Campaign.state.in_(LIVE), withdrawn)).order_by(Campaign.id)
    ).all()


def seen_from(
    near: Collection[int] | None, under: Collection[int] | None, before: int | None
) -> tuple[list[Campaign], int | None]:
    """A page of campaigns, newest first, and where older ones begin. One statement.

    `under` are the entities within reach, `near` these and those above; None sees all. Whoever looks after
    some of its people sees a campaign that was announced; a draft, whoever looks after all of them.
    """
    found = select(Campaign).order_by(Campaign.id.desc()).limit(PAGE + 1)
    if before is not None:
        found = found.where(Campaign.id < before)
    if near is not None and under is not None:
        place = CampaignPlace.campaign_id == Campaign.id
        anywhere = ~exists().where(place)
        touched = exists().where(place, CampaignPlace.entity_id.in_(near))
        beyond = exists().where(place, CampaignPlace.entity_id.not_in(under))
        told = and_(Campaign.state != State.DRAFT, or_(anywhere, touched))
        found = found.where(or_(told, and_(~anywhere, ~beyond)))
    rows = list(db.session.scalars(fresh(found)))
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None


def counts(number: int, entities: Collection[int]) -> dict[int, tuple[int | None, int | None]]:
    """People and how many are done, of each of these entities that has any. One statement."""
    rows = db.session.execute(
        select(CampaignCount.entity_id, CampaignCount.people, CampaignCount.done).where(
            CampaignCount.campaign_id == number, CampaignCount.entity_id.in_(entities)
        )
    )
    return {row.entity_id: (row.people, row.done) for row in rows}


def standings(
    number: int, within: Within, after: int | None = None, most: int | None = PAGE
) -> tuple[list[Standing], int | None]:
    """People by family name, and after whom the next page begins. One statement.

    Only of a mandatory campaign, and only those who were told: the view sees to the first.
    """
    found = _people(number, within).order_by(Person.by_family, Person.id)
    if after is not None:
        last = select(Person.by_family).where(Person.id == after).scalar_subquery()
        found = found.where(tuple_(Person.by_family, Person.id) > tuple_(last, after))
    if most is not None:
        found = found.limit(most + 1)
    rows = [
        Standing(
            row.id,
            full_name(row.given_name, row.family_name),
            row.entity,
            row.done_on,
            bool(row.paused) and row.done_on is None,
        )
        for row in db.session.execute(found)
    ]
    if most is None or len(rows) <= most:
        return rows, None
    return rows[:most], rows[most - 1].id


def mine(person_id: int, number: int | None = None) -> list[Mine]:
    """The campaigns that concern me, those with the nearest deadline first. One statement."""
    found = _mine(person_id).where(Campaign.state.in_(SHOWN)).limit(MOST_MINE)
    if number is not None:
        found = found.where(Campaign.id == number)
    order = (Campaign.state == State.ENDED, CampaignMember.due_on, Campaign.id)
    return [Mine(*row) for row in db.session.execute(fresh(found.order_by(*order)))]


def next_of(person_id: int) -> Mine | None:
    """The live campaign with the nearest deadline in which I am not there yet. One statement."""
    held = exists().where(
        Grant.person_id == person_id,
        Grant.award == Campaign.goal_key,
        Grant.revoked_at.is_(None),
    )
    found = (
        _mine(person_id)
        .where(CampaignMember.done_on.is_(None), Campaign.state.in_(LIVE), ~held)
        .order_by(CampaignMember.due_on, Campaign.id)
        .limit(1)
    )
    row = db.session.execute(fresh(found)).first()
    return Mine(*row) if row else None


def minutes_of(person_id: int, first: date, last: date) -> list[date]:
    """The days on which I finished my minute. One statement."""
    days = select(Round.day).where(
        Round.person_id == person_id, Round.finished_at.is_not(None), Round.day.between(first, last)
    )
    return list(db.session.scalars(days.order_by(Round.day)))


def countries() -> list[str]:
    """Where there are sites."""
    found = select(Entity.country).where(Entity.country.is_not(None)).distinct()
    return sorted(str(code) for code in db.session.scalars(found))


def offered() -> Offered:
    """What a population may ask for, as people work today. Two statements."""
    columns = (Posting.job_family, Posting.contract, Posting.shift)
    found = select(*columns).where(Posting.ends_on.is_(None)).distinct()
    rows = db.session.execute(found).all()
    trades, contracts, shifts = (
        sorted({row[column] for row in rows} - {""}) for column in range(len(columns))
    )
    return Offered(trades, contracts, shifts, countries())


def names(entities: Collection[int]) -> dict[int, str]:
    rows = db.session.execute(select(Entity.id, Entity.name).where(Entity.id.in_(entities)))
    return {row.id: row.name for row in rows}


def _mine(person_id: int) -> Any:
    found: Any = (
        select(Campaign, CampaignMember.due_on, CampaignMember.done_on)
        .join(CampaignMember, CampaignMember.campaign_id == Campaign.id)
        .where(CampaignMember.person_id == person_id, CampaignMember.inside)
    )
    return found


def _people(number: int, within: Within) -> Any:
    away = exists().where(
        Leave.person_id == Person.id,
        Leave.starts_on <= within.today,
        Leave.ends_on >= within.today,
    )
    found: Any = (
        select(
            Person.id,
            Person.given_name,
            Person.family_name,
            Entity.name.label("entity"),
            CampaignMember.done_on,
            away.label("paused"),
        )
        .join(CampaignMember, CampaignMember.person_id == Person.id)
        .join(Posting, and_(Posting.person_id == Person.id, works_there(within.today)))
        .join(Entity, Entity.id == Posting.entity_id)
        .where(_belongs(number, within.everybody), CampaignMember.inside, Person.active)
        .where(CampaignMember.told_on.is_not(None))
    )
    if within.entities is not None:
        found = found.where(Posting.entity_id.in_(within.entities))
    wanted = _in_state(within.state, away)
    return found if wanted is None else found.where(wanted)


def _belongs(number: int, everybody: bool) -> ColumnElement[bool]:
    """A member of the campaign. Where that is everybody, SQLite, which does not know how many there are,
    is kept from gathering and sorting them all for one page: it walks people by name instead."""
    if everybody and db.engine.dialect.name == "sqlite":
        return CampaignMember.campaign_id + 0 == number  # no index finds this
    return CampaignMember.campaign_id == number


def _in_state(state: str, away: ColumnElement[bool]) -> ColumnElement[bool] | None:
    match state:
        case "done":
            return CampaignMember.done_on.is_not(None)
        case "paused":
            return and_(CampaignMember.done_on.is_(None), away)
        case "not-yet":
            return and_(CampaignMember.done_on.is_(None), ~away)
        case _:
            return None
