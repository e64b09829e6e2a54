"""What the page of one of my campaigns shows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flask import url_for

from academy.catalog.tracks import VISA
from academy.hr.campaigns import progress, queries
from academy.hr.campaigns.models import Campaign
from academy.hr.campaigns.queries import Mine
from academy.hr.campaigns.rules import GoalKind, State, own_deadline
from academy.people.calendar import Span
from academy.people.workdays import queries as workdays
from academy.rewards import queries as rewards


@dataclass(frozen=True, slots=True)
class MyCampaign:
    """`days` are those of the minute that count so far, of how many; None for other goals.

    `moved_by` says by how many days leave moved my deadline, `away` whether I am on leave today.
    """

    mine: Mine
    state: State
    done: bool
    days: tuple[int, int] | None
    moved_by: int
    away: bool
    grace_until: date | None
    way: str
    today: date


def campaign(found: Mine, person_id: int, today: date) -> MyCampaign:
    """As it is at this moment, not as the worker counted it last."""
    asked = found.campaign
    leave = [
        Span(each.starts_on, each.ends_on)
        for each in workdays.leave_since(person_id, asked.starts_on)
    ]
    live = State(asked.state) is not State.ENDED
    due_on = own_deadline(asked.starts_on, asked.due_on, leave) if live else found.due_on
    last = due_on + timedelta(days=asked.grace_days)
    days = _days(asked, person_id, last, today) if asked.goal == GoalKind.MINUTES else None
    return MyCampaign(
        mine=replace(found, due_on=due_on),
        state=State(asked.state),
        done=found.done_on is not None or (live and _is_reached(asked, person_id, days)),
        days=(min(len(days), asked.goal_days), asked.goal_days) if days is not None else None,
        moved_by=(due_on - asked.due_on).days,
        away=live and any(span.holds(today) for span in leave),
        grace_until=last if asked.grace_days else None,
        way=_way(asked),
        today=today,
    )


def _days(asked: Campaign, person_id: int, last: date, today: date) -> list[date]:
    calendar = workdays.calendar_of(person_id, today)
    days = queries.minutes_of(person_id, asked.starts_on, last)
    return progress.days_counted(asked, days, calendar, last)


def _is_reached(asked: Campaign, person_id: int, days: Sequence[date] | None) -> bool:
    if days is not None:
        return len(days) >= asked.goal_days
    return asked.goal_key in rewards.held(person_id)


def _way(asked: Campaign) -> str:
    """The page where one gets on."""
    match asked.goal:
        case GoalKind.MINUTES:
            return url_for("daily.minute")
        case GoalKind.TRACK:
            return url_for("tracks.track", track=asked.goal_key.removeprefix(VISA))
        case GoalKind.PASSPORT:
            return url_for("passport.passport")
        case _:
            return url_for("rewards.award", award=asked.goal_key)
