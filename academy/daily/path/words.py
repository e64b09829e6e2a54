"""The path in words: where a notion stands, and why it comes next. Never a figure to compare with."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from academy.daily.hearing import Verdict, Word
from academy.daily.standing import Standing
from academy.daily.states import State, Went
from academy.daily.words import because
from academy.mastery.taste import Reason

NAMES = {
    State.MASTERED: lazy_gettext("Mastered"),
    State.FADING: lazy_gettext("Fading"),
    State.MET: lazy_gettext("Not firm yet"),
    State.TO_COME: lazy_gettext("To come"),
}
NOT_MINE = lazy_gettext("Not for my job")

_HOLDS = (  # in days; what holds for a month is mastered, here as in `states.state_of`
    (3, lazy_gettext("You will probably still know this tomorrow.")),
    (6, lazy_gettext("You will probably still know this in a few days.")),
    (11, lazy_gettext("You will probably still know this in a week.")),
    (18, lazy_gettext("You will probably still know this in two weeks.")),
    (30, lazy_gettext("You will probably still know this in three weeks.")),
    (45, lazy_gettext("You will probably still know this in a month.")),
    (80, lazy_gettext("You will probably still know this in two months.")),
    (170, lazy_gettext("You will probably still know this in three months.")),
    (10**9, lazy_gettext("You will probably still know this in six months.")),
)
_FADES = (
    (0.6, lazy_gettext("It is slipping: you probably still remember it, but only just.")),
    (0.4, lazy_gettext("It is fading: you may or may not still remember it.")),
    (0.0, lazy_gettext("It has probably gone: one minute brings it back.")),
)
_DID_NOT_STICK = lazy_gettext("You have met it, and it did not stick yet: it comes back.")


def name_of(standing: Standing) -> str:
    """Its state, in a word or two."""
    return str(NOT_MINE if standing.word is Word.NOT_MINE else NAMES[standing.state])


def told(standing: Standing, read: bool, at: datetime) -> str:
    """One sentence: what the person said goes before what the engine believes."""
    said = _said(standing)
    if said:
        return said
    if standing.state is State.TO_COME:
        return because(Reason.READ) if read else _("You have not met it yet.")
    if standing.went is Went.NEVER:
        return str(_DID_NOT_STICK)
    if standing.went is Went.MISSED and standing.state is State.MET:
        return _("You missed it last time: it comes back until it holds.")
    if standing.state is State.FADING:
        return next(str(words) for least, words in _FADES if (standing.now or 0.0) >= least)
    days = (standing.fades_at - at).days if standing.fades_at else 0
    return next(str(words) for most, words in _HOLDS if days < most)


def coming(reason: Reason, standing: Standing, at: datetime) -> str:
    """Why a notion comes next, and how long it holds when that is why."""
    if reason is not Reason.FADING:
        return because(reason)
    if standing.went is Went.NEVER:
        return str(_DID_NOT_STICK)
    return f"{because(reason)} {told(standing, True, at)}"


def _said(standing: Standing) -> str:
    if standing.word is Word.NOT_MINE:
        return _("You said it is not for your job: the minute leaves it out.")
    match standing.verdict:
        case Verdict.WAITING:
            return _("You said you know it: your next minute confirms it.")
        case Verdict.CONFIRMED if standing.state is State.MASTERED:
            return _("You said you know it, and you showed it.")
        case _:
            return ""
