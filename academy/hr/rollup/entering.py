"""By which wave each person had come in by a day, as the pages of waves count it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Select, and_, func

from academy.hr.waves.models import Wave, WaveMember
from academy.people.models import Person

WAVE = Wave.id.label("wave_id")
"""None for who was in before the waves, and for who waits: which of both is nobody's business."""


def with_waves(rows: Any, day: date) -> Select[Any]:
    """The same rows of people, with `WAVE` to select."""
    end = datetime.combine(day + timedelta(days=1), time(), UTC)
    since = func.coalesce(WaveMember.joined_on, WaveMember.entered_on)  # of a version before: entry
    joined = and_(WaveMember.person_id == Person.id, since <= day)
    opened = and_(Wave.id == WaveMember.wave_id, Wave.opened_at < end)
    found: Select[Any] = rows.add_columns(WAVE)
    return found.outerjoin(WaveMember, joined).outerjoin(Wave, opened)
