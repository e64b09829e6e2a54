"""Troubles and outcomes in words."""

from flask_babel import lazy_gettext as _

from academy.reports.kinds import Outcome, Trouble

TROUBLES = {
    Trouble.WRONG: _("It is wrong"),
    Trouble.UNCLEAR: _("It is unclear"),
    Trouble.OUTDATED: _("It is out of date"),
    Trouble.LANGUAGE: _("A mistake of language"),
    Trouble.ACCESS: _("It does not work for me (accessibility)"),
    Trouble.OTHER: _("Something else"),
}
OUTCOMES = {
    Outcome.MENDED: _("It is mended"),
    Outcome.DISMISSED: _("It stays as it is"),
}
