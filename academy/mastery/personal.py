"""What is kept of somebody's answers, and what stays of them without the person."""

from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import select, update

from academy.database import db
from academy.mastery import minds
from academy.mastery.models import Answer
from academy.personal import ONLY_YOU, WHILE_HERE, Fate, Kept, Leaver

KEPT = (
    Kept(
        "answer",
        "person_id",
        _("Your answers"),
        _("To explain them to you, and to mend questions that are badly put."),
        WHILE_HERE,
        ONLY_YOU,
        Fate.DETACHED,
        _(
            "Which question was answered rightly or wrongly on which day, and nothing of who or with whom."
        ),
    ),
    Kept(
        "folio",
        "person_id",
        _(
            "Your totals of points, stars and keys, how often you did each kind of thing, "
            "and what you probably remember of each idea"
        ),
        _("To choose what to ask you next, and to know which award you have reached."),
        WHILE_HERE,
        ONLY_YOU,
        Fate.DELETED,
        told={"mind": minds.told},
    ),
)


def prepare(leaver: Leaver, _at: datetime) -> None:
    """Each answer stands alone: neither words, hour, trade, nor the sitting that tied it to others.

    The sitting's number makes way for the answer's own, below zero: numbers of sittings that were
    deleted may be given again, and somebody else's answers must not fall on these.
    """
    found = db.session.execute(select(Answer.id, Answer.at).where(Answer.person_id == leaver.id))
    bare = [
        {
            "id": row.id,
            "context_id": -row.id,
            "given": {},
            "start": None,
            "at": row.at.replace(hour=0, minute=0, second=0, microsecond=0),
        }
        for row in found
    ]
    if bare:
        db.session.execute(update(Answer), bare)
