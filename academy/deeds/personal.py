"""What the log keeps of a person, and what stays of it without them."""

from datetime import UTC, datetime, time

from flask_babel import lazy_gettext as _
from sqlalchemy import String, cast, literal, select, update

from academy.database import db
from academy.deeds.models import Deed
from academy.personal import ONLY_YOU, WHILE_HERE, Fate, Kept, Leaver

KEPT = (
    Kept(
        "deed",
        "person_id",
        _("What you did: minutes, lessons, quizzes, awards, answers that helped"),
        _("So that every point, badge and visa can be explained."),
        WHILE_HERE,
        ONLY_YOU,
        Fate.DETACHED,
        _(
            "What was done on which day, for the figures of the academy; neither who nor when that day."
        ),
        withheld=frozenset({"once"}),
    ),
)


def prepare(leaver: Leaver, _at: datetime) -> None:
    """The moment becomes a day, and the key that says who is replaced by the row's own number."""
    found = db.session.execute(select(Deed.id, Deed.day).where(Deed.person_id == leaver.id)).all()
    db.session.execute(
        update(Deed)
        .where(Deed.person_id == leaver.id)
        .values(once=literal("erased:") + cast(Deed.id, String))
        .execution_options(synchronize_session=False)
    )
    if found:
        db.session.execute(
            update(Deed),
            [{"id": row.id, "at": datetime.combine(row.day, time(), UTC)} for row in found],
        )
