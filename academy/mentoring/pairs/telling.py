"""What the two of a pair, and its organisers, are told. Facts only, and nobody's name."""

from collections.abc import Collection
from datetime import date, datetime
from enum import StrEnum

from academy.mentoring.pairs import queries
from academy.mentoring.pairs.models import MentoringPair
from academy.mentoring.programmes.models import Programme
from academy.notices import services as notices
from academy.notices.kinds import Kind
from academy.notices.services import News


class What(StrEnum):
    """What happened, as `notices/words.py` says it."""

    SIGNED = "signed"
    REREAD = "reread"
    LIVE = "live"
    SLOTS = "slots"
    AGREED = "agreed"
    CANCELLED = "cancelled"
    LOGGED = "logged"
    QUIET = "quiet"
    CLOSED = "closed"
    OVER = "over"
    PARTED = "parted"
    LEFT = "left"


class Care(StrEnum):
    """What organisers are told of a pair: that, and nothing it says."""

    SILENT = "silent"
    ANOTHER = "another"


def both(pair: MentoringPair) -> tuple[int, int]:
    return pair.mentor_id, pair.mentee_id


def tell(
    readers: Collection[int],
    pair: MentoringPair,
    what: What,
    mark: object,
    at: datetime,
    actor_id: int | None = None,
    day: date | None = None,
) -> None:
    """Tell these of the two; never the one who did it. `mark` tells one such happening from another."""
    data = {"what": what.value, "pair": pair.id, "programme": _named(queries.programme_of(pair))}
    if day is not None:
        data["day"] = day.isoformat()
    once = f"pair:{pair.id}:{what}:{mark}"
    notices.tell(readers, News(Kind.PAIR_LIFE, once, data, actor_id), at)


def tell_organisers(
    programme: Programme, pair: MentoringPair, what: Care, mark: object, at: datetime
) -> None:
    """Not those of them who are in the pair: they would learn which of the two has asked."""
    readers = queries.organisers(programme, at.date()) - set(both(pair))
    data = {"what": what.value, "number": programme.id, "programme": _named(programme)}
    notices.tell(readers, News(Kind.PAIR_CARE, f"care:{pair.id}:{what}:{mark}", data), at)


def _named(programme: Programme) -> dict[str, str]:
    return {"fr": programme.name_fr, "en": programme.name_en}
