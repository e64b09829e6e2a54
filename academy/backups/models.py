"""What became of each night's backup."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import Base


class BackupNight(Base):
    """One night, begun once however many workers there are; a try that failed is followed by another."""

    __tablename__ = "backup_night"
    __table_args__ = (
        CheckConstraint("tries > 0", name="was_tried"),
        CheckConstraint("(done_at IS NULL) = (size IS NULL)", name="has_a_size_when_done"),
    )

    night: Mapped[date] = mapped_column(primary_key=True)
    begun_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=1)
    done_at: Mapped[datetime | None]
    file: Mapped[str] = mapped_column(String(80), default="")
    size: Mapped[int | None] = mapped_column(BigInteger)
    failure: Mapped[str] = mapped_column(String(300), default="")
