"""Voyages aboard the Envelope, made, half made and not begun, and words said of ideas on the path."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random

from academy import clock
from academy.catalog import releases
from academy.daily.hearing import Word
from academy.daily.path import services as path
from academy.daily.path.knowledge import knowledge
from academy.daily.states import State
from academy.learning.alone import Posted
from academy.learning.services import Learner
from academy.people.models import Person
from academy.seed.answers import fields_said
from academy.surveys import services as surveys

SAILED: Mapping[str, tuple[int, float]] = {
    "Karim": (12, 0.75),
    "Inès": (5, 0.9),
    "Hélène": (12, 0.35),
    "Tom": (12, 0.6),
}
"""How many scenes were lived, and how sharp the traveller is."""
NOT_MINE, KNOWN = 2, 1
SCENE = timedelta(seconds=12)


def set_out(staff: list[Person], now: datetime) -> None:
    """Everybody of `SAILED` sails a week ago; Karim says what he knows and what is not for him."""
    for person in staff:
        if person.given_name in SAILED:
            scenes, sharp = SAILED[person.given_name]
            _sail(person, scenes, sharp, now - timedelta(days=7))
        if person.given_name == "Karim":
            _speak(person, now - timedelta(days=1))


def _sail(person: Person, scenes: int, sharp: float, at: datetime) -> None:
    dice = Random(f"voyage of {person.email}")
    learner = Learner(person.id, clock.day_in(person.zone, at), tuple(person.needs or ()))
    sailing = surveys.set_sail(learner, at, dice.randrange(2**31))
    catalog = releases.current()
    for slot in range(1, scenes + 1):
        if sailing.finished_at is not None:
            return
        question = catalog.questions[sailing.steps[-1]["question"]]
        chance = sharp - 0.1 * (question.difficulty - 3)
        posted = fields_said(question, sailing.seed, chance, dice)
        surveys.answer(learner, sailing, Posted(slot, catalog.release, "fr", posted), at)
        at += SCENE


def _speak(person: Person, at: datetime) -> None:
    """The last ideas on their path are not for them; the last of the others that is not firm they know."""
    stands = knowledge(Learner(person.id, clock.day_in(person.zone, at)), at).stands
    for notion in list(stands)[-NOT_MINE:]:
        path.say(person.id, notion, Word.NOT_MINE, at)
    others = list(stands)[:-NOT_MINE]
    loose = [notion for notion in others if stands[notion].state is not State.MASTERED]
    for notion in loose[-KNOWN:]:
        path.say(person.id, notion, Word.KNOWN, at)
