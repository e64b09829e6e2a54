"""Programmes, and those who volunteered or said "rather not"."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.community.naming import Said
from academy.database import ID, Base, Json
from academy.mentoring.programmes.rules import State, Terms

LONGEST_NAME = 80
LONGEST_CODE = 3000
LONGEST_HOPES = 400
LONGEST_ONCE = 32


class Programme(Base):
    """A reverse mentoring programme. `version` grows with each change."""

    __tablename__ = "mentoring_programme"
    __table_args__ = (
        UniqueConstraint("once"),
        CheckConstraint("state IN ('draft', 'open', 'closed', 'ended')", name="state_is_known"),
        CheckConstraint("name_fr <> '' AND name_en <> ''", name="has_both_names"),
        CheckConstraint(
            "opens_on <= closes_on AND closes_on <= starts_on AND starts_on <= ends_on",
            name="days_are_in_order",
        ),
        CheckConstraint("capacity BETWEEN 1 AND 5", name="capacity_is_bearable"),
        CheckConstraint("wishes_by IS NULL OR wishes_by <= ends_on", name="wishes_end_in_time"),
        CheckConstraint("line_depth IS NULL OR line_depth >= 0", name="depth_is_a_count"),
        CheckConstraint("months BETWEEN 1 AND 12", name="lasts_months"),
        CheckConstraint("mentor_years >= 0 AND mentee_years >= 0", name="years_are_counts"),
        Index("ix_mentoring_programme_state", "state"),
    )

    id: Mapped[ID]
    once: Mapped[str] = mapped_column(String(LONGEST_ONCE))
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(10), default=State.DRAFT)
    entity_id: Mapped[int | None] = mapped_column(ForeignKey("entity.id"), index=True)
    name_fr: Mapped[str] = mapped_column(String(LONGEST_NAME))
    name_en: Mapped[str] = mapped_column(String(LONGEST_NAME))

    opens_on: Mapped[date]
    closes_on: Mapped[date]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    wishes_by: Mapped[date | None]
    """The last day on which those who met say whom they would like; unset until it is known."""
    months: Mapped[int] = mapped_column(default=4)
    """How long a pair lasts, by its own calendar."""

    # where, in which languages, about what
    remote: Mapped[bool]
    places: Mapped[list[str]]
    languages: Mapped[list[str]]
    topics: Mapped[list[dict[str, Any]]] = mapped_column(Json)

    # who may take part
    mentor_years: Mapped[int]
    mentor_jobs: Mapped[list[str]]
    mentee_years: Mapped[int]
    both: Mapped[bool]
    line_depth: Mapped[int | None]
    """How many levels of a reporting line are kept apart, either way; unset: all of them, 0: none."""
    capacity: Mapped[int]
    code_fr: Mapped[str] = mapped_column(Text)
    code_en: Mapped[str] = mapped_column(Text)

    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))

    @property
    def name(self) -> Said:
        return Said(self.name_fr, self.name_en)

    @property
    def code(self) -> Said:
        return Said(self.code_fr, self.code_en)

    @property
    def topic_names(self) -> dict[str, Said]:
        """By key, in the order the organiser gave."""
        return {topic["key"]: Said(topic["fr"], topic["en"]) for topic in self.topics}

    @property
    def terms(self) -> Terms:
        jobs = frozenset(self.mentor_jobs)
        return Terms(self.mentor_years, jobs, self.mentee_years, self.both)


class Volunteer(Base):
    """What somebody said of themselves for one programme; nothing is kept of those who are out of it."""

    __tablename__ = "mentoring_volunteer"
    __table_args__ = (
        UniqueConstraint("person_id", "programme_id"),
        CheckConstraint("side IN ('mentor', 'mentee', 'both', 'out')", name="side_is_known"),
        CheckConstraint("(side = 'out') = (signed_at IS NULL)", name="volunteers_have_signed"),
        CheckConstraint("side <> 'out' OR hopes = ''", name="who_is_out_hopes_nothing"),
        CheckConstraint("capacity BETWEEN 1 AND 5", name="capacity_is_bearable"),
        Index("ix_mentoring_volunteer_programme", "programme_id", "side", "id"),
    )

    id: Mapped[ID]
    programme_id: Mapped[int] = mapped_column(
        ForeignKey("mentoring_programme.id", ondelete="CASCADE")
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    side: Mapped[str] = mapped_column(String(10))
    offered: Mapped[list[str]]
    wanted: Mapped[list[str]]
    languages: Mapped[list[str]]
    places: Mapped[list[str]]
    slots: Mapped[list[str]]
    capacity: Mapped[int]
    hopes: Mapped[str] = mapped_column(String(LONGEST_HOPES))
    signed_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
