"""What figures for human resources are made from."""

from flask_babel import lazy_gettext as _

from academy.personal import WHILE_HERE, Fate, Kept

KEPT = (
    Kept(
        "hr_standing",
        "person_id",
        _(
            "The first and the last day you came, the last one before that week, and your last minute"
        ),
        _("To count how many people of a group came, in groups of five or more."),
        WHILE_HERE,
        _("Nobody: human resources see rounded figures of groups, made from it."),
        Fate.DELETED,
    ),
)
