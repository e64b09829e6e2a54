"""Mail that waits for somebody, or that names them."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, or_, select

from academy.database import db
from academy.personal import AT_ONCE, WHILE_HERE, Fate, Kept, Leaver, kept_for
from academy.post.models import Letter, PostedMail

KEPT = (
    Kept(
        "letter",
        "about",
        _("Mail on its way to you; once it has left, only that it did"),
        _("To write to you once, and not twice."),
        kept_for(_("%(period)s after it left."), period="keep_letters"),
        _("Nobody reads it on its way."),
        Fate.DELETED,
        withheld=frozenset({"payload", "once", "lease", "leased_until", "failure"}),
    ),
    Kept(
        "posted_mail",
        "about",
        _("In the demonstration only: your mail, kept in its mailbox"),
        _("To show mail without sending it."),
        WHILE_HERE,
        _("Everybody who tries the demonstration."),
        Fate.DELETED,
        withheld=frozenset({"once", "html"}),
    ),
)


def prepare(leaver: Leaver, _at: datetime) -> None:
    """Mail to others that names the leaver does not leave any more; in the demonstration it goes too."""
    waiting = db.session.execute(
        select(Letter.id, Letter.payload).where(Letter.done_at.is_(None)),
        execution_options={"yield_per": AT_ONCE},
    )
    naming = [row.id for row in waiting if _names(row.payload, leaver)]
    if naming:
        db.session.execute(delete(Letter).where(Letter.id.in_(naming)))
    told = (PostedMail.address, PostedMail.subject, PostedMail.text, PostedMail.html)
    db.session.execute(
        delete(PostedMail).where(
            or_(
                *(
                    column.contains(words, autoescape=True)
                    for column in told
                    for words in (leaver.email, leaver.name)
                )
            )
        )
    )


def _names(payload: Any, leaver: Leaver) -> bool:
    """Does anything in there say who they are?"""
    if isinstance(payload, dict):
        return any(_names(value, leaver) for value in payload.values())
    if isinstance(payload, list):
        return any(_names(value, leaver) for value in payload)
    return isinstance(payload, str) and (leaver.email in payload or leaver.name in payload)
