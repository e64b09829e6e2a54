"""The shop in words, in the page's language."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from academy.rewards.shop.models import Gift, Order
from academy.rewards.shop.queries import Offer
from academy.rewards.shop.rules import Kind, Move, Obstacle, State
from academy.rewards.tariff import Currency
from academy.web.words import day, language, number

KINDS = {
    Kind.THING: lazy_gettext("A thing"),
    Kind.DONATION: lazy_gettext("A donation"),
    Kind.TIME: lazy_gettext("A time with somebody"),
}
ICONS = {
    "gift": lazy_gettext("A parcel"),
    "cup": lazy_gettext("A cup"),
    "heart": lazy_gettext("A heart"),
    "book": lazy_gettext("A book"),
    "person": lazy_gettext("Somebody"),
    "group": lazy_gettext("Several people"),
    "season": lazy_gettext("A calendar"),
    "compass": lazy_gettext("A compass"),
    "minute": lazy_gettext("A watch"),
    "star": lazy_gettext("A star"),
}
OBSTACLES = {
    Obstacle.AWAY: lazy_gettext("This gift is not on your shelf today. Nothing was taken."),
    Obstacle.GONE: lazy_gettext("The last piece has just gone. Nothing was taken from you."),
    Obstacle.ENOUGH: lazy_gettext("You have had as many of these as one person may."),
    Obstacle.BUDGET: lazy_gettext("Your entity’s budget for gifts is used up for this year."),
    Obstacle.SHORT: lazy_gettext("You have not enough yet. Nothing was taken from you."),
}
STATES = {
    State.ORDERED: lazy_gettext("waiting for approval"),
    State.APPROVED: lazy_gettext("being prepared"),
    State.READY: lazy_gettext("ready"),
    State.HANDED: lazy_gettext("done"),
    State.REFUSED: lazy_gettext("refused, refunded"),
    State.CANCELLED: lazy_gettext("cancelled, refunded"),
    State.EXPIRED: lazy_gettext("expired, refunded"),
}
QUEUES = {
    State.ORDERED: lazy_gettext("To decide"),
    State.APPROVED: lazy_gettext("To prepare"),
    State.READY: lazy_gettext("To hand over"),
}
MOVES = {
    Move.APPROVE: lazy_gettext("Approve"),
    Move.REFUSE: lazy_gettext("Refuse and refund"),
    Move.PREPARE: lazy_gettext("It is ready"),
    Move.HAND: lazy_gettext("Confirm the hand-over"),
}
DONE = {
    Move.APPROVE: lazy_gettext("Approved: it can be prepared."),
    Move.REFUSE: lazy_gettext("Refused; the person is told why and has everything back."),
    Move.PREPARE: lazy_gettext("The person is told that it is ready."),
    Move.HAND: lazy_gettext("Handed over. Thank you!"),
}


def price(amount: int, currency: str) -> str:
    """10 keys, 1 star."""
    if currency == Currency.STAR:
        return ngettext("%(num)s star", "%(num)s stars", amount)
    return ngettext("%(num)s key", "%(num)s keys", amount)


def hint(offer: Offer) -> str:
    """Why it is not to be had now, or what is worth knowing before it is ordered; often nothing."""
    if offer.obstacle is Obstacle.SHORT:
        return missing(offer)
    if offer.obstacle is not None:
        return str(SHELF[offer.obstacle])
    if offer.gift.left is not None and offer.gift.left <= FEW:
        return ngettext("%(num)s piece left", "%(num)s pieces left", offer.gift.left)
    return _("Asks for approval") if offer.gift.approval else ""


FEW = 5
SHELF = {
    Obstacle.AWAY: lazy_gettext("Not today"),
    Obstacle.GONE: lazy_gettext("Sold out"),
    Obstacle.ENOUGH: lazy_gettext("You have had yours"),
    Obstacle.BUDGET: lazy_gettext("Your entity’s budget is used up for this year"),
}


def missing(offer: Offer) -> str:
    if offer.gift.currency == Currency.STAR:
        return ngettext("%(num)s star to go", "%(num)s stars to go", offer.missing)
    return ngettext("%(num)s key to go", "%(num)s keys to go", offer.missing)


def standing(order: Order, kind: str) -> str:
    """Where an order stands, in a sentence for whoever ordered it."""
    match State(order.state):
        case State.ORDERED:
            return _("Somebody looks at it before it is prepared. You may still cancel.")
        case State.APPROVED:
            return _("It is being prepared. You will be told when it is ready.")
        case State.READY:
            return _ready(order, kind)
        case State.HANDED:
            return _("Done. Well earned!")
        case State.REFUSED:
            return _("It could not be granted, and you have everything back.")
        case State.EXPIRED:
            return _("It was not collected in time, and you have everything back.")
        case _:
            return _("You cancelled it, and you have everything back.")


def _ready(order: Order, kind: str) -> str:
    last = day(order.waits_until) if order.waits_until else ""
    if kind == Kind.TIME:
        return _("The other side is waiting for you: agree on a moment before %(day)s.", day=last)
    if kind == Kind.DONATION:
        return _("It is about to be made in your name.")
    return _("It waits for you until %(day)s. Show this code.", day=last)


def stock(left: int | None) -> str:
    return _("without limit") if left is None else number(left)


def listed(gifts: Iterable[Gift]) -> str:
    """Their names, one after the other."""
    return ", ".join(gift.name.said(language()) for gift in gifts)
