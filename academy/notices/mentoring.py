"""What notices of mentoring say: speed meetings, wishes, pairs."""

from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from academy.notices.queries import Told
from academy.notices.saying import both, who
from academy.web.words import day, moment


def meeting(told: Told) -> str:
    said = {
        "name": both(told.data, "name"),
        "moment": moment(datetime.fromisoformat(told.data["starts_at"])),
    }
    match told.data["cause"]:
        case "promoted":
            return _("“%(name)s”: a chair is free, come to the meeting of %(moment)s.", **said)
        case "changed":
            return _("“%(name)s”: your speed meeting has changed, it is on %(moment)s.", **said)
        case "cancelled":
            return _("“%(name)s”: the speed meeting of %(moment)s is cancelled.", **said)
        case "reminded":
            return _("“%(name)s”: your speed meeting is on %(moment)s.", **said)
        case _:
            return _("“%(name)s”: you are invited to a speed meeting on %(moment)s.", **said)


def wishes(told: Told) -> str:
    return _(
        "Whom would you like to go on with in “%(programme)s”? You may say so until %(day)s.",
        programme=both(told.data, "name"),
        day=day(date.fromisoformat(told.data["last"])),
    )


def pair(told: Told) -> str:
    """To both of a pair; or to somebody who has none, with no word on why."""
    programme = both(told.data, "name")
    if told.data["paired"]:
        return _(
            "%(who)s and you are a pair in “%(programme)s”: say hello, and choose a first date.",
            who=who(told),
            programme=programme,
        )
    return _(
        "Thank you for taking part in “%(programme)s”. There is no pair for you this time; "
        "the organisers keep you in mind, and you stay welcome.",
        programme=programme,
    )


def pair_life(told: Told) -> str:
    when = told.data.get("day")
    known = {
        "who": who(told),
        "programme": both(told.data, "programme"),
        "day": day(date.fromisoformat(when)) if when else "",
    }
    return str(PAIR_LIFE[told.data["what"]]) % known


def pair_care(told: Told) -> str:
    known = {"programme": both(told.data, "programme")}
    return str(PAIR_CARE[told.data["what"]]) % known


PAIR_LIFE = {
    "signed": lazy_gettext("%(who)s has signed the agreement of your pair: your turn."),
    "reread": lazy_gettext("%(who)s proposes another agreement for your pair: read it, then sign."),
    "live": lazy_gettext("You have both signed: the first month of your pair begins."),
    "slots": lazy_gettext("%(who)s proposes times for your next mentoring meeting."),
    "agreed": lazy_gettext("%(who)s accepts the time of your mentoring meeting."),
    "cancelled": lazy_gettext("%(who)s cannot make the time of your mentoring meeting after all."),
    "logged": lazy_gettext("%(who)s has written down your mentoring meeting of %(day)s."),
    "quiet": lazy_gettext(
        "Four weeks without a mentoring meeting written down. It happens: how about proposing a time?"
    ),
    "closed": lazy_gettext("%(who)s has closed your pair with thanks. Your attestation is ready."),
    "over": lazy_gettext("The months of your pair are over: thank you. Your attestation is ready."),
    "parted": lazy_gettext(
        "Your pair in “%(programme)s” has come to an end, and nobody is to blame. "
        "You are free for another one."
    ),
    "left": lazy_gettext(
        "Your pair in “%(programme)s” has come to an end: your colleague is no longer there. "
        "You are free for another one."
    ),
}
PAIR_CARE = {
    "silent": lazy_gettext("A pair of “%(programme)s” has written nothing down for five weeks."),
    "another": lazy_gettext(
        "A pair of “%(programme)s” would like another match. Nobody is to blame, or to be asked why."
    ),
}
