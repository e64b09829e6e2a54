"""What may be done with a programme, by its organisers and by those who volunteer."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import func, select

from academy.catalog import releases
from academy.database import db, insert, table
from academy.mentoring.programmes import queries
from academy.mentoring.programmes.models import Programme, Volunteer
from academy.mentoring.programmes.queries import OUT
from academy.mentoring.programmes.rules import (
    LEGAL,
    TEACH,
    TRAINING,
    Move,
    Side,
    State,
    moved,
    takes_volunteers,
)
from academy.people import audit
from academy.refusal import Refusal
from academy.tracks import services as tracks

Plan = Mapping[str, Any]
"""The columns of a programme that an organiser writes."""
STILL_OPEN = (
    "name_fr",
    "name_en",
    "opens_on",
    "closes_on",
    "starts_on",
    "ends_on",
    "wishes_by",
)
"""What may change once people volunteered: the rest is what they said yes to."""
ACTS = {
    Move.OPEN: audit.Act.PROGRAMME_OPENED,
    Move.CLOSE: audit.Act.PROGRAMME_CLOSED,
    Move.END: audit.Act.PROGRAMME_ENDED,
}


class ChangedMeanwhile(Refusal):
    """Another organiser, or another tab, changed the programme after this page was read."""

    def __init__(self, programme: Programme) -> None:
        super().__init__(
            _("This programme changed while you had it open. Read it again, then decide."), 409
        )
        self.programme = programme


class IllegalMove(Refusal):
    """That does not follow from where the programme stands."""

    def __init__(self) -> None:
        super().__init__(_("The programme is no longer where this button was meant for."), 409)


class CallOver(Refusal):
    """The call takes no volunteers, and changes nothing, today."""

    def __init__(self) -> None:
        super().__init__(
            _("The call is closed: what you said stays as it was. You may still withdraw."), 409
        )


@dataclass(frozen=True, slots=True)
class Profile:
    """What a volunteer says, already checked against the programme."""

    side: Side
    offered: list[str]
    wanted: list[str]
    languages: list[str]
    places: list[str]
    slots: list[str]
    capacity: int
    hopes: str


def create(plan: Plan, once: str, organiser_id: int, at: datetime) -> int:
    """A new draft, and its number; the same for the same form sent twice."""
    known = select(Programme.id).where(Programme.once == once)
    values = {**plan, "once": once, "version": 1, "state": State.DRAFT}
    values |= {"changed_at": at, "changed_by": organiser_id}
    statement = insert(table(Programme)).values(values).on_conflict_do_nothing()
    number = db.session.scalar(statement.returning(Programme.id))
    if number is None:
        return db.session.scalars(known).one()
    _write_down(organiser_id, audit.Act.PROGRAMME_CREATED, number, at)
    return int(number)


def change(number: int, version: int, plan: Plan, organiser_id: int, at: datetime) -> None:
    """Other words or terms; once open, names and days only. Raises ChangedMeanwhile, IllegalMove."""
    found = _as_read(number, version)
    if found.state == State.ENDED:
        raise IllegalMove
    wanted = plan if found.state == State.DRAFT else {name: plan[name] for name in STILL_OPEN}
    for name, value in wanted.items():
        setattr(found, name, value)
    _touch(found, organiser_id, at)
    _write_down(organiser_id, audit.Act.PROGRAMME_CHANGED, number, at)


def discard(number: int, version: int, organiser_id: int, at: datetime) -> None:
    """Throw a draft away, which nobody but organisers ever saw. Raises ChangedMeanwhile, IllegalMove."""
    found = _as_read(number, version)
    if found.state != State.DRAFT:
        raise IllegalMove
    db.session.delete(found)
    _write_down(organiser_id, audit.Act.PROGRAMME_DISCARDED, number, at)


def move(number: int, version: int, how: Move, organiser_id: int, at: datetime) -> State:
    """Open, close, end; a button pressed twice does it once. Raises ChangedMeanwhile, IllegalMove."""
    found = queries.locked(number)
    if State(found.state) is LEGAL[how][1]:
        return LEGAL[how][1]
    after = moved(State(found.state), how)
    if after is None:
        raise IllegalMove
    if found.version != version:
        raise ChangedMeanwhile(found)
    found.state = after
    _touch(found, organiser_id, at)
    _write_down(organiser_id, ACTS[how], number, at)
    return after


def volunteer(person_id: int, number: int, profile: Profile, at: datetime, today: date) -> None:
    """Volunteer, or say it differently; the day the code was signed is the first. Raises CallOver.

    Who offers to mentor follows the mentors' track from now on, where there is one.
    """
    found = queries.locked(number)
    if not takes_volunteers(State(found.state), found.opens_on, found.closes_on, today):
        raise CallOver
    signed = func.coalesce(table(Volunteer).c.signed_at, at)
    _keep(person_id, number, asdict(profile) | {"signed_at": at}, at, {"signed_at": signed})
    training = releases.current().tracks.get(TRAINING)
    if profile.side in TEACH and training is not None and training.open:
        tracks.follow(person_id, training, at)


def step_out(person_id: int, number: int, at: datetime) -> None:
    """Saying "rather not", or withdrawing: what they had said is forgotten. At any time until the end."""
    empty: dict[str, list[str]] = {
        name: [] for name in ("offered", "wanted", "languages", "places", "slots")
    }
    nothing = {"side": OUT, "capacity": 1, "hopes": "", "signed_at": None}
    _keep(person_id, number, {**empty, **nothing}, at, {})


def _keep(
    person_id: int, number: int, said: dict[str, Any], at: datetime, instead: dict[str, Any]
) -> None:
    """One row for each person and programme, whatever they said before."""
    values = {**said, "changed_at": at}
    whose = {"person_id": person_id, "programme_id": number}
    statement = insert(table(Volunteer)).values(values | whose)
    db.session.execute(
        statement.on_conflict_do_update(index_elements=[*whose], set_=values | instead)
    )


def _as_read(number: int, version: int) -> Programme:
    found = queries.locked(number)
    if found.version != version:
        raise ChangedMeanwhile(found)
    return found


def _touch(found: Programme, organiser_id: int, at: datetime) -> None:
    found.version += 1
    found.changed_at, found.changed_by = at, organiser_id


def _write_down(organiser_id: int, act: audit.Act, number: int, at: datetime) -> None:
    audit.record(organiser_id, act, f"programme:{number}", at)
