"""Orders of organisers, proposals of the solver, and pairs with what they do together."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID, Base, Json
from academy.mentoring.models import LONGEST_ONCE

LONGEST_PLACE = 200
LONGEST_WORDS = 4000
LONGEST_THANKS = 400


class Bond(StrEnum):
    """What an organiser says of two people before solving."""

    PIN = "pin"
    FORBID = "forbid"


class Status(StrEnum):
    """A proposal: ready until it is published, or another is."""

    READY = "ready"
    PUBLISHED = "published"
    PASSED = "passed"


class Health(StrEnum):
    """A pair is new until both have signed, then live; it is closed with thanks, or parted without blame."""

    NEW = "new"
    LIVE = "live"
    CLOSED = "closed"
    PARTED = "parted"


class Rhythm(StrEnum):
    """How often the two say they will meet; a month never goes by without."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    THREE_WEEKS = "three_weeks"
    MONTHLY = "monthly"


class Settled(StrEnum):
    PROPOSED = "proposed"
    AGREED = "agreed"
    CANCELLED = "cancelled"


class Order(Base):
    """An organiser wants these two together, or apart."""

    __tablename__ = "mentoring_order"
    __table_args__ = (
        UniqueConstraint("programme_id", "mentor_id", "mentee_id"),
        CheckConstraint("bond IN ('pin', 'forbid')", name="bond_is_known"),
        CheckConstraint("mentor_id <> mentee_id", name="takes_two"),
        Index("ix_mentoring_order_mentor_id", "mentor_id"),
        Index("ix_mentoring_order_mentee_id", "mentee_id"),
    )

    id: Mapped[ID]
    programme_id: Mapped[int] = mapped_column(
        ForeignKey("mentoring_programme.id", ondelete="CASCADE")
    )
    mentor_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    mentee_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    bond: Mapped[str] = mapped_column(String(6))
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    at: Mapped[datetime]


class Proposal(Base):
    """What the solver proposed, with all that is needed to do it again: kept for audit.

    People are numbers of people in `inputs` and `pairs`; whoever is erased is a number that nobody has.
    """

    __tablename__ = "mentoring_proposal"
    __table_args__ = (
        UniqueConstraint("programme_id", "number"),
        CheckConstraint("state IN ('ready', 'published', 'passed')", name="state_is_known"),
    )

    id: Mapped[ID]
    programme_id: Mapped[int] = mapped_column(
        ForeignKey("mentoring_programme.id", ondelete="CASCADE")
    )
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default=Status.READY)
    policy: Mapped[str] = mapped_column(String(20))
    seed: Mapped[int]
    solver: Mapped[str] = mapped_column(String(80))
    inputs: Mapped[dict[str, Any]]
    objective: Mapped[dict[str, Any]]
    pairs: Mapped[list[list[int]]] = mapped_column(Json)
    made_by: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"), index=True
    )
    made_at: Mapped[datetime]


