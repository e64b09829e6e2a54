"""Telling people of a campaign: that it comes, that its deadline nears, that it is withdrawn. Each once.

A batch is one transaction: notices, the mails they put in the outbox, and the marks on the members. Notices
are named after the campaign and the cause, so that two workers, or one that was killed, tell nobody twice.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select, update

from academy import database
from academy.database import db
from academy.hr.campaigns.models import Campaign, CampaignMember
from academy.hr.campaigns.rules import LIVE, State, reminder
from academy.hr.rollup.counting import ROWS
from academy.notices import services as notices
from academy.notices.kinds import Kind
from academy.notices.services import News
from academy.people.calendar import A_DAY
from academy.people.workdays.models import Leave

ANNOUNCED, REMINDED, WITHDRAWN = "announced", "reminded", "withdrawn"


@dataclass(frozen=True, slots=True)
class Group:
    """People who are told the same, and what is noted of it. `cause` names it, `due_on` is their deadline."""

    cause: str
    due_on: date
    people: tuple[int, ...]
    marks: dict[str, Any]


Grouped = Callable[[Sequence[Any]], list[Group]]


def tell(campaign: Campaign, at: datetime, today: date) -> Iterator[int]:
    """Tell whoever is to be told; yields how many at the end of each batch, for the caller to commit."""
    if campaign.state in LIVE:
        yield from announce(campaign, at, today)
        for days in sorted(campaign.reminders):
            yield from remind(campaign, days, at, today)
    elif campaign.state == State.WITHDRAWN:
        yield from withdraw(campaign, at)


def announce(campaign: Campaign, at: datetime, today: date) -> Iterator[int]:
    """Those who were never told; of a voluntary one, not those who are there already.

    Reminders whose day is over by then are not given any more.
    """
    waiting = and_(CampaignMember.inside, CampaignMember.told_on.is_(None))
    if not campaign.mandatory:
        waiting = and_(waiting, CampaignMember.done_on.is_(None))

    def grouped(rows: Sequence[Any]) -> list[Group]:
        return [
            Group(
                ANNOUNCED,
                day,
                people,
                {"told_on": today, "reminded": reminder(campaign.reminders, day, None, today)},
            )
            for day, people in _by_deadline(rows)
        ]

    return _in_batches(campaign, waiting, grouped, at)


def withdraw(campaign: Campaign, at: datetime) -> Iterator[int]:
    """Those who were told that it comes, and are told that nothing is expected any more."""
    waiting = and_(CampaignMember.told_on.is_not(None), CampaignMember.closed_at.is_(None))

    def grouped(rows: Sequence[Any]) -> list[Group]:
        found = _by_deadline(rows)
        return [Group(WITHDRAWN, day, people, {"closed_at": at}) for day, people in found]

    return _in_batches(campaign, waiting, grouped, at)


def remind(campaign: Campaign, days: int, at: datetime, today: date) -> Iterator[int]:
    """Those whose deadline is so many days away or less, and who are not on leave."""
    away = exists().where(
        Leave.person_id == CampaignMember.person_id,
        Leave.starts_on <= today,
        Leave.ends_on >= today,
    )
    waiting = and_(
        CampaignMember.inside,
        CampaignMember.told_on.is_not(None),
        CampaignMember.done_on.is_(None),
        CampaignMember.due_on.between(today, today + days * A_DAY),
        or_(CampaignMember.reminded.is_(None), CampaignMember.reminded > days),
        ~away,
    )

    def grouped(rows: Sequence[Any]) -> list[Group]:
        found = _by_deadline(rows)
        return [
            Group(f"{REMINDED}:{days}", day, people, {"reminded": days}) for day, people in found
        ]

    return _in_batches(campaign, waiting, grouped, at)


def _by_deadline(rows: Sequence[Any]) -> list[tuple[date, tuple[int, ...]]]:
    found: dict[date, list[int]] = {}
    for row in rows:
        found.setdefault(row.due_on, []).append(row.person_id)
    return [(day, tuple(people)) for day, people in sorted(found.items())]


def _in_batches(
    campaign: Campaign, waiting: ColumnElement[bool], grouped: Grouped, at: datetime
) -> Iterator[int]:
    """Walk past those who wait, by number, a batch to a transaction."""
    last = 0
    while True:
        database.about_to_write()
        rows = db.session.execute(
            select(CampaignMember.person_id, CampaignMember.due_on)
            .where(CampaignMember.campaign_id == campaign.id, CampaignMember.person_id > last)
            .where(waiting)
            .order_by(CampaignMember.person_id)
            .limit(ROWS)
            .with_for_update()
        ).all()
        if not rows:
            db.session.rollback()
            return
        for group in grouped(rows):
            _told(campaign, group, at)
        yield len(rows)
        last = rows[-1].person_id


def _told(campaign: Campaign, group: Group, at: datetime) -> None:
    data = {
        "name": {"fr": campaign.name_fr, "en": campaign.name_en},
        "what": group.cause.partition(":")[0],
        "last": group.due_on.isoformat(),
        "campaign": campaign.id,
    }
    once = f"campaign:{campaign.id}:{group.cause}"
    notices.tell(group.people, News(Kind.CAMPAIGN, once, data), at)
    db.session.execute(
        update(CampaignMember)
        .where(CampaignMember.campaign_id == campaign.id)
        .where(CampaignMember.person_id.in_(group.people))
        .values(group.marks)
        .execution_options(synchronize_session=False)
    )
