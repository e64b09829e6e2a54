"""What human resources do with waves: declare, change, order, decide, open, pause. The caller commits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, exists, func, insert, select, update

from academy import database
from academy.database import db
from academy.hr.campaigns.rules import Population, population
from academy.hr.waves import admitting, queries
from academy.hr.waves.models import Wave, WaveDecision, WavePlace
from academy.hr.waves.rules import FROM, MOST_WAVES, TO, Move, State, Verdict, is_done
from academy.people import audit
from academy.people.models import Threshold
from academy.refusal import Refusal

ACTS = {
    Move.OPEN: audit.Act.WAVE_OPENED,
    Move.PAUSE: audit.Act.WAVE_PAUSED,
    Move.RESUME: audit.Act.WAVE_RESUMED,
}


class ChangedMeanwhile(Refusal):
    """Somebody else, or another tab, changed the wave after this page was read."""

    def __init__(self) -> None:
        super().__init__(
            _("This wave changed while you had it open. Read it again, then decide."), 409
        )


class NotFromHere(Refusal):
    """That does not follow from where the wave stands."""

    def __init__(self) -> None:
        super().__init__(_("The wave is no longer where this button was meant for."), 409)


class NoGo(Refusal):
    """Nobody wrote down that it may open."""

    def __init__(self) -> None:
        super().__init__(_("Write the decision down first: a wave opens after a “go”."), 409)


class NobodyThere(Refusal):
    """The population is empty."""

    def __init__(self) -> None:
        super().__init__(
            _("Nobody belongs to this wave today: widen its population, then open."), 409
        )


class TooManyWaves(Refusal):
    """Each of them is looked at for everybody who waits."""

    def __init__(self) -> None:
        super().__init__(_("There are 24 waves already. Put some together."), 409)


@dataclass(frozen=True, slots=True)
class Plan:
    """A wave as it is written: the columns, and whom it takes."""

    columns: Mapping[str, Any]
    whom: Population


@dataclass(frozen=True, slots=True)
class Decision:
    verdict: Verdict
    reason: str
    until: date | None = None


def declare(plan: Plan, once: str, actor_id: int, at: datetime) -> int:
    """A new wave after the others, and its number; the same for the same form sent twice.

    From the first one on, only people of open waves are let in; the worker sees to those who have accounts.
    """
    waves = _all()
    if len(waves) >= MOST_WAVES and all(each.once != once for each in waves):
        raise TooManyWaves
    after = select(func.coalesce(func.max(Wave.place), 0) + 1).scalar_subquery()
    values = {**plan.columns, "population": plan.whom.kept(), "once": once, "version": 1}
    values |= {"state": State.PLANNED, "place": after, "figures": {}}
    values |= {"changed_at": at, "changed_by": actor_id}
    made = database.insert(database.table(Wave)).values(values).on_conflict_do_nothing()
    number = db.session.scalar(made.returning(Wave.id))
    if number is None:
        return db.session.scalars(select(Wave.id).where(Wave.once == once)).one()
    _place(number, plan.whom)
    settle_threshold()
    _write_down(actor_id, audit.Act.WAVE_DECLARED, number, at)
    return int(number)


def change(number: int, version: int, plan: Plan, actor_id: int, at: datetime) -> None:
    """Write a planned wave anew. Raises ChangedMeanwhile; NotFromHere once it was opened."""
    found = _planned(number, version)
    for name, value in plan.columns.items():
        setattr(found, name, value)
    found.population = plan.whom.kept()
    _touch(found, actor_id, at)
    db.session.execute(delete(WavePlace).where(WavePlace.wave_id == number))
    _place(number, plan.whom)
    _write_down(actor_id, audit.Act.WAVE_CHANGED, number, at)


def discard(number: int, version: int, actor_id: int, at: datetime) -> None:
    """Give a planned wave up; without any wave the academy is open to everybody. Raises as `change` does."""
    db.session.delete(_planned(number, version))
    db.session.flush()  # whether there are others is asked below
    settle_threshold()
    _write_down(actor_id, audit.Act.WAVE_DISCARDED, number, at)


def earlier(number: int, place: int, actor_id: int, at: datetime) -> None:
    """Let a planned wave come before the one ahead of it; `place` is where it stood on the page."""
    waves = _all()
    index = next((index for index, each in enumerate(waves) if each.id == number), 0)
    if not index or waves[index].place != place or waves[index].state != State.PLANNED:
        return
    found, ahead = waves[index], waves[index - 1]
    found.place, ahead.place = ahead.place, found.place
    _touch(found, actor_id, at)
    _write_down(actor_id, audit.Act.WAVE_CHANGED, number, at)


def decide(number: int, decision: Decision, once: str, actor_id: int, at: datetime) -> None:
    """Write down that a planned wave may open, or is to wait; the same form sent twice is one decision."""
    found = queries.locked(number)
    if found is None or found.state != State.PLANNED:
        raise NotFromHere
    values = {"wave_id": number, "verdict": decision.verdict, "reason": decision.reason}
    values |= {"wait_until": decision.until, "at": at, "person_id": actor_id, "once": once}
    made = database.insert(database.table(WaveDecision)).values(values).on_conflict_do_nothing()
    if db.session.scalar(made.returning(WaveDecision.id)) is not None:
        _write_down(actor_id, audit.Act.WAVE_DECIDED, number, at, {"decision": decision.verdict})


def move(number: int, version: int, how: Move, actor_id: int, at: datetime, today: date) -> State:
    """Open, pause, open again; a button pressed twice does it once.

    Raises ChangedMeanwhile, NotFromHere, and for an opening NoGo and NobodyThere. People are let in and told
    by the worker, a few minutes later at most; whoever comes before is let in as they come.
    """
    found = queries.locked(number)
    if found is None:
        raise NotFromHere
    if is_done(State(found.state), how, found.opened_at is not None):
        return State(found.state)
    if found.state != FROM[how]:
        raise NotFromHere
    if found.version != version:
        raise ChangedMeanwhile
    if how is Move.OPEN:
        _may_open(found, today)
        found.opened_at, found.people, found.counted_at = at, None, None
    found.state = TO[how]
    _touch(found, actor_id, at)
    _write_down(actor_id, ACTS[how], number, at)
    return TO[how]


def settle_threshold() -> None:
    """Newcomers wait as long as there is any wave, and only then."""
    if queries.any_declared():
        made = database.insert(database.table(Threshold)).values(id=1)
        db.session.execute(made.on_conflict_do_nothing())
    else:
        db.session.execute(delete(Threshold).where(~exists(select(Wave.id))))


def note_figures(number: int, people: int | None, figures: Mapping[str, int], at: datetime) -> None:
    db.session.execute(
        update(Wave)
        .where(Wave.id == number)
        .values(people=people, figures=dict(figures), counted_at=at)
        .execution_options(synchronize_session=False)
    )


def _all() -> list[Wave]:
    """Held until the commit: who orders waves, or declares one, is alone."""
    return list(db.session.scalars(select(Wave).order_by(Wave.place, Wave.id).with_for_update()))


def _planned(number: int, version: int) -> Wave:
    found = queries.locked(number)
    if found is None or found.state != State.PLANNED:
        raise NotFromHere
    if found.version != version:
        raise ChangedMeanwhile
    return found


def _may_open(found: Wave, today: date) -> None:
    last = queries.verdicts().get(found.id)
    if last is None or last.verdict != Verdict.GO:
        raise NoGo
    places = db.session.scalars(select(WavePlace.entity_id).where(WavePlace.wave_id == found.id))
    anybody = admitting.takes(population(found.population, places), today).limit(1)
    if db.session.scalar(anybody) is None:
        raise NobodyThere


def _place(number: int, whom: Population) -> None:
    rows = [{"wave_id": number, "entity_id": entity} for entity in sorted(set(whom.entities))]
    if rows:
        db.session.execute(insert(WavePlace), rows)


def _touch(found: Wave, actor_id: int, at: datetime) -> None:
    found.version += 1
    found.changed_at, found.changed_by = at, actor_id


def _write_down(
    actor_id: int, act: audit.Act, number: int, at: datetime, more: Mapping[str, Any] | None = None
) -> None:
    audit.record(actor_id, act, f"wave:{number}", at, more)