class MentoringPair(Base):
    """Two people for some months, each by their own calendar: the first month begins with the second
    signature. Who parts is not kept. `shares`: the mentee lets the mentor see their weakest ideas.
    `rhythm` and `place` are what both signed: other words undo the other signature."""

    __tablename__ = "mentoring_pair"
    __table_args__ = (
        UniqueConstraint("programme_id", "mentor_id", "mentee_id"),
        CheckConstraint("state IN ('new', 'live', 'closed', 'parted')", name="state_is_known"),
        CheckConstraint("mentor_id <> mentee_id", name="takes_two"),
        CheckConstraint("months BETWEEN 1 AND 12", name="lasts_months"),
        CheckConstraint(
            "state <> 'live' OR (mentor_signed_at IS NOT NULL AND mentee_signed_at IS NOT NULL"
            " AND began_on IS NOT NULL)",
            name="who_is_live_has_signed",
        ),
        CheckConstraint(
            "rhythm IN ('', 'weekly', 'fortnightly', 'three_weeks', 'monthly')",
            name="rhythm_is_known",
        ),
        Index("ix_mentoring_pair_programme_id_state", "programme_id", "state"),
        Index("ix_mentoring_pair_mentor_id", "mentor_id"),
        Index("ix_mentoring_pair_mentee_id", "mentee_id"),
    )

    id: Mapped[ID]
    programme_id: Mapped[int] = mapped_column(
        ForeignKey("mentoring_programme.id", ondelete="CASCADE")
    )
    proposal_id: Mapped[int | None] = mapped_column(
        ForeignKey("mentoring_proposal.id", ondelete="SET NULL"), index=True
    )
    mentor_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    mentee_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(10), default=Health.NEW)
    months: Mapped[int] = mapped_column(default=4)
    topics: Mapped[list[str]]
    """Keys of the programme's topics that the mentor offers and the mentee wants."""
    published_at: Mapped[datetime]
    mentor_signed_at: Mapped[datetime | None]
    mentee_signed_at: Mapped[datetime | None]
    rhythm: Mapped[str] = mapped_column(String(12), default="")
    place: Mapped[str] = mapped_column(String(LONGEST_PLACE), default="")
    began_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    mentor_thanks: Mapped[str] = mapped_column(String(LONGEST_THANKS), default="")
    mentee_thanks: Mapped[str] = mapped_column(String(LONGEST_THANKS), default="")
    shares: Mapped[bool] = mapped_column(default=False)
    other_wanted_at: Mapped[datetime | None]
    """When one of the two asked for another pair; which one is not kept."""
    silence_reminded_at: Mapped[datetime | None]
    silence_told_at: Mapped[datetime | None]
    """When the two were reminded, and the organisers told, of the present silence; unset once they write."""
    room_id: Mapped[int | None] = mapped_column(
        ForeignKey("community_group.id", ondelete="SET NULL"), index=True
    )


class Appointment(Base):
    """A slot that one of a pair proposes and the other takes."""

    __tablename__ = "mentoring_appointment"
    __table_args__ = (
        UniqueConstraint("once"),
        CheckConstraint("state IN ('proposed', 'agreed', 'cancelled')", name="state_is_known"),
        CheckConstraint("minutes BETWEEN 5 AND 480", name="lasts"),
        Index("ix_mentoring_appointment_pair_id_starts_at", "pair_id", "starts_at"),
    )

    id: Mapped[ID]
    once: Mapped[str] = mapped_column(String(LONGEST_ONCE))
    pair_id: Mapped[int] = mapped_column(ForeignKey("mentoring_pair.id", ondelete="CASCADE"))
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    state: Mapped[str] = mapped_column(String(10), default=Settled.PROPOSED)
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    place: Mapped[str] = mapped_column(String(LONGEST_PLACE), default="")
    sequence: Mapped[int] = mapped_column(default=0)


class Entry(Base):
    """A meeting that a pair held, one a day. What was said stays between the two; day and minutes count."""

    __tablename__ = "mentoring_entry"
    __table_args__ = (
        UniqueConstraint("once"),
        UniqueConstraint("pair_id", "held_on"),
        CheckConstraint("minutes BETWEEN 5 AND 480", name="lasted"),
    )

    id: Mapped[ID]
    once: Mapped[str] = mapped_column(String(LONGEST_ONCE))
    pair_id: Mapped[int] = mapped_column(ForeignKey("mentoring_pair.id", ondelete="CASCADE"))
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    held_on: Mapped[date]
    minutes: Mapped[int]
    topics: Mapped[list[str]]
    words: Mapped[str] = mapped_column(Text, default="")
    written_at: Mapped[datetime]


class Pulse(Base):
    """How somebody feels in their pair, once a month: 1 not well, 2 fine, 3 very well."""

    __tablename__ = "mentoring_pulse"
    __table_args__ = (
        UniqueConstraint("pair_id", "person_id", "month"),
        CheckConstraint("mood BETWEEN 1 AND 3", name="mood_is_known"),
        CheckConstraint("month BETWEEN 1 AND 12", name="month_of_the_pair"),
        Index("ix_mentoring_pulse_person_id", "person_id"),
    )

    id: Mapped[ID]
    pair_id: Mapped[int] = mapped_column(ForeignKey("mentoring_pair.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    month: Mapped[int]
    mood: Mapped[int]
    at: Mapped[datetime]
