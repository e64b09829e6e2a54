"""Publishing a proposal: the pairs are made, and everybody is told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from flask_babel import lazy_gettext as _
from sqlalchemy import select, update

from academy import clock
from academy.database import db
from academy.mentoring.pairs.models import MentoringPair, Proposal, Status
from academy.mentoring.pairs.proposing import gathering, queries
from academy.mentoring.pairs.proposing.services import refuse_unless_live
from academy.mentoring.programmes import queries as programmes
from academy.mentoring.programmes.models import Programme, Volunteer
from academy.mentoring.programmes.services import ChangedMeanwhile
from academy.people import audit
from academy.post import services as post
from academy.post.services import Sealed
from academy.refusal import Refusal
from academy.web.words import day

PAIR_TOLD: Final = "mentoring-pair"
UNPAIRED_TOLD: Final = "mentoring-no-pair"


class NotPublishable(Refusal):
    """This proposal cannot be published; the words say why."""


def publish(programme: int, number: int, version: int, organiser_id: int, at: datetime) -> None:
    """Make the pairs of a proposal and tell everybody; a button pressed twice does it once.

    Raises AlreadyPublished, ChangedMeanwhile, NotPublishable.
    """
    found = programmes.locked(programme)
    before = queries.published(programme)
    if before == number:
        return
    refuse_unless_live(found, before)
    if found.version != version:
        raise ChangedMeanwhile(found)
    proposal = queries.proposal(programme, number)
    if proposal is None:
        raise NotPublishable(_("There is no proposal of this number."), 404)
    _refuse_too_early(found, at)
    takers = _refuse_what_is_out_of_date(found, proposal, at)
    _mark(found, proposal, organiser_id, at)
    pairs = _make(found, proposal, takers, at)
    _have_told(found, proposal, pairs, at)
    details = {"proposal": number, "pairs": len(pairs)}
    audit.record(organiser_id, audit.Act.PAIRS_PUBLISHED, f"programme:{programme}", at, details)


def shared(mentor: Volunteer, mentee: Volunteer) -> tuple[str, ...]:
    """Topics that the mentor shows and the mentee wants, as the mentee ordered them."""
    return tuple(topic for topic in mentee.wanted if topic in mentor.offered)


def _refuse_too_early(programme: Programme, at: datetime) -> None:
    """People were promised until when they may change their wishes; unless all have handed in."""
    last = programme.wishes_by
    if last is None or queries.turnout(programme.id).everybody:
        return
    if any(clock.day_in(zone, at) <= last for zone in queries.zones(programme.id)):
        raise NotPublishable(
            _(
                "People may say whom they would like until the end of %(day)s, and not all have handed in. "
                "Publish after that, or change the last day.",
                day=day(last),
            ),
            409,
        )


def _refuse_what_is_out_of_date(
    programme: Programme, proposal: Proposal, at: datetime
) -> dict[int, Volunteer]:
    """Who left, or said no since: gives what those of the pairs said as volunteers."""
    if not proposal.pairs:
        raise NotPublishable(_("This proposal holds no pair: there is nothing to publish."), 409)
    people = [person for pair in proposal.pairs for person in pair]
    takers = queries.still_in(programme.id, people)
    if len(takers) < len(set(people)):
        raise NotPublishable(
            _("Somebody of this proposal has left since. Propose again, near to this one."), 409
        )
    pairs = [(mentor, mentee) for mentor, mentee in proposal.pairs]
    if gathering.not_possible_now(programme, pairs, at.date()):
        raise NotPublishable(
            _("A pair of this proposal is not possible any more. Propose again, near to this one."),
            409,
        )
    return takers


def _mark(programme: Programme, proposal: Proposal, organiser_id: int, at: datetime) -> None:
    db.session.execute(
        update(Proposal)
        .where(Proposal.programme_id == programme.id, Proposal.id != proposal.id)
        .values(state=Status.PASSED)
        .execution_options(synchronize_session=False)
    )
    proposal.state = Status.PUBLISHED
    programme.version += 1
    programme.changed_at, programme.changed_by = at, organiser_id


def _make(
    programme: Programme, proposal: Proposal, takers: dict[int, Volunteer], at: datetime
) -> list[MentoringPair]:
    """Rows of pairs; two who are one already stay as they are."""
    known = {
        (row.mentor_id, row.mentee_id)
        for row in db.session.execute(
            select(MentoringPair.mentor_id, MentoringPair.mentee_id).where(
                MentoringPair.programme_id == programme.id
            )
        )
    }
    pairs = [
        MentoringPair(
            programme_id=programme.id,
            proposal_id=proposal.id,
            mentor_id=mentor,
            mentee_id=mentee,
            months=programme.months,
            topics=list(shared(takers[mentor], takers[mentee])),
            published_at=at,
        )
        for mentor, mentee in proposal.pairs
        if (mentor, mentee) not in known
    ]
    db.session.add_all(pairs)
    db.session.flush()  # their numbers are needed below
    return pairs


def _have_told(
    programme: Programme, proposal: Proposal, pairs: Sequence[MentoringPair], at: datetime
) -> None:
    """A letter for each pair, so that telling thousands holds nobody up; one for all the others."""
    letters = [Sealed({"pair": pair.id}, f"pair:{pair.id}", at) for pair in pairs]
    post.put_all(PAIR_TOLD, letters)
    post.put(UNPAIRED_TOLD, {"proposal": proposal.id}, f"no-pair:{programme.id}", at)
