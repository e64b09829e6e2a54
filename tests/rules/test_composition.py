"""Sessions from a pool: nobody with somebody forbidden or where they cannot be; reasons for the others."""

from dataclasses import replace
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from academy.mentoring.composition.compose import Stopped, compose, recompose
from academy.mentoring.composition.lines import reporting_lines
from academy.mentoring.composition.pool import Candidate, Cell, Pool, Sizes
from academy.mentoring.composition.reasons import LeftOut
from academy.mentoring.composition.sessions import Composition, Session
from academy.mentoring.composition.telling import Why, in_common
from academy.mentoring.nonsense import Nonsense

MONDAY, TUESDAY = 1, 2
HERE = Cell(MONDAY, "paris", "fr")
THERE = Cell(TUESDAY, "lyon", "fr")
TOPICS = ("ai", "cloud", "data", "photo", "video")
FIRST_MENTEE = 1001


def candidate(
    number: int, cell: Cell = HERE, entity: int | None = None, **topics: int
) -> Candidate:
    return Candidate(
        number,
        frozenset({cell.slot}),
        frozenset({cell.place}),
        frozenset({cell.language}),
        topics,
        entity,
    )


def people(first: int, count: int, cell: Cell = HERE) -> tuple[Candidate, ...]:
    return tuple(candidate(first + at, cell) for at in range(count))


def simple(mentors: int, mentees: int, cells: tuple[Cell, ...] = (HERE,)) -> Pool:
    return Pool(people(1, mentors), people(FIRST_MENTEE, mentees), cells)


def shape(found: Composition) -> list[tuple[int, int]]:
    return sorted((len(each.mentors), len(each.mentees)) for each in found.sessions)


def reasons(found: Composition) -> dict[int, Why]:
    return {each.person: each.why for each in found.left_out}


def sound(pool: Pool, found: Composition) -> None:
    """What must hold of any composition."""
    mentors = {each.number: each for each in pool.mentors}
    mentees = {each.number: each for each in pool.mentees}
    seated = [who for each in found.sessions for who in (*each.mentors, *each.mentees)]
    out = [each.person for each in found.left_out]
    assert sorted(seated + out) == sorted(mentors | mentees)
    assert len({each.key for each in found.sessions}) == len(found.sessions)
    for session in found.sessions:
        assert all(session.cell.suits(mentors[who]) for who in session.mentors)
        assert all(session.cell.suits(mentees[who]) for who in session.mentees)
        assert not set(product(session.mentors, session.mentees)) & pool.forbidden
        assert 1 <= len(session.mentors) <= pool.sizes.most
        assert 1 <= len(session.mentees) <= pool.sizes.most
        for one in (mentors[who] for who in out if who in mentors):
            barred = any((one.number, other) in pool.forbidden for other in session.mentees)
            full = len(session.mentors) == pool.sizes.most
            assert barred or full or not session.cell.suits(one)
    for cell in pool.cells:
        held = sum(each.cell == cell for each in found.sessions)
        assert cell.most is None or held <= cell.most


@st.composite
def pools(draw: st.DrawFn) -> Pool:
    """Anything small: few times, places and languages, so that people fit somewhere and nowhere."""

    def side(first: int) -> tuple[Candidate, ...]:
        return tuple(
            Candidate(
                first + at,
                draw(st.frozensets(st.integers(0, 2), max_size=3)),
                draw(st.frozensets(st.sampled_from(["paris", "remote"]), max_size=2)),
                draw(st.frozensets(st.sampled_from(["fr", "en"]), max_size=2)),
                draw(st.dictionaries(st.sampled_from(TOPICS), st.integers(0, 3), max_size=3)),
                draw(st.none() | st.integers(0, 2)),
            )
            for at in range(draw(st.integers(0, 9)))
        )

    mentors, mentees = side(1), side(FIRST_MENTEE)
    cells = [
        Cell(slot, place, language, draw(st.none() | st.integers(0, 2)))
        for slot, place, language in product(range(3), ("paris", "remote"), ("fr", "en"))
    ]
    pairs = [(one.number, two.number) for one, two in product(mentors, mentees)]
    forbidden = draw(st.frozensets(st.sampled_from(pairs), max_size=6)) if pairs else frozenset()
    wanted = draw(st.integers(2, 5))
    sizes = Sizes(2, wanted, wanted + draw(st.integers(0, 2)), draw(st.integers(1, 2)))
    chosen = draw(st.lists(st.sampled_from(cells), unique=True, max_size=6))
    return Pool(mentors, mentees, tuple(chosen), forbidden, sizes, seed=draw(st.integers(0, 9)))


