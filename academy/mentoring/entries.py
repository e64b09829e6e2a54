"""Entries for people's own calendars, as RFC 5545 and RFC 5546 want them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from importlib import import_module
from typing import Any

ICALENDAR = "icalendar"
"""Three MB, for those who plan a meeting."""
PRODUCT = "-//Academy//Mentoring//EN"


class Method(StrEnum):
    """PUBLISH is for a file to download: it asks nobody for an answer."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"


@dataclass(frozen=True, slots=True)
class Somebody:
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """What a calendar shows. `uid` never changes, `sequence` grows with each entry sent.

    What is asked of somebody names who asks and whom.
    """

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    link: str
    description: str = ""
    location: str = ""
    organiser: Somebody | None = None
    attendee: Somebody | None = None


def entry(meeting: Meeting, method: Method, at: datetime) -> str:
    """The calendar that holds this one meeting; times are in UTC, which no programme misreads."""
    ical: Any = import_module(ICALENDAR)
    event = ical.Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", at)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", meeting.summary)
    for name in ("description", "location"):
        if said := getattr(meeting, name):
            event.add(name, said)
    event.add("url", meeting.link)
    event.add("status", "CANCELLED" if method is Method.CANCEL else "CONFIRMED")
    if meeting.organiser is not None:
        event.add("organizer", _address(meeting.organiser), encode=False)
    if meeting.attendee is not None and method is not Method.PUBLISH:
        event.add("attendee", _attendee(meeting.attendee), encode=False)
    calendar = ical.Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", str(method))
    calendar.add_component(event)
    return str(calendar.to_ical().decode())


def _address(who: Somebody) -> Any:
    ical: Any = import_module(ICALENDAR)
    address = ical.vCalAddress(f"mailto:{who.address}")
    address.params["CN"] = ical.vText(who.name)
    return address


def _attendee(who: Somebody) -> Any:
    """Answers are given on the page: calendars are not asked for one."""
    text: Any = import_module(ICALENDAR).vText
    address = _address(who)
    address.params["ROLE"] = text("REQ-PARTICIPANT")
    address.params["PARTSTAT"] = text("NEEDS-ACTION")
    address.params["RSVP"] = text("FALSE")
    return address
