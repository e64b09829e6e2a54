"""What is kept of checks and quizzes, and for later."""

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
    Kept(
        "bookmark",
        "person_id",
        _("The lessons you keep for later"),
        _("To find them again."),
        _("Until you let them go, or as long as your account."),
        ONLY_YOU,
        Fate.DELETED,
    ),
)
