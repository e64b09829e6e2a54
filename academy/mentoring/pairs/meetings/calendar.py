"""An agreed time as a calendar file, for whatever calendar the reader has."""

from datetime import datetime, timedelta

from icalendar import Calendar, Event

from academy.mentoring.pairs.models import Appointment

PRODUCT = "-//academy//mentoring//"


def calendar_file(slot: Appointment, title: str, url: str, host: str, at: datetime) -> bytes:
    """In UTC; the same meeting keeps its number, so that a second import changes the first."""
    event = Event()
    event.add("uid", f"mentoring-{slot.id}@{host}")
    event.add("sequence", slot.sequence)
    event.add("dtstamp", at)
    event.add("dtstart", slot.starts_at)
    event.add("dtend", slot.starts_at + timedelta(minutes=slot.minutes))
    event.add("summary", title)
    event.add("url", url)
    if slot.place:
        event.add("location", slot.place)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
