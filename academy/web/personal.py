"""Counts of tries: they are kept for nobody by name."""

from flask_babel import lazy_gettext as _

from academy.personal import Fate, Kept

KEPT = (
    Kept(
        "tries",
        "",
        _("How often something was tried, such as a password"),
        _("To stop those who guess passwords and codes."),
        _("A day or two."),
        _("Nobody: it is kept under a mark that cannot be read back."),
        Fate.KEPT,
        _("The mark, until it is forgotten by itself."),
    ),
)
