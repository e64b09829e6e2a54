"""The home page answers three questions: is my minute waiting, where is my passport, what is new?"""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from academy import clock
from academy.daily import queries as daily
from academy.daily.queries import Drawn
from academy.daily.words import next_minute
from academy.hr.campaigns import queries as campaigns
from academy.hr.campaigns import words as campaign_words
from academy.hr.campaigns.queries import Mine
from academy.learning import queries as learning
from academy.learning.cards import LessonCard
from academy.learning.queries import Standings
from academy.learning.tracks import pages as tracks
from academy.learning.tracks.pages import Onward
from academy.mentoring.programmes import queries as mentoring
from academy.mentoring.programmes.queries import Call
from academy.passport import queries as passport
from academy.people.calendar import Calendar
from academy.people.sessions import me
from academy.people.workdays import queries as workdays
from academy.rewards import queries as rewards
from academy.rewards import shown
from academy.rewards.queries import Balances
from academy.rewards.shown import AwardView, VisaView
from academy.surveys import drawings
from academy.surveys import queries as voyages
from academy.surveys.models import Voyage
from academy.tracks.queries import situation
from academy.web.guards import public, signed_in

bp = Blueprint("home", __name__, template_folder="templates")

FRESH = 3
RECENT = 3
NEWCOMER = 150
"""Who has fewer points is offered the placement: a week or two of minutes, or a few lessons."""


@dataclass(frozen=True, slots=True)
class Minute:
    """`state` is waiting, started, done, or closed: no minute is expected on a day off."""

    state: str
    answered: int
    next_words: str


@dataclass(frozen=True, slots=True)
class PassportState:
    award: AwardView | None
    issued: bool


@dataclass(frozen=True, slots=True)
class Invitation:
    """The placement, offered to newcomers or waiting half-way."""

    under_way: bool
    answered: int
    portrait: str


@dataclass(frozen=True, slots=True)
class HomePage:
    given_name: str
    minute: Minute
    passport: PassportState
    voyage: Invitation | None
    visas: tuple[VisaView, ...]
    level: AwardView | None
    next_level: AwardView | None
    onward: Onward | None
    next_lesson: LessonCard | None
    fresh: tuple[LessonCard, ...]
    balance: Balances
    recent: tuple[AwardView, ...]
    call: Call | None
    campaign: Mine | None


@bp.get("/")
@signed_in
def home() -> ResponseReturnValue:
    mine = shown.collection(me().id)
    known = learning.standings(me().id)
    today = clock.day_in(me().zone, clock.now())
    ahead = learning.next_lessons(known, 1, today)
    following = ahead[0] if ahead else None
    onward = tracks.onward(situation(me().id, today), known, today)
    proposed = onward.step.key if onward else following.key if following else None
    newest = sorted(mine.held, key=lambda award: str(award.granted_on), reverse=True)
    balance = rewards.balances(me().id)
    page = HomePage(
        given_name=me().given_name,
        minute=_minute(daily.round_of(me().id, today), workdays.calendar_of(me().id, today), today),
        passport=PassportState(mine.passport, passport.valid_one(me().id) is not None),
        voyage=_voyage(voyages.latest(me().id), balance),
        visas=mine.visas,
        level=mine.level,
        next_level=mine.next_level,
        onward=onward,
        next_lesson=following,
        fresh=_fresh(known, proposed, today),
        balance=balance,
        recent=tuple(newest[:RECENT]),
        call=_call(today),
        campaign=campaigns.next_of(me().id),
    )
    return render_template("home/home.html", page=page, campaign_goal=campaign_words.goal)


@bp.get("/health")
@public
def health() -> ResponseReturnValue:
    """For probes: the process answers."""
    return {"status": "ok"}


def _call(today: date) -> Call | None:
    """The mentoring programme to speak of: where I have a pair, or the first that takes me or has me.

    Not one to which I said "rather not".
    """
    calls = mentoring.calls(me().id, today)
    ours = (call for call in calls if call.pair or not call.declined)
    return min(ours, key=lambda call: call.pair is None, default=None)


def _fresh(known: Standings, shown_already: str | None, today: date) -> tuple[LessonCard, ...]:
    """What appeared lately first, then the next lesson of each theme; not what is proposed above."""
    others = learning.one_of_each_theme(known, shown_already, today)
    cards = {card.key: card for card in (*learning.new_lessons(known, today), *others)}
    return tuple(card for key, card in cards.items() if key != shown_already)[:FRESH]


def _minute(drawn: Drawn | None, calendar: Calendar, today: date) -> Minute:
    """What was begun or done counts on any day; a day off only opens no new expectation."""
    after = next_minute(calendar.next_working_day(today))
    if drawn is not None and drawn.finished_at is not None:
        return Minute("done", drawn.answered, after)
    if drawn is not None and drawn.answered:
        return Minute("started", drawn.answered, after)
    return Minute("waiting" if calendar.is_working(today) else "closed", 0, after)


def _voyage(sailing: Voyage | None, balance: Balances) -> Invitation | None:
    """Under way until it is put off; else for newcomers who neither made it nor put it off."""
    portrait = drawings.portrait("letter")
    if sailing is None:
        return Invitation(False, 0, portrait) if balance.points < NEWCOMER else None
    if sailing.finished_at or sailing.put_off_at:
        return None
    return Invitation(True, sailing.answered, portrait)
