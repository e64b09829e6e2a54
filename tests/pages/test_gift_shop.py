"""The shop, its desk and its shelves, as people see them."""

import csv
import io
from typing import Any

import pytest
from sqlalchemy import select

from academy.database import db
from academy.people import services as people
from academy.people.models import Entity, Person, Role
from academy.people.places import above
from academy.rewards import queries as rewards
from academy.rewards.shop import codes, slips
from academy.rewards.shop.models import Budget, Gift, Order
from academy.rewards.shop.rules import Move
from tests import gifts
from tests.factories import TODAY, make_person, make_site
from tests.pages.conftest import Behind, forge, on_sqlite_only
from tests.visitor import Visitor

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7z"/></svg>'
WRITTEN: dict[str, Any] = {
    "name_fr": "Tasse",
    "name_en": "Cup",
    "about_fr": "Bleue.",
    "about_en": "Blue.",
    "kind": "thing",
    "where_fr": "À l’accueil",
    "where_en": "At the reception",
    "icon": "cup",
    "drawing": "",
    "price": "3",
    "currency": "star",
    "cost": "0",
    "stock": "5",
    "per_person": "",
    "place": "",
    "opens_on": "2026-03-01",
    "closes_on": "",
    "on_shelf": "y",
}


@pytest.fixture
def keeper(behind: Behind) -> Person:
    with behind():
        return make_person(Role.HR)


@pytest.fixture
def host(behind: Behind) -> Person:
    with behind():
        return make_person(Role.HOST)


@pytest.fixture
def ada(behind: Behind) -> Person:
    """Ten keys, ten stars."""
    with behind():
        person = make_person()
        gifts.fill(person)
        return person


def a_gift(behind: Behind, keeper: Person, **more: Any) -> int:
    with behind():
        return gifts.gift(keeper, **more)


def an_order(behind: Behind, person: Person, keeper: Person, *steps: Move, **more: Any) -> int:
    with behind():
        made = gifts.order(person, gifts.gift(keeper, **more))
        if steps:
            gifts.move(made, *steps, by=keeper)
        return made


def keys(behind: Behind, person: Person) -> int:
    with behind():
        return rewards.balances(person.id).keys


def test_somebody_orders_a_gift_sees_it_and_cancels(
    visitor: Visitor, behind: Behind, ada: Person, keeper: Person
) -> None:
    a_gift(behind, keeper, price=4, stock=5)
    a_gift(behind, keeper, price=14, name_en="Lamp")
    visitor.as_person(ada)
    page = visitor.get(visitor.get("/history").link("gift shop"))
    assert page.all(".gift-card h3") == ["Notebook", "Lamp"]
    assert "4 keys to go" in page.text
    assert "5 pieces left" in page.text

    page = visitor.get(page.link("Notebook"))
    assert "After that: 6 keys" in page.text
    page = visitor.submit(page, "/shop/gifts/")
    assert "Ordered, and paid" in page.text
    assert keys(behind, ada) == 6
    assert page.all(".slip-qr svg") == [""]
    spent = "Spent in the gift shop so far: 0 stars and 4 keys."
    assert spent in visitor.get("/history").text

    page = visitor.submit(page, "/cancel")
    assert "back in your purse" in page.text
    assert page.all(".slip") == []
    assert keys(behind, ada) == 10
    assert spent not in visitor.get("/history").text
    assert page.title in visitor.get("/shop/orders").all(".line-title")


def test_a_form_sent_twice_is_one_order(
    visitor: Visitor, behind: Behind, ada: Person, keeper: Person
) -> None:
    number = a_gift(behind, keeper)
    page = visitor.as_person(ada).get(f"/shop/gifts/{number}")

    first, second = (visitor.submit(page, "/shop/gifts/") for _ in range(2))

    assert first.url == second.url
    assert keys(behind, ada) == 8


def test_what_cannot_be_had_is_said_and_nothing_is_taken(
    visitor: Visitor, behind: Behind, ada: Person, keeper: Person
) -> None:
    number = a_gift(behind, keeper, price=2, stock=1)
    page = visitor.as_person(ada).get(f"/shop/gifts/{number}")
    with behind():
        other = make_person()
        gifts.fill(other)
        gifts.order(other, number)

    assert "has just gone" in visitor.submit(page, "/shop/gifts/", status=409).text
    assert "Sold out" in visitor.get(f"/shop/gifts/{number}").text
    assert keys(behind, ada) == 10
    forge(visitor, f"/shop/gifts/{number}", {"once": "x" * 33}, 400)


def test_a_gift_put_away_or_elsewhere_has_no_page(
    visitor: Visitor, behind: Behind, ada: Person, keeper: Person
) -> None:
    with behind():
        elsewhere = make_site()
    visitor.as_person(ada)

    assert "The shelf is empty" in visitor.get("/shop").text
    for more in ({"on_shelf": False}, {"entity_id": elsewhere.id}):
        visitor.get(f"/shop/gifts/{a_gift(behind, keeper, **more)}", 404)


