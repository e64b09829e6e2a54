"""The tracks people chose for themselves. Those meant for them are worked out, never kept."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import Base


class Followed(Base):
    """A person follows a track; once is enough."""

    __tablename__ = "track_followed"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    track: Mapped[str] = mapped_column(String(60), primary_key=True)
    since: Mapped[datetime]