@settings(max_examples=40, deadline=None)
@given(pools())
def test_any_pool_gets_sound_sessions_twice_the_same(pool: Pool) -> None:
    found = compose(pool)

    sound(pool, found)
    assert found == compose(pool)


@settings(max_examples=40, deadline=None)
@given(pools(), st.randoms(use_true_random=False))
def test_any_change_of_the_pool_can_be_mended_and_locks_hold(pool: Pool, dice: Random) -> None:
    before = compose(pool)
    seats = before.session_of()
    gone = {who for who in seats if dice.random() < 0.2}
    locked = {who for who in seats if who not in gone and dice.random() < 0.2}
    changed = replace(
        pool,
        mentors=tuple(each for each in pool.mentors if each.number not in gone),
        mentees=tuple(each for each in pool.mentees if each.number not in gone),
        forbidden=frozenset(
            pair for pair in pool.forbidden if not gone & set(pair) and not set(pair) <= locked
        ),
    )

    for again in (
        recompose(changed, before.sessions, locked),
        compose(changed, before.sessions, locked),
    ):
        after = again.session_of()
        assert {who: after.get(who) for who in locked} == {who: seats[who] for who in locked}
        if not locked:
            sound(changed, again)


@pytest.mark.parametrize(
    ("mentors", "mentees", "expected"),
    [
        (1, 1, [(1, 1)]),
        (1, 3, [(1, 3)]),
        (6, 6, [(6, 6)]),
        (10, 9, [(10, 9)]),
        (12, 12, [(12, 12)]),
        (13, 13, [(6, 6), (7, 7)]),
        (30, 12, [(10, 4), (10, 4), (10, 4)]),
        (30, 30, [(10, 10), (10, 10), (10, 10)]),
    ],
)
def test_small_pools_get_as_many_sessions_as_make_sense(
    mentors: int, mentees: int, expected: list[tuple[int, int]]
) -> None:
    found = compose(simple(mentors, mentees))

    assert [sum(each) for each in zip(*shape(found), strict=True)] == [mentors, mentees]
    assert len(found.sessions) == len(expected)
    spread = [max(each) - min(each) for each in zip(*shape(found), strict=True)]
    assert max(spread) <= 2


def test_a_large_pool_is_seated_whole_in_even_sessions_that_fit_better_than_chance() -> None:
    dice = Random(5)  # noqa: S311  # make-believe people
    cells = tuple(Cell(slot, "paris", "fr") for slot in range(6))

    def side(first: int, weights: tuple[int, ...]) -> tuple[Candidate, ...]:
        return tuple(
            Candidate(
                first + at,
                frozenset(dice.sample(range(6), 3)),
                frozenset({"paris"}),
                frozenset({"fr"}),
                dict(zip(dice.sample(TOPICS, 3), weights, strict=True)),
                dice.randrange(9),
            )
            for at in range(400)
        )

    pairs = frozenset((dice.randint(1, 400), dice.randint(1001, 1400)) for _ in range(300))
    pool = Pool(side(1, (1, 1, 1)), side(1001, (3, 2, 1)), cells, pairs)

    found = compose(pool)

    sound(pool, found)
    assert not found.left_out
    assert all(8 <= count <= 12 for each in shape(found) for count in each)
    assert max(abs(mentors - mentees) for mentors, mentees in shape(found)) <= 1
    assert found.fit > 1.2 * (6 * 3 / 5)


def test_people_who_share_topics_are_brought_together() -> None:
    mentors = [candidate(at, ai=1) for at in range(1, 6)]
    mentors += [candidate(at, photo=1) for at in range(6, 11)]
    mentees = [
        candidate(1000 + at, ai=2) if at % 2 else candidate(1000 + at, photo=2)
        for at in range(1, 11)
    ]
    pool = Pool(tuple(mentors), tuple(mentees), (HERE,), sizes=Sizes(5, 5, 6, 3))

    found = compose(pool)

    assert found.fit == pytest.approx(2.0)
    assert {each.mentors for each in found.sessions} == {(1, 2, 3, 4, 5), (6, 7, 8, 9, 10)}


