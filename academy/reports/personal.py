"""What somebody reported, and what they answered. Erased, their words go; that there was a report stays."""

from datetime import UTC, datetime, time

from flask_babel import lazy_gettext as _
from sqlalchemy import select, update

from academy.database import db
from academy.personal import FOR_GOOD, WHILE_HERE, Fate, Kept, Leaver
from academy.reports.models import Problem

KEPT = (
    Kept(
        "problem",
        "person_id",
        _("The problems you reported, and your words"),
        _("So that an author can mend them, and that you can see what came of it."),
        WHILE_HERE,
        _("You; authors and administrators read your words, not your name."),
        Fate.DETACHED,
        _("That something was reported, without you and without your words."),
        withheld=frozenset({"edition"}),
    ),
    Kept(
        "problem_decision",
        "person_id",
        _("What you answered to problems reported, as an author"),
        _("To say who answers for the content."),
        FOR_GOOD,
        _("Authors and administrators; those who reported read your words, not your name."),
        Fate.DETACHED,
        _("The answer, which was given to others."),
    ),
)


def prepare(leaver: Leaver, _at: datetime) -> None:
    """Take their words back, and the hour; a report that is still open stays open without them."""
    mine = select(Problem.id, Problem.at, Problem.edition).where(Problem.person_id == leaver.id)
    taken_back = [
        {
            "id": row.id,
            "words": "",
            "edition": row.edition + 1,
            "at": datetime.combine(row.at.date(), time(), UTC),
        }
        for row in db.session.execute(mine.with_for_update())
    ]
    if taken_back:
        db.session.execute(update(Problem), taken_back)
