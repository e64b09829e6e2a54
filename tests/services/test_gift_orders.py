"""Orders of gifts: what is taken, what goes back, and what never happens, however many ask at once."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from academy.database import Base, db
from academy.folio.models import Folio
from academy.notices.models import Notice
from academy.people import services as people
from academy.people.audit import AuditEntry
from academy.people.models import Person, Role
from academy.people.places import above
from academy.refusal import Refusal
from academy.rewards import queries as rewards
from academy.rewards.shop import books, jobs, queries, services
from academy.rewards.shop.keeping import services as keeping
from academy.rewards.shop.models import Budget, Gift, Line, Order
from academy.rewards.shop.rules import LIVE, Move, Obstacle, State
from academy.rewards.shop.services import CannotOrder, MovedOn, NoSuchOrder
from tests import gifts
from tests.conftest import MONDAY
from tests.factories import TODAY, make_person, make_site
from tests.services.crowd import CROWD, all_at_once

YEAR = TODAY.year


@pytest.fixture
def keeper(context: Flask) -> Person:
    return make_person(Role.HR)


@pytest.fixture
def ada(context: Flask) -> Person:
    """Ten keys, ten stars."""
    make_person()
    person = make_person()
    gifts.fill(person)
    return person


def keys(person: Person) -> int:
    return rewards.balances(person.id).keys


def sides(number: int) -> list[tuple[str, str, int | None, int]]:
    rows = db.session.scalars(select(Line).where(Line.order_id == number).order_by(Line.id))
    return [(row.movement, row.account, row.person_id, row.amount) for row in rows]


def taken(number: int) -> int:
    return db.session.scalars(select(Gift.taken).where(Gift.id == number)).one()


def told(person: Person) -> list[str]:
    rows = db.session.scalars(
        select(Notice)
        .where(Notice.person_id == person.id, Notice.kind == "gift")
        .order_by(Notice.id)
    )
    return [row.data["what"] for row in rows.all()]


def refused(act: Callable[[], object]) -> Obstacle:
    with pytest.raises(CannotOrder) as no:
        act()
    db.session.rollback()
    return no.value.why


def books_are_right() -> bool:
    """Nobody's balance differs from the ledger, and every order's sides add up to nothing."""
    return books.discrepancies() == [] and books.unbalanced() == []


def test_an_order_takes_the_price_and_a_piece_and_writes_both_sides(
    keeper: Person, ada: Person
) -> None:
    number = gifts.gift(keeper, price=4, stock=3)

    made = gifts.order(ada, number)

    assert keys(ada) == 6
    assert rewards.balances(ada.id).keys_ever == 10
    assert taken(number) == 1
    assert sides(made) == [("spent", "person", ada.id, -4), ("spent", "shop", None, 4)]
    assert books_are_right()


def test_stars_are_spent_like_keys(keeper: Person, ada: Person) -> None:
    gifts.order(ada, gifts.gift(keeper, price=7, currency="star"))

    left = rewards.balances(ada.id)
    assert (left.stars, left.stars_ever, left.keys) == (3, 10, 10)
    assert books_are_right()


def test_the_same_form_twice_is_one_order(keeper: Person, ada: Person) -> None:
    number = gifts.gift(keeper)

    first, second = (gifts.order(ada, number, once="same") for _ in range(2))

    assert first == second
    assert keys(ada) == 8
    assert taken(number) == 1


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        ({"price": 11}, Obstacle.SHORT),
        ({"stock": 0}, Obstacle.GONE),
        ({"on_shelf": False}, Obstacle.AWAY),
        ({"opens_on": TODAY + timedelta(days=1)}, Obstacle.AWAY),
        ({"closes_on": TODAY - timedelta(days=1)}, Obstacle.AWAY),
    ],
)
def test_what_cannot_be_ordered_takes_nothing(
    keeper: Person, ada: Person, terms: dict[str, object], why: Obstacle
) -> None:
    number = gifts.gift(keeper, **terms)

    assert refused(lambda: gifts.order(ada, number)) is why

    assert keys(ada) == 10
    assert taken(number) == 0
    assert db.session.scalar(select(func.count()).select_from(Order)) == 0


def test_a_gift_that_is_not_there_and_somebody_without_a_purse_are_told_so(
    keeper: Person, ada: Person
) -> None:
    number = gifts.gift(keeper)

    assert refused(lambda: gifts.order(ada, number + 1)) is Obstacle.AWAY
    assert refused(lambda: gifts.order(keeper, number)) is Obstacle.SHORT


def test_a_gift_of_an_entity_is_for_those_who_work_there(keeper: Person, ada: Person) -> None:
    team, elsewhere = make_site(), make_site()
    here = gifts.gift(keeper, entity_id=above(team.id, TODAY)[1].id)
    there = gifts.gift(keeper, entity_id=elsewhere.id)
    people.post(ada, team, "sales", TODAY, keeper)
    db.session.commit()

    assert [offer.gift.id for offer in queries.shelf(ada.id, TODAY).offers] == [here]
    assert refused(lambda: gifts.order(ada, there)) is Obstacle.AWAY
    made = db.session.get_one(Order, gifts.order(ada, here))
    assert made.entity_id == team.id
    assert made.site_id == above(team.id, TODAY)[1].id


def test_nobody_has_more_than_their_share_and_a_refund_gives_it_back(
    keeper: Person, ada: Person
) -> None:
    number = gifts.gift(keeper, per_person=1)
    made = gifts.order(ada, number)

    assert refused(lambda: gifts.order(ada, number)) is Obstacle.ENOUGH
    gifts.move(made, Move.CANCEL)
    gifts.order(ada, number)

    assert taken(number) == 1


def test_the_nearest_budget_pays_and_what_does_not_fit_in_is_refused(
    keeper: Person, ada: Person
) -> None:
    team = make_site()
    people.post(ada, team, "sales", TODAY, keeper)
    site, company = above(team.id, TODAY)[1], above(team.id, TODAY)[-1]
    keeping.set_budget(site.id, YEAR, 25, keeper.id, MONDAY)
    keeping.set_budget(company.id, YEAR, 1000, keeper.id, MONDAY)
    db.session.commit()
    number = gifts.gift(keeper, cost=12, price=1)
    first, second = gifts.order(ada, number), gifts.order(ada, number)

    assert refused(lambda: gifts.order(ada, number)) is Obstacle.BUDGET
    gifts.move(first, Move.CANCEL)

    spent = dict(db.session.execute(select(Budget.entity_id, Budget.spent)).all())
    assert spent == {site.id: 12, company.id: 0}
    assert db.session.get_one(Order, second).budget_id is not None


@pytest.mark.parametrize(
    ("steps", "state"),
    [
        ((Move.CANCEL,), State.CANCELLED),
        ((Move.REFUSE,), State.REFUSED),
        ((Move.APPROVE, Move.REFUSE), State.REFUSED),
        ((Move.APPROVE, Move.PREPARE, Move.CANCEL), State.CANCELLED),
        ((Move.APPROVE, Move.PREPARE, Move.EXPIRE), State.EXPIRED),
    ],
)
def test_what_ends_without_a_gift_gives_everything_back_once(
    keeper: Person, ada: Person, steps: tuple[Move, ...], state: State
) -> None:
    number = gifts.gift(keeper, price=4, stock=1, approval=True)
    made = gifts.order(ada, number)

    found = gifts.move(made, *steps, steps[-1], by=keeper)  # the last button is pressed twice

    assert found.state == state
    assert keys(ada) == 10
    assert taken(number) == 0
    assert sides(made)[2:] == [("refunded", "person", ada.id, 4), ("refunded", "shop", None, -4)]
    assert books_are_right()


def test_a_gift_without_approval_is_prepared_at_once_and_handed_over(
    keeper: Person, ada: Person
) -> None:
    made = gifts.order(ada, gifts.gift(keeper))
    assert db.session.get_one(Order, made).state == State.APPROVED

    found = gifts.move(made, Move.PREPARE, Move.HAND, by=keeper)

    assert found.state == State.HANDED
    assert found.moved_by == keeper.id
    assert told(ada) == ["ready"]
    entries = select(AuditEntry.act).where(AuditEntry.actor_id == keeper.id)
    acts = db.session.scalars(entries.order_by(AuditEntry.id)).all()
    assert acts == ["gift-created", "order-ready", "order-handed"]


def test_a_donation_and_a_time_are_told_when_they_are_done(keeper: Person, ada: Person) -> None:
    for kind in ("donation", "time"):
        gifts.move(gifts.order(ada, gifts.gift(keeper, kind=kind)), Move.HAND, by=keeper)

    assert told(ada) == ["handed", "handed"]


def test_a_refusal_is_told_with_its_reason(keeper: Person, ada: Person) -> None:
    made = gifts.order(ada, gifts.gift(keeper, approval=True))

    gifts.move(made, Move.REFUSE, by=keeper)

    notice = db.session.scalars(select(Notice).where(Notice.kind == "gift")).one()
    assert (notice.data["what"], notice.data["reason"]) == ("refused", "No more paper.")


@pytest.mark.parametrize(
    "steps", [(Move.HAND, Move.CANCEL), (Move.CANCEL, Move.HAND), (Move.CANCEL, Move.PREPARE)]
)
def test_what_does_not_follow_changes_nothing(
    keeper: Person, ada: Person, steps: tuple[Move, ...]
) -> None:
    made = gifts.order(ada, gifts.gift(keeper, price=4))
    gifts.move(made, steps[0], by=keeper)
    before = keys(ada), sides(made)

    with pytest.raises(MovedOn):
        services.move(made, steps[1], MONDAY, keeper.id)
    db.session.rollback()

    assert (keys(ada), sides(made)) == before


def test_an_order_that_does_not_exist_is_refused(keeper: Person) -> None:
    with pytest.raises(NoSuchOrder):
        services.move(987, Move.HAND, MONDAY, keeper.id)


def test_the_price_of_the_day_is_what_comes_back(keeper: Person, ada: Person) -> None:
    number = gifts.gift(keeper, price=4)
    made = gifts.order(ada, number)
    keeping.change(number, 1, gifts.plan(price=9, currency="star"), keeper.id, MONDAY)
    db.session.commit()

    gifts.move(made, Move.CANCEL)

    assert keys(ada) == 10
    assert books_are_right()


def test_the_uncollected_are_announced_a_week_ahead_then_go_back(
    keeper: Person, ada: Person
) -> None:
    number = gifts.gift(keeper, price=4, stock=1)
    made = gifts.order(ada, number)
    gifts.move(made, Move.PREPARE, by=keeper)

    def on_day(days: int) -> tuple[str, list[str]]:
        jobs.look_after_the_uncollected(MONDAY + timedelta(days=days))
        jobs.look_after_the_uncollected(MONDAY + timedelta(days=days))  # it may run twice
        return db.session.get_one(Order, made, populate_existing=True).state, told(ada)

    assert on_day(22) == ("ready", ["ready"])
    assert on_day(23) == ("ready", ["ready", "expiring"])
    assert on_day(31) == ("ready", ["ready", "expiring"])  # the thirtieth day is theirs everywhere
    assert on_day(32) == ("expired", ["ready", "expiring", "expired"])
    assert keys(ada) == 10
    assert taken(number) == 0


def test_nothing_expires_unannounced_after_the_worker_slept(keeper: Person, ada: Person) -> None:
    made = gifts.order(ada, gifts.gift(keeper))
    gifts.move(made, Move.PREPARE, by=keeper)
    late = MONDAY + timedelta(days=90)

    jobs.look_after_the_uncollected(late)
    assert db.session.get_one(Order, made, populate_existing=True).state == State.READY
    jobs.look_after_the_uncollected(late + timedelta(days=7))
    assert db.session.get_one(Order, made, populate_existing=True).state == State.EXPIRED


def test_the_books_notice_a_coin_that_came_from_nowhere(keeper: Person, ada: Person) -> None:
    gifts.order(ada, gifts.gift(keeper))

    db.session.execute(update(Folio).values(keys=Folio.keys - 1))

    assert books.discrepancies() == [(ada.id, "key")]


def test_an_operator_checks_the_books_from_a_terminal(app: Flask) -> None:
    with app.app_context():
        keeper, ada = make_person(Role.HR), make_person()
        gifts.fill(ada)
        number, made = ada.id, gifts.order(ada, gifts.gift(keeper))

    def check() -> tuple[int, str]:
        done = app.test_cli_runner().invoke(args=["academy", "check-books"])
        return done.exit_code, done.output

    assert check() == (0, "Every balance is what the ledger adds up to.\n")
    with app.app_context():
        db.session.execute(update(Line).where(Line.account == "person").values(amount=-1))
        db.session.commit()
    code, said = check()
    assert code == 1
    assert f"The keys of person {number} are not" in said
    assert f"The two sides of order {made} do not" in said


def test_the_database_itself_refuses_what_must_never_be(keeper: Person, ada: Person) -> None:
    number = gifts.gift(keeper, stock=1)
    made = gifts.order(ada, number)

    for wrong in (
        update(Gift).values(taken=2),
        update(Folio).values(keys=-1),
        update(Line).where(Line.account == "shop").values(amount=-2),
        update(Line).where(Line.account == "shop").values(person_id=ada.id),
        update(Order).values(state="ready", waits_until=None),
    ):
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.execute(wrong)
    found = db.session.get_one(Order, made)
    with pytest.raises(IntegrityError), db.session.begin_nested():
        books.write(found, books.SPENT, MONDAY)


@pytest.mark.parametrize("seed", range(3))
def test_after_any_life_of_the_shop_the_ledger_adds_up_to_every_balance(
    keeper: Person, seed: int
) -> None:
    dice = Random(seed)  # noqa: S311  # a repeatable life
    team = make_site()
    crowd = [make_person() for _ in range(4)]
    for person in crowd:
        people.post(person, team, "sales", TODAY, keeper)
        gifts.fill(person, keys=dice.randrange(12), stars=5)
    keeping.set_budget(team.id, YEAR, 30, keeper.id, MONDAY)
    shelf = [
        gifts.gift(
            keeper,
            price=dice.randint(1, 4),
            currency=dice.choice(["star", "key"]),
            cost=dice.randrange(9),
            stock=dice.choice([None, 2]),
            approval=dice.random() < 0.5,
        )
        for _ in range(4)
    ]

    for _ in range(60):
        made = db.session.scalars(select(Order.id)).all()
        try:
            if made and dice.random() < 0.5:
                how = dice.choice(list(Move))
                services.move(dice.choice(made), how, MONDAY, keeper.id, "")
            else:
                gifts.order(dice.choice(crowd), dice.choice(shelf))
            db.session.commit()
        except Refusal:
            db.session.rollback()

    live = func.count().filter(Order.state.in_([*LIVE, State.HANDED]))
    rows = db.session.execute(select(Order.gift_id, live).group_by(Order.gift_id)).all()
    out = {number: count for number, count in rows if count}
    gone = dict(db.session.execute(select(Gift.id, Gift.taken).where(Gift.taken > 0)).all())
    owed = db.session.scalar(
        select(func.sum(Order.cost)).where(Order.state.in_([*LIVE, State.HANDED]))
    )
    assert gone == out
    assert db.session.scalars(select(Budget.spent)).one() == (owed or 0)
    assert books_are_right()
    assert made


def rows(app: Flask, table: type[Base]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def tried(act: Callable[[], int]) -> int | None:
    try:
        return act()
    except CannotOrder:
        db.session.rollback()
        return None


def test_the_last_gift_bought_by_twenty_with_their_last_key_goes_to_one(app: Flask) -> None:
    """One person, one key, twenty tabs; each form is another one."""
    with app.app_context():
        keeper, ada = make_person(Role.HR), make_person()
        gifts.fill(ada, keys=1, stars=1)
        number = gifts.gift(keeper, price=1, stock=1)

    made = all_at_once(
        app,
        lambda each: tried(lambda: services.order(ada.id, number, f"tab-{each}", MONDAY, TODAY)),
    )

    assert sum(each is not None for each in made) == 1
    assert (rows(app, Order), rows(app, Line)) == (1, 2)
    with app.app_context():
        assert (keys(ada), taken(number)) == (0, 1)
        assert books_are_right()


def test_the_last_gift_asked_for_by_twenty_people_goes_to_one(app: Flask) -> None:
    with app.app_context():
        keeper = make_person(Role.HR)
        crowd = [make_person() for _ in range(CROWD)]
        for person in crowd:
            gifts.fill(person, keys=1, stars=1)
        number = gifts.gift(keeper, price=1, stock=1)

    made = all_at_once(
        app,
        lambda each: tried(lambda: services.order(crowd[each].id, number, "form", MONDAY, TODAY)),
    )

    assert sum(each is not None for each in made) == 1
    with app.app_context():
        assert sum(keys(person) for person in crowd) == CROWD - 1
        assert taken(number) == 1
        assert books_are_right()


def test_the_last_key_spent_on_twenty_gifts_buys_one(app: Flask) -> None:
    with app.app_context():
        keeper, ada = make_person(Role.HR), make_person()
        gifts.fill(ada, keys=1, stars=1)
        shelf = [gifts.gift(keeper, price=1) for _ in range(CROWD)]

    made = all_at_once(
        app,
        lambda each: tried(
            lambda: services.order(ada.id, shelf[each], f"tab-{each}", MONDAY, TODAY)
        ),
    )

    assert sum(each is not None for each in made) == 1
    with app.app_context():
        assert keys(ada) == 0
        assert sum(taken(number) for number in shelf) == 1
        assert books_are_right()


def test_the_last_of_a_budget_pays_for_one_of_twenty_gifts(app: Flask) -> None:
    with app.app_context():
        keeper, team = make_person(Role.HR), make_site()
        crowd = [make_person() for _ in range(CROWD)]
        for person in crowd:
            people.post(person, team, "sales", TODAY, keeper)
            gifts.fill(person, keys=1, stars=1)
        keeping.set_budget(team.id, YEAR, 19, keeper.id, MONDAY)
        shelf = [gifts.gift(keeper, price=1, cost=10) for _ in range(CROWD)]

    made = all_at_once(
        app,
        lambda each: tried(
            lambda: services.order(crowd[each].id, shelf[each], "form", MONDAY, TODAY)
        ),
    )

    assert sum(each is not None for each in made) == 1
    with app.app_context():
        assert db.session.scalars(select(Budget.spent)).one() == 10
        assert sum(keys(person) for person in crowd) == CROWD - 1
        assert books_are_right()


def test_the_same_form_sent_by_twenty_is_one_order(app: Flask) -> None:
    with app.app_context():
        keeper, ada = make_person(Role.HR), make_person()
        gifts.fill(ada)
        number = gifts.gift(keeper, price=1)

    made = all_at_once(app, lambda _: services.order(ada.id, number, "same", MONDAY, TODAY))

    assert len(set(made)) == 1
    assert (rows(app, Order), rows(app, Line)) == (1, 2)


def test_an_order_cancelled_while_it_is_handed_over_ends_in_one_way(app: Flask) -> None:
    with app.app_context():
        keeper, ada = make_person(Role.HR), make_person()
        gifts.fill(ada, keys=3, stars=3)
        made = gifts.order(ada, gifts.gift(keeper, price=3, stock=1))

    def press(each: int) -> str | None:
        how = (Move.CANCEL, Move.HAND)[each % 2]
        try:
            return services.move(made, how, MONDAY, keeper.id).state
        except MovedOn:
            db.session.rollback()
            return None

    states = set(all_at_once(app, press)) - {None}

    assert len(states) == 1
    with app.app_context():
        back = states == {State.CANCELLED}
        assert keys(ada) == (3 if back else 0)
        assert len(sides(made)) == (4 if back else 2)
        assert books_are_right()


def test_orders_and_earnings_at_once_lose_nothing(app: Flask) -> None:
    """Ten earn a key while ten spend one."""
    with app.app_context():
        keeper, ada = make_person(Role.HR), make_person()
        gifts.fill(ada, keys=10, stars=4)
        number = gifts.gift(keeper, price=1)

    def live(each: int) -> None:
        if each % 2:
            services.order(ada.id, number, f"tab-{each}", MONDAY, TODAY)
        else:
            gifts.fill(ada, keys=1, stars=1)

    all_at_once(app, live)

    with app.app_context():
        assert (keys(ada), rewards.balances(ada.id).keys_ever) == (10, 20)
        assert books_are_right()
