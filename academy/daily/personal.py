"""What is kept of the daily minutes."""

from flask_babel import lazy_gettext as _

from academy.personal import ONLY_YOU, WHILE_HERE, Fate, Kept

KEPT = (
    Kept(
        "daily_round",
        "person_id",
        _("Your minutes: which idea, why it was chosen, how it went"),
        _("To give you one a day, and to tell you why this one."),
        WHILE_HERE,
        ONLY_YOU,
        Fate.DELETED,
    ),
    Kept(
        "notion_word",
        "person_id",
        _("What you said of an idea: that you know it already, or that it is not for your job"),
        _("To ask it once and no more, or not to ask it."),
        WHILE_HERE,
        ONLY_YOU,
        Fate.DELETED,
    ),
)
