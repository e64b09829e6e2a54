"""Campaigns in words: states, goals, whom they take, what human resources see."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from babel import Locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from academy.catalog import releases
from academy.catalog.tracks import VISA
from academy.hr.campaigns.queries import Mine
from academy.hr.campaigns.rules import Goal, GoalKind, Move, Population, State
from academy.people.words import job_name, language_name
from academy.rewards import badges
from academy.web.words import day, language

STATES = {
    State.DRAFT: lazy_gettext("Draft"),
    State.ANNOUNCED: lazy_gettext("Announced"),
    State.RUNNING: lazy_gettext("Running"),
    State.ENDED: lazy_gettext("Ended"),
    State.WITHDRAWN: lazy_gettext("Withdrawn"),
}
MOVES = {
    Move.ANNOUNCE: lazy_gettext("Announce it"),
    Move.END: lazy_gettext("End it now"),
    Move.WITHDRAW: lazy_gettext("Withdraw it"),
}
MOVED = {
    State.ANNOUNCED: lazy_gettext(
        "The campaign is announced: everybody it concerns is told within minutes."
    ),
    State.RUNNING: lazy_gettext("The campaign runs: everybody it concerns is told within minutes."),
    State.ENDED: lazy_gettext("The campaign has ended. Nobody is reminded any more."),
    State.WITHDRAWN: lazy_gettext(
        "The campaign is withdrawn: those who were told of it are told so within minutes."
    ),
}
STANDING = {
    "": lazy_gettext("All"),
    "not-yet": lazy_gettext("Not yet"),
    "done": lazy_gettext("Done"),
    "paused": lazy_gettext("Paused"),
}
COLUMNS = (
    lazy_gettext("Name"),
    lazy_gettext("Entity"),
    lazy_gettext("Where they are"),
    lazy_gettext("Done on"),
)


def goal(aim: Goal) -> str:
    """What is to be reached, in a few words."""
    match aim.kind:
        case GoalKind.PASSPORT:
            return _("Hold the digital passport")
        case GoalKind.VISA:
            return _("Hold the visa “%(title)s”", title=_award(aim.key))
        case GoalKind.TRACK:
            return _("Walk the track “%(title)s” to its end", title=_track(aim.key))
        case GoalKind.MINUTES:
            return ngettext(
                "Do the minute on %(num)s working day",
                "Do the minute on %(num)s working days",
                aim.days,
            )


def goals() -> list[tuple[str, str]]:
    """What may be asked, as a form offers it: the passport, each visa, each track that has one, minutes."""
    shelf = badges.current().values()
    visas = [award.key for award in shelf if award.kind is badges.AwardKind.VISA]
    aims = [Goal(GoalKind.PASSPORT, "passport")]
    aims += [Goal(GoalKind.VISA, key) for key in visas if not key.startswith(VISA)]
    aims += [Goal(GoalKind.TRACK, key) for key in visas if key.startswith(VISA)]
    offered = [(aim.said, goal(aim)) for aim in aims]
    return [*offered, (GoalKind.MINUTES.value, _("Do the minute on a number of working days"))]


def whom(taken: Population, names: Mapping[int, str]) -> list[str]:
    """Whom it takes: a sentence for each condition; all must hold."""
    return list(_conditions(taken, names)) or [_("Everybody in the company")]


def _conditions(taken: Population, names: Mapping[int, str]) -> Iterator[str]:
    if taken.entities:
        yield _(
            "Who work in: %(places)s",
            places=_listed(names.get(each, "?") for each in taken.entities),
        )
    if taken.jobs:
        yield _("Whose trade is: %(trades)s", trades=_listed(map(job_name, taken.jobs)))
    if taken.countries:
        yield _("Whose site is in: %(countries)s", countries=_listed(map(country, taken.countries)))
    if taken.contracts:
        yield _("Whose contract is: %(contracts)s", contracts=_listed(taken.contracts))
    if taken.shifts:
        yield _("Whose shift is: %(shifts)s", shifts=_listed(taken.shifts))
    if taken.languages:
        said = _listed(map(language_name, taken.languages))
        yield _("Who read the academy in: %(languages)s", languages=said)
    yield from _arrivals(taken.joined_from, taken.joined_until)


def _arrivals(first: date | None, last: date | None) -> Iterator[str]:
    if first and last:
        yield _("Who joined from %(first)s to %(last)s", first=day(first), last=day(last))
    elif first:
        yield _("Who joined on %(first)s or later", first=day(first))
    elif last:
        yield _("Who joined on %(last)s or before", last=day(last))


def country(code: str) -> str:
    return Locale(language()).territories.get(code, code)


def seen(mandatory: bool) -> str:
    """What human resources see of the reader."""
    if mandatory:
        return _(
            "Human resources see your name with one word: done (and since when), not yet, or paused "
            "while you are on leave. "
            "They see no answer, no result, and nothing else of what you do here."
        )
    return _(
        "Human resources see figures of groups only, rounded and of five people at least. "
        "They never see who takes part."
    )


def where(mine: Mine) -> str:
    """Where I am in one of my campaigns, in a word or two."""
    if mine.done_on:
        return _("Done")
    if mine.campaign.state == State.ENDED:
        return _("Ended")
    return _("until %(day)s", day=day(mine.due_on))


def _listed(said: Iterable[str]) -> str:
    return ", ".join(said)


def _award(key: str) -> str:
    award = badges.current().get(key)
    return award.title.said(language()) if award else key


def _track(key: str) -> str:
    track = releases.current().tracks.get(key.removeprefix(VISA))
    return track.title.said(language()) if track else _award(key)
