"""Where somebody stands in each theme when the engine knows little else: a level, and how unsure it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import Base, db, insert


class ThemeLevel(Base):
    """The level of one person in one theme as the latest placement left it."""

    __tablename__ = "theme_level"
    __table_args__ = (CheckConstraint("sd > 0", name="sd_is_positive"),)

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    theme: Mapped[str] = mapped_column(String(60), primary_key=True)
    mean: Mapped[float]
    sd: Mapped[float]
    at: Mapped[datetime]


@dataclass(frozen=True, slots=True)
class Level:
    """In logits: 0 is somebody for whom a question of middle difficulty is an even chance."""

    mean: float
    sd: float


def start_from(person_id: int, levels: Mapping[str, Level], at: datetime) -> None:
    """Keep these levels, in place of those of an earlier placement."""
    if not levels:
        return
    statement = insert(ThemeLevel).values(
        [
            {"person_id": person_id, "theme": theme, "mean": level.mean, "sd": level.sd, "at": at}
            for theme, level in levels.items()
        ]
    )
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=[ThemeLevel.person_id, ThemeLevel.theme],
            set_={name: statement.excluded[name] for name in ("mean", "sd", "at")},
        )
    )


def levels_of(person_id: int) -> dict[str, Level]:
    """The levels by theme; empty for who was never placed. One statement."""
    rows = db.session.execute(
        select(ThemeLevel.theme, ThemeLevel.mean, ThemeLevel.sd).where(
            ThemeLevel.person_id == person_id
        )
    )
    return {theme: Level(mean, sd) for theme, mean, sd in rows}
