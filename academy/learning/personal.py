"""What is kept of checks and quizzes."""

from flask_babel import lazy_gettext as _

from academy.personal import ONLY_YOU, WHILE_HERE, Fate, Kept

KEPT = (
    Kept(
        "attempt",
        "person_id",
        _("Each check and quiz you sat, and its result"),
        _("To show you the result again, and to count the tries of a day."),
        WHILE_HERE,
        ONLY_YOU,
        Fate.DELETED,
    ),
    Kept(
        "standing",
        "person_id",
        _("Where you stand with each lesson and module"),
        _("To know what you have read, and what comes next."),
        WHILE_HERE,
        ONLY_YOU,
        Fate.DELETED,
    ),
)
