"""What human resources do with a campaign: write it, announce it, end it, withdraw it. The caller commits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, insert, select

from academy import database
from academy.database import db
from academy.hr.campaigns import queries, taking
from academy.hr.campaigns.models import Campaign, CampaignPlace
from academy.hr.campaigns.rules import Move, Population, State, moved
from academy.hr.rollup.rounding import SMALLEST
from academy.people import audit
from academy.refusal import Refusal

ACTS = {
    Move.ANNOUNCE: audit.Act.CAMPAIGN_ANNOUNCED,
    Move.END: audit.Act.CAMPAIGN_ENDED,
    Move.WITHDRAW: audit.Act.CAMPAIGN_WITHDRAWN,
}


class ChangedMeanwhile(Refusal):
    """Somebody else, or another tab, changed the campaign after this page was read."""

    def __init__(self) -> None:
        super().__init__(
            _("This campaign changed while you had it open. Read it again, then decide."), 409
        )


class IllegalMove(Refusal):
    """That does not follow from where the campaign stands."""

    def __init__(self) -> None:
        super().__init__(_("The campaign is no longer where this button was meant for."), 409)


class DeadlinePast(Refusal):
    """Nobody could be in time any more."""

    def __init__(self) -> None:
        super().__init__(
            _("The deadline has passed already: choose a later one, then announce."), 409
        )


class TooFew(Refusal):
    """The population is empty, or so small that figures would tell of persons."""

    def __init__(self, mandatory: bool) -> None:
        nobody = _("Nobody is concerned today: widen the population, then announce.")
        few = _("A voluntary campaign needs five people at least: nobody is told of fewer.")
        super().__init__(nobody if mandatory else few, 409)


@dataclass(frozen=True, slots=True)
class Plan:
    """A campaign as it is written: the columns, and whom it takes."""

    columns: Mapping[str, Any]
    whom: Population


def create(plan: Plan, once: str, actor_id: int, at: datetime) -> int:
    """A new draft, and its number; the same for the same form sent twice."""
    values = {**plan.columns, "population": plan.whom.kept(), "once": once, "version": 1}
    values |= {"state": State.DRAFT, "changed_at": at, "changed_by": actor_id}
    statement = database.insert(database.table(Campaign)).values(values).on_conflict_do_nothing()
    number = db.session.scalar(statement.returning(Campaign.id))
    if number is None:
        return db.session.scalars(select(Campaign.id).where(Campaign.once == once)).one()
    _place(number, plan.whom)
    _write_down(actor_id, audit.Act.CAMPAIGN_CREATED, number, at)
    return int(number)


def change(number: int, version: int, plan: Plan, actor_id: int, at: datetime) -> None:
    """Write a draft anew. Raises ChangedMeanwhile; IllegalMove once people were told what it says."""
    found = queries.locked(number)
    if found.state != State.DRAFT:
        raise IllegalMove
    if found.version != version:
        raise ChangedMeanwhile
    for name, value in plan.columns.items():
        setattr(found, name, value)
    found.population = plan.whom.kept()
    _touch(found, actor_id, at)
    db.session.execute(delete(CampaignPlace).where(CampaignPlace.campaign_id == number))
    _place(number, plan.whom)
    _write_down(actor_id, audit.Act.CAMPAIGN_CHANGED, number, at)


def discard(number: int, version: int, actor_id: int, at: datetime) -> None:
    """Throw a draft away, which nobody was told of. Raises ChangedMeanwhile, IllegalMove."""
    found = queries.locked(number)
    if found.state != State.DRAFT:
        raise IllegalMove
    if found.version != version:
        raise ChangedMeanwhile
    db.session.delete(found)
    _write_down(actor_id, audit.Act.CAMPAIGN_DISCARDED, number, at)


def move(number: int, version: int, how: Move, actor_id: int, at: datetime, today: date) -> State:
    """Announce, end, withdraw; a button pressed twice does it once.

    Raises ChangedMeanwhile, IllegalMove, and for an announcement DeadlinePast and TooFew. People are told
    by the worker, which looks every few minutes.
    """
    found = queries.locked(number)
    if _is_done(State(found.state), how):
        return State(found.state)
    after = moved(State(found.state), how, found.starts_on, today)
    if after is None:
        raise IllegalMove
    if found.version != version:
        raise ChangedMeanwhile
    if how is Move.ANNOUNCE:
        _may_be_announced(found, today)
        found.announced_at = at
    else:
        found.ended_at = at
    found.state = after
    _touch(found, actor_id, at)
    _write_down(actor_id, ACTS[how], number, at)
    return after


def _is_done(state: State, how: Move) -> bool:
    match how:
        case Move.ANNOUNCE:
            return state in (State.ANNOUNCED, State.RUNNING)
        case Move.END:
            return state is State.ENDED
        case Move.WITHDRAW:
            return state is State.WITHDRAWN


def _may_be_announced(found: Campaign, today: date) -> None:
    if found.due_on < today:
        raise DeadlinePast
    people = taking.how_many(queries.population_of(found), today)
    if people < (1 if found.mandatory else SMALLEST):
        raise TooFew(found.mandatory)


def _place(number: int, whom: Population) -> None:
    rows = [{"campaign_id": number, "entity_id": entity} for entity in sorted(set(whom.entities))]
    if rows:
        db.session.execute(insert(CampaignPlace), rows)


def _touch(found: Campaign, actor_id: int, at: datetime) -> None:
    found.version += 1
    found.changed_at, found.changed_by = at, actor_id


def _write_down(actor_id: int, act: audit.Act, number: int, at: datetime) -> None:
    audit.record(actor_id, act, f"campaign:{number}", at)
