"""Waves, the entities they are for, who came in by which, and what was decided of them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.community.naming import Said
from academy.database import ID, Base, Json
from academy.hr.campaigns.models import LONGEST_NAME, LONGEST_ONCE
from academy.hr.waves.rules import State, Verdict

LONGEST_REASON = 1000
_WAVE = "hr_wave.id"
_PERSON = "person.id"


class Wave(Base):
    """People to whom the academy opens together. `version` grows with each change, `place` gives the order.

    `people` and `figures` are of those who came in by it, as the worker counted them last: `people` is None
    for groups that are too small, and each figure is rounded before it is written (`rollup.rounding`).
    """

    __tablename__ = "hr_wave"
    __table_args__ = (
        UniqueConstraint("once"),
        CheckConstraint("state IN ('planned', 'open', 'paused')", name="state_is_known"),
        CheckConstraint(
            "(state = 'planned') = (opened_at IS NULL)", name="opened_once_it_left_the_plan"
        ),
        CheckConstraint("name_fr <> '' AND name_en <> ''", name="has_both_names"),
    )

    id: Mapped[ID]
    once: Mapped[str] = mapped_column(String(LONGEST_ONCE))
    version: Mapped[int] = mapped_column(default=1)
    place: Mapped[int]
    state: Mapped[str] = mapped_column(String(10), default=State.PLANNED)
    name_fr: Mapped[str] = mapped_column(String(LONGEST_NAME))
    name_en: Mapped[str] = mapped_column(String(LONGEST_NAME))
    population: Mapped[dict[str, Any]] = mapped_column(Json)
    opens_on: Mapped[date | None]
    opened_at: Mapped[datetime | None]
    people: Mapped[int | None]
    figures: Mapped[dict[str, int]] = mapped_column(Json, default=dict)
    counted_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey(_PERSON, ondelete="SET NULL"))

    @property
    def name(self) -> Said:
        return Said(self.name_fr, self.name_en)

    @property
    def said_state(self) -> State:
        return State(self.state)


class WavePlace(Base):
    """One of the entities a wave is for, with all under it; without any, the whole company."""

    __tablename__ = "hr_wave_place"

    wave_id: Mapped[int] = mapped_column(ForeignKey(_WAVE, ondelete="CASCADE"), primary_key=True)
    entity_id: Mapped[int] = mapped_column(
        ForeignKey("entity.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class WaveMember(Base):
    """The wave by which somebody came in, or will. Who has entered once is never shut out again.

    `was_in` are those who were in before there were waves; they are invited to nothing. `joined_on` is the
    day from which they count with their wave: that of their entry, or later for who was in already.
    """

    __tablename__ = "hr_wave_member"
    __table_args__ = (
        CheckConstraint("NOT was_in OR entered_on IS NOT NULL", name="was_in_is_in"),
        CheckConstraint("invited_at IS NULL OR entered_on IS NOT NULL", name="invited_is_in"),
        Index("ix_hr_wave_member_wave_id_person_id", "wave_id", "person_id"),
    )

    person_id: Mapped[int] = mapped_column(
        ForeignKey(_PERSON, ondelete="CASCADE"), primary_key=True
    )
    wave_id: Mapped[int | None] = mapped_column(ForeignKey(_WAVE, ondelete="SET NULL"))
    entered_on: Mapped[date | None]
    joined_on: Mapped[date | None]
    was_in: Mapped[bool] = mapped_column(default=False)
    invited_at: Mapped[datetime | None]


class WaveDecision(Base):
    """Go, or wait until a day: who decided it, when and why. Written once."""

    __tablename__ = "hr_wave_decision"
    __table_args__ = (
        UniqueConstraint("once"),
        CheckConstraint("verdict IN ('go', 'wait')", name="verdict_is_known"),
        CheckConstraint("verdict = 'wait' OR wait_until IS NULL", name="go_waits_for_nothing"),
        CheckConstraint("reason <> ''", name="says_why"),
        Index("ix_hr_wave_decision_wave_id", "wave_id", "id"),
    )

    id: Mapped[ID]
    wave_id: Mapped[int] = mapped_column(ForeignKey(_WAVE, ondelete="CASCADE"))
    once: Mapped[str] = mapped_column(String(LONGEST_ONCE))
    verdict: Mapped[str] = mapped_column(String(4))
    wait_until: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    person_id: Mapped[int | None] = mapped_column(ForeignKey(_PERSON, ondelete="SET NULL"))

    @property
    def said(self) -> Verdict:
        return Verdict(self.verdict)
