"""Systems that may read, how often they did, and when what is told of a person last changed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import Base, Json
from academy.people.clients.models import Client


class ApiClient(Client, Base):
    """A system that may read what its `scopes` name, within an entity or (without one) in the whole company.

    With its entity the token goes too: it must never reach further than it was made to.
    """

    __tablename__ = "api_client"

    scopes: Mapped[list[str]] = mapped_column(Json)
    entity_id: Mapped[int | None] = mapped_column(
        ForeignKey("entity.id", ondelete="CASCADE"), index=True
    )


class ApiUse(Base):
    """How often a token asked for something on a day."""

    __tablename__ = "api_use"
    __table_args__ = (
        CheckConstraint("count > 0", name="counts_up"),
        Index("ix_api_use_day", "day"),
    )

    client_id: Mapped[int] = mapped_column(
        ForeignKey("api_client.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date] = mapped_column(primary_key=True)
    operation: Mapped[str] = mapped_column(String(40), primary_key=True)
    count: Mapped[int] = mapped_column(default=1)


class ApiPerson(Base):
    """When what the API tells of somebody was last found changed; `print` is what it was, unreadable."""

    __tablename__ = "api_person"
    __table_args__ = (Index("ix_api_person_changed_at", "changed_at", "person_id"),)

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    print: Mapped[str] = mapped_column(String(16))
    changed_at: Mapped[datetime]


class ApiReader(Base):
    """Up to which moment changes were looked for."""

    __tablename__ = "api_reader"
    __table_args__ = (CheckConstraint("id = 1", name="there_is_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    looked_at: Mapped[datetime]