def test_nobody_sees_or_cancels_somebody_elses_order(
    visitor: Visitor, behind: Behind, ada: Person, keeper: Person
) -> None:
    made = an_order(behind, ada, keeper)
    with behind():
        visitor.as_person(make_person())

    visitor.get(f"/shop/orders/{made}", 404)
    forge(visitor, f"/shop/orders/{made}/cancel", {}, 404)
    visitor.get("/shop/desk", 403)
    visitor.get(f"/shop/desk/slips/{slip(behind, made)}", 403)
    assert keys(behind, ada) == 8


def slip(behind: Behind, made: int) -> str:
    with behind():
        return slips.slip(made)


def test_a_gift_is_found_by_its_code_prepared_and_handed_over_to_who_scanned(
    visitor: Visitor, behind: Behind, ada: Person, keeper: Person, host: Person
) -> None:
    made = an_order(behind, ada, keeper)
    page = visitor.as_person(host).get("/shop/desk")
    assert page.all(".queues a[aria-current]") == ["To prepare 1"]
    assert ada.family_name in page.text
    wrong = visitor.get("/shop/desk?code=BBBBB1", 404)
    assert "No order here has this code" in wrong.text
    assert "Type the code" in visitor.get("/shop/desk?code=", 404).text

    page = visitor.get(f"/shop/desk?code={codes.written(made).lower()}")
    assert ada.family_name in page.title
    page = visitor.submit(page, "/prepare")
    assert "The person is told" in page.text
    assert "is ready and waits for you" in visitor.as_person(ada).get("/notices").text
    assert "Show this code" in visitor.get(f"/shop/orders/{made}").text

    page = visitor.as_person(host).get(f"/shop/desk/slips/{slip(behind, made)}")
    assert page.url == f"/shop/desk/orders/{made}"
    page = visitor.submit(page, "/hand")
    assert "Thank you" in page.text
    assert page.all(".desk-acts button") == []
    assert "Well earned" in visitor.as_person(ada).get(f"/shop/orders/{made}").text


def test_a_slip_that_was_made_up_leads_nowhere(
    visitor: Visitor, behind: Behind, ada: Person, keeper: Person
) -> None:
    made = an_order(behind, ada, keeper)
    code, seal = slip(behind, made).split("-")
    visitor.as_person(keeper)

    for wrong in (code, f"{code}-", f"{code}-{seal[:-1]}é", f"{codes.written(made + 1)}-{seal}"):
        visitor.get(f"/shop/desk/slips/{wrong}", 404)


def test_an_order_is_approved_or_refused_with_a_reason_by_keepers_alone(
    visitor: Visitor, behind: Behind, ada: Person, keeper: Person, host: Person
) -> None:
    first = an_order(behind, ada, keeper, approval=True)
    second = an_order(behind, ada, keeper, approval=True, price=3)
    page = visitor.as_person(host).get(f"/shop/desk/orders/{first}")
    assert page.all(".desk-acts button") == []
    forge(visitor, f"/shop/desk/orders/{first}/approve", {}, 404)

    page = visitor.as_person(keeper).get(f"/shop/desk/orders/{first}")
    page = visitor.submit(page, "/approve")
    assert "it can be prepared" in page.text
    page = visitor.get(f"/shop/desk/orders/{second}")
    assert "Say why" in visitor.submit(page, "/refuse", {"reason": " "}, 400).text
    assert keys(behind, ada) == 5
    page = visitor.submit(page, "/refuse", {"reason": "Out of paper."})
    assert "Out of paper." in page.text

    assert keys(behind, ada) == 8
    visitor.as_person(ada)
    assert "Out of paper." in visitor.get(f"/shop/orders/{second}").text
    assert "is refunded: Out of paper." in visitor.get("/notices").text


def test_a_button_of_yesterday_is_refused_in_words(
    visitor: Visitor, behind: Behind, ada: Person, keeper: Person
) -> None:
    made = an_order(behind, ada, keeper)
    page = visitor.as_person(keeper).get(f"/shop/desk/orders/{made}")
    with behind():
        gifts.move(made, Move.CANCEL)

    assert "no longer where this button" in visitor.submit(page, "/hand", status=409).text
    forge(visitor, f"/shop/desk/orders/{made}/expire", {}, 404)


def test_nobody_stands_on_both_sides_of_the_desk(
    visitor: Visitor, behind: Behind, keeper: Person
) -> None:
    with behind():
        gifts.fill(keeper)
    made = an_order(behind, keeper, keeper)

    page = visitor.as_person(keeper).get(f"/shop/desk/orders/{made}")

    assert "a colleague of the desk sees to it" in page.text
    assert page.all(".desk-acts button") == []
    forge(visitor, f"/shop/desk/orders/{made}/hand", {}, 403)


