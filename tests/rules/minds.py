"""Shelves and minds for the rules of choosing: small, made in one line, or by lot."""

from hypothesis import strategies as st

from academy.mastery import choosing, tutor
from academy.mastery.belief import Outcome, Population
from academy.mastery.choosing import Choice
from academy.mastery.mind import Mind
from academy.mastery.shelf import Notion, Question, Shelf, shelve
from academy.mastery.taste import Chooser, Leaning, Situation, Taste
from academy.mastery.tutor import Model

PEOPLE = Population()
MODEL = Model()
CERTAIN = Taste(look=0.0, near=0.0, spread=1e-9)
"""No lot, so that examples show the value alone."""

TODAY = 1000.0


def notion(
    number: int, questions: int = 3, requires: tuple[str, ...] = (), skill: int = 1
) -> Notion:
    wordings = tuple(
        Question(f"n{number}-{each}", 100 * number + each, (each - 1) * 0.3)
        for each in range(questions)
    )
    return Notion(f"n{number}", number, skill, 0.0, wordings, requires)


def shelf(size: int = 5, questions: int = 3) -> Shelf:
    return shelve([notion(number, questions) for number in range(size)])


def chooser(
    shelved: Shelf,
    mind: Mind | None = None,
    *,
    leanings: dict[str, Leaning] | None = None,
    now: float = TODAY,
    seed: int = 1,
    taste: Taste = CERTAIN,
) -> Chooser:
    return Chooser(
        mind if mind is not None else tutor.stranger(MODEL),
        shelved,
        leanings or {},
        Situation(now, seed),
        PEOPLE,
        taste,
    )


def answer(
    mind: Mind, shelved: Shelf, key: str, outcome: Outcome, at: float, question: int = 0
) -> None:
    wording = shelved.notion(key).questions[question]
    tutor.learn(mind, shelved.item(key, wording), outcome, at, MODEL)


def learnt(shelved: Shelf, *notions: str, at: float = TODAY - 1) -> Mind:
    """Somebody who knew these notions, a day ago."""
    mind = tutor.stranger(MODEL)
    for key in notions:
        answer(mind, shelved, key, Outcome.RIGHT, at)
    return mind


def asked_first(facts: Chooser) -> Choice:
    """The first choice of a round; there must be one."""
    return choosing.compose(facts, 1)[0]


@st.composite
def choosers(draw: st.DrawFn) -> Chooser:
    """Somebody who lived through up to thirty answers, in front of a shelf with chains and leanings."""
    size = draw(st.integers(1, 6))
    shelved = shelve(
        [
            notion(
                number,
                draw(st.integers(1, 3)),
                (f"n{number - 1}",) if number and draw(st.booleans()) else (),
                draw(st.integers(1, 2)),
            )
            for number in range(size)
        ]
    )
    mind = tutor.stranger(MODEL)
    at = TODAY - 100
    for _ in range(draw(st.integers(0, 30))):
        each = draw(st.sampled_from(shelved.notions))
        at += draw(st.floats(0, 3))
        place = draw(st.integers(0, len(each.questions) - 1))
        answer(mind, shelved, each.key, draw(st.sampled_from(Outcome)), at, place)
    weights = st.sampled_from([0.0, 0.5, 1.0, 3.0])
    often = st.booleans()
    leaning = st.builds(Leaning, weights, weights, often, often, often)
    leanings = {each.key: draw(leaning) for each in shelved.notions if draw(st.booleans())}
    return chooser(
        shelved,
        mind,
        leanings=leanings,
        now=at + draw(st.floats(0, 90)),
        seed=draw(st.integers(0, 2**31)),
        taste=Taste(look=draw(st.sampled_from([0.0, 0.05, 1.0]))),
    )
