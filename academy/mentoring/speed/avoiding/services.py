"""Naming somebody one would rather not meet, and taking it back."""

from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, func, select

from academy.database import db, insert, table
from academy.mentoring.speed.inviting.queries import volunteer
from academy.mentoring.wishes.models import Avoidance
from academy.refusal import Refusal

MOST = 20


class NotThere(Refusal):
    """Only volunteers of the programme may be named, and not oneself."""

    def __init__(self) -> None:
        super().__init__(_("This person does not take part in the programme."), 404)


class TooMany(Refusal):
    """More would make meetings impossible."""

    def __init__(self) -> None:
        super().__init__(_("You may name 20 people at most."), 409)


def avoid(person_id: int, programme: int, other_id: int, at: datetime) -> None:
    """Said twice it is said once. Raises NotThere, TooMany."""
    if other_id == person_id or volunteer(other_id, programme) is None:
        raise NotThere
    mine = Avoidance.programme_id == programme, Avoidance.person_id == person_id
    count = select(func.count()).select_from(Avoidance).where(*mine, Avoidance.other_id != other_id)
    if (db.session.scalar(count) or 0) >= MOST:
        raise TooMany
    values = {"programme_id": programme, "person_id": person_id, "other_id": other_id, "at": at}
    db.session.execute(insert(table(Avoidance)).values(values).on_conflict_do_nothing())


def meet(person_id: int, programme: int, other_id: int) -> None:
    """They may meet after all."""
    mine = Avoidance.programme_id == programme, Avoidance.person_id == person_id
    statement = delete(Avoidance).where(*mine, Avoidance.other_id == other_id)
    db.session.execute(statement.execution_options(synchronize_session=False))
