"""When a notion comes again."""

from hypothesis import given
from hypothesis import strategies as st

from academy.mastery import belief, tutor, valuing
from academy.mastery.belief import Belief, Outcome
from academy.mastery.mind import Mind, Trace
from academy.mastery.returning import DATES, Stakes, next_date
from academy.mastery.shelf import Shelf
from tests.rules.minds import (
    CERTAIN,
    MODEL,
    PEOPLE,
    TODAY,
    answer,
    chooser,
    shelf,
)


def again(mind: Mind, shelved: Shelf, key: str, rival: float, now: float = TODAY) -> int:
    trace = mind.traces[shelved.notion(key).tag]
    rivals = [rival] * len(DATES)
    return next_date(trace, Stakes(rivals), now, PEOPLE, CERTAIN)


@given(
    st.lists(st.sampled_from(Outcome), min_size=1, max_size=5),
    st.floats(0.0, 0.6),
    st.floats(0.0, 0.2),
)
def test_the_harder_it_is_to_win_the_later_a_notion_returns(
    outcomes: list[Outcome], rival: float, more: float
) -> None:
    shelved, mind = shelf(1), tutor.stranger(MODEL)
    for day, outcome in enumerate(outcomes):
        answer(mind, shelved, "n0", outcome, TODAY - len(outcomes) + day)

    assert 1 <= again(mind, shelved, "n0", rival) <= again(mind, shelved, "n0", rival + more) <= 365


def test_what_was_missed_returns_before_what_was_known() -> None:
    shelved, mind = shelf(2), tutor.stranger(MODEL)
    answer(mind, shelved, "n0", Outcome.DONT_KNOW, TODAY)
    answer(mind, shelved, "n1", Outcome.RIGHT, TODAY)
    rival = 0.15

    missed, known = (again(mind, shelved, key, rival) for key in ("n0", "n1"))

    assert missed <= 7 < known


def test_the_day_told_is_the_day_it_wins() -> None:
    shelved, mind = shelf(1), tutor.stranger(MODEL)
    answer(mind, shelved, "n0", Outcome.RIGHT, TODAY)
    rival = 0.1

    days = again(mind, shelved, "n0", rival)

    before, then = (
        valuing.look_over(*chooser(shelved, mind, now=TODAY + each)).total[0]
        for each in (days / 2, days)
    )
    assert before < rival <= then + 1e-9


@given(
    st.builds(Belief, st.floats(0.0, 1.0), st.floats(0.1, 3650.0)),
    st.floats(0.0, 30.0),
    st.lists(st.floats(0.0, 0.6), max_size=len(DATES)).map(lambda each: sorted(each, reverse=True)),
    st.floats(0.2, 3.0),
)
def test_the_day_is_the_first_on_which_it_wins(
    now: Belief, since: float, rivals: list[float], weight: float
) -> None:
    ahead = valuing.Ahead(now, belief.learning(1.0, PEOPLE), weight, PEOPLE, CERTAIN)
    trace = Trace(kappa=now.kappa, stability=now.stability, last=TODAY - since)
    days = [
        days
        for days, rival in zip(DATES, rivals, strict=False)
        if ahead.worth(TODAY - trace.last + days) >= rival
    ]

    found = next_date(trace, Stakes(rivals, weight), TODAY, PEOPLE, CERTAIN)

    assert found == (days[0] if days else DATES[min(len(rivals), len(DATES) - 1)])
