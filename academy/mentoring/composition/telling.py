"""What is told of sessions: why somebody is in none, what people have in common. Loads no numpy. Pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum

from academy.mentoring.composition.pool import Candidate


class Why(StrEnum):
    """What keeps somebody out, the first that holds."""

    NOBODY = "nobody"  # the other side is empty
    SLOT = "slot"  # free at none of the times offered
    PLACE = "place"  # can be at none of the places offered
    LANGUAGE = "language"  # speaks none of the languages offered
    TOGETHER = "together"  # time, place and language each suit somewhere, never in one cell
    TOO_FEW = "too_few"  # no session is held where they could come
    NOT_POSSIBLE = "not_possible"  # every session with a free seat has somebody they must not meet
    FULL = "full"  # no seat is left


def in_common(candidate: Candidate, others: Sequence[Candidate]) -> Mapping[str, int]:
    """The topics somebody has in common with others of a session, and with how many; most shared first."""
    shared = Counter(
        topic
        for other in others
        for topic, weight in other.topics.items()
        if weight and candidate.topics.get(topic)
    )
    return dict(sorted(shared.items(), key=lambda each: (-each[1], each[0])))