def local_desk(behind: Behind) -> tuple[Person, Person, Entity]:
    """Somebody who keeps the shop of one site, somebody who works there, and the team."""
    with behind():
        team = make_site()
        here, buyer = make_person(), make_person()
        site = db.session.get_one(Entity, above(team.id, TODAY)[1].id)
        people.grant(here, [Role.HR], TODAY, site)
        people.post(buyer, team, "sales", TODAY, here)
        gifts.fill(buyer)
        db.session.commit()
        return here, buyer, team


def test_a_local_keeper_sees_what_is_theirs_and_nothing_else(
    visitor: Visitor, behind: Behind, ada: Person, keeper: Person
) -> None:
    here, buyer, team = local_desk(behind)
    elsewhere, mine = an_order(behind, ada, keeper), an_order(behind, buyer, keeper)
    with behind():
        local = gifts.gift(keeper, entity_id=team.id, name_en="Lamp")
    visitor.as_person(here)

    page = visitor.get("/shop/desk")
    assert buyer.family_name in page.text
    assert ada.family_name not in page.text
    visitor.get(f"/shop/desk/orders/{mine}")
    visitor.get(f"/shop/desk/orders/{elsewhere}", 404)
    assert visitor.get("/shop/keeping").all(".line-title") == ["Lamp"]
    visitor.get(f"/shop/keeping/{local}")
    visitor.get(f"/shop/keeping/{local - 1}", 404)
    assert "No order" not in visitor.get("/shop/report").text
    page = visitor.get("/shop/keeping/new")
    assert "type which one" in visitor.submit(page, "/new", WRITTEN, 400).text
    page = visitor.submit(page, "/new", {**WRITTEN, "place": team.key})
    assert "Cup" in page.text


def test_a_gift_is_written_changed_and_put_away(
    visitor: Visitor, behind: Behind, ada: Person, keeper: Person
) -> None:
    page = visitor.as_person(keeper).get("/shop/keeping/new")
    form = page.form("/new")
    for _twice in range(2):
        page = visitor.post("/shop/keeping/new", form.filled({**WRITTEN, "drawing": DRAWING}))
    assert page.all(".line-title") == ["Cup"]
    with behind():
        number = db.session.scalars(select(Gift.id)).one()
    picture = visitor.client.get(f"/shop/gifts/{number}/picture.svg")
    assert (picture.mimetype, picture.text) == ("image/svg+xml", DRAWING)

    page = visitor.get(f"/shop/keeping/{number}")
    changed = {**WRITTEN, "name_en": "Mug"}
    assert "Mug" in visitor.submit(page, f"/{number}", changed).text
    stale = visitor.submit(page, f"/{number}", changed, 409)
    assert "changed while you had it open" in stale.text
    visitor.get(f"/shop/gifts/{number}/picture.svg", 404)
    page = visitor.get(f"/shop/keeping/{number}")
    away = {name: value for name, value in changed.items() if name != "on_shelf"}
    assert "put away" in visitor.submit(page, f"/{number}", away).text
    visitor.as_person(ada).get(f"/shop/gifts/{number}", 404)


def test_every_mistake_of_a_gift_is_said_and_nothing_is_kept(
    visitor: Visitor, behind: Behind, ada: Person, keeper: Person
) -> None:
    page = visitor.as_person(keeper).get("/shop/keeping/new")
    wrong = {
        **WRITTEN,
        "name_fr": " ",
        "about_en": "x" * 301,
        "price": "0",
        "cost": "-1",
        "stock": "many",
        "drawing": "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        "closes_on": "2026-02-01",
        "place": "Nowhere",
    }

    page = visitor.submit(page, "/new", wrong, 400)

    said = {tag["id"] for tag in page.html.select(".field-error")}
    fields = ("name_fr", "about_en", "price", "cost", "stock", "drawing", "closes_on", "place")
    assert said == {f"{name}-error" for name in fields}
    with behind():
        assert db.session.scalars(select(Gift)).all() == []
    made = an_order(behind, ada, keeper, stock=5)
    with behind():
        number = db.session.get_one(Order, made).gift_id
    page = visitor.get(f"/shop/keeping/{number}")
    less = visitor.submit(page, f"/{number}", {**WRITTEN, "stock": "0"}, 409)
    assert "More pieces than that" in less.text


