"""The private word after a one-to-one: a liking and a note, of somebody one has met."""

from dataclasses import dataclass
from datetime import datetime

from flask_babel import lazy_gettext as _

from academy.database import db, insert, table
from academy.mentoring.live import guests, queries
from academy.mentoring.live.guests import Invited
from academy.mentoring.live.rules import may_note
from academy.mentoring.rotation import clock
from academy.mentoring.wishes.models import Liking, Wish
from academy.refusal import Refusal


class NotMet(Refusal):
    """One notes a word about those one has talked to, in this meeting."""

    def __init__(self) -> None:
        super().__init__(_("You have not talked to this person in this meeting."), 409)


@dataclass(frozen=True, slots=True)
class Word:
    """What is kept; nobody else ever reads it."""

    liking: Liking | None
    note: str


def keep(mine: Invited, other_id: int, word: Word, at: datetime) -> None:
    """The same word kept twice is one; a rank or a veto given elsewhere stays. Raises NotMet."""
    person_id = mine.seat.person_id
    round_ = guests.met_in(mine.meeting.id, person_id, other_id)
    events = queries.presses(mine.meeting.id)
    reading = clock.read(queries.timing(mine.meeting), events, at)
    if round_ is None or not may_note(reading, round_):
        raise NotMet
    said = {"liking": word.liking, "note": word.note, "changed_at": at, "side": mine.seat.side}
    whose = {
        "programme_id": mine.meeting.programme_id,
        "person_id": person_id,
        "other_id": other_id,
    }
    statement = insert(table(Wish)).values(whose | said | {"veto": False})
    db.session.execute(statement.on_conflict_do_update(index_elements=[*whose], set_=said))
