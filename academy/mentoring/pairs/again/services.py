"""Making one more pair by the word of an organiser."""

from datetime import datetime

from flask_babel import lazy_gettext as _

from academy.database import db
from academy.mentoring.pairs.again import queries
from academy.mentoring.pairs.again.queries import UNDER_WAY
from academy.mentoring.pairs.models import MentoringPair
from academy.mentoring.pairs.proposing import gathering
from academy.mentoring.pairs.proposing import queries as proposals
from academy.mentoring.pairs.proposing.publishing import PAIR_TOLD, shared
from academy.mentoring.pairs.proposing.services import NotUnderWay
from academy.mentoring.programmes import queries as programmes
from academy.mentoring.programmes.rules import LIVE
from academy.people import audit
from academy.post import services as post
from academy.refusal import Refusal


class NotFree(Refusal):
    """One of the two takes no part, or has no room for another pair."""

    def __init__(self) -> None:
        super().__init__(
            _("Choose a mentor and a mentee who are free. Nobody was paired: look at the lists."),
            409,
        )


class NotPossible(Refusal):
    """A reporting line, a refusal, an organiser's word, or a pair they were before: never said which."""

    def __init__(self) -> None:
        super().__init__(_("This pair is not possible. Nobody was told anything."), 409)


def pair(programme: int, mentor: int, mentee: int, organiser_id: int, at: datetime) -> int:
    """Make a pair of two who are free and have them told; a button pressed twice makes it once.

    Raises NotUnderWay, NotFree, NotPossible.
    """
    found = programmes.locked(programme)
    if found.state not in LIVE or proposals.published(programme) is None:
        raise NotUnderWay
    known = queries.pair_of(programme, mentor, mentee)
    if known is not None and known.state in UNDER_WAY:
        return known.id
    mentors, mentees = (
        {each.number for each in side} for side in queries.free(found, (mentor, mentee))
    )
    if mentor == mentee or mentor not in mentors or mentee not in mentees:
        raise NotFree
    if known is not None or gathering.not_possible_now(found, [(mentor, mentee)], at.date()):
        raise NotPossible
    said = proposals.still_in(programme, [mentor, mentee])
    made = MentoringPair(
        programme_id=programme,
        mentor_id=mentor,
        mentee_id=mentee,
        months=found.months,
        topics=list(shared(said[mentor], said[mentee])),
        published_at=at,
    )
    db.session.add(made)
    db.session.flush()  # its number is needed below
    post.put(PAIR_TOLD, {"pair": made.id}, f"pair:{made.id}", at)
    audit.record(organiser_id, audit.Act.PAIR_MADE, f"programme:{programme}", at)
    return made.id