def test_entities_are_mixed_when_topics_do_not_matter() -> None:
    mentors = [candidate(at, entity=at % 2) for at in range(1, 11)]
    mentees = [candidate(1000 + at, entity=at % 2) for at in range(1, 11)]
    pool = Pool(tuple(mentors), tuple(mentees), (HERE,), sizes=Sizes(5, 5, 5, 3))

    assert compose(pool).mixed == 1.0
    assert compose(replace(pool, mixing=0)).fit == 0.0


def optimum(pool: Pool, size: int) -> int:
    """By trying every split of the mentors; the mentees of each are an assignment."""
    fits = np.array(
        [
            [
                sum(one.topics.get(topic, 0) * weight for topic, weight in two.topics.items())
                for two in pool.mentees
            ]
            for one in pool.mentors
        ]
    )
    seats = np.repeat(np.arange(len(pool.cells)), size)
    fits_cell = np.array([[cell.suits(two) for cell in pool.cells] for two in pool.mentees])
    best = 0
    for split in product(range(len(pool.cells)), repeat=len(pool.mentors)):
        even = all(split.count(at) == size for at in range(len(pool.cells)))
        able = all(pool.cells[at].suits(one) for at, one in zip(split, pool.mentors, strict=True))
        if even and able:
            value = fits.T @ np.eye(len(pool.cells))[list(split)]
            value = np.where(fits_cell, value, -1e4)[:, seats]
            rows, columns = linear_sum_assignment(value, maximize=True)
            best = max(best, int(value[rows, columns].sum()))
    return best


@pytest.mark.parametrize("seed", range(6))
def test_two_small_sessions_are_as_good_as_trying_every_split(seed: int) -> None:
    dice, size = Random(seed), 4  # noqa: S311  # make-believe people
    cells = (Cell(0, "paris", "fr", 1), Cell(1, "paris", "fr", 1))

    def side(first: int, weights: tuple[int, ...]) -> tuple[Candidate, ...]:
        return tuple(
            Candidate(
                first + at,
                frozenset({0, 1}) if dice.random() < 0.5 else frozenset({at % 2}),
                frozenset({"paris"}),
                frozenset({"fr"}),
                dict(zip(dice.sample(TOPICS, 3), weights, strict=True)),
            )
            for at in range(2 * size)
        )

    pool = Pool(side(1, (1, 1, 1)), side(1001, (3, 2, 1)), cells, sizes=Sizes(size, size, size, 3))

    found = compose(pool)

    assert not found.left_out
    assert round(found.fit * found.meetings) == optimum(pool, size)


def test_each_reason_for_being_left_out() -> None:
    cells = (HERE, THERE)
    anywhere = frozenset({"paris", "lyon"})
    mentors = (
        *people(1, 5),
        Candidate(50, frozenset({7}), anywhere, frozenset({"fr"})),
        Candidate(51, frozenset({MONDAY}), frozenset({"nice"}), frozenset({"fr"})),
        Candidate(52, frozenset({MONDAY}), anywhere, frozenset({"nl"})),
        Candidate(53, frozenset({MONDAY}), frozenset({"lyon"}), frozenset({"fr"})),
        candidate(54, THERE),
        candidate(55),
    )
    pool = Pool(
        mentors,
        people(FIRST_MENTEE, 5),
        cells,
        frozenset((55, FIRST_MENTEE + at) for at in range(5)),
    )

    found = compose(pool)

    assert found.left_out == (
        LeftOut(50, Why.SLOT),
        LeftOut(51, Why.PLACE),
        LeftOut(52, Why.LANGUAGE),
        LeftOut(53, Why.TOGETHER),
        LeftOut(54, Why.TOO_FEW, THERE, 1, 0),
        LeftOut(55, Why.NOT_POSSIBLE),
    )


def test_when_all_seats_are_taken_the_others_wait() -> None:
    found = compose(simple(14, 14, (replace(HERE, most=1),)))

    assert shape(found) == [(12, 12)]
    assert set(reasons(found).values()) == {Why.FULL}
    assert len(found.left_out) == 4


