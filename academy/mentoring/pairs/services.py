"""What the two of a pair may do with it, and what organisers may. The caller commits."""

from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import lazy_gettext as _

from academy import clock
from academy.database import db, insert, table
from academy.deeds.services import Act
from academy.deeds.verbs import Verb
from academy.mentoring.pairs import queries, rooms, telling
from academy.mentoring.pairs.models import Health, MentoringPair, Pulse
from academy.mentoring.pairs.queries import BEGUN
from academy.mentoring.pairs.rules import Course
from academy.mentoring.pairs.telling import Care, What
from academy.people import audit
from academy.refusal import Refusal
from academy.rewards import services as rewards


class NotLive(Refusal):
    """The pair has not begun yet, or is over."""

    def __init__(self) -> None:
        super().__init__(
            _("Your pair is not under way, so that nothing was changed. Read its page again."), 409
        )


class ReadAgain(Refusal):
    """The other one changed what is agreed after this page was read."""

    def __init__(self) -> None:
        super().__init__(
            _("The agreement changed while you had it open. Read it again, then sign."), 409
        )


class TooEarly(Refusal):
    """A pair is closed from its last month on."""

    def __init__(self) -> None:
        super().__init__(_("A pair is closed with thanks from its last month on."), 409)


@dataclass(frozen=True, slots=True)
class Agreed:
    """How often the two meet, and where."""

    rhythm: str
    place: str


def sign(
    person_id: int, number: int, version: int, agreed: Agreed, at: datetime, today: date
) -> Health:
    """Sign the code and this agreement. Both signatures under the same words make the pair live.

    Other words than those the other signed are a proposal: they sign again. Raises NotLive, ReadAgain.
    """
    pair = queries.locked(number)
    same = (pair.rhythm, pair.place) == (agreed.rhythm, agreed.place)
    if _signature(pair, person_id) is not None and same:
        return Health(pair.state)
    if pair.state != Health.NEW:
        raise NotLive
    if pair.version != version:
        raise ReadAgain
    other = _other(pair, person_id)
    undone = not same and _signature(pair, other) is not None
    pair.rhythm, pair.place, pair.version = agreed.rhythm, agreed.place, version + 1
    if not same:
        _put_signature(pair, other, None)
    _put_signature(pair, person_id, at)
    rooms.open_rooms(pair, at)
    if pair.mentor_signed_at and pair.mentee_signed_at:
        pair.state, pair.began_on = Health.LIVE, today
    live = pair.state == Health.LIVE
    what = What.LIVE if live else What.REREAD if undone else What.SIGNED
    telling.tell([other], pair, what, version, at, person_id)
    return Health(pair.state)


def share(person_id: int, number: int, shares: bool) -> None:
    """The mentee lets the mentor see what fades in their memory, or no longer. Raises NotLive."""
    pair = queries.locked(number)
    if pair.state not in BEGUN or pair.mentee_id != person_id:
        raise NotLive
    pair.shares = shares


def feel(person_id: int, number: int, mood: int, at: datetime, today: date) -> None:
    """Say how it goes this month; a second answer in the same month replaces the first. Raises NotLive."""
    course = live_course(queries.locked(number))
    said = {"pair_id": number, "person_id": person_id, "month": course.month_of(today)}
    instead = {"mood": mood, "at": at}
    statement = insert(table(Pulse)).values(said | instead)
    db.session.execute(statement.on_conflict_do_update(index_elements=[*said], set_=instead))


def ask_another(number: int, at: datetime) -> None:
    """Ask for another pair; who asks is kept nowhere, and the other one is not told. Raises NotLive."""
    pair = queries.locked(number)
    if pair.state not in BEGUN:
        raise NotLive
    if pair.other_wanted_at is None:
        pair.other_wanted_at = at
        telling.tell_organisers(queries.programme_of(pair), pair, Care.ANOTHER, pair.version, at)


def close(person_id: int, number: int, words: str, at: datetime, today: date) -> None:
    """Close with thanks, for both; once closed, a word may still be added. Raises NotLive, TooEarly."""
    pair = queries.locked(number)
    if pair.state == Health.LIVE:
        if not live_course(pair).may_close(today):
            raise TooEarly
        _end(pair, at)
        telling.tell(
            [_other(pair, person_id)], pair, What.CLOSED, pair.version, at, actor_id=person_id
        )
    if pair.state != Health.CLOSED:
        raise NotLive
    if words:
        if pair.mentor_id == person_id:
            pair.mentor_thanks = words
        else:
            pair.mentee_thanks = words


def close_by_calendar(number: int, at: datetime) -> None:
    """The months are over and nobody closed the pair: it closes by itself, with thanks to both."""
    pair = queries.locked(number)
    if pair.state == Health.LIVE:
        _end(pair, at)
        telling.tell(telling.both(pair), pair, What.OVER, pair.version, at)


def part(number: int, organiser_id: int, at: datetime) -> None:
    """An organiser ends a pair before its time, so that both are free for another; told kindly, once."""
    pair = queries.locked(number)
    if pair.state == Health.PARTED:
        return
    if pair.state not in BEGUN:
        raise NotLive
    pair.state, pair.ended_at = Health.PARTED, at
    telling.tell(telling.both(pair), pair, What.PARTED, pair.version, at)
    audit.record(organiser_id, audit.Act.PAIR_PARTED, f"pair:{number}", at)


def part_from_leaver(number: int, at: datetime, gone: int | None = None) -> None:
    """One of the two has left: the other is told kindly. `gone` is who, when their account is still open."""
    pair = queries.locked(number)
    if pair.state not in BEGUN:
        return
    pair.state, pair.ended_at = Health.PARTED, at
    left = set(telling.both(pair)) - ({gone} if gone else queries.gone(telling.both(pair)))
    telling.tell(left, pair, What.LEFT, pair.version, at)


def met(pair: MentoringPair, month: int, at: datetime) -> None:
    """A meeting was held: a deed for both, one a month."""
    _both_did(pair, Verb.MENTORING_HELD, f"mentoring:{pair.id}:{month}", at)


def live_course(pair: MentoringPair) -> Course:
    """Raises NotLive."""
    course = queries.course_of(pair)
    if pair.state != Health.LIVE or course is None:
        raise NotLive
    return course


def _end(pair: MentoringPair, at: datetime) -> None:
    """A mentorship is completed when there was a meeting for each of its months."""
    pair.state, pair.ended_at = Health.CLOSED, at
    if len(queries.meetings(pair.id)) >= pair.months:
        _both_did(pair, Verb.MENTORSHIP_DONE, f"mentorship:{pair.id}", at)


def _both_did(pair: MentoringPair, verb: Verb, once: str, at: datetime) -> None:
    """In the order of their numbers: two such writers never wait for one another in a circle."""
    zones = queries.zones(telling.both(pair))
    for person_id in sorted(zones):
        day = clock.day_in(zones[person_id], at)
        rewards.record(Act(person_id, verb, f"pair:{pair.id}", at, day, once))


def _other(pair: MentoringPair, person_id: int) -> int:
    return pair.mentee_id if pair.mentor_id == person_id else pair.mentor_id


def _signature(pair: MentoringPair, person_id: int) -> datetime | None:
    return pair.mentor_signed_at if pair.mentor_id == person_id else pair.mentee_signed_at


def _put_signature(pair: MentoringPair, person_id: int, at: datetime | None) -> None:
    if pair.mentor_id == person_id:
        pair.mentor_signed_at = at
    else:
        pair.mentee_signed_at = at
