"""Mentoring in words: states, sides, half-days, places, languages."""

from collections.abc import Iterable, Sequence

from babel.dates import get_day_names
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from academy.community.naming import Said
from academy.mentoring.programmes.models import Programme
from academy.mentoring.programmes.queries import Call
from academy.mentoring.programmes.rules import REMOTE, Move, Side, State
from academy.people.words import job_name, language_name
from academy.web.words import language

STATES = {
    State.DRAFT: lazy_gettext("Draft"),
    State.OPEN: lazy_gettext("Call open"),
    State.CLOSED: lazy_gettext("Call closed"),
    State.ENDED: lazy_gettext("Ended"),
}
MOVES = {
    Move.OPEN: lazy_gettext("Open the call"),
    Move.CLOSE: lazy_gettext("Close the call"),
    Move.END: lazy_gettext("End the programme"),
}
MOVED = {
    State.OPEN: lazy_gettext(
        "The call is open: those it concerns see it on their first page, on the days of the call."
    ),
    State.CLOSED: lazy_gettext("The call is closed. What volunteers said stays."),
    State.ENDED: lazy_gettext("The programme is ended."),
}
SIDES = {
    Side.MENTOR: lazy_gettext("Mentor: I show what I know"),
    Side.MENTEE: lazy_gettext("Mentee: I would like to learn"),
    Side.BOTH: lazy_gettext("Both: one thing shown, another learnt"),
}
SIDE_TAGS = {
    Side.MENTOR: lazy_gettext("Mentor"),
    Side.MENTEE: lazy_gettext("Mentee"),
    Side.BOTH: lazy_gettext("Mentor and mentee"),
}
HALF_DAYS = {"am": lazy_gettext("morning"), "pm": lazy_gettext("afternoon")}

CODE = Said(
    "Nous nous parlons d’égal à égal : chacun apprend de l’autre.\n"
    "Ce qui se dit entre nous reste entre nous.\n"
    "Nous venons à l’heure, ou nous prévenons. Annuler n’est pas une faute, se taire en est une.\n"
    "Nous ne parlons ni de notation, ni de carrière, ni de la vie privée, sauf si l’autre le souhaite.\n"
    "Personne n’a à dire pourquoi il ou elle préfère s’arrêter là.",
    "We speak as equals: each learns from the other.\n"
    "What is said between us stays between us.\n"
    "We come on time, or say so beforehand. Cancelling is no fault; silence is.\n"
    "We do not speak of appraisals, careers or private lives, unless the other wishes to.\n"
    "Nobody has to say why they would rather stop there.",
)
"""What is proposed to organisers: they may change it."""


def half_day(slot: str) -> str:
    """Monday morning."""
    weekday, _dash, half = slot.partition("-")
    return _("%(day)s %(half)s", day=weekday_name(int(weekday)), half=HALF_DAYS[half])


def weekday_name(weekday: int) -> str:
    return str(get_day_names("wide", locale=language())[weekday])


def place_name(place: str) -> str:
    return _("Remotely") if place == REMOTE else place


def where(places: Iterable[str]) -> str:
    return ", ".join(place_name(place) for place in places)


def tongues(codes: Iterable[str]) -> str:
    return ", ".join(language_name(code) for code in codes)


def trades(jobs: Iterable[str]) -> str:
    return ", ".join(job_name(job) for job in jobs)


def half_days(slots: Iterable[str]) -> str:
    return ", ".join(half_day(slot) for slot in slots)


def topics(programme: Programme, keys: Sequence[str]) -> str:
    names = programme.topic_names
    return " · ".join(names[key].said(language()) for key in keys if key in names)


def why(call: Call) -> str:
    """Why somebody sees this call."""
    if call.entity is None:
        return _("It is open to the whole company.")
    if not call.in_scope:
        return _("It is open to %(entity)s.", entity=call.entity)
    return _("It is open to %(entity)s, where you work.", entity=call.entity)