def test_a_programme_with_one_person() -> None:
    alone = compose(simple(1, 0))

    assert (alone.sessions, reasons(alone)) == ((), {1: Why.NOBODY})
    assert compose(simple(0, 0)) == Composition((), (), 0, 0.0, 1.0)
    assert reasons(compose(simple(1, 1, ()))) == {1: Why.SLOT, FIRST_MENTEE: Why.SLOT}


def test_a_boss_among_the_mentees_costs_one_seat_not_everybodys() -> None:
    pool = replace(simple(6, 6), forbidden=frozenset((mentor, 1001) for mentor in range(1, 6)))

    found = compose(pool)

    sound(pool, found)
    assert reasons(found) == {1001: Why.NOT_POSSIBLE}


def test_forbidden_pairs_are_put_in_different_sessions_when_there_are_two() -> None:
    forbidden = frozenset((mentor, FIRST_MENTEE + mentor) for mentor in range(1, 13))
    pool = replace(simple(16, 16), forbidden=forbidden)

    found = compose(pool)

    sound(pool, found)
    assert not found.left_out


def test_nothing_moves_when_nothing_has_changed() -> None:
    pool = simple(24, 24)
    before = compose(pool)

    assert recompose(pool, before.sessions) == before


def test_somebody_new_takes_a_free_seat_and_nobody_else_moves() -> None:
    before = compose(simple(9, 9))
    again = recompose(simple(10, 9), before.sessions)

    assert again.session_of() == before.session_of() | {10: before.sessions[0].key}


def test_a_new_veto_moves_one_person_only() -> None:
    pool = simple(20, 20)
    before = compose(pool)
    one = before.sessions[0]
    pair = one.mentors[0], one.mentees[0]

    again = recompose(replace(pool, forbidden=frozenset({pair})), before.sessions)

    moved = [who for who, key in before.session_of().items() if again.session_of()[who] != key]
    assert len(moved) == 1
    assert moved[0] in pair
    assert not again.left_out


def test_whoever_is_locked_stays_and_the_other_moves() -> None:
    pool = simple(20, 20)
    before = compose(pool)
    one = before.sessions[0]
    for locked in (one.mentors[0], one.mentees[0]):
        pair = one.mentors[0], one.mentees[0]
        barred = replace(pool, forbidden=frozenset({pair}))
        again = recompose(barred, before.sessions, [locked]).session_of()

        assert again[locked] == one.key
        assert again[pair[1] if locked == pair[0] else pair[0]] != one.key


def test_an_organiser_may_lock_somebody_where_they_said_they_could_not_be() -> None:
    session = Session(7, HERE, (1, 2), (1001, 1002))
    pool = Pool((replace(candidate(1), places=frozenset()), candidate(2)), people(1001, 2), (HERE,))

    assert compose(pool, [session], [1]).session_of()[1] == 7
    assert reasons(recompose(pool, [session])) == {1: Why.PLACE}


def test_when_a_cell_is_offered_no_longer_its_people_go_elsewhere() -> None:
    both = tuple(
        Candidate(
            number,
            frozenset({MONDAY, TUESDAY}),
            frozenset({"paris", "lyon"}),
            frozenset({"fr"}),
        )
        for number in (*range(1, 6), *range(1001, 1006))
    )
    pool = Pool(both[:5], both[5:], (HERE, THERE))
    before = compose(pool)
    other = THERE if before.sessions[0].cell == HERE else HERE

    again = recompose(replace(pool, cells=(other,)), before.sessions)

    assert [each.cell for each in again.sessions] == [other]
    assert again.sessions[0].key != before.sessions[0].key


def test_a_session_whose_one_side_has_gone_is_closed() -> None:
    sessions = [
        Session(1, HERE, (1, 2, 3, 4), (1001, 1002, 1003, 1004)),
        Session(2, THERE, (5, 6, 7, 8), (1005,)),
    ]
    pool = Pool(
        (*people(1, 4), *people(5, 4, THERE)),
        people(1001, 4),
        (HERE, THERE),
        sizes=Sizes(4, 5, 6, 4),
    )

    again = recompose(pool, sessions)

    assert [each.key for each in again.sessions] == [1]
    assert reasons(again) == dict.fromkeys((5, 6, 7, 8), Why.TOO_FEW)


