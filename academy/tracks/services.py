"""Following a track, and leaving it."""

from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import delete

from academy.catalog.tracks import Track
from academy.database import db, insert
from academy.refusal import Refusal
from academy.tracks.models import Followed


class NotOpen(Refusal):
    """Only open tracks can be chosen."""

    def __init__(self) -> None:
        super().__init__(
            _("This track is not one to choose: it comes to those it is meant for."), 403
        )


def follow(person_id: int, track: Track, at: datetime) -> None:
    """Choose an open track; choosing it twice changes nothing. Raises NotOpen."""
    if not track.open:
        raise NotOpen
    db.session.execute(
        insert(Followed)
        .values(person_id=person_id, track=track.key, since=at)
        .on_conflict_do_nothing(index_elements=[Followed.person_id, Followed.track])
    )


def leave(person_id: int, track: str) -> None:
    """Follow a track no more; what was done in it stays done."""
    db.session.execute(
        delete(Followed).where(Followed.person_id == person_id, Followed.track == track)
    )
