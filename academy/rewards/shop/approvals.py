"""Telling those who approve orders that some wait. The caller commits."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import select

from academy.database import db
from academy.notices import services as notices
from academy.notices.kinds import Kind
from academy.notices.services import News
from academy.people import places
from academy.people.roles import queries as roles
from academy.rewards.shop.models import Order
from academy.rewards.shop.rules import KEEPS, State
from academy.rewards.shop.waiting import Approver, Waiting, Word, words

TOPIC = "orders"


def tell(at: datetime) -> int:
    """Gives how many people orders wait for. Said twice, heard once; while unread it is one notice."""
    orders = _waiting(at)
    if not orders:
        return 0
    approvers = [Approver(*each) for each in roles.holders(KEEPS, at.date())]
    readers: dict[Word, list[int]] = defaultdict(list)
    for person_id, word in words(orders, approvers, at).items():
        readers[word].append(person_id)
    for word, people in readers.items():
        once, data = f"{TOPIC}:{word.turn}", {"orders": word.orders}
        notices.tell(people, News(Kind.ORDERS, once, data, topic=TOPIC, number=word.turn), at)
    return sum(map(len, readers.values()))


def _waiting(at: datetime) -> list[Waiting]:
    """Two statements."""
    columns = (Order.id, Order.person_id, Order.entity_id, Order.ordered_at)
    rows = db.session.execute(select(*columns).where(Order.state == State.ORDERED)).all()
    ways = places.ways_up({row.entity_id for row in rows if row.entity_id}, at.date())
    return [
        Waiting(
            row.id,
            row.person_id,
            [place.id for place in ways.get(row.entity_id, ())],
            row.ordered_at,
        )
        for row in rows
    ]
