"""The board in words."""

from flask_babel import lazy_gettext

from academy.mentoring.pairs.rules import Condition

CONDITIONS = {
    Condition.ASKS: lazy_gettext("Asks for another match"),
    Condition.SILENT: lazy_gettext("Silent"),
    Condition.NEW: lazy_gettext("Not signed yet"),
    Condition.ON_TRACK: lazy_gettext("On track"),
    Condition.CLOSED: lazy_gettext("Closed with thanks"),
    Condition.PARTED: lazy_gettext("Ended early"),
}
COLUMNS = (
    lazy_gettext("Pair"),
    lazy_gettext("Mentor"),
    lazy_gettext("Mentee"),
    lazy_gettext("How it is"),
    lazy_gettext("Published"),
    lazy_gettext("Began"),
    lazy_gettext("Ends"),
    lazy_gettext("Meetings held"),
    lazy_gettext("Meetings due"),
    lazy_gettext("First meeting"),
    lazy_gettext("Last meeting"),
)
