"""Gifts, budgets, orders, and both sides of every coin an order moves."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.catalog.said import Words
from academy.database import ID, Base
from academy.rewards.shop.rules import State, Terms

LONGEST_NAME = 60
LONGEST_ABOUT = 300
LONGEST_PLACE = 160
LONGEST_REASON = 200
LONGEST_ONCE = 32
LONGEST_DRAWING = 20_000
MOST = 1_000_000
PERSON = "person.id"


class Gift(Base):
    """Something on the shelf. `taken` pieces of `stock` are gone; without a stock it never runs out.

    `cost` is what a piece costs the company, counted against the budget of whoever orders it.
    """

    __tablename__ = "shop_gift"
    __table_args__ = (
        UniqueConstraint("once"),
        CheckConstraint("kind IN ('thing', 'donation', 'time')", name="kind_is_known"),
        CheckConstraint("currency IN ('star', 'key')", name="is_paid_in_stars_or_keys"),
        CheckConstraint("price > 0 AND cost >= 0", name="has_a_price"),
        CheckConstraint("taken >= 0 AND (stock IS NULL OR taken <= stock)", name="never_oversold"),
        CheckConstraint("per_person IS NULL OR per_person > 0", name="somebody_may_have_one"),
        CheckConstraint("closes_on IS NULL OR closes_on >= opens_on", name="closes_after_opening"),
        CheckConstraint("name_fr <> '' AND name_en <> ''", name="has_both_names"),
    )

    id: Mapped[ID]
    once: Mapped[str] = mapped_column(String(LONGEST_ONCE))
    version: Mapped[int] = mapped_column(default=1)
    on_shelf: Mapped[bool]
    kind: Mapped[str] = mapped_column(String(10))
    name_fr: Mapped[str] = mapped_column(String(LONGEST_NAME))
    name_en: Mapped[str] = mapped_column(String(LONGEST_NAME))
    about_fr: Mapped[str] = mapped_column(String(LONGEST_ABOUT))
    about_en: Mapped[str] = mapped_column(String(LONGEST_ABOUT))
    where_fr: Mapped[str] = mapped_column(String(LONGEST_PLACE))
    where_en: Mapped[str] = mapped_column(String(LONGEST_PLACE))
    icon: Mapped[str] = mapped_column(String(20))
    drawing: Mapped[str] = mapped_column(Text)

    currency: Mapped[str] = mapped_column(String(10))
    price: Mapped[int]
    cost: Mapped[int]
    stock: Mapped[int | None]
    taken: Mapped[int] = mapped_column(default=0)
    per_person: Mapped[int | None]
    approval: Mapped[bool]
    entity_id: Mapped[int | None] = mapped_column(ForeignKey("entity.id"), index=True)
    opens_on: Mapped[date]
    closes_on: Mapped[date | None]

    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey(PERSON, ondelete="SET NULL"))

    @property
    def name(self) -> Words:
        return Words(self.name_fr, self.name_en)

    @property
    def about(self) -> Words:
        return Words(self.about_fr, self.about_en)

    @property
    def where(self) -> Words:
        return Words(self.where_fr, self.where_en)

    @property
    def left(self) -> int | None:
        return None if self.stock is None else self.stock - self.taken

    @property
    def terms(self) -> Terms:
        return Terms(
            self.on_shelf,
            self.opens_on,
            self.closes_on,
            self.entity_id,
            self.price,
            self.cost,
            self.left,
            self.per_person,
        )


class Budget(Base):
    """What the gifts of an entity, and of all below it, may cost in a year; `spent` never exceeds it."""

    __tablename__ = "shop_budget"
    __table_args__ = (
        UniqueConstraint("entity_id", "year"),
        CheckConstraint("spent >= 0 AND spent <= amount", name="is_kept"),
    )

    id: Mapped[ID]
    entity_id: Mapped[int] = mapped_column(ForeignKey("entity.id"))
    year: Mapped[int]
    amount: Mapped[int]
    spent: Mapped[int] = mapped_column(default=0)


class Order(Base):
    """One piece ordered, at the price of that day. Where the person worked then is kept with it."""

    __tablename__ = "shop_order"
    __table_args__ = (
        UniqueConstraint("person_id", "once"),
        CheckConstraint(
            "state IN ('ordered', 'approved', 'ready', 'handed', 'refused', 'cancelled', 'expired')",
            name="state_is_known",
        ),
        CheckConstraint("currency IN ('star', 'key')", name="is_paid_in_stars_or_keys"),
        CheckConstraint("price > 0 AND cost >= 0", name="has_a_price"),
        CheckConstraint("state <> 'ready' OR waits_until IS NOT NULL", name="says_until_when"),
        Index("ix_shop_order_gift_id_person_id", "gift_id", "person_id"),
        Index("ix_shop_order_state_id", "state", "id"),
        Index("ix_shop_order_ordered_on", "ordered_on"),
    )

    id: Mapped[ID]
    person_id: Mapped[int | None] = mapped_column(ForeignKey(PERSON, ondelete="SET NULL"))
    gift_id: Mapped[int] = mapped_column(ForeignKey("shop_gift.id"))
    once: Mapped[str] = mapped_column(String(LONGEST_ONCE))
    state: Mapped[str] = mapped_column(String(10), default=State.ORDERED)
    currency: Mapped[str] = mapped_column(String(10))
    price: Mapped[int]
    cost: Mapped[int]
    budget_id: Mapped[int | None] = mapped_column(ForeignKey("shop_budget.id"))
    entity_id: Mapped[int | None] = mapped_column(ForeignKey("entity.id"), index=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("entity.id"))

    ordered_at: Mapped[datetime]
    ordered_on: Mapped[date]
    moved_at: Mapped[datetime]
    moved_by: Mapped[int | None] = mapped_column(ForeignKey(PERSON, ondelete="SET NULL"))
    waits_until: Mapped[date | None]
    announced_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(LONGEST_REASON), default="")


class Line(Base):
    """One side of what an order moved. The person's side and the shop's always add up to nothing."""

    __tablename__ = "shop_line"
    __table_args__ = (
        UniqueConstraint("order_id", "movement", "account"),
        CheckConstraint("movement IN ('spent', 'refunded')", name="movement_is_known"),
        CheckConstraint("account IN ('person', 'shop')", name="account_is_known"),
        CheckConstraint("currency IN ('star', 'key')", name="currency_is_known"),
        CheckConstraint(
            "amount <> 0 AND (amount > 0) = ((movement = 'spent') = (account = 'shop'))",
            name="moves_the_right_way",
        ),
        CheckConstraint("account = 'person' OR person_id IS NULL", name="the_shop_is_nobody"),
    )

    id: Mapped[ID]
    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"))
    movement: Mapped[str] = mapped_column(String(10))
    account: Mapped[str] = mapped_column(String(10))
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey(PERSON, ondelete="SET NULL"), index=True
    )
    currency: Mapped[str] = mapped_column(String(10))
    amount: Mapped[int]
    at: Mapped[datetime]
