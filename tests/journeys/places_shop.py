"""The gift shop: the shelf, an order, the desk, the shelves of those who keep them."""

from sqlalchemy import select

from academy.database import db
from academy.rewards.shop import services
from academy.rewards.shop.models import Gift, Order
from tests import gifts
from tests.factories import make_person
from tests.journeys.places_staff import at_work
from tests.journeys.visit import Visit, place


def order_in(state: str) -> int:
    """An order of the demonstration in this state, the first one."""
    found = select(Order.id).where(Order.state == state).order_by(Order.id)
    return db.session.scalars(found.limit(1)).one()


@place
def gift_shop(visit: Visit) -> None:
    assert visit.regular
    visit.open("/shop", ".gift-card")


@place
def gift_shop_for_somebody_new(visit: Visit) -> None:
    assert visit.person
    visit.open("/shop", ".gift-card.is-away")


@place
def gift_to_order(visit: Visit) -> None:
    assert visit.regular
    with visit.served.behind():
        number = db.session.scalars(select(Gift.id).where(Gift.approval.is_(False))).first()
    visit.open(f"/shop/gifts/{number}", "main .button-primary")


@place
def orders_of_gifts(visit: Visit) -> None:
    assert visit.regular
    visit.open("/shop/orders", ".line-link")


@place
def gift_ready_to_collect(visit: Visit) -> None:
    person = visit.regular
    with visit.served.behind():
        mine = select(Order.id).where(Order.person_id == person.id, Order.state == "ready")
        number = db.session.scalars(mine).first()
    visit.open(f"/shop/orders/{number}", ".slip-qr svg")


@place
def gift_desk(visit: Visit) -> None:
    at_work(visit, "hr")
    visit.open("/shop/desk", ".line-link")


@place
def gift_desk_with_a_wrong_code(visit: Visit) -> None:
    at_work(visit, "hr")
    visit.open("/shop/desk?code=KKKKK", "#code-error")


@place
def gift_order_to_decide(visit: Visit) -> None:
    at_work(visit, "hr")
    with visit.served.behind():
        number = order_in("ordered")
    visit.open(f"/shop/desk/orders/{number}", "details.section")
    visit.page.locator("details.section summary").click()
    visit.see("#reason")


@place
def gifts_on_the_shelf(visit: Visit) -> None:
    at_work(visit, "hr")
    visit.open("/shop/keeping", ".line-link")


@place
def gift_to_write(visit: Visit) -> None:
    at_work(visit, "hr")
    visit.open("/shop/keeping/new", "#drawing")


@place
def gift_with_mistakes(visit: Visit) -> None:
    at_work(visit, "hr")
    visit.open("/shop/keeping/new", "#drawing")
    visit.send()
    visit.see("#name_fr-error")


@place
def budgets_for_gifts(visit: Visit) -> None:
    at_work(visit, "hr")
    visit.open("/shop/keeping/budgets", ".budget progress")


@place
def report_of_the_shop(visit: Visit) -> None:
    with visit.served.behind():
        notebook = db.session.scalars(
            select(Gift.id).where(Gift.name_en == "Workshop notebook")
        ).one()
        for _each in range(5):
            person = make_person()
            gifts.fill(person, keys=12, stars=4)
            services.order(person.id, notebook, f"place-{person.id}", visit.now, visit.now.date())
        db.session.commit()
    at_work(visit, "hr")
    visit.open("/shop/report", ".shop-report")
