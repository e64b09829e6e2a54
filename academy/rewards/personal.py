"""What somebody earned."""

from flask_babel import lazy_gettext as _

from academy.personal import ONLY_YOU, WHILE_HERE, Fate, Kept

WHY = _("To show you what you earned, and why.")

KEPT = (
    Kept(
        "ledger_entry",
        "person_id",
        _("Every point, star and key you were paid"),
        WHY,
        WHILE_HERE,
        ONLY_YOU,
        Fate.DELETED,
    ),
    Kept(
        "award_grant",
        "person_id",
        _("Your badges, medals and visas"),
        WHY,
        WHILE_HERE,
        _("You, and whoever has the code of a passport that shows them."),
        Fate.DELETED,
    ),
)
