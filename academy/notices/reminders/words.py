"""What a reminder says: another thing each day, the same thing if it is written twice."""

from datetime import date
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _

from academy.notices.reminders.rhythm import Tone


class Words(NamedTuple):
    subject: Any
    line: Any


DAILY = (
    Words(
        _("Two questions are waiting, and they are patient"),
        _("They take less time than the lift on a Monday morning."),
    ),
    Words(
        _("Your minute is served"),
        _("Shorter than a coffee, and it keeps you awake just as well."),
    ),
    Words(
        _("One minute, two questions, no meeting"),
        _("No agenda, no slides, and it ends on time."),
    ),
    Words(
        _("Something small to learn today"),
        _("Small enough to fit between two mails. This one, for instance, and the next."),
    ),
    Words(
        _("Your two questions have put the kettle on"),
        _(
            "“I don’t know” is a perfectly good answer; they have heard it before and are still friendly."
        ),
    ),
    Words(
        _("A minute for yourself"),
        _("It will not empty your inbox. It will make you a little wiser than it."),
    ),
    Words(
        _("Today’s idea would like to meet you"),
        _("It promises to be brief, which is rare for an idea."),
    ),
)
CALMER = Words(
    _("We shall write less often"),
    _(
        "You have had other things to do lately, and that is quite all right. From now on this reminder "
        "comes once a week. Do one minute and it comes every working day again; nothing is lost in between."
    ),
)
WEEKLY = (
    Words(
        _("Once a week, a small knock at the door"),
        _("Your minute is where you left it. There is one, not five: nothing piles up here."),
    ),
    Words(
        _("Still here, still just a minute"),
        _("No arrears, no reproach. Two questions, whenever it suits you."),
    ),
    Words(
        _("The weekly hello of your two questions"),
        _("They asked how you were. We said: busy. They understand."),
    ),
)


def words(tone: Tone, person_id: int, day: date) -> Words:
    """Those of this person on this day: all of them in turn, and not the same as the neighbour's."""
    if tone is Tone.CALMER:
        return CALMER
    if tone is Tone.WEEKLY:
        return WEEKLY[(person_id + day.toordinal() // 7) % len(WEEKLY)]
    return DAILY[(person_id + day.toordinal()) % len(DAILY)]
