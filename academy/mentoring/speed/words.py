"""Speed meetings in words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from academy.mentoring.composition.telling import Why
from academy.mentoring.models import Progress
from academy.mentoring.programmes.words import place_name
from academy.mentoring.speed.models import Reply, SpeedMeeting, Stage
from academy.people.words import language_name as language_name
from academy.web.words import moment

STAGES = {
    Stage.PLANNED: lazy_gettext("Planned"),
    Stage.ANNOUNCED: lazy_gettext("Announced"),
    Stage.RUNNING: lazy_gettext("Under way"),
    Stage.HELD: lazy_gettext("Held"),
    Stage.CANCELLED: lazy_gettext("Cancelled"),
}
REPLIES = {
    Reply.PLACED: lazy_gettext("Not invited yet"),
    Reply.INVITED: lazy_gettext("Invited"),
    Reply.CONFIRMED: lazy_gettext("Coming"),
    Reply.WAITING: lazy_gettext("On the waiting list"),
    Reply.DECLINED: lazy_gettext("Declined"),
}
PROGRESS = {
    Progress.WAITING: lazy_gettext("About to begin"),
    Progress.RUNNING: lazy_gettext("Composing…"),
    Progress.DONE: lazy_gettext("Done"),
    Progress.FAILED: lazy_gettext("It did not work"),
}
FAILURES = {
    "changed": lazy_gettext(
        "Somebody changed a planned meeting while others were being composed. Nothing was replaced: look at "
        "the meetings, then compose again."
    ),
    "locks": lazy_gettext(
        "The people locked cannot all stay where they are: too many in one meeting, or some who must not be "
        "brought together. Unlock some of them, then compose again."
    ),
    "fault": lazy_gettext(
        "The composing broke off. Nothing was replaced. The fault is written down for those who look after "
        "the academy."
    ),
}
WHYS = {
    Why.NOBODY: lazy_gettext("Nobody is on the other side."),
    Why.SLOT: lazy_gettext("Usually free at none of the times offered."),
    Why.PLACE: lazy_gettext("Can be at none of the places offered."),
    Why.LANGUAGE: lazy_gettext("At ease in none of the programme’s languages."),
    Why.TOGETHER: lazy_gettext(
        "A time, a place and a language suit, but never all three in one meeting."
    ),
    Why.NOT_POSSIBLE: lazy_gettext(
        "Not possible: wherever a chair is free, somebody sits whom they must not meet there."
    ),
    Why.FULL: lazy_gettext("Every meeting that suits is full."),
}
LATER = lazy_gettext("Came, or got free, after the meetings were composed.")


def why(said: list[Any] | None, zone: str) -> str:
    """Why somebody is in no meeting; where most could come, if that was too few."""
    if said is None:
        return str(LATER)
    if said[0] != Why.TOO_FEW:
        return str(WHYS[Why(said[0])])
    if len(said) == 1:
        return _("Too few people could come where they could.")
    _why, at, place, tongue, mentors, mentees = said
    return _(
        "Too few could come with them: at best %(mentors)s mentors and %(mentees)s mentees, on %(moment)s, "
        "%(place)s, in %(language)s.",
        mentors=mentors,
        mentees=mentees,
        moment=moment(datetime.fromisoformat(at), zone),
        place=place_name(place),
        language=language_name(tongue),
    )


def location(meeting: SpeedMeeting) -> str:
    """Where exactly: the place, and the room if it is known."""
    place = place_name(meeting.place)
    return f"{place} · {meeting.room}" if meeting.room else place


def topics(names: Mapping[str, Any], shared: Mapping[str, int], language: str) -> str:
    """What somebody has in common with how many others: the three most shared."""
    most = [(names[key].said(language), count) for key, count in shared.items() if key in names]
    return ", ".join(f"{name} ({count})" for name, count in most[:3])
