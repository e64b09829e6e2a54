"""The gift shop: a shelf, a budget, and what colleagues ordered these last weeks."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import yaml
from sqlalchemy import select

from academy.database import db
from academy.people.models import Entity, Person
from academy.refusal import Refusal
from academy.rewards.shop import approvals, services
from academy.rewards.shop.keeping import services as keeping
from academy.rewards.shop.keeping.services import Plan
from academy.rewards.shop.rules import Move

HERE = Path(__file__).parent
COINS = {"keys": "key", "key": "key", "stars": "star", "star": "star"}
BUDGET = 400
OPENED = timedelta(days=60)
LIVES: tuple[tuple[Move, ...], ...] = (
    (),
    (Move.APPROVE, Move.PREPARE),
    (Move.APPROVE, Move.PREPARE, Move.HAND),
    (Move.APPROVE, Move.PREPARE, Move.HAND),
    (Move.CANCEL,),
)
WHY = "La date demandée est déjà prise : choisissez-en une autre le mois prochain."


def open_shop(staff: list[Person], now: datetime) -> None:
    """Hélène fills the shelf; Karim has an order ready and one behind him, others wait for her decision."""
    by_name = {person.given_name: person for person in reversed(staff)}
    keeper, karim = by_name["Hélène"], by_name["Karim"]
    entities = {row.key: row.id for row in db.session.execute(select(Entity.key, Entity.id))}
    shelf = {
        entry["drawing"]: keeping.create(
            _plan(entry, entities, now), f"seed-{entry['drawing']}", keeper.id, now - OPENED
        )
        for entry in yaml.safe_load((HERE / "gifts.yaml").read_text(encoding="utf-8"))
    }
    keeping.set_budget(entities["lyon"], now.year, BUDGET, keeper.id, now - OPENED)
    db.session.flush()  # orders read the shelf
    _live(karim, shelf["airship"], keeper, LIVES[2], now - timedelta(days=20))
    _live(karim, shelf["notebook"], keeper, LIVES[1], now - timedelta(days=3))
    _live(by_name["Inès"], shelf["coffee"], keeper, (), now - timedelta(days=1))
    _live(by_name["Tom"], shelf["coffee"], keeper, (Move.REFUSE,), now - timedelta(days=9))
    _crowd([each for each in staff[7:] if each not in (keeper, karim)], shelf, keeper, now)
    db.session.flush()  # whoever decides is told of what waits
    approvals.tell(now)


def _crowd(staff: list[Person], shelf: Mapping[str, int], keeper: Person, now: datetime) -> None:
    """Whoever can afford it has a notebook, and treats themselves to something else, more or less."""
    dice = Random("gifts")
    for person in staff:
        for drawing in ("notebook", *dice.sample(sorted(shelf), 3)):
            ordered = now - timedelta(hours=dice.randint(6, 500))
            _live(person, shelf[drawing], keeper, dice.choice(LIVES), ordered)


def _live(person: Person, gift: int, keeper: Person, steps: tuple[Move, ...], at: datetime) -> None:
    """An order and what became of it; nothing for somebody who cannot have it."""
    try:
        made = services.order(person.id, gift, f"seed-{gift}", at, at.date())
    except Refusal:
        return
    for days, step in enumerate(steps, 1):
        try:
            services.move(made, step, at + timedelta(hours=7 * days), keeper.id, _reason(step))
        except services.MovedOn:
            continue  # it asked for no approval


def _reason(step: Move) -> str:
    return WHY if step is Move.REFUSE else ""


def _plan(entry: Mapping[str, Any], entities: Mapping[str, int], now: datetime) -> Plan:
    amount, coin = entry["price"].split()
    words = {
        f"{name}_{tongue}": entry[tongue][name]
        for tongue in ("fr", "en")
        for name in ("name", "about", "where")
    }
    drawing = HERE / "gift_drawings" / f"{entry['drawing']}.svg"
    return {
        **words,
        "on_shelf": True,
        "kind": entry["kind"],
        "icon": "gift",
        "drawing": drawing.read_text(encoding="utf-8"),
        "currency": COINS[coin],
        "price": int(amount),
        "cost": entry.get("cost", 0),
        "stock": entry.get("stock"),
        "per_person": entry.get("per_person"),
        "approval": entry.get("approval", False),
        "entity_id": entities[entry["entity"]] if "entity" in entry else None,
        "opens_on": (now - OPENED).date(),
        "closes_on": None,
    }
