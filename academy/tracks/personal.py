"""What is kept of tracks: the choice alone. Progress is read from lessons and quizzes."""

from flask_babel import lazy_gettext as _

from academy.personal import ONLY_YOU, WHILE_HERE, Fate, Kept

KEPT = (
    Kept(
        "track_followed",
        "person_id",
        _("The tracks you chose to follow"),
        _("To propose their next step."),
        WHILE_HERE,
        ONLY_YOU,
        Fate.DELETED,
    ),
)
