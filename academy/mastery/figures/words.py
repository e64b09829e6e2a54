"""What the figures of a question mean, and what its author may do about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from academy.mastery.figures.known import Flag


@dataclass(frozen=True, slots=True)
class FlagWords:
    """A flag in two words, what was seen, and what to try."""

    name: LazyString
    seen: LazyString
    remedy: LazyString


FLAGS: Mapping[Flag, FlagWords] = {
    Flag.KEY_DOUBTFUL: FlagWords(
        _("Is the key right?"),
        _("Far fewer right answers than expected, and those who know more choose another option."),
        _("Check the key first: the option they choose may be the right one."),
    ),
    Flag.TWO_RIGHT: FlagWords(
        _("Two right answers?"),
        _(
            "Another option is chosen as often by people who know as much as those who choose the key."
        ),
        _("Read that option as they do: make it clearly wrong, or accept it."),
    ),
    Flag.HARDER: FlagWords(
        _("Harder than believed"),
        _("Clearly fewer right answers than expected of these people."),
        _("Is the wording clear? If it is, raise the difficulty in the file."),
    ),
    Flag.FLAT: FlagWords(
        _("Tells little apart"),
        _("Those who know more are hardly right more often than the others."),
        _("It may test reading, luck or a detail: ask for the idea itself."),
    ),
    Flag.TOO_HARD: FlagWords(
        _("No better than chance"),
        _("So few right answers that guessing would do as well."),
        _("Does the lesson say it? If not, add it there or drop the question."),
    ),
    Flag.TOO_EASY: FlagWords(
        _("Nearly everybody knows"),
        _("Hardly anybody is wrong: the question teaches little."),
        _("Keep it for beginners, or make the wrong options more tempting."),
    ),
    Flag.IDLE_OPTION: FlagWords(
        _("An option without use"),
        _("A wrong option that next to nobody chooses."),
        _("Put a real misconception in its place."),
    ),
    Flag.LONG: FlagWords(
        _("Takes long"),
        _("Half of the people need more than 45 seconds: two of these do not fit in a minute."),
        _("Shorten the words, or the number of options."),
    ),
}
