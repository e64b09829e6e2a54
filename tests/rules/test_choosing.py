"""What is asked next, why, with which chance, and when it comes again."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from academy.mastery import choosing, remembering, tutor, valuing
from academy.mastery.belief import Outcome
from academy.mastery.choosing import Choice
from academy.mastery.mind import Mind
from academy.mastery.shelf import Question, Shelf, shelve
from academy.mastery.taste import Chooser, Leaning, Reason, Taste
from tests.rules.minds import (
    CERTAIN,
    MODEL,
    PEOPLE,
    TODAY,
    answer,
    chooser,
    notion,
    shelf,
)

seeds = st.integers(0, 2**31)


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
    weights = st.sampled_from([0.5, 1.0, 3.0])
    leaning = st.builds(Leaning, weights, weights, st.booleans(), st.booleans())
    leanings = {each.key: draw(leaning) for each in shelved.notions if draw(st.booleans())}
    return chooser(
        shelved,
        mind,
        leanings=leanings,
        now=at + draw(st.floats(0, 90)),
        seed=draw(seeds),
        failures=draw(st.integers(0, 4)),
        taste=Taste(look=draw(st.sampled_from([0.0, 0.05, 1.0]))),
    )


def one(choice: Choice | None) -> Choice:
    assert choice is not None
    return choice


def reseeded(facts: Chooser, seed: int) -> Chooser:
    return facts._replace(situation=replace(facts.situation, seed=seed))


def learnt(shelved: Shelf, *notions: str, at: float = TODAY - 1) -> Mind:
    """Somebody who knew these notions, a day ago."""
    mind = tutor.stranger(MODEL)
    for key in notions:
        answer(mind, shelved, key, Outcome.RIGHT, at)
    return mind


@given(choosers())
def test_the_same_facts_and_seed_give_the_same_round(facts: Chooser) -> None:
    assert choosing.compose(facts) == choosing.compose(facts)
    assert choosing.choose(facts) == choosing.choose(facts)


@given(choosers(), st.integers(1, 4))
def test_a_round_asks_at_most_what_was_wanted_and_nothing_twice(
    facts: Chooser, wanted: int
) -> None:
    asked = [key for choice in choosing.compose(facts, wanted) for key in choice.questions]

    assert len(asked) <= min(wanted, 2)
    assert len(set(asked)) == len(asked)


@given(choosers())
def test_excluded_notions_are_never_asked(facts: Chooser) -> None:
    excluded = {key for key, leaning in facts.leanings.items() if leaning.excluded}

    assert excluded.isdisjoint(choice.notion for choice in choosing.compose(facts))
    assert excluded.isdisjoint(choosing.propensities(facts))


@given(choosers())
def test_the_reason_is_the_largest_term_and_the_terms_make_the_score(facts: Chooser) -> None:
    survey = valuing.look_over(*facts)
    for choice in choosing.compose(facts):
        near = choice.terms.get(Reason.NEAR, 0.0)
        total = survey.total[facts.shelf.place[choice.notion]]

        assert choice.score == pytest.approx(sum(choice.terms.values()))
        assert choice.score == pytest.approx(total + near)
        if choice.reason is not Reason.LOOK:
            assert choice.terms[choice.reason] == max(choice.terms.values())


@given(choosers())
def test_without_a_lot_the_best_wins(facts: Chooser) -> None:
    sober = facts._replace(taste=replace(facts.taste, look=0.0))
    choices = choosing.compose(sober)
    assume(choices)
    totals = valuing.look_over(*sober).total.values()

    assert choices[0].score == pytest.approx(max(totals))
    assert choices[0].propensity == 1.0


@given(choosers())
def test_propensities_sum_to_one(facts: Chooser) -> None:
    chances = choosing.propensities(facts)
    assume(chances)

    assert sum(chances.values()) == pytest.approx(1.0)
    assert all(0 <= chance <= 1 for chance in chances.values())


@given(choosers())
def test_a_choice_carries_its_own_propensity(facts: Chooser) -> None:
    choices = choosing.compose(facts)
    assume(choices)

    assert choices[0].propensity == choosing.propensities(facts)[choices[0].notion]


def test_propensities_are_what_happens_over_many_seeds() -> None:
    shelved = shelf(4)
    mind = learnt(shelved, "n0", at=TODAY - 40)
    facts = chooser(shelved, mind, taste=Taste(look=0.5, temperature=0.05))
    draws = 4000

    choices = [one(choosing.choose(reseeded(facts, seed), 1)) for seed in range(draws)]

    chances = choosing.propensities(facts)
    notions = Counter(choice.notion for choice in choices)
    for key, chance in chances.items():
        assert notions[key] / draws == pytest.approx(chance, abs=0.025)
    questions = Counter((choice.notion, choice.questions[0]) for choice in choices)
    for choice in {(each.notion, each.questions[0]): each for each in choices}.values():
        expected = choice.propensity * choice.propensities[0]
        assert questions[choice.notion, choice.questions[0]] / draws == pytest.approx(
            expected, abs=0.025
        )


@given(choosers())
def test_no_wording_comes_twice_while_another_was_asked_less(facts: Chooser) -> None:
    for choice in choosing.compose(facts):
        each = facts.shelf.notion(choice.notion)
        trace = facts.mind.traces.get(each.tag)
        seen = trace.asked if trace else {}
        times = {q.key: seen[q.tag].times if q.tag in seen else 0 for q in each.questions}

        assert times[choice.questions[0]] == min(times.values())


def test_colleagues_get_different_wordings() -> None:
    shelved = shelve([notion(0)])
    alike = tuple(replace(each, difficulty=0.0) for each in shelved.notions[0].questions)
    shelved = shelve([replace(shelved.notions[0], questions=alike)])

    first = {one(choosing.choose(chooser(shelved, seed=seed))).questions[0] for seed in range(40)}

    assert len(first) == 3


def test_what_cannot_be_guessed_may_be_forgotten_wholly() -> None:
    """A number asked to somebody who surely knows nothing: no chance at all, and still a round."""
    each = replace(notion(0), questions=(Question("number", 1, 0.0, guess=0.0),))
    shelved, mind = shelve([each]), tutor.stranger(MODEL)
    answer(mind, shelved, "n0", Outcome.DONT_KNOW, TODAY - 9)
    mind.traces[0].kappa = 0.0

    choice = one(choosing.choose(chooser(shelved, mind)))
    answer(mind, shelved, "n0", Outcome.RIGHT, TODAY)

    assert choice.chance == 0.0
    assert 0 < mind.traces[0].kappa <= 1


def test_what_is_shown_is_what_is_believed() -> None:
    """Curiosity weighs in the choice; it changes no figure."""
    shelved = shelf(3)
    subject = shelved.notion("n0").subject

    choice = one(choosing.choose(chooser(shelved, taste=replace(CERTAIN, curiosity=2.0))))

    mind = tutor.stranger(MODEL)
    assert choice.recall == remembering.sight(mind, subject, TODAY, PEOPLE).held


def test_what_was_never_asked_is_looked_at_early() -> None:
    shelved = shelf(2)
    mind = learnt(shelved, "n0", at=TODAY - 30)

    chances = [
        valuing.look_over(*chooser(shelved, mind, taste=replace(CERTAIN, curiosity=each))).total[1]
        for each in (0.0, 1.0)
    ]

    assert chances[0] < chances[1]


def test_a_round_fits_in_its_minute() -> None:
    slow = Question("slow", 1, 0.0, seconds=50)
    quick = Question("quick", 2, 0.0, seconds=20)
    first, second = (
        replace(
            notion(number),
            questions=(replace(slow, key=f"slow-{number}"), replace(quick, key=f"quick-{number}")),
        )
        for number in (0, 1)
    )

    for seed in range(20):
        choices = choosing.compose(chooser(shelve([first, second]), seed=seed))
        assert [key.split("-")[0] for choice in choices for key in choice.questions] == [
            "quick",
            "quick",
        ]


def test_a_slow_question_is_asked_when_there_is_no_other() -> None:
    slow = replace(notion(0), questions=(Question("slow", 1, seconds=90),))

    assert one(choosing.choose(chooser(shelve([slow])))).questions == ("slow",)


def test_what_is_fading_goes_before_what_is_fresh() -> None:
    shelved = shelf(2)
    mind = learnt(shelved, "n0", at=TODAY - 300)
    answer(mind, shelved, "n1", Outcome.RIGHT, TODAY - 1)

    choice = one(choosing.choose(chooser(shelved, mind)))

    assert choice.notion == "n0"
    assert choice.reason is Reason.FADING
    assert choice.recall < 0.9


def test_a_miss_comes_back_before_a_success() -> None:
    shelved = shelf(2)
    mind = tutor.stranger(MODEL)
    answer(mind, shelved, "n0", Outcome.RIGHT, TODAY - 4)
    answer(mind, shelved, "n1", Outcome.DONT_KNOW, TODAY - 4)

    assert one(choosing.choose(chooser(shelved, mind))).notion == "n1"


def test_what_builds_on_nothing_known_waits_for_its_prerequisite() -> None:
    shelved = shelve([notion(0), notion(1, requires=("n0",)), notion(2, requires=("n1",))])

    assert one(choosing.choose(chooser(shelved))).notion == "n0"


def test_what_opens_more_goes_first() -> None:
    shelved = shelve([notion(0), notion(1), notion(2, requires=("n1",))])

    assert one(choosing.choose(chooser(shelved))).notion == "n1"


def test_season_and_track_weigh_in_and_are_named() -> None:
    shelved = shelf(3)

    season = one(choosing.choose(chooser(shelved, leanings={"n2": Leaning(season=3.0)})))
    track = one(choosing.choose(chooser(shelved, leanings={"n1": Leaning(track=3.0)})))

    assert (season.notion, season.reason) == ("n2", Reason.SEASON)
    assert (track.notion, track.reason) == ("n1", Reason.TRACK)


def test_a_lesson_read_is_asked_about_first() -> None:
    choice = one(choosing.choose(chooser(shelf(3), leanings={"n1": Leaning(read=True)})))

    assert (choice.notion, choice.reason) == ("n1", Reason.READ)


def test_what_is_declared_known_is_confirmed_once() -> None:
    shelved = shelf(3)
    mind = learnt(shelved, "n0", "n1")
    remembering.declare(mind, shelved.notion("n2").subject, TODAY - 1, PEOPLE)

    choice = one(choosing.choose(chooser(shelved, mind)))
    answer(mind, shelved, "n2", Outcome.RIGHT, TODAY)

    assert choice.notion == "n2"
    assert Reason.CONFIRM in choice.terms
    assert Reason.CONFIRM not in one(choosing.choose(chooser(shelved, mind, now=TODAY + 1))).terms


def test_after_failures_in_a_row_comes_something_likely_to_succeed() -> None:
    shelved = shelf(4)
    mind = learnt(shelved, "n0", at=TODAY - 20)

    calm = one(choosing.choose(chooser(shelved, mind, failures=1)))
    kind = one(
        choosing.choose(chooser(shelved, mind, failures=4, taste=replace(CERTAIN, kindness=0.5)))
    )

    assert kind.chance > calm.chance
    assert kind.terms[Reason.KIND] > 0 == calm.terms[Reason.KIND]


def test_sixty_days_away_build_no_wall() -> None:
    shelved = shelf(6)
    mind = learnt(shelved, *(f"n{each}" for each in range(6)), at=TODAY - 60)
    facts = chooser(shelved, mind)

    choices = choosing.compose(facts)

    totals = valuing.look_over(*facts).total.values()
    assert sum(len(choice.questions) for choice in choices) == 2
    assert [choice.score for choice in choices] == sorted(totals, reverse=True)[:2]


def test_a_notion_rests_after_it_was_asked() -> None:
    shelved = shelf(2)
    mind = learnt(shelved, "n0", at=TODAY - 0.2)

    assert one(choosing.choose(chooser(shelved, mind))).notion == "n1"
    assert "n0" not in choosing.propensities(chooser(shelved, mind))


def test_the_second_question_stays_in_the_subject() -> None:
    shelved = shelve([notion(0, skill=1), notion(1, skill=2), notion(2, skill=1)])

    first, second = choosing.compose(chooser(shelved, taste=replace(CERTAIN, near=0.02)))

    assert (first.notion, second.notion) == ("n0", "n2")
    assert second.terms[Reason.NEAR] == 0.02


def test_a_round_may_be_asked_to_stay_on_one_notion() -> None:
    (choice,) = choosing.compose(chooser(shelf(3), taste=replace(CERTAIN, together=0.0)))

    assert len(choice.questions) == 2


def test_one_notion_alone_gives_two_of_its_questions() -> None:
    (choice,) = choosing.compose(chooser(shelf(1)))

    assert len(choice.questions) == 2


def test_a_lone_question_is_asked_once() -> None:
    (choice,) = choosing.compose(chooser(shelf(1, questions=1)))

    assert len(choice.questions) == 1


def test_nothing_to_ask_is_no_round() -> None:
    empty = chooser(shelve([]))
    excluded = chooser(shelf(1), leanings={"n0": Leaning(excluded=True)})

    assert choosing.compose(empty) == choosing.compose(excluded) == ()
    assert choosing.choose(empty) is None
    assert choosing.propensities(excluded) == {}


def again(mind: Mind, shelved: Shelf, key: str, rival: float, now: float = TODAY) -> int:
    each = shelved.notion(key)
    return choosing.next_date(
        mind.traces[each.tag], each, rival, 1.0, chooser(shelved, mind, now=now)
    )


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