def test_a_budget_is_set_and_never_below_what_is_spent(
    visitor: Visitor, behind: Behind, keeper: Person
) -> None:
    _here, buyer, team = local_desk(behind)
    page = visitor.as_person(keeper).get("/shop/keeping/budgets")
    assert "No budget is set" in page.text
    page = visitor.submit(page, "/budgets", {"place": team.key, "amount": "20"})
    assert page.all(".progress-figure") == ["0 / of 20"]
    an_order(behind, buyer, keeper, cost=12)

    page = visitor.submit(page, "/budgets", {"place": team.key, "amount": "11"}, 400)
    assert "More than that was spent" in page.text
    assert "No entity" in visitor.submit(page, "/budgets", {"place": "?", "amount": "1"}, 400).text
    page = visitor.submit(page, "/budgets", {"place": team.key, "amount": "12"})
    assert page.all(".progress-figure") == ["12 / of 12"]
    with behind():
        assert db.session.scalars(select(Budget.amount)).all() == [12]


def test_a_keeper_sets_no_budget_elsewhere(
    visitor: Visitor, behind: Behind, keeper: Person
) -> None:
    here, _buyer, _team = local_desk(behind)
    with behind():
        elsewhere = make_site()
    page = visitor.as_person(here).get("/shop/keeping/budgets")

    page = visitor.submit(page, "/budgets", {"place": elsewhere.key, "amount": "20"}, 400)

    assert "You do not keep the shop there" in page.text


def test_the_report_points_at_nobody_and_goes_into_a_spreadsheet(
    visitor: Visitor, behind: Behind, keeper: Person
) -> None:
    with behind():
        lyon, lille = make_site(site="Lyon"), make_site(site="Lille")
        plenty = gifts.gift(keeper, name_en="=Notebook", price=1)
        rare = gifts.gift(keeper, name_en="Lamp", price=1)
        for number in range(8):
            person = make_person()
            people.post(person, lyon if number < 6 else lille, "sales", TODAY, keeper)
            gifts.fill(person, keys=3, stars=1)
            made = gifts.order(person, plenty)
            gifts.move(made, Move.HAND if number else Move.CANCEL, by=keeper)
            if number < 4:
                gifts.order(person, rare)
    visitor.as_person(keeper)

    page = visitor.get("/shop/report")
    assert page.all(".shop-report tbody tr") == ["=Notebook Elsewhere, together 8 8 7 1 7 keys"]
    assert "fewer than five people: Lamp." in page.text
    answer = visitor.client.get("/shop/report.csv")
    rows = list(csv.reader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert rows[1:] == [["'=Notebook", "Elsewhere, together", "8", "8", "7", "1", "7", "key"]]
    assert "No order that year" in visitor.get("/shop/report?year=2025").text
    for nonsense in ("1", "99999"):
        visitor.get(f"/shop/report?year={nonsense}", 404)


@on_sqlite_only
@pytest.mark.parametrize(
    ("kind", "steps", "words"),
    [
        ("time", (Move.PREPARE,), "agree on a moment before"),
        ("donation", (Move.PREPARE,), "about to be made in your name"),
        ("thing", (), "being prepared"),
        ("thing", (Move.PREPARE, Move.EXPIRE), "not collected in time"),
        ("thing", (Move.PREPARE,), "Show this code"),
    ],
)
def test_an_order_says_where_it_stands(
    visitor: Visitor,
    behind: Behind,
    ada: Person,
    keeper: Person,
    kind: str,
    steps: tuple[Move, ...],
    words: str,
) -> None:
    made = an_order(behind, ada, keeper, *steps, kind=kind)

    page = visitor.as_person(ada).get(f"/shop/orders/{made}")

    assert words in page.text
    assert visitor.get("/notices").status == 200


@on_sqlite_only
def test_the_shelf_says_what_stands_in_the_way(
    visitor: Visitor, behind: Behind, ada: Person, keeper: Person
) -> None:
    once = a_gift(behind, keeper, per_person=1, price=1)
    a_gift(behind, keeper, stock=0)
    a_gift(behind, keeper, price=13, currency="star")
    a_gift(behind, keeper, approval=True)
    with behind():
        gifts.order(ada, once)

    hints = visitor.as_person(ada).get("/shop").all(".gift-hint")

    assert hints == ["Asks for approval", "You have had yours", "Sold out", "3 stars to go"]


@on_sqlite_only
def test_long_queues_and_lists_have_pages(visitor: Visitor, behind: Behind, keeper: Person) -> None:
    with behind():
        ada = make_person()
        gifts.fill(ada, keys=60, stars=20)
        number = gifts.gift(keeper, price=1)
        for _ in range(41):
            gifts.order(ada, number)
        for _ in range(50):
            gifts.gift(keeper)
    visitor.as_person(keeper)

    assert len(visitor.get(visitor.get("/shop/desk").link("Older")).all(".line")) == 1
    assert len(visitor.get(visitor.get("/shop/keeping").link("Older")).all(".line")) == 1
    visitor.as_person(ada)
    assert len(visitor.get(visitor.get("/shop/orders").link("Older")).all(".line")) == 11
