"""Whom a live campaign concerns, when their deadline is, and who is done.

Each step reads first, keeping nobody from writing, then writes what changed, few rows at a time: it yields
where the caller is to commit. Run twice, or by two workers at once, it writes the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, delete, func, or_, select, tuple_, update

from academy import database
from academy.daily.models import Round
from academy.database import db
from academy.hr.campaigns import queries, taking
from academy.hr.campaigns.models import Campaign, CampaignMember
from academy.hr.campaigns.rules import GoalKind, State, own_deadline
from academy.hr.rollup.counting import in_parts
from academy.people import audit
from academy.people.calendar import Calendar, Span
from academy.people.models import Person
from academy.people.workdays import queries as workdays
from academy.people.workdays.models import Leave
from academy.rewards.models import Grant

AT_ONCE = 200
FORGOTTEN_AT_ONCE = 1_000


def turn(number: int, at: datetime, today: date) -> None:
    """Begin on the first day; end after the last deadline of anybody and its grace."""
    found = queries.locked(number)
    if found.state == State.ANNOUNCED and found.starts_on <= today:
        found.state = State.RUNNING
    elif found.state == State.RUNNING and today > _last_day(found):
        found.state, found.ended_at = State.ENDED, at
        audit.record(None, audit.Act.CAMPAIGN_ENDED, f"campaign:{number}", at)


def enrol(campaign: Campaign, today: date) -> Iterator[int]:
    """Take in those whom the population has come to hold; those it holds no more are outside."""
    database.reading_only()
    wanted = set(db.session.scalars(taking.taken(queries.population_of(campaign), today)))
    known = {
        row.person_id: row.inside
        for row in db.session.execute(
            select(CampaignMember.person_id, CampaignMember.inside).where(_of(campaign))
        )
    }
    db.session.rollback()
    new = [
        {"campaign_id": campaign.id, "person_id": each, "inside": True, "due_on": campaign.due_on}
        for each in sorted(wanted - known.keys())
    ]
    for rows in in_parts(new):
        database.about_to_write()
        still = set(
            db.session.scalars(
                select(Person.id).where(Person.id.in_([row["person_id"] for row in rows]))
            )
        )
        made = database.insert(database.table(CampaignMember)).on_conflict_do_nothing()
        there = [row for row in rows if row["person_id"] in still]
        if there:
            db.session.execute(made, there)
        yield len(there)
    moved = {each: each in wanted for each, inside in known.items() if inside != (each in wanted)}
    yield from _write(campaign, {each: {"inside": inside} for each, inside in moved.items()})


def move_deadlines(campaign: Campaign) -> Iterator[int]:
    """Leave moves the deadline of whoever declared it."""
    database.reading_only()
    rows = db.session.execute(
        select(CampaignMember.person_id, CampaignMember.due_on, Leave.starts_on, Leave.ends_on)
        .outerjoin(
            Leave,
            and_(Leave.person_id == CampaignMember.person_id, Leave.ends_on >= campaign.starts_on),
        )
        .where(_of(campaign))
        .where(or_(Leave.id.is_not(None), CampaignMember.due_on != campaign.due_on))
    ).all()
    db.session.rollback()
    leave: dict[int, list[Span]] = {row.person_id: [] for row in rows}
    for row in rows:
        if row.starts_on:
            leave[row.person_id].append(Span(row.starts_on, row.ends_on))
    before = {row.person_id: row.due_on for row in rows}
    after = {
        each: own_deadline(campaign.starts_on, campaign.due_on, spans)
        for each, spans in leave.items()
    }
    yield from _write(
        campaign, {each: {"due_on": day} for each, day in after.items() if day != before[each]}
    )


def mark_done(campaign: Campaign, today: date) -> Iterator[int]:
    """Note on which day people reached the goal; an award withdrawn is not held any more."""
    database.reading_only()
    done = (
        _by_minutes(campaign, today) if campaign.goal == GoalKind.MINUTES else _by_award(campaign)
    )
    db.session.rollback()
    yield from _write(campaign, {each: {"done_on": day} for each, day in done.items()})


def note_count(number: int, at: datetime) -> None:
    db.session.execute(update(Campaign).where(Campaign.id == number).values(counted_at=at))


def forget(before: datetime) -> int:
    """Drop whom campaigns concerned that ended before that, some at a time; the figures of groups stay."""
    keys = (CampaignMember.campaign_id, CampaignMember.person_id)
    ended = select(Campaign.id).where(Campaign.ended_at < before)
    old = select(*keys).where(CampaignMember.campaign_id.in_(ended)).limit(FORGOTTEN_AT_ONCE)
    gone = db.session.execute(
        delete(CampaignMember)
        .where(tuple_(*keys).in_(old))
        .returning(CampaignMember.person_id)
        .execution_options(synchronize_session=False)
    ).all()
    return len(gone)


def days_counted(
    campaign: Campaign, days: Iterable[date], calendar: Calendar, last: date
) -> list[date]:
    """The working days of the period on which somebody did their minute, the first ones first."""
    return sorted(
        day for day in days if campaign.starts_on <= day <= last and calendar.is_working(day)
    )


def _last_day(campaign: Campaign) -> date:
    """The last deadline of somebody who is still expected, with its grace."""
    latest = db.session.scalar(
        select(func.max(CampaignMember.due_on)).where(
            _of(campaign), CampaignMember.inside, CampaignMember.done_on.is_(None)
        )
    )
    return max(latest or campaign.due_on, campaign.due_on) + timedelta(days=campaign.grace_days)


def _by_award(campaign: Campaign) -> dict[int, date | None]:
    """Only whose mark is to change."""
    held = and_(
        Grant.person_id == CampaignMember.person_id,
        Grant.award == campaign.goal_key,
        Grant.revoked_at.is_(None),
    )
    rows = db.session.execute(
        select(CampaignMember.person_id, Grant.granted_on)
        .outerjoin(Grant, held)
        .where(_of(campaign), CampaignMember.done_on.is_distinct_from(Grant.granted_on))
    )
    return {row.person_id: row.granted_on for row in rows}


def _by_minutes(campaign: Campaign, today: date) -> dict[int, date | None]:
    """Those with enough minutes are looked at closely: only working days count."""
    enough = db.session.scalars(
        _minutes(campaign, CampaignMember.person_id)
        .group_by(CampaignMember.person_id)
        .having(func.count(Round.id) >= campaign.goal_days)
    ).all()
    done: dict[int, date | None] = {}
    for start in range(0, len(enough), AT_ONCE):
        people = enough[start : start + AT_ONCE]
        done |= _closely(campaign, people, today)
    return done


def _closely(campaign: Campaign, people: Sequence[int], today: date) -> dict[int, date]:
    days: dict[int, list[date]] = {}
    last: dict[int, date] = {}
    columns = (CampaignMember.person_id, CampaignMember.due_on, Round.day)
    found = _minutes(campaign, *columns).where(CampaignMember.person_id.in_(people))
    for row in db.session.execute(found):
        days.setdefault(row.person_id, []).append(row.day)
        last[row.person_id] = row.due_on + timedelta(days=campaign.grace_days)
    calendars = workdays.calendars_of(people, today)
    counted = {
        each: days_counted(campaign, days[each], calendars[each], last[each]) for each in people
    }
    return {
        each: those[campaign.goal_days - 1]
        for each, those in counted.items()
        if len(those) >= campaign.goal_days
    }


def _minutes(campaign: Campaign, *columns: Any) -> Select[Any]:
    """The minutes finished since it began by those who are not done."""
    return (
        select(*columns)
        .join(Round, Round.person_id == CampaignMember.person_id)
        .where(_of(campaign), CampaignMember.inside, CampaignMember.done_on.is_(None))
        .where(Round.finished_at.is_not(None), Round.day >= campaign.starts_on)
    )


def _write(campaign: Campaign, changed: Mapping[int, Mapping[str, Any]]) -> Iterator[int]:
    """The same column of each of these members; those who went meanwhile are left out."""
    for people in in_parts(sorted(changed)):
        database.about_to_write()
        by_value: dict[tuple[tuple[str, Any], ...], list[int]] = {}
        for each in people:
            by_value.setdefault(tuple(changed[each].items()), []).append(each)
        for values, those in by_value.items():
            db.session.execute(
                update(CampaignMember)
                .where(_of(campaign), CampaignMember.person_id.in_(those))
                .values(dict(values))
                .execution_options(synchronize_session=False)
            )
        yield len(people)


def _of(campaign: Campaign) -> Any:
    return CampaignMember.campaign_id == campaign.id
