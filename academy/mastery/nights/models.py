"""What came of each night: a line each, never changed. Those accepted are versions of the numbers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from academy.database import ID, Base

REASON = 200


class EngineNumbers(Base):
    """One line. Its version is its number and one: version 1 is what the academy ships with.

    `night`: of a night's fit, once; `numbers`: where they were put in force. `answers`, `people`: what was
    drawn; on `held_out` answers of people whom the fit never saw, mean log losses, `before` of the numbers
    then in force and `after` of the new ones: `loss` from everybody's first answer on, `handed` in second
    halves, over minds that the numbers then in force had made, `memory` of the memory layer alone, `start`
    over first answers, by where each trade begins. `back_to`: the version put in force again. `pinned`: no
    night may put anything in its place. `reason`: why somebody went back, or why something was not put in
    force.

    Nothing in it is about a person.
    """

    __tablename__ = "engine_numbers"
    __table_args__ = (
        CheckConstraint("NOT accepted OR numbers IS NOT NULL", name="what_is_in_force_is_there"),
        CheckConstraint("accepted OR NOT pinned", name="what_is_pinned_is_in_force"),
        CheckConstraint("answers >= held_out AND held_out >= 0", name="counts_fit"),
    )

    id: Mapped[ID]
    night: Mapped[date | None] = mapped_column(unique=True)
    made_at: Mapped[datetime]
    accepted: Mapped[bool]
    pinned: Mapped[bool] = mapped_column(default=False)
    back_to: Mapped[int | None]
    numbers: Mapped[dict[str, Any] | None]
    answers: Mapped[int] = mapped_column(default=0)
    people: Mapped[int] = mapped_column(default=0)
    held_out: Mapped[int] = mapped_column(default=0)
    loss_before: Mapped[float | None]
    loss_after: Mapped[float | None]
    handed_before: Mapped[float | None]
    handed_after: Mapped[float | None]
    memory_before: Mapped[float | None]
    memory_after: Mapped[float | None]
    start_before: Mapped[float | None]
    start_after: Mapped[float | None]
    reason: Mapped[str] = mapped_column(String(REASON), default="")

    @property
    def version(self) -> int:
        return self.id + 1
