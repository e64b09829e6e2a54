"""Which release the questions of an attempt are read in: the one they were asked from."""

from datetime import datetime

from academy.catalog import releases
from academy.catalog.tree import Catalog
from academy.learning import rules
from academy.learning.models import Attempt


def edition_of(attempt: Attempt) -> Catalog:
    """The content its questions were drawn from; what is in force, when that is not kept any more."""
    return releases.named(attempt.release) or releases.current()


def stands(attempt: Attempt, at: datetime) -> bool:
    """May this open quiz still be shown as it was drawn? One of an earlier release may, for a day."""
    if attempt.release == releases.current().release:
        return True
    if not rules.still_on_the_table(attempt.started_at, at):
        return False
    return releases.named(attempt.release) is not None
