"""Levels: what was ever earned reaches them, in any order, and nothing takes them away."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from academy.deeds.queries import Done
from academy.deeds.verbs import COUNTED, Verb
from academy.rewards.badges import version_of
from academy.rewards.evidence import kept
from academy.rewards.rules import Count, Facts, Gathered, Reached, Rule, Some, evaluate, on_ladder
from academy.rewards.tariff import PAYING, Currency, pay
from academy.rewards.watching import plan

LADDER = ("door", "path", "sea")
SHELF: list[tuple[str, Rule]] = [
    ("door", Gathered("star", 2)),
    ("path", Gathered("star", 5)),
    ("sea", Gathered("star", 9)),
    ("keys", Gathered("key", 6)),
    ("guide", on_ladder(Some((Reached("path"), Count("answer_helped", 1)), 2), LADDER)),
]
PLAN = plan(SHELF)

Deed = tuple[Verb, dict[str, int]]
deeds: st.SearchStrategy[Deed] = st.tuples(
    st.sampled_from([verb for verb in Verb if verb in COUNTED]),
    st.fixed_dictionaries({"right": st.integers(0, 2)}),
)
histories = st.lists(deeds, max_size=14)


def ever(history: Sequence[Deed]) -> dict[str, int]:
    """Added up anew."""
    found: Counter[str] = Counter()
    for verb, result in history:
        found.update(pay(verb, result).amounts())
    return dict(found)


def one_by_one(history: Sequence[Deed]) -> frozenset[str]:
    """As the deeds come in: each looks only at the rules of its verb, and at what was added up so far."""
    held, tallies = frozenset[str](), dict[str, int]()
    so_far: Counter[str] = Counter()
    for verb, result in history:
        so_far.update(pay(verb, result).amounts())
        tallies[verb] = tallies.get(verb, 0) + 1
        held |= set(PLAN.met(verb, Facts(tallies, held, ever=so_far)))
    return held


@given(histories, st.randoms(use_true_random=False))
def test_deed_by_deed_is_the_same_as_anew_in_any_order(history: list[Deed], chance: Random) -> None:
    tallies = dict(Counter(verb.value for verb, _result in history))
    anew = frozenset(PLAN.met_by(Facts(tallies, ever=ever(history))))
    shuffled = list(history)
    chance.shuffle(shuffled)

    assert one_by_one(history) == one_by_one(shuffled) == anew


@given(histories)
def test_who_has_a_level_has_those_below_it(history: list[Deed]) -> None:
    held = one_by_one(history)

    assert [level in held for level in LADDER] == sorted(
        (level in held for level in LADDER), reverse=True
    )


def test_one_reads_how_far_the_next_level_is() -> None:
    progress = evaluate(Gathered("star", 200), Facts({}, ever={"star": 120}))

    assert (progress.met, progress.have, progress.need) == (False, 120, 200)


def test_a_higher_level_will_do_and_the_ladder_is_no_part_of_the_version() -> None:
    alone, knowing = Reached("path"), on_ladder(Reached("path"), LADDER)

    assert evaluate(knowing, Facts({}, frozenset({"sea"}))).met
    assert not evaluate(knowing, Facts({}, frozenset({"door"}))).met
    assert version_of(alone, 5) == version_of(knowing, 5)


def test_stars_come_from_taking_part_and_keys_from_knowing() -> None:
    for currency, verbs in PAYING.items():
        paying = {verb for verb in Verb if currency in pay(verb, {"right": 1}).amounts()}
        assert set(verbs) == paying
    assert Verb.LESSON_DONE not in PAYING[Currency.STAR]


def test_the_evidence_of_a_level_is_the_deeds_that_brought_stars() -> None:
    history = [
        Done(number, 1, verb, None, date(2026, 1, number), {}, "subject", "once")
        for number, verb in ((1, "round_done"), (2, "lesson_done"), (3, "mentoring_held"))
    ]

    assert [deed["deed"] for deed in kept(Gathered("star", 2), history)] == [3, 1]