def test_progress_grows_to_one_and_stopping_stops() -> None:
    told: list[float] = []

    def listen(share: float) -> bool:
        told.append(share)
        return True

    compose(simple(24, 24), watch=listen)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 10

    with pytest.raises(Stopped):
        compose(simple(24, 24), watch=lambda share: share < 0.5)


def test_nobody_meets_whom_they_report_to_however_far_up() -> None:
    managers = {1: 2, 2: 3, 3: 4, 1001: 1}

    assert reporting_lines(managers, [1], [3, 4, 1001]) == {(1, 3), (1, 4), (1, 1001)}
    assert reporting_lines(managers, [4], [1, 9]) == {(4, 1)}
    assert reporting_lines(managers, [1], [2, 3, 4], depth=2) == {(1, 2), (1, 3)}
    with pytest.raises(Nonsense, match="in a circle"):
        reporting_lines({1: 2, 2: 1}, [1], [5])
    with pytest.raises(Nonsense, match="a line of 0 steps"):
        reporting_lines({}, [1], [5], depth=0)


def test_what_a_person_has_in_common_with_a_session() -> None:
    ada = candidate(1, ai=1, photo=1, data=1)
    others = [candidate(1001, ai=3), candidate(1002, ai=1, data=2), candidate(1003, photo=0)]

    assert in_common(ada, others) == {"ai": 2, "data": 1}


ADA, BEA, CAT = candidate(1), candidate(2), candidate(3)


@pytest.mark.parametrize(
    ("build", "reason"),
    [
        (lambda: Pool((ADA, ADA), (), ()), "the same person is there twice among the mentors"),
        (lambda: Pool((), (ADA, ADA), ()), "the same person is there twice among the mentees"),
        (lambda: Pool((ADA,), (ADA,), ()), "[1] are mentors and mentees"),
        (lambda: Pool((ADA,), (BEA,), (HERE, HERE)), "the same cell is offered twice"),
        (lambda: Pool((ADA,), (BEA,), (), frozenset({(2, 1)})), "(2, 1) is not a mentor and"),
        (lambda: Pool((ADA,), (BEA,), (), mixing=-1), "mixing weighs -1"),
        (lambda: Sizes(8, 10, 9), "sizes of 8, 10, 9 and 4 contradict"),
        (lambda: Cell(1, "x", "fr", -1), "-1 sessions at once"),
        (lambda: candidate(1, ai=-2), "a topic of 1 weighs less than nothing"),
        (lambda: compose(Pool((ADA,), (BEA,), (HERE,)), (), [1]), "[1] are locked, but in no"),
        (
            lambda: compose(Pool((ADA,), (BEA,), ()), [Session(1, HERE, (1,), (2,))], [1]),
            "[1] are locked in session 1, which is offered no longer",
        ),
        (
            lambda: compose(
                Pool((ADA,), (BEA,), (HERE,), frozenset({(1, 2)})),
                [Session(1, HERE, (1,), (2,))],
                [1, 2],
            ),
            "[(1, 2)] are locked in session 1, but must not meet",
        ),
        (
            lambda: compose(
                Pool((ADA, BEA), (CAT,), (HERE,), sizes=Sizes(1, 1, 1, 1)),
                [Session(1, HERE, (1, 2), (3,))],
                [1, 2],
            ),
            "more people are locked in session 1 than it may seat",
        ),
        (
            lambda: recompose(
                Pool((ADA,), (BEA,), (HERE,)),
                [Session(1, HERE, (1,), (2,)), Session(1, THERE, (), ())],
            ),
            "two sessions have the same key",
        ),
        (
            lambda: recompose(
                Pool((ADA,), (BEA,), (HERE,)),
                [Session(1, HERE, (1,), (2,)), Session(2, THERE, (1,), ())],
            ),
            "somebody sits in two sessions",
        ),
    ],
)
def test_nonsense_is_refused_with_a_reason(build: object, reason: str) -> None:
    with pytest.raises(Nonsense) as refused:
        build()  # type: ignore[operator]

    assert reason in str(refused.value)
