"""Counts of tries: they are kept for nobody by name."""

from flask_babel import lazy_gettext as _

from academy.personal import Fate, Kept, kept_for

KEPT = (
    Kept(
        "tries",
        "",
        _("How often something was tried, such as a password"),
        _("To stop those who guess passwords and codes."),
        kept_for(_("%(period)s."), period="keep_tries"),
        _("Nobody: it is kept under a mark that cannot be read back."),
        Fate.KEPT,
        _("The mark, until it is forgotten by itself."),
    ),
)
