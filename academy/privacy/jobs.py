"""What the worker erases at night: those who left so long ago."""

import logging
from datetime import datetime

from flask import current_app

from academy.database import db
from academy.people.leaving import queries as leaving
from academy.privacy import services
from academy.refusal import Refusal

log = logging.getLogger(__name__)

AT_ONCE = 200


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
