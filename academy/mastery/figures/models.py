"""How often each answer was given to each question: counts over everybody, fed from the answers by cursor."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import Base, BigId

ANSWERED = 120


class QuestionTally(Base):
    """One answer to one edition of a question; see `rules.Tally`. An edition is one wording and one key."""

    __tablename__ = "question_tally"
    __table_args__ = (
        CheckConstraint("times > 0", name="counts_something"),
        CheckConstraint("expected_of >= 0 AND expected_of <= times", name="expected_is_within"),
    )

    question: Mapped[str] = mapped_column(String(80), primary_key=True)
    edition: Mapped[str] = mapped_column(String(12), primary_key=True)
    answered: Mapped[str] = mapped_column(String(ANSWERED), primary_key=True)
    right: Mapped[bool] = mapped_column(primary_key=True)
    times: Mapped[int] = mapped_column(BigId)
    expected_of: Mapped[int] = mapped_column(BigId)
    expected: Mapped[float]
    squares: Mapped[float]


class QuestionPace(Base):
    """How many answers to one edition of a question took so long: `bucket` times `queries.BUCKET` seconds."""

    __tablename__ = "question_pace"
    __table_args__ = (
        CheckConstraint("times > 0", name="counts_something"),
        CheckConstraint("bucket >= 0", name="time_runs_forward"),
    )

    question: Mapped[str] = mapped_column(String(80), primary_key=True)
    edition: Mapped[str] = mapped_column(String(12), primary_key=True)
    bucket: Mapped[int] = mapped_column(primary_key=True)
    times: Mapped[int] = mapped_column(BigId)


class AnswersRead(Base):
    """How far a reader of the answers has come: everything up to this number is in its counts, once."""

    __tablename__ = "answers_read"

    reader: Mapped[str] = mapped_column(String(40), primary_key=True)
    answer_id: Mapped[int] = mapped_column(BigId)
    read_at: Mapped[datetime]
