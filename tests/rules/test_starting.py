"""Where people of one trade begin: found where trades differ, and nothing said where they do not."""

from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from academy.mastery import shelves
from academy.mastery.lines import SHIPPED
from academy.mastery.nights.laying import History
from academy.mastery.nights.living import Engine, turned
from academy.mastery.nights.making import made
from academy.mastery.starting import FARTHEST, FEWEST, Turned, starts
from tests.conftest import MONDAY
from tests.evenings import SHORT, as_authors_say, asked_of_everybody, facts, histories

PRIOR = 1.0
CATALOG = asked_of_everybody()
LONG_AGO = MONDAY - timedelta(days=40)


def believed(
    trade: str, able: float, people: int, dice: Random, noise: float = 0.5
) -> list[Turned]:
    """What an engine believes of people of that mean ability, from answers of that noise."""
    found = []
    for _ in range(people):
        told = dice.gauss(able, PRIOR**0.5) + dice.gauss(0.0, noise**0.5)
        variance = 1.0 / (1.0 / PRIOR + 1.0 / noise)
        found.append(Turned(trade, told / noise * variance, variance))
    return found


def test_trades_that_differ_begin_where_their_people_stand() -> None:
    dice = Random(1)  # noqa: S311  # a repeatable company
    people = believed("it", 0.8, 400, dice) + believed("plant", -0.4, 400, dice)
    people += believed("sales", -0.4, 400, dice)

    found = starts(people, PRIOR)

    assert abs((found["it"] - found["plant"]) - 1.2) < 0.2
    assert abs(found["plant"] - found["sales"]) < 0.2


def test_a_small_trade_says_nothing_and_a_lone_one_neither() -> None:
    dice = Random(2)  # noqa: S311  # a repeatable company
    many = believed("it", 1.0, 100, dice)

    assert starts(many, PRIOR) == {}
    few = believed("law", -1.0, FEWEST - 1, dice)
    assert starts(many + few, PRIOR) == {}
    assert starts(many + few + believed("law", -1.0, 1, dice), PRIOR).keys() == {"it", "law"}


def test_where_trades_do_not_differ_next_to_nothing_is_said() -> None:
    """Over twenty such companies: what chance makes of it stays small."""
    said = []
    for seed in range(20):
        dice = Random(seed)  # noqa: S311  # a repeatable company
        people = [each for trade in "abcdefgh" for each in believed(trade, 0.0, 60, dice)]
        said += [abs(start) for start in starts(people, PRIOR).values()]

    assert sum(said) / (20 * 8) < 0.05


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abc"), st.floats(-4.0, 4.0), st.floats(0.01, 1.5, exclude_min=True)
        ),
        max_size=120,
    )
)
def test_nobody_is_taken_for_far_from_everybody(people: list[tuple[str, float, float]]) -> None:
    found = starts([Turned(*each) for each in people], PRIOR)

    assert all(-FARTHEST <= start <= FARTHEST for start in found.values())


def company(apart: float, seed: int) -> tuple[list[History], list[str]]:
    """Two trades of sixty, that far apart, whose people come mixed."""
    hard = as_authors_say(CATALOG)
    able = histories(CATALOG, hard, 60, 15, seed, LONG_AGO, ease=0.4 + apart / 2)
    less = histories(CATALOG, hard, 60, 15, seed + 100, LONG_AGO, ease=0.4 - apart / 2)
    both: list[History] = [each for pair in zip(able, less, strict=True) for each in pair]
    return both, ["it", "plant"] * 60


def test_a_night_finds_where_trades_begin_and_people_held_out_confirm_it() -> None:
    lived, trades = company(1.6, seed=1)

    verdict = made(facts(CATALOG, lived, trades=trades), SHORT, seed=1)

    assert verdict.numbers is not None
    assert verdict.start is not None
    assert verdict.start.after < verdict.start.before
    assert verdict.numbers.starts["it"] - verdict.numbers.starts["plant"] > 0.6


def test_what_does_not_help_any_more_goes() -> None:
    lived, trades = company(0.0, seed=3)
    old = made(facts(CATALOG, company(1.6, seed=1)[0], trades=trades), SHORT, seed=1).numbers
    assert old is not None
    assert old.starts

    verdict = made(facts(CATALOG, lived, old=old, trades=trades), SHORT, seed=1)

    assert verdict.start is not None
    kept = old if verdict.numbers is None else verdict.numbers
    assert max(abs(start) for start in kept.starts.values() or [0.0]) < 0.2


def test_who_has_no_trade_tells_of_none() -> None:
    lived, _trades = company(1.6, seed=1)
    engine = Engine(SHIPPED.model, shelves.itemised(CATALOG, SHIPPED))

    assert [each.trade for each in turned(lived[:4], ["", "it", "", ""], engine)] == ["it"]
    assert made(facts(CATALOG, lived), SHORT, seed=1).start is None
