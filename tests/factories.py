"""Small makers of people and their days, through the academy's own services."""

from datetime import date, datetime
from itertools import count

from academy.catalog import releases
from academy.catalog.tree import Question
from academy.daily import services as daily
from academy.daily.choices import Chosen, stored
from academy.daily.models import Round
from academy.daily.queries import Drawn
from academy.database import db
from academy.hr.waves.models import WaveMember
from academy.learning import queries as learning
from academy.learning import services as study
from academy.learning import sitting
from academy.learning.alone import Posted
from academy.learning.models import Attempt, Kind
from academy.learning.services import Learner
from academy.mastery import queries as mastery
from academy.mastery.mind import Trace, tag
from academy.mastery.taste import Reason
from academy.people import services as people
from academy.people.models import Entity, EntityKind, Person, Role
from academy.people.services import Newcomer
from academy.seed import right_fields
from academy.surveys import services as surveys
from academy.surveys.models import Voyage
from tests.conftest import MONDAY

PASSWORD = "papier-ciseaux-2026"
TODAY = MONDAY.date()
DONT_KNOW = {"dont_know": ["1"]}

_numbers = count(1)


def make_person(*roles: Role, language: str = "en", password: str | None = None) -> Person:
    """Somebody new, committed; without a password nobody signs in by hashing one."""
    number = next(_numbers)
    person = people.open_account(
        Newcomer(
            email=f"person{number}@aurore.example",
            given_name="Ada",
            family_name=f"Number{number}",
            joined_on=date(2026, 1, 5),
            language=language,
            password=password,
        ),
        MONDAY,
    )
    people.grant(person, roles, date(2026, 1, 5))
    db.session.flush()
    if person.waits:  # waves are declared: this is somebody they let in
        person.waits = False
        db.session.add(WaveMember(person_id=person.id, entered_on=TODAY, was_in=True))
    db.session.commit()
    return person


def make_site(company: str = "Aurore", site: str = "Lyon") -> Entity:
    """A company with one division, one site and one team; gives the team."""
    number = next(_numbers)
    above = None
    for kind, name in (
        (EntityKind.COMPANY, company),
        (EntityKind.DIVISION, "France"),
        (EntityKind.SITE, site),
        (EntityKind.TEAM, "Cahiers"),
    ):
        above = people.open_entity(f"{kind}-{number}", kind, name, date(2020, 1, 1), above)
    db.session.commit()
    assert above is not None
    return above


def learner(person: Person, day: date = TODAY) -> Learner:
    return Learner(person.id, day, tuple(person.needs or ()))


def draw(person: Person, at: datetime = MONDAY, seed: int = 1) -> Drawn:
    drawn = daily.draw(learner(person, at.date()), at, seed)
    assert drawn is not None
    db.session.commit()
    return drawn


def pin_round(
    person: Person, *questions: Question, at: datetime = MONDAY, seed: int = 1, of: int = 1
) -> Round:
    """A round of these questions, in this order; `of`: how many for each idea."""
    pinned = Round(
        person_id=person.id,
        day=at.date(),
        notion=questions[0].notion,
        questions=[question.key for question in questions],
        choices=stored(_about(question.notion, of) for question in questions[::of]),
        seed=seed,
        release=releases.current().release,
        drawn_at=at,
    )
    db.session.add(pinned)
    db.session.commit()
    return pinned


def _about(notion: str, of: int) -> Chosen:
    return Chosen(notion, of, Reason.NEW, None, None, 1.0, [1.0] * of, False, [], 1.0)


def trace_of(person: Person, notion: str) -> Trace | None:
    """What the engine keeps of this notion in this head."""
    return mastery.mind_of(person.id).traces.get(tag(notion))


def met(person: Person) -> set[int]:
    """The tags of the notions somebody has met."""
    return set(mastery.mind_of(person.id).traces)


def answer(person: Person, drawn: Drawn, right: bool = True, at: datetime = MONDAY) -> None:
    """Answer the next question of a round."""
    question = releases.current().questions[drawn.questions[drawn.answered]]
    fields = right_fields(question, drawn.seed) if right else DONT_KNOW
    asked = Posted(drawn.answered + 1, releases.current().release, "fr", fields)
    daily.answer(learner(person, at.date()), drawn, asked, at)
    db.session.commit()


def do_round(person: Person, at: datetime = MONDAY, right: bool = True) -> Drawn:
    drawn = draw(person, at)
    while drawn.finished_at is None:
        answer(person, drawn, right, at)
    return drawn


def read_lesson(person: Person, key: str, at: datetime = MONDAY, right: bool = True) -> int:
    """Read a lesson and answer its check; gives the attempt's number."""
    lesson = releases.current().lessons[key]
    who = learner(person, at.date())
    known = learning.standing(person.id, Kind.CHECK, key)
    number = (known.tries if known else 0) + 1
    questions = study.check_questions(who, lesson)
    fields = answers(questions, study.check_seed(person.id, key, number), right)
    marks = sitting.mark_all(
        questions, "fr", study.check_seed(person.id, key, number), fields
    ).marks
    attempt = study.submit_check(who, lesson, number, marks, at)
    db.session.commit()
    return attempt


def open_quiz(person: Person, module: str, at: datetime = MONDAY) -> Attempt:
    number = study.open_quiz(learner(person, at.date()), releases.current().modules[module], at)
    db.session.commit()
    attempt = learning.attempt(number)
    assert attempt is not None
    return attempt


def sit_quiz(person: Person, module: str, at: datetime = MONDAY, right: bool = True) -> Attempt:
    """Open a quiz and hand it in, all right or all "I don't know"."""
    attempt = open_quiz(person, module, at)
    questions = study.questions_of(attempt)
    marks = sitting.mark_all(
        questions, "fr", attempt.seed, answers(questions, attempt.seed, right)
    ).marks
    study.submit_quiz(learner(person, at.date()), attempt, marks, at)
    db.session.commit()
    return attempt


def answers(questions: list[Question], seed: int, right: bool = True) -> dict[str, list[str]]:
    """The form fields of a whole sitting."""
    fields = {}
    for slot, question in enumerate(questions, 1):
        one = right_fields(question, seed) if right else DONT_KNOW
        fields.update({sitting.prefix(slot) + name: values for name, values in one.items()})
    return fields


def set_sail(person: Person, at: datetime = MONDAY, seed: int = 1) -> Voyage:
    sailing = surveys.set_sail(learner(person, at.date()), at, seed)
    db.session.commit()
    return sailing


def live_scene(person: Person, sailing: Voyage, right: bool = True, at: datetime = MONDAY) -> None:
    """Answer the open scene of a voyage."""
    question = releases.current().questions[sailing.steps[-1]["question"]]
    fields = right_fields(question, sailing.seed) if right else DONT_KNOW
    said = Posted(sailing.answered + 1, releases.current().release, "fr", fields)
    surveys.answer(learner(person, at.date()), sailing, said, at)
    db.session.commit()


def sail(person: Person, at: datetime = MONDAY, right: bool = True, scenes: int = 12) -> Voyage:
    """A voyage up to this scene, all right or all "I don't know"."""
    sailing = set_sail(person, at)
    while sailing.finished_at is None and sailing.answered < scenes:
        live_scene(person, sailing, right, at)
    return sailing


def earn_passport(person: Person, at: datetime = MONDAY) -> None:
    """Pass five quizzes in three themes."""
    for module in ("changes", "data", "platforms", "doors", "basics"):
        sit_quiz(person, module, at)
