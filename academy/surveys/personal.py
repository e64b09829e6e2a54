"""What is kept of the voyages."""

from flask_babel import lazy_gettext as _

from academy.personal import ONLY_YOU, WHILE_HERE, Fate, Kept

KEPT = (
    Kept(
        "voyage",
        "person_id",
        _("Your voyages aboard the Envelope: which scenes, how far you got"),
        _("To let you go on where you stopped, and to start from what you know."),
        WHILE_HERE,
        ONLY_YOU,
        Fate.DELETED,
    ),
)
