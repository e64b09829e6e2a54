"""Why an answer could not be marked, and how many tries are left, in words for the person."""

from flask_babel import LazyString, gettext, ngettext
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


def retry_words(left: int) -> str:
    if left <= 0:
        return gettext("Three tries today already. Read a lesson again, and come back tomorrow.")
    return ngettext(
        "One try left today; the questions change each time and your best result counts.",
        "%(num)s tries left today; the questions change each time and your best result counts.",
        left,
    )
