"""Proposing times, taking one, writing a meeting down. The caller commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import lazy_gettext as _

from academy.community.once import mark
from academy.database import db, insert, table
from academy.mentoring.pairs import queries, services, telling
from academy.mentoring.pairs.models import Appointment, Entry, MentoringPair, Settled
from academy.mentoring.pairs.services import live_course
from academy.mentoring.pairs.telling import What
from academy.refusal import Refusal


class SlotGone(Refusal):
    """It was taken back, or its time has come."""

    def __init__(self) -> None:
        super().__init__(
            _("This time is no longer proposed. Nothing was changed: propose another one."), 409
        )


class AnotherOne(Refusal):
    """Whoever proposes a time does not accept it too."""

    def __init__(self) -> None:
        super().__init__(_("You proposed this time yourself: the other one accepts it."), 409)


class NotThen(Refusal):
    """A day before the pair began, or still to come."""

    def __init__(self) -> None:
        super().__init__(_("Choose a day from the first of your pair up to today."), 400)


class WrittenAlready(Refusal):
    """There is one entry a day, whoever writes it."""

    def __init__(self) -> None:
        super().__init__(_("Your meeting of that day is in the log already."), 409)


@dataclass(frozen=True, slots=True)
class Offer:
    """One to three times, in UTC, for a meeting of so many minutes."""

    starts: Sequence[datetime]
    minutes: int
    place: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """What is written down of a meeting; `words` are for the two alone."""

    held_on: date
    minutes: int
    topics: list[str]
    words: str


def propose(person_id: int, number: int, offer: Offer, token: str, at: datetime) -> None:
    """Propose times; what the same person had proposed before is taken back. Raises NotLive."""
    live_course(queries.locked(number))
    marks = [mark(token, str(number), str(person_id), str(start)) for start in offer.starts]
    values = [
        {
            "once": once,
            "pair_id": number,
            "by": person_id,
            "starts_at": start,
            "minutes": offer.minutes,
            "place": offer.place,
        }
        for once, start in zip(marks, offer.starts, strict=True)
    ]
    new = insert(table(Appointment)).values(values).on_conflict_do_nothing()
    made = set(db.session.scalars(new.returning(Appointment.id)))
    if not made:
        return
    for each in queries.proposed(number):
        if each.by == person_id and each.id not in made:
            each.state = Settled.CANCELLED
    pair, other = _pair_and_other(number, person_id)
    telling.tell([other], pair, What.SLOTS, marks[0], at, person_id)


def accept(person_id: int, number: int, slot: int, at: datetime) -> None:
    """Take a time; the others proposed in this pair are let go. Raises NotLive, SlotGone, AnotherOne."""
    live_course(queries.locked(number))
    found = queries.slot(slot, number)
    if found is None or found.state == Settled.CANCELLED:
        raise SlotGone
    if found.state == Settled.AGREED:
        return
    if found.by == person_id:
        raise AnotherOne
    if found.starts_at <= at:
        raise SlotGone
    for each in queries.proposed(number):
        each.state = Settled.AGREED if each.id == slot else Settled.CANCELLED
    pair, other = _pair_and_other(number, person_id)
    telling.tell([other], pair, What.AGREED, slot, at, person_id)


def cancel(person_id: int, number: int, slot: int, at: datetime) -> None:
    """Either of them lets a time go, agreed or not; pressed twice, once. Raises SlotGone."""
    pair, other = _pair_and_other(number, person_id)
    found = queries.slot(slot, number)
    if found is None:
        raise SlotGone
    if found.state == Settled.CANCELLED:
        return
    agreed = found.state == Settled.AGREED
    found.state, found.sequence = Settled.CANCELLED, found.sequence + 1
    if agreed:
        telling.tell([other], pair, What.CANCELLED, slot, at, person_id)


def write(
    person_id: int, number: int, meeting: Meeting, token: str, at: datetime, today: date
) -> None:
    """Write a meeting down, which ends a silence, and counts for both once a month.

    The same form sent twice writes once. Raises NotLive, NotThen, WrittenAlready.
    """
    pair, other = _pair_and_other(number, person_id)
    course = live_course(pair)
    if not course.began_on <= meeting.held_on <= today:
        raise NotThen
    once = mark(token, str(number), str(person_id))
    known = queries.held_on(number, meeting.held_on)
    if known is not None:
        if known.once == once:
            return
        raise WrittenAlready
    db.session.add(
        Entry(
            once=once,
            pair_id=number,
            by=person_id,
            held_on=meeting.held_on,
            minutes=meeting.minutes,
            topics=meeting.topics,
            words=meeting.words,
            written_at=at,
        )
    )
    db.session.flush()  # a meeting counts once it is there
    pair.silence_reminded_at = pair.silence_told_at = None
    services.met(pair, course.month_of(meeting.held_on), at)
    telling.tell(
        [other], pair, What.LOGGED, meeting.held_on, at, actor_id=person_id, day=meeting.held_on
    )


def _pair_and_other(number: int, person_id: int) -> tuple[MentoringPair, int]:
    pair = queries.locked(number)
    return pair, pair.mentee_id if pair.mentor_id == person_id else pair.mentor_id
