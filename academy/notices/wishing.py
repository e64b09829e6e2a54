"""How people want to be told: kept, and stopped. Asking for what is so already changes nothing."""

from collections.abc import Collection
from datetime import datetime, time
from typing import Any

from academy import clock, database
from academy.database import db, insert
from academy.notices import queries
from academy.notices.digest.calendar import next_digest
from academy.notices.kinds import MAILABLE
from academy.notices.models import Reminder, TeamDigest, Wishes
from academy.notices.queries import Preferences
from academy.notices.reminders.rhythm import EVERY_DAY, next_moment
from academy.notices.stopping import Stop, What
from academy.people.models import Person


def prefer(person_id: int, wished: Preferences, at: datetime) -> None:
    """Keep all that one page shows, at once."""
    database.one_at_a_time(person_id)
    before = queries.preferences(person_id)
    zone = db.session.get_one(Person, person_id).zone
    _keep(
        Wishes,
        person_id,
        {
            "mail": dict(wished.mail),
            "quiet_from": wished.quiet.begins,
            "quiet_to": wished.quiet.ends,
        },
    )
    remind(person_id, wished.reminded, wished.hour, zone, at)
    if wished.digest != before.digest:
        _send_digests(person_id, wished.digest, zone, at)


def remind(person_id: int, wanted: bool, hour: time, zone: str, at: datetime) -> None:
    """Remind from the next time this hour strikes on, or no more."""
    known = db.session.get(Reminder, person_id, populate_existing=True)
    if known and (known.wanted, known.hour, known.zone) == (wanted, hour, zone):
        return
    next_at = None
    if wanted:
        today = clock.day_in(zone, at)
        last_on = known.last_on if known else None
        next_at = next_moment(hour, zone, today, at, last_on, EVERY_DAY)
    changed = {"wanted": wanted, "hour": hour, "zone": zone, "next_at": next_at}
    if known and wanted and not known.wanted:
        changed |= {"ignored": 0, "weekly": False}  # they ask for it again
    _keep(Reminder, person_id, changed)


def stop(stopped: Stop) -> None:
    """What the link in a mail stops; somebody who is gone is written to no more anyway."""
    person_id, what = stopped.person_id, stopped.what
    database.one_at_a_time(person_id)
    if db.session.get(Person, person_id) is None:
        return
    if what == What.REMINDER:
        _keep(Reminder, person_id, {"wanted": False, "next_at": None})
    elif what == What.DIGEST:
        _keep(TeamDigest, person_id, {"next_at": None})
    else:
        mail = queries.preferences(person_id).mail
        _keep(Wishes, person_id, {"mail": {**mail, what: False}})


def chosen(kinds: Collection[str]) -> dict[str, bool]:
    """Every kind decided, from those somebody ticked."""
    return {str(kind): kind in kinds for kind in MAILABLE}


def _send_digests(person_id: int, wanted: bool, zone: str, at: datetime) -> None:
    next_at = next_digest(zone, clock.day_in(zone, at)) if wanted else None
    _keep(TeamDigest, person_id, {"next_at": next_at})


def _keep(table: Any, person_id: int, values: dict[str, Any]) -> None:
    statement = insert(table).values(person_id=person_id, **values)
    db.session.execute(
        statement.on_conflict_do_update(index_elements=[table.person_id], set_=values)
    )
