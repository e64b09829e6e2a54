"""The page of a pair, put together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy import clock
from academy.catalog.said import Words
from academy.daily.path.knowledge import knowledge
from academy.daily.states import State
from academy.learning.services import Learner
from academy.mentoring.pairs import queries, words
from academy.mentoring.pairs.forms import AgreementForm, ThanksForm
from academy.mentoring.pairs.handbook import Theme, theme_of
from academy.mentoring.pairs.meetings.forms import MeetingForm, SlotsForm
from academy.mentoring.pairs.models import Appointment, Entry, Health, Settled
from academy.mentoring.pairs.queries import Held, Peer, Seen
from academy.mentoring.pairs.rules import Course
from academy.mentoring.programmes import words as programmes
from academy.people.directory import desk
from academy.people.sessions import me

IDEAS = 5
FORGETTING = (State.FADING, State.MET)


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the pair; `met` says whether they did."""

    number: int
    first: date
    last: date
    met: bool
    present: bool


@dataclass(frozen=True, slots=True)
class Idea:
    """A notion that fades, and where it is explained. Nothing of answers, nothing of chances."""

    name: Words
    lesson: str
    title: Words


@dataclass(frozen=True, slots=True)
class Open:
    """The forms of the page; those that were sent with mistakes come as they were sent."""

    agreement: AgreementForm
    slots: SlotsForm
    meeting: MeetingForm
    thanks: ThanksForm


@dataclass(frozen=True, slots=True)
class PairPage:
    found: Seen
    forms: Open
    months: tuple[Month, ...]
    present: Month | None
    theme: Theme | None
    slots: tuple[Appointment, ...]
    held: tuple[Held, ...]
    log: tuple[Entry, ...]
    older_url: str | None
    newer_url: str | None
    mood: int | None
    ideas: tuple[Idea, ...]
    may_close: bool

    @property
    def live(self) -> bool:
        return self.found.state is Health.LIVE

    @property
    def agreed(self) -> tuple[Appointment, ...]:
        return tuple(each for each in self.slots if each.state == Settled.AGREED)

    @property
    def mine(self) -> tuple[Appointment, ...]:
        """What I proposed and waits for the other."""
        return self._proposed(True)

    @property
    def theirs(self) -> tuple[Appointment, ...]:
        return self._proposed(False)

    def _proposed(self, mine: bool) -> tuple[Appointment, ...]:
        waiting = (each for each in self.slots if each.state == Settled.PROPOSED)
        return tuple(each for each in waiting if (each.by == self.found.me.id) == mine)


def forms(
    found: Seen,
    agreement: AgreementForm | None = None,
    slots: SlotsForm | None = None,
    meeting: MeetingForm | None = None,
    thanks: ThanksForm | None = None,
) -> Open:
    """Those that were not sent are drawn anew, whatever the request carries for the others."""
    return Open(
        agreement or AgreementForm(found, formdata=None),
        slots or SlotsForm(me().zone, clock.now(), formdata=None),
        meeting or MeetingForm(found.programme, formdata=None),
        thanks or ThanksForm(found, formdata=None),
    )


def show(found: Seen, opened: Open | None = None, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "pairs/pair.html",
        page=_page(found, opened or forms(found), clock.now(), desk.today()),
        words=words,
        programmes=programmes,
    )
    return page, status


def _page(found: Seen, opened: Open, at: datetime, today: date) -> PairPage:
    number, course = found.pair.id, found.course
    before = request.args.get("before", type=date.fromisoformat)
    held = queries.meetings(number)
    log, older = queries.log(number, before)
    months = tuple(_months(course, held, today)) if course else ()
    present = next((month for month in months if month.present), None)
    live = found.state is Health.LIVE
    return PairPage(
        found,
        opened,
        months,
        present,
        theme_of(present.number) if present else None,
        tuple(queries.slots(number, at)) if live else (),
        tuple(held),
        tuple(log),
        url_for("mentoring.pairs.pair", number=number, before=older) if older else None,
        url_for("mentoring.pairs.pair", number=number) if before else None,
        queries.mood(number, found.me.id, present.number) if live and present else None,
        weakest(found.mentee, at) if live and found.pair.shares else (),
        live and course is not None and course.may_close(today),
    )


def weakest(mentee: Peer, at: datetime) -> tuple[Idea, ...]:
    """The few notions the mentee met and is losing, the weakest first. Three statements."""
    known = knowledge(Learner(mentee.id, clock.day_in(mentee.zone, at), mentee.needs), at)
    shaky = [key for key, stands in known.stands.items() if stands.shown in FORGETTING]
    shaky.sort(key=lambda key: known.stands[key].now or 0.0)
    return tuple(
        Idea(notion.name, notion.lesson, known.catalog.lessons[notion.lesson].title)
        for notion in (known.catalog.notions[key] for key in shaky[:IDEAS])
    )


def _months(course: Course, held: Iterable[Held], today: date) -> Iterable[Month]:
    met, now = course.kept(each.on for each in held), course.month_of(today)
    for number in range(1, course.months + 1):
        yield Month(number, course.first(number), course.last(number), number in met, number == now)
