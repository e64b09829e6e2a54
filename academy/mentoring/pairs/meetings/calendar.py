"""An agreed time as a calendar file, for whatever calendar the reader has."""

from datetime import datetime, timedelta

from academy.mentoring import entries
from academy.mentoring.entries import Meeting, Method
from academy.mentoring.pairs.models import Appointment


def calendar_file(slot: Appointment, title: str, url: str, host: str, at: datetime) -> str:
    """The same meeting keeps its number, so that a second import changes the first."""
    meeting = Meeting(
        f"mentoring-{slot.id}@{host}",
        slot.sequence,
        slot.starts_at,
        slot.starts_at + timedelta(minutes=slot.minutes),
        title,
        url,
        location=slot.place,
    )
    return entries.entry(meeting, Method.PUBLISH, at)
