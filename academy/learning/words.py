"""Why an answer could not be marked, in words for the person."""

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from academy.catalog.marking import Reason

REFUSED: dict[Reason, LazyString] = {
    Reason.NO_ANSWER: _("Choose an answer, or say that you don’t know."),
    Reason.UNKNOWN_OPTION: _("This answer does not belong to this question. Choose again."),
    Reason.TOO_MANY: _("Choose one answer only."),
    Reason.NOT_A_NUMBER: _("Type a number in figures, for example 12 or 3.5."),
    Reason.INCOMPLETE: _("Fill in every line, or say that you don’t know."),
    Reason.POSITION_TWICE: _("Two lines have the same place: give each its own."),
    Reason.TOO_LONG: _("That is too long: a word or two are enough."),
}
