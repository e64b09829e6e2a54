"""Speed meetings: who is invited, what was pressed, who talks to whom in which round."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID, Base

LONGEST_PLACE = 80
LONGEST_ROOM = 200


class Stage(StrEnum):
    """Planned ones are seen by organisers alone."""

    PLANNED = "planned"
    ANNOUNCED = "announced"
    RUNNING = "running"
    HELD = "held"
    CANCELLED = "cancelled"


class Reply(StrEnum):
    """Where a seat stands between its organiser and its person. Only the first three take a chair."""

    PLACED = "placed"
    INVITED = "invited"
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    DECLINED = "declined"


CHAIRS = (Reply.PLACED, Reply.INVITED, Reply.CONFIRMED)


class Presence(StrEnum):
    """What the cockpit says of somebody on the day."""

    EXPECTED = "expected"
    PRESENT = "present"
    ABSENT = "absent"
    LEFT = "left"


class SpeedMeeting(Base):
    """One speed meeting. `version` grows with each change of it, `plan` with each change of its rounds.

    `place` is one of the programme's, or "remote"; `room` says where exactly, or how to join. Times are told
    in `zone`. `rounds` is unset until the rounds are planned. `chairs`: for each side, at most.
    """

    __tablename__ = "speed_meeting"
    __table_args__ = (
        CheckConstraint(
            "state IN ('planned', 'announced', 'running', 'held', 'cancelled')",
            name="state_is_known",
        ),
        CheckConstraint(
            "talk_seconds > 0 AND note_seconds >= 0 AND change_seconds >= 0", name="lasts"
        ),
        CheckConstraint("rounds IS NULL OR rounds > 0", name="has_rounds"),
        CheckConstraint("chairs > 0", name="has_chairs"),
        Index("ix_speed_meeting_programme_id_starts_at", "programme_id", "starts_at"),
        {
            "sqlite_autoincrement": True
        },  # letters name it: the number of one gone is never given again
    )

    id: Mapped[ID]
    programme_id: Mapped[int] = mapped_column(
        ForeignKey("mentoring_programme.id", ondelete="CASCADE")
    )
    version: Mapped[int] = mapped_column(default=1)
    plan: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(10), default=Stage.PLANNED)
    starts_at: Mapped[datetime]
    zone: Mapped[str] = mapped_column(String(64))
    place: Mapped[str] = mapped_column(String(LONGEST_PLACE))
    language: Mapped[str] = mapped_column(String(5))
    room: Mapped[str] = mapped_column(String(LONGEST_ROOM), default="")
    talk_seconds: Mapped[int] = mapped_column(default=300)
    note_seconds: Mapped[int] = mapped_column(default=10)
    change_seconds: Mapped[int] = mapped_column(default=30)
    rounds: Mapped[int | None]
    chairs: Mapped[int] = mapped_column(default=12)
    seed: Mapped[int]


class Seat(Base):
    """Somebody's place in a speed meeting. Rounds count from 1; `left_after`: the last one of theirs."""

    __tablename__ = "speed_seat"
    __table_args__ = (
        UniqueConstraint("meeting_id", "person_id"),
        CheckConstraint("side IN ('mentor', 'mentee')", name="side_is_known"),
        CheckConstraint(
            "reply IN ('placed', 'invited', 'confirmed', 'waiting', 'declined')",
            name="reply_is_known",
        ),
        CheckConstraint(
            "presence IN ('expected', 'present', 'absent', 'left')", name="presence_is_known"
        ),
        CheckConstraint("table_number IS NULL OR table_number > 0", name="table_is_a_number"),
        Index("ix_speed_seat_person_id", "person_id"),
        {"sqlite_autoincrement": True},  # calendars know it by its number
    )

    id: Mapped[ID]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("speed_meeting.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    side: Mapped[str] = mapped_column(String(6))
    reply: Mapped[str] = mapped_column(String(10), default=Reply.PLACED)
    locked: Mapped[bool] = mapped_column(default=False)
    sequence: Mapped[int] = mapped_column(default=0)
    """Grows with each calendar entry sent, as iCalendar wants it."""
    invited_at: Mapped[datetime | None]
    replied_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    presence: Mapped[str] = mapped_column(String(10), default=Presence.EXPECTED)
    table_number: Mapped[int | None]
    arrived_in: Mapped[int | None]
    left_after: Mapped[int | None]


class Press(Base):
    """What an organiser pressed on the clock. The number makes a button pressed twice count once."""

    __tablename__ = "speed_press"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        CheckConstraint(
            "pressed IN ('started', 'paused', 'resumed', 'extended', 'moved_on', 'ended')",
            name="pressed_is_known",
        ),
        CheckConstraint("seconds >= 0", name="adds_time"),
    )

    id: Mapped[ID]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("speed_meeting.id", ondelete="CASCADE"))
    number: Mapped[int]
    pressed: Mapped[str] = mapped_column(String(10))
    seconds: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime]
    by: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)


class Talk(Base):
    """A one-to-one of a round: planned if the round is to come, else held. Nobody meets anybody twice."""

    __tablename__ = "speed_talk"
    __table_args__ = (
        UniqueConstraint("meeting_id", "round", "mentor_id"),
        UniqueConstraint("meeting_id", "round", "mentee_id"),
        UniqueConstraint("meeting_id", "mentor_id", "mentee_id"),
        CheckConstraint("mentor_id <> mentee_id", name="takes_two"),
        CheckConstraint("round > 0 AND table_number > 0", name="counts_from_one"),
        Index("ix_speed_talk_mentor_id", "mentor_id"),
        Index("ix_speed_talk_mentee_id", "mentee_id"),
    )

    id: Mapped[ID]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("speed_meeting.id", ondelete="CASCADE"))
    round: Mapped[int]
    table_number: Mapped[int]
    mentor_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    mentee_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
