"""A rehearsal adds up what the database summed: the same rules are met as deed by deed."""

from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from academy.deeds.queries import Dated, Done, Summed
from academy.people.calendar import Calendar
from academy.rewards.publishing.summing import most_within, needs, tallied
from academy.rewards.rules import Count, Distinct, Facts, Given, Rule, Sum, evaluate
from academy.rewards.watching import plan
from academy.rewards.watching import tallied as one_by_one
from tests.rules.test_award_days import SHELF, THEME, VERB, calendars, histories
from tests.rules.test_award_days import Deed as Day

MORE: list[tuple[str, Rule]] = [
    ("some", Count(VERB, 4)),
    ("some-themed", Count(VERB, 3, THEME)),
    ("themes", Distinct(VERB, 1)),
    ("right", Sum(VERB, "right", 7)),
    ("given", Given("given", ("hr",))),
]
RULES = [*SHELF, *MORE]
PLAN, NEEDS = plan(RULES), needs(rule for _key, rule in RULES)


def logged(history: list[Day]) -> list[Done]:
    """One deed a day or several, each with a figure; and one given by hand."""
    found = [
        Done(number, 1, VERB, theme, day, {"right": number % 3}, "subject", f"1:{number}")
        for number, (day, theme) in enumerate(history)
    ]
    given = (
        Done(99, 1, "award_given", "given", day, {}, "given", "1:g") for day, _theme in history
    )
    return [*found, *list(given)[:1]]


def in_sums(deeds: list[Done]) -> tuple[list[Summed], list[Dated]]:
    """As the database groups them."""
    groups: dict[tuple[str, str | None], list[Done]] = defaultdict(list)
    for deed in deeds:
        groups[deed.verb, deed.theme].append(deed)
    sums = [
        Summed(
            1,
            *key,
            len(mine),
            tuple(sum(each.result.get(name, 0) for each in mine) for name in NEEDS.figures),
        )
        for key, mine in groups.items()
    ]
    days = [
        Dated(1, *key, ",".join(each.day.isoformat() for each in mine))
        for key, mine in groups.items()
        if key[0] in NEEDS.dated
    ]
    return sums, days


@settings(max_examples=200)
@given(histories, calendars)
def test_summed_up_is_the_same_as_deed_by_deed(history: list[Day], calendar: Calendar) -> None:
    deeds = logged(history)

    kept = Facts(one_by_one(deeds, PLAN, lambda _day: calendar))
    summed = Facts(tallied(*in_sums(deeds), NEEDS.figures, PLAN, lambda _day: calendar))

    for key, rule in RULES:
        assert evaluate(rule, summed).met == evaluate(rule, kept).met, key


@given(
    st.dictionaries(st.integers(0, 60), st.integers(1, 20)).map(
        lambda all: dict(sorted(all.items()))
    ),
    st.integers(1, 31),
)
def test_the_busiest_days_are_found(counts: dict[int, int], span: int) -> None:
    plainly = (
        sum(min(many, 15) for day, many in counts.items() if end - span < day <= end)
        for end in counts
    )

    assert most_within(counts, span) == max(plainly, default=0)
