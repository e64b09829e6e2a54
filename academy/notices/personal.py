"""What the academy keeps of what somebody was told, and of how they want to be told."""

from flask_babel import lazy_gettext as _

from academy.personal import ONLY_YOU, WHILE_HERE, Fate, Kept, kept_for

KEPT = (
    Kept(
        "notice",
        "person_id",
        _("What you were told, and when you read it"),
        _("To tell you once, and to show you what you have not read."),
        kept_for(_("%(period)s."), period="keep_notices"),
        ONLY_YOU,
        Fate.DELETED,
        withheld=frozenset({"once", "actor_id", "number", "topic"}),
    ),
    Kept(
        "notice",
        "actor_id",
        _("What you did that others were told of: a comment, an answer, a role lent"),
        _("To tell them who it was."),
        kept_for(_("%(period)s."), period="keep_notices"),
        _("Each of them, their own."),
        Fate.DETACHED,
        _("What they were told, without your name."),
        mine=False,
    ),
    Kept(
        "notice_wishes",
        "person_id",
        _("What you want by mail, and your quiet hours"),
        _("To write to you when it suits you."),
        WHILE_HERE,
        ONLY_YOU,
        Fate.DELETED,
    ),
    Kept(
        "reminder",
        "person_id",
        _("Your reminder: its hour, the day of the last one, how many in a row changed nothing"),
        _("To remind you once a day, and to leave you in peace when it does not help."),
        WHILE_HERE,
        ONLY_YOU,
        Fate.DELETED,
    ),
    Kept(
        "team_digest",
        "person_id",
        _("When the next digest of your team is due, if you asked for it"),
        _("To send it once a week."),
        WHILE_HERE,
        ONLY_YOU,
        Fate.DELETED,
    ),
)
