"""What the shop keeps about people. Erased, their orders stay in its accounts, without a name."""

from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import select

from academy.database import db
from academy.personal import FOR_GOOD, Fate, Kept, Leaver
from academy.rewards.shop import services
from academy.rewards.shop.models import Line, Order
from academy.rewards.shop.rules import LIVE, Move

DESK = _("You, and those who prepare and hand over gifts where you work.")
ACCOUNTS = _("The shop’s accounts: a gift and its price, without you.")

KEPT = (
    Kept(
        "shop_order",
        "person_id",
        _("The gifts you ordered"),
        _("To prepare them, hand them over, and refund what ends without a gift."),
        FOR_GOOD,
        DESK,
        Fate.DETACHED,
        ACCOUNTS,
        withheld=frozenset({"once", "moved_by"}),
    ),
    Kept(
        "shop_order",
        "moved_by",
        _("The orders you approved, refused or handed over last"),
        _("To know whom to ask."),
        FOR_GOOD,
        _("Nobody but you."),
        Fate.DETACHED,
        _("The order, which is somebody else’s."),
        mine=False,
    ),
    Kept(
        "shop_line",
        "person_id",
        _("The stars and keys you spent, and those you had back"),
        _("So that what you have left can be explained to the last star."),
        FOR_GOOD,
        _("You alone."),
        Fate.DETACHED,
        ACCOUNTS,
    ),
    Kept(
        "shop_gift",
        "changed_by",
        _("The gifts you changed last"),
        _("So that two keepers do not undo each other’s work."),
        FOR_GOOD,
        _("Those who keep the shop."),
        Fate.DETACHED,
        _("The gift, which belongs to the company."),
        withheld=frozenset({"once"}),
    ),
)


def prepare(leaver: Leaver, at: datetime) -> None:
    """What still waits for them goes back to the shelf; moments become days, reasons go."""
    waiting = select(Order.id).where(Order.person_id == leaver.id, Order.state.in_(LIVE))
    for number in db.session.scalars(waiting.order_by(Order.id)).all():
        services.move(number, Move.CANCEL, at)
    for order in db.session.scalars(select(Order).where(Order.person_id == leaver.id)):
        order.reason, order.ordered_at, order.moved_at = "", _day(order.ordered_at), _day(at)
    for line in db.session.scalars(select(Line).where(Line.person_id == leaver.id)):
        line.at = _day(line.at)


def _day(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)
