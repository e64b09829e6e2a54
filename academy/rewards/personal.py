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
    Kept(
        "longest_row",
        "person_id",
        _("Your longest row of working days"),
        _("So that it stays yours when its days are long past."),
        WHILE_HERE,
        ONLY_YOU,
        Fate.DELETED,
    ),
    Kept(
        "ranking_entrant",
        "person_id",
        _("That you take part in the rankings, and your points of the month"),
        _("To show you to colleagues who asked for it too; you asked for it."),
        _("Until you withdraw, at once."),
        _("Colleagues who take part too and are close to you: your name, and these points."),
        Fate.DELETED,
    ),
)
