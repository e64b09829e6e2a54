"""Topics proposed from somebody's own path, on the spot. Nothing is kept, nobody else sees it."""

from dataclasses import dataclass
from datetime import datetime

from academy.daily.path.knowledge import knowledge
from academy.daily.states import State
from academy.learning.services import Learner
from academy.mentoring.programmes.models import Programme
from academy.mentoring.programmes.rules import foremost


@dataclass(frozen=True, slots=True)
class Suggestion:
    offered: tuple[str, ...]
    wanted: tuple[str, ...]


def suggestion(programme: Programme, learner: Learner, at: datetime) -> Suggestion:
    """Offered: themes where most is mastered. Wanted: themes where most was met and does not hold."""
    known = knowledge(learner, at)
    mastered: dict[str, int] = {}
    shaky: dict[str, int] = {}
    for notion, stands in known.stands.items():
        tally = {State.MASTERED: mastered, State.FADING: shaky, State.MET: shaky}.get(
            stands.shown or State.TO_COME
        )
        if tally is not None:
            theme = known.theme_of(notion)
            tally[theme] = tally.get(theme, 0) + 1
    offered = foremost(mastered, programme.topic_names)
    rest = [topic for topic in programme.topic_names if topic not in offered]
    return Suggestion(offered, foremost(shaky, rest))
