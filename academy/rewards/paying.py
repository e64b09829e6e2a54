"""Writing down what deeds pay: on the person's page, and line by line in the ledger."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import bindparam

from academy.database import table
from academy.folio.queries import Page
from academy.prepared import Prepared
from academy.rewards.models import LedgerEntry
from academy.rewards.tariff import Pay


def enter(person_id: int, paid: Mapping[int, Pay]) -> None:
    """One ledger line per deed (its number) and currency, all in one statement. The caller commits."""
    lines = [
        (deed, currency, amount)
        for deed, each in paid.items()
        for currency, amount in each.amounts().items()
    ]
    if not lines:
        return
    values: dict[str, Any] = {"person": person_id}
    for place, (deed, currency, amount) in enumerate(lines):
        values |= {f"deed_{place}": deed, f"in_{place}": currency.value, f"amount_{place}": amount}
    _lines(len(lines)).change(values)


@cache
def _lines(count: int) -> Prepared:
    """So many lines of the ledger at once, about one person."""
    line = table(LedgerEntry)
    rows = [
        {
            "person_id": bindparam("person", type_=line.c.person_id.type),
            "deed_id": bindparam(f"deed_{place}", type_=line.c.deed_id.type),
            "currency": bindparam(f"in_{place}", type_=line.c.currency.type),
            "amount": bindparam(f"amount_{place}", type_=line.c.amount.type),
        }
        for place in range(count)
    ]
    return Prepared(lambda: line.insert().values(rows))


def credit(page: Page, total: Pay) -> None:
    """On the person's page in hand, which the caller keeps."""
    page.points += total.points
    page.stars += total.stars
    page.keys += total.keys
