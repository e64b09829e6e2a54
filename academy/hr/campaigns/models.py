"""Campaigns, the entities they are for, whom they concern, and how far groups are."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.community.naming import Said
from academy.database import ID, Base, Json
from academy.hr.campaigns.rules import Goal, GoalKind, State

LONGEST_NAME = 80
LONGEST_MESSAGE = 1000
LONGEST_ONCE = 32
_CAMPAIGN = "hr_campaign.id"


class Campaign(Base):
    """What people are asked, or invited, to have done by a day. `version` grows with each change.

    `population` holds the conditions on persons (`rules.Population.kept`); entities are rows of their own.
    """

    __tablename__ = "hr_campaign"
    __table_args__ = (
        UniqueConstraint("once"),
        CheckConstraint(
            "state IN ('draft', 'announced', 'running', 'ended', 'withdrawn')",
            name="state_is_known",
        ),
        CheckConstraint("goal IN ('passport', 'visa', 'track', 'minutes')", name="goal_is_known"),
        CheckConstraint("(goal = 'minutes') = (goal_days > 0)", name="minutes_have_days"),
        CheckConstraint("(goal = 'minutes') = (goal_key = '')", name="awards_have_a_key"),
        CheckConstraint("starts_on <= due_on", name="days_are_in_order"),
        CheckConstraint("grace_days BETWEEN 0 AND 60", name="grace_is_short"),
        CheckConstraint("name_fr <> '' AND name_en <> ''", name="has_both_names"),
        CheckConstraint(
            "(state = 'draft') = (announced_at IS NULL)", name="announced_once_it_left_the_desk"
        ),
        Index("ix_hr_campaign_state", "state"),
    )

    id: Mapped[ID]
    once: Mapped[str] = mapped_column(String(LONGEST_ONCE))
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(10), default=State.DRAFT)
    mandatory: Mapped[bool]
    name_fr: Mapped[str] = mapped_column(String(LONGEST_NAME))
    name_en: Mapped[str] = mapped_column(String(LONGEST_NAME))
    message_fr: Mapped[str] = mapped_column(Text)
    message_en: Mapped[str] = mapped_column(Text)
    population: Mapped[dict[str, Any]] = mapped_column(Json)
    goal: Mapped[str] = mapped_column(String(10))
    goal_key: Mapped[str] = mapped_column(String(60), default="")
    goal_days: Mapped[int] = mapped_column(default=0)
    starts_on: Mapped[date]
    due_on: Mapped[date]
    grace_days: Mapped[int] = mapped_column(default=0)
    reminders: Mapped[list[int]] = mapped_column(Json, default=list)
    announced_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    counted_at: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))

    @property
    def name(self) -> Said:
        return Said(self.name_fr, self.name_en)

    @property
    def message(self) -> Said:
        return Said(self.message_fr, self.message_en)

    @property
    def aim(self) -> Goal:
        return Goal(GoalKind(self.goal), self.goal_key, self.goal_days)


class CampaignPlace(Base):
    """One of the entities a campaign is for, with all under it; without any, the whole company."""

    __tablename__ = "hr_campaign_place"

    campaign_id: Mapped[int] = mapped_column(
        ForeignKey(_CAMPAIGN, ondelete="CASCADE"), primary_key=True
    )
    entity_id: Mapped[int] = mapped_column(
        ForeignKey("entity.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class CampaignMember(Base):
    """Somebody the campaign concerns. `inside` says whether it still does: people move.

    `due_on` is their own deadline, `reminded` the last reminder given (in days before it), `closed_at` when
    they were told that the campaign is withdrawn.
    """

    __tablename__ = "hr_campaign_member"
    __table_args__ = (Index("ix_hr_campaign_member_person_id", "person_id"),)

    campaign_id: Mapped[int] = mapped_column(
        ForeignKey(_CAMPAIGN, ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    inside: Mapped[bool] = mapped_column(default=True)
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    told_on: Mapped[date | None]
    reminded: Mapped[int | None]
    closed_at: Mapped[datetime | None]


class CampaignCount(Base):
    """How far the people of an entity, and of all under it, are.

    Of a mandatory campaign exact. Of any other `people` and `done` are None for groups that are too small,
    and `done` is rounded before it is written (`rollup.rounding`).
    """

    __tablename__ = "hr_campaign_count"

    campaign_id: Mapped[int] = mapped_column(
        ForeignKey(_CAMPAIGN, ondelete="CASCADE"), primary_key=True
    )
    entity_id: Mapped[int] = mapped_column(
        ForeignKey("entity.id", ondelete="CASCADE"), primary_key=True
    )
    people: Mapped[int | None]
    done: Mapped[int | None]
