"""What leaves about a seat: a mail with its calendar entry, and a notice; the worker carries it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from flask import Flask, current_app
from flask_babel import force_locale

from academy import clock, database
from academy.database import db
from academy.mentoring.entries import Meeting, Method, Somebody, entry
from academy.mentoring.speed.inviting import queries
from academy.mentoring.speed.inviting.queries import Invited
from academy.mentoring.speed.models import Reply, SpeedMeeting, Stage
from academy.mentoring.speed.words import location
from academy.notices import services as notices
from academy.notices.kinds import Kind
from academy.notices.services import News
from academy.post import handlers, mail
from academy.post import services as post
from academy.post.composing import address, compose
from academy.post.mail import Entry, Reader
from academy.post.services import Leased, Sealed

LETTER = "speed-meeting"
NOBODYS = "academy@localhost"
"""Where nobody writes from: the academy of a demonstration."""


class Cause(StrEnum):
    """Why somebody is written to."""

    INVITED = "invited"
    PROMOTED = "promoted"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    REMINDED = "reminded"


def init_app(app: Flask) -> None:
    handlers.register(app, LETTER, carry)


def put(meeting: SpeedMeeting, cause: Cause, at: datetime, seat: int | None = None) -> None:
    """A letter that tells everybody coming to a meeting, or this one seat, once the commit is there."""
    mark = f"{seat}:{at.isoformat()}" if seat else "all"
    payload = {"meeting": meeting.id, "cause": str(cause), "seat": seat}
    post.put(LETTER, payload, f"{_once(meeting, cause)}:{mark}", at)


def put_all(meetings: Iterable[SpeedMeeting], cause: Cause, at: datetime) -> None:
    """The same for everybody of several meetings, in one statement."""
    letters = [
        Sealed(
            {"meeting": each.id, "cause": str(cause), "seat": None},
            f"{_once(each, cause)}:all",
            at,
        )
        for each in meetings
    ]
    post.put_all(LETTER, letters)


def _once(meeting: SpeedMeeting, cause: Cause) -> str:
    return f"{LETTER}:{meeting.id}:{meeting.version}:{cause}"


def carry(letter: Leased) -> None:
    """One mail and one notice for each seat and sequence, however often it is carried.

    Whoever has declined since hears nothing; a meeting cancelled since is told as cancelled.
    """
    database.reading_only()
    found = queries.invited(letter.payload["meeting"], letter.payload["seat"])
    db.session.rollback()
    if found:
        cause, at = Cause(letter.payload["cause"]), clock.now()
        if found[0].meeting.state == Stage.CANCELLED:
            cause = Cause.CANCELLED
        letters = [written(each, cause, at) for each in found]
        database.may_write()
        post.put_all(mail.KIND, letters)
        announce(found, cause, letter.once, at)
    database.may_write()


def announce(found: Sequence[Invited], cause: Cause, once: str, at: datetime) -> None:
    """The notice of the same. All are of one meeting."""
    meeting, name = found[0].meeting, found[0].name
    data = {
        "programme": meeting.programme_id,
        "name": {"fr": name.fr, "en": name.en},
        "cause": str(cause),
        "starts_at": meeting.starts_at.isoformat(),
    }
    readers = [each.seat.person_id for each in found]
    notices.tell(readers, News(Kind.MEETING, once[-100:], data), at)


def written(each: Invited, cause: Cause, at: datetime) -> Sealed:
    """The mail, with the entry for the reader's calendar but for a reminder, which changes nothing there."""
    words = compose(
        "speed_meeting",
        each.language,
        given_name=each.given_name,
        programme=each.name.said(each.language),
        cause=str(cause),
        starts_at=each.meeting.starts_at,
        zone=each.zone,
        where=_where(each),
        confirmed=each.seat.reply == Reply.CONFIRMED,
        link=address("mentoring.speed.inviting.mine", number=each.meeting.programme_id),
    )
    once = f"speed:{each.seat.id}:{each.seat.sequence}"
    attached = None
    if cause is Cause.REMINDED:
        once = f"speed-reminder:{each.seat.id}:{each.meeting.starts_at.isoformat()}"
    else:
        method = Method.CANCEL if cause is Cause.CANCELLED else Method.REQUEST
        attached = Entry(str(method), calendar(each, method, at))
    to = Reader(each.email, each.full_name, each.seat.person_id)
    return mail.sealed(to, words, once, at, until=each.ends_at, entry=attached)


def calendar(each: Invited, method: Method, at: datetime) -> str:
    """The meeting as a calendar keeps it, in its person's language."""
    config, seat = current_app.config["SETTINGS"], each.seat
    sender = config.mail_from or NOBODYS
    link = address("mentoring.speed.inviting.mine", number=each.meeting.programme_id)
    meeting = Meeting(
        uid=f"speed-{seat.id}@{sender.rpartition('@')[2]}",
        sequence=seat.sequence,
        starts_at=each.meeting.starts_at,
        ends_at=each.ends_at,
        summary=each.name.said(each.language),
        description=link,
        location=_where(each),
        link=link,
        organiser=Somebody(config.company, sender),
        attendee=Somebody(each.full_name, each.email),
    )
    return entry(meeting, method, at)


def _where(each: Invited) -> str:
    with force_locale(each.language):
        return location(each.meeting)
