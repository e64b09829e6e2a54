"""Pairs of an earlier mentoring programme, in every state of a pair's life."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from academy.database import db
from academy.mentoring.pairs import queries, services
from academy.mentoring.pairs.meetings import services as meetings
from academy.mentoring.pairs.meetings.services import Meeting, Offer
from academy.mentoring.pairs.models import MentoringPair
from academy.mentoring.pairs.services import Agreed
from academy.mentoring.programmes import services as programmes
from academy.mentoring.programmes.rules import Move, Side
from academy.mentoring.programmes.services import Profile
from academy.mentoring.programmes.words import CODE
from academy.people.models import Person

ONCE = "seed-pairs"
AGREED = Agreed("fortnightly", "Salle Buvard, ou en visio")
WORDS = (
    "Les filtres d’un tableau, puis un café. À revoir : les tableaux croisés.",
    "Ranger la boîte aux lettres à deux : trois règles, deux cents messages de moins.",
    "Ce que l’IA change dans nos deux métiers. On n’était pas d’accord, c’était très bien.",
    "Préparer cinq minutes pour l’équipe. Merci !",
)
DAYS = {"opens_on": -160, "closes_on": -150, "starts_on": -145, "ends_on": 60}


def live_as_pairs(staff: Sequence[Person], now: datetime) -> None:
    """Inès and Karim are half-way; others have just been paired, have closed, or say nothing any more."""
    by_name = {person.given_name: person for person in reversed(staff)}
    sofia, ines, karim = by_name["Sofia"], by_name["Inès"], by_name["Karim"]
    number = _programme(sofia, now - timedelta(days=161))
    others = staff[7:]
    duos = [(ines, karim), *zip(others[0::2], others[1::2], strict=False)][:7]
    for mentor, mentee in duos:
        _volunteer(mentor, number, Side.MENTOR, now)
        _volunteer(mentee, number, Side.MENTEE, now)
    programmes.move(number, 2, Move.CLOSE, sofia.id, now - timedelta(days=149))
    ways = (_half_way, _completed, _new, _silent, _asks, _half_way, _completed)
    for way, (mentor, mentee) in zip(ways, duos, strict=False):
        way(number, mentor, mentee, now)
    _settle_next(ines, karim, now)


def _programme(organiser: Person, at: datetime) -> int:
    days = {name: (at + timedelta(days=161 + later)).date() for name, later in DAYS.items()}
    plan = {
        **days,
        "name_fr": "Duos d’automne",
        "name_en": "Autumn duos",
        "entity_id": None,
        "remote": True,
        "places": ["Lyon"],
        "languages": ["fr", "en"],
        "topics": [
            {"key": "own:1", "fr": "Tableurs", "en": "Spreadsheets"},
            {"key": "own:2", "fr": "Réunions à distance", "en": "Remote meetings"},
        ],
        "mentor_years": 0,
        "mentor_jobs": [],
        "mentee_years": 0,
        "both": False,
        "line_depth": None,
        "wishes_by": None,
        "months": 4,
        "capacity": 1,
        "code_fr": CODE.fr,
        "code_en": CODE.en,
    }
    number = programmes.create(plan, ONCE, organiser.id, at)
    programmes.move(number, 1, Move.OPEN, organiser.id, at)
    return number


def _volunteer(person: Person, number: int, side: Side, now: datetime) -> None:
    mentors = side is Side.MENTOR
    profile = Profile(
        side=side,
        offered=["own:1"] if mentors else [],
        wanted=[] if mentors else ["own:1"],
        languages=[person.language],
        places=["remote"],
        slots=["1-am"],
        capacity=1,
        hopes="",
    )
    at = now - timedelta(days=155)
    programmes.volunteer(person.id, number, profile, at, at.date())


def _published(number: int, mentor: Person, mentee: Person, at: datetime) -> int:
    """As publishing a proposal leaves it."""
    pair = MentoringPair(
        programme_id=number,
        mentor_id=mentor.id,
        mentee_id=mentee.id,
        months=4,
        topics=["own:1"],
        published_at=at,
    )
    db.session.add(pair)
    db.session.flush()  # its number is needed at once
    return pair.id


def _signed(number: int, mentor: Person, mentee: Person, at: datetime) -> int:
    pair = _published(number, mentor, mentee, at - timedelta(days=2))
    services.sign(mentor.id, pair, 1, AGREED, at - timedelta(days=1), at.date())
    services.sign(mentee.id, pair, 2, AGREED, at, at.date())
    return pair


def _met(pair: int, writer: Person, at: datetime, words: str) -> None:
    meeting = Meeting(at.date(), 60, ["own:1"], words)
    meetings.write(writer.id, pair, meeting, f"seed-{at:%Y%m%d}", at, at.date())


def _half_way(number: int, mentor: Person, mentee: Person, now: datetime) -> None:
    pair = _signed(number, mentor, mentee, now - timedelta(days=75))
    for days, words in zip((70, 38, 12), WORDS, strict=False):
        _met(pair, mentor, now - timedelta(days=days), words)
    services.share(mentee.id, pair, True)
    for person, mood in ((mentor, 3), (mentee, 3)):
        services.feel(person.id, pair, mood, now - timedelta(days=30), _day(now, 30))


def _completed(number: int, mentor: Person, mentee: Person, now: datetime) -> None:
    pair = _signed(number, mentor, mentee, now - timedelta(days=130))
    for days, words in zip((128, 95, 60, 20), WORDS, strict=True):
        _met(pair, mentee, now - timedelta(days=days), words)
    for person, mood in ((mentor, 3), (mentee, 2)):
        services.feel(person.id, pair, mood, now - timedelta(days=20), _day(now, 20))
    closed = now - timedelta(days=9)
    services.close(
        mentee.id, pair, "Merci pour la patience, et pour les rires.", closed, _day(now, 9)
    )
    services.close(mentor.id, pair, "J’ai appris autant que vous.", closed, _day(now, 9))


def _silent(number: int, mentor: Person, mentee: Person, now: datetime) -> None:
    pair = _signed(number, mentor, mentee, now - timedelta(days=70))
    _met(pair, mentor, now - timedelta(days=62), WORDS[0])


def _new(number: int, mentor: Person, mentee: Person, now: datetime) -> None:
    at = now - timedelta(days=3)
    pair = _published(number, mentor, mentee, at)
    services.sign(mentor.id, pair, 1, AGREED, at, at.date())


def _asks(number: int, mentor: Person, mentee: Person, now: datetime) -> None:
    pair = _signed(number, mentor, mentee, now - timedelta(days=40))
    _met(pair, mentee, now - timedelta(days=33), "")
    services.ask_another(pair, now - timedelta(days=2))


def _settle_next(mentor: Person, mentee: Person, now: datetime) -> None:
    """A time agreed for next week, and two proposed for the one after."""
    number = next(found.pair.id for found in queries.mine(mentor.id) if found.other.id == mentee.id)
    soon = (now + timedelta(days=6)).replace(hour=13, minute=0, second=0, microsecond=0)
    at = now - timedelta(hours=20)
    meetings.propose(mentor.id, number, Offer([soon], 60, "Salle Buvard"), "seed-next", at)
    slot = queries.slots(number, now)[0].id
    meetings.accept(mentee.id, number, slot, at)
    later = [soon + timedelta(days=days) for days in (14, 15)]
    meetings.propose(mentee.id, number, Offer(later, 45, "En visio"), "seed-later", at)


def _day(now: datetime, ago: int) -> date:
    return (now - timedelta(days=ago)).date()
