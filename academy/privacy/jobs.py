"""What the worker forgets at night: what has been kept long enough, and those who left so long ago."""

import logging
from datetime import datetime

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from academy import database, personal
from academy.database import db
from academy.people.leaving import queries as leaving
from academy.personal import Period
from academy.privacy import services
from academy.privacy.register import PERIODS
from academy.refusal import Refusal

log = logging.getLogger(__name__)

AT_ONCE = 200


MOST_TIMES = 2_000
"""So often one night goes back for more of one kind; what is left goes the next."""


def forget_what_is_over(at: datetime) -> None:
    """Drop what has been kept for as long as its setting says, some rows to a transaction.

    Stopped in the middle, it goes on where it was; where one kind fails, the others go all the same.
    """
    failed = [each.setting for each in PERIODS if not _forgotten(each, at)]
    if failed:
        raise RuntimeError(f"not forgotten tonight: {', '.join(failed)}")


def _forgotten(kind: Period, at: datetime) -> bool:
    lasts = personal.period(kind.setting)
    if lasts is None:
        return True
    try:
        for _time in range(MOST_TIMES):
            database.about_to_write()
            gone = kind.forget(at - lasts)
            db.session.commit()
            if not gone:
                break
    except SQLAlchemyError:
        db.session.rollback()
        log.exception("what %s says could not be forgotten", kind.setting)
        return False
    return True


def erase_old_leavers(at: datetime) -> None:
    """Each in a transaction of its own; one who cannot be erased yet is tried again the next night."""
    before, after = at - current_app.config["SETTINGS"].leavers_kept, 0
    while found := leaving.left_before(before, AT_ONCE, after):
        for number in found:
            after = number
            _erase(number, at)


def _erase(number: int, at: datetime) -> None:
    try:
        services.erase(number, at)
        db.session.commit()
    except Refusal as refused:
        db.session.rollback()
        log.warning("person %s could not be erased: %s", number, refused)
