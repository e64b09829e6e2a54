"""Composing, asked for and kept. Solving itself is in `solving`, for the worker alone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, select, update

from academy.database import db, insert, table
from academy.mentoring.models import Kind, Progress, Work
from academy.mentoring.programmes import queries as programmes
from academy.mentoring.programmes.models import Volunteer
from academy.mentoring.programmes.rules import Side, State
from academy.mentoring.speed.composing import queries
from academy.mentoring.speed.composing.asked import Asked, Composed, Missed, Placed
from academy.mentoring.speed.models import Reply, Seat, SpeedMeeting, Stage
from academy.post import services as post
from academy.refusal import Refusal

LETTER = "compose-meetings"
ALL = 100


class NothingPlanned(Refusal):
    """To compose again, something must have been composed."""

    def __init__(self) -> None:
        super().__init__(_("Nothing is composed yet: compose the meetings first."), 409)


class NotLive(Refusal):
    """A draft has no volunteers, an ended programme no meetings to come."""

    def __init__(self) -> None:
        super().__init__(
            _("Meetings are composed once the call is open, until the programme ends."), 409
        )


class MovedMeanwhile(Exception):
    """An organiser changed a planned meeting while others were being composed."""


def ask(
    programme: int, kind: Kind, asked: Asked | None, once: str, organiser_id: int, at: datetime
) -> int:
    """The number of the work: a new one, or the one under way, or the one this form asked for before.

    Without `asked`, as it was asked last. Raises NotLive, NothingPlanned.
    """
    if programmes.locked(programme).state not in (State.OPEN, State.CLOSED):
        raise NotLive
    known = db.session.scalar(select(Work.id).where(Work.once == once))
    going = known or queries.under_way(programme, at)
    if going is not None:
        return going
    wanted = asked.kept() if asked else _asked_last(programme)
    values = {"once": once, "programme_id": programme, "kind": kind, "state": Progress.WAITING}
    values |= {"share": 0, "seed": int(once[:7], 16), "asked": wanted, "said": {}}
    values |= {"asked_by": organiser_id, "asked_at": at}
    number: int = db.session.scalars(insert(table(Work)).values(values).returning(Work.id)).one()
    post.put(LETTER, {"work": number}, f"{LETTER}:{number}", at - post.AHEAD)
    return number


def _asked_last(programme: int) -> dict[str, Any]:
    before = queries.latest(programme)
    if before is None:
        raise NothingPlanned
    return before.asked


def begin(number: int) -> Work | None:
    """The work, now running; None when it is over, or its programme is gone."""
    found = db.session.get(Work, number, populate_existing=True)
    if found is None or found.state in (Progress.DONE, Progress.FAILED):
        return None
    found.state, found.share = Progress.RUNNING, 0
    return found


def progress(number: int, share: int) -> bool:
    """So many per cent are done; is it still wanted?"""
    still = update(Work).where(Work.id == number, Work.state == Progress.RUNNING)
    return db.session.scalar(still.values(share=share).returning(Work.id)) is not None


def fail(number: int, why: str, at: datetime) -> None:
    """Nothing came of it, and nothing else changed; what is over stays as it is."""
    over = db.session.get(Work, number, populate_existing=True)
    if over is not None and over.state != Progress.DONE:
        _finish(number, Progress.FAILED, {"why": why}, at)


def keep(number: int, programme: int, found: Composed, at: datetime) -> None:
    """The meetings composed take the place of those planned. Raises MovedMeanwhile.

    Whoever withdrew or got a chair elsewhere since is left out.
    """
    programmes.locked(programme)
    if queries.versions(programme) != found.versions:
        raise MovedMeanwhile
    work = db.session.get_one(Work, number)
    here = set(db.session.scalars(queries.to_place(programme)))
    _replace(programme, work, found, here)
    _finish(number, Progress.DONE, _said(programme, found), at)


def _replace(programme: int, work: Work, found: Composed, here: set[int]) -> None:
    stay = [each.number for each in found.placed if each.number is not None]
    mine = SpeedMeeting.programme_id == programme, SpeedMeeting.state == Stage.PLANNED
    db.session.execute(_plainly(delete(SpeedMeeting).where(*mine, SpeedMeeting.id.not_in(stay))))
    db.session.execute(_plainly(delete(Seat).where(Seat.meeting_id.in_(stay))))
    db.session.execute(
        _plainly(
            update(SpeedMeeting)
            .where(SpeedMeeting.id.in_(stay))
            .values(version=SpeedMeeting.version + 1)
        )
    )
    new = [each for each in found.placed if each.number is None]
    numbers = _opened(programme, [_meeting(programme, work, each) for each in new], stay)
    seats = [
        row
        for each, meeting in zip(new, numbers, strict=True)
        for row in _seats(each, meeting, found.locked, here)
    ]
    for each in found.placed:
        if each.number is not None:
            seats += _seats(each, each.number, found.locked, here)
    if seats:
        db.session.execute(insert(table(Seat)), seats)


def _opened(programme: int, rows: list[dict[str, Any]], stay: list[int]) -> list[int]:
    """Their numbers grow in the order of the rows: nobody else opens any while the programme is held."""
    if not rows:
        return []
    db.session.execute(insert(table(SpeedMeeting)), rows)
    mine = SpeedMeeting.programme_id == programme, SpeedMeeting.state == Stage.PLANNED
    new = select(SpeedMeeting.id).where(*mine, SpeedMeeting.id.not_in(stay))
    return list(db.session.scalars(new.order_by(SpeedMeeting.id)))


def _meeting(programme: int, work: Work, placed: Placed) -> dict[str, Any]:
    asked = Asked.read(work.asked)
    return {
        "programme_id": programme,
        "starts_at": placed.starts_at,
        "zone": asked.zone,
        "place": placed.place,
        "language": placed.language,
        "talk_seconds": asked.talk_seconds,
        "chairs": asked.most,
        "seed": work.seed,
    }


def _seats(
    placed: Placed, meeting: int, locked: frozenset[int], here: set[int]
) -> Iterable[dict[str, Any]]:
    sides = (Side.MENTOR, placed.mentors), (Side.MENTEE, placed.mentees)
    for side, people in sides:
        for person in people:
            if person in here:
                yield {
                    "meeting_id": meeting,
                    "person_id": person,
                    "side": side,
                    "reply": Reply.PLACED,
                    "locked": person in locked,
                }


def _said(programme: int, found: Composed) -> dict[str, Any]:
    """What the organiser reads. People are numbers of volunteers, which mean nothing once these are gone."""
    rows = db.session.execute(
        select(Volunteer.person_id, Volunteer.id).where(Volunteer.programme_id == programme)
    )
    numbers = {row[0]: row[1] for row in rows}
    return {
        "meetings": len(found.placed),
        "seated": sum(len(each.mentors) + len(each.mentees) for each in found.placed),
        "talks": found.talks,
        "fit": round(found.fit, 2),
        "mixed": round(found.mixed, 3),
        "left_out": {
            str(numbers[each.person]): _reason(each)
            for each in found.missed
            if each.person in numbers
        },
    }


def _reason(missed: Missed) -> list[Any]:
    if missed.where is None:
        return [missed.why]
    moment, place, language = missed.where
    return [missed.why, moment.isoformat(), place, language, missed.mentors, missed.mentees]


def _finish(number: int, state: Progress, said: dict[str, Any], at: datetime) -> None:
    values: dict[str, Any] = {"state": state, "said": said, "finished_at": at}
    if state is Progress.DONE:
        values["share"] = ALL
    db.session.execute(_plainly(update(Work).where(Work.id == number).values(values)))


def _plainly(statement: Any) -> Any:
    return statement.execution_options(synchronize_session=False)
