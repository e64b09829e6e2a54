"""What organisers do: ask for proposals, want or not want a pair, publish."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, func, select, update

from academy import clock
from academy.database import db, insert, table
from academy.mentoring.models import Kind, Progress, Work
from academy.mentoring.pairs.models import Bond, MentoringPair, Order, Proposal, Status
from academy.mentoring.pairs.proposing import gathering, queries
from academy.mentoring.programmes import queries as programmes
from academy.mentoring.programmes.models import Programme, Volunteer
from academy.mentoring.programmes.rules import LEARN, LIVE, TEACH
from academy.mentoring.programmes.services import ChangedMeanwhile
from academy.people import audit
from academy.post import services as post
from academy.post.services import Sealed
from academy.refusal import Refusal
from academy.web.words import day

PROPOSE: Final = "mentoring-propose"
PAIR_TOLD: Final = "mentoring-pair"
UNPAIRED_TOLD: Final = "mentoring-no-pair"
WAITED_FOR: Final = timedelta(minutes=15)
MOST_SEED: Final = 2**31 - 1


class NotUnderWay(Refusal):
    """The programme is a draft, or ended."""

    def __init__(self) -> None:
        super().__init__(_("This programme is not under way: no pairs can be proposed."), 409)


class AlreadyPublished(Refusal):
    """The pairs of this programme are made."""

    def __init__(self) -> None:
        super().__init__(
            _("The pairs of this programme are published already. Nothing was changed."), 409
        )


class NoSuchTwo(Refusal):
    """These are not a mentor and a mentee of the programme."""

    def __init__(self) -> None:
        super().__init__(
            _("Choose a mentor and a mentee who take part in this programme. Nothing was changed.")
        )


class NotPublishable(Refusal):
    """This proposal cannot be published; the words say why."""


class Solved(Protocol):
    """What a search gives for each policy: see `solving`, which web processes do not load."""

    policy: str
    seed: int
    solver: str
    inputs: dict[str, Any]
    objective: dict[str, Any]
    pairs: list[list[int]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as it was asked for."""

    programme_id: int
    seed: int
    near: int | None
    organiser_id: int | None


def ask(
    programme: int, once: str, near: int | None, seed: int, organiser_id: int, at: datetime
) -> int:
    """Have pairs proposed; gives the number of the work. A button pressed twice asks once.

    `near`: an earlier proposal to change as little as possible. While a search is under way, it is given.
    """
    found = programmes.locked(programme)
    _refuse_unless_live(found)
    known = queries.under_way(programme, at - WAITED_FOR)
    if known is not None:
        return known
    values = {"once": once, "programme_id": programme, "kind": Kind.PROPOSE, "seed": seed}
    values |= {"state": Progress.WAITING, "share": 0, "said": {}, "asked": {"near": near}}
    values |= {"asked_by": organiser_id, "asked_at": at}
    statement = insert(table(Work)).values(values).on_conflict_do_nothing()
    number = db.session.scalar(statement.returning(Work.id))
    if number is None:
        return db.session.scalars(select(Work.id).where(Work.once == once)).one()
    post.put(PROPOSE, {"work": number}, f"propose:{number}", at - post.AHEAD)
    return int(number)


def begin(number: int) -> Asked | None:
    """Mark a work as running; None when it is done, or gone."""
    found = _locked(number)
    if found is None or found.state in (Progress.DONE, Progress.FAILED):
        return None
    found.state, found.share = Progress.RUNNING, max(found.share, 1)
    return Asked(found.programme_id, found.seed, found.asked.get("near"), found.asked_by)


def advance(number: int, share: int) -> None:
    """How much is done, in per cent."""
    db.session.execute(
        update(Work)
        .where(Work.id == number, Work.state == Progress.RUNNING)
        .values(share=share)
        .execution_options(synchronize_session=False)
    )


def keep(number: int, found: Sequence[Solved], at: datetime) -> None:
    """Keep what a search gave, once."""
    done = _locked(number)
    if done is None or done.state in (Progress.DONE, Progress.FAILED):
        return
    last = db.session.scalar(
        select(func.max(Proposal.number)).where(Proposal.programme_id == done.programme_id)
    )
    numbers = [(last or 0) + place for place in range(1, len(found) + 1)]
    for proposal_number, each in zip(numbers, found, strict=True):
        db.session.add(
            Proposal(
                programme_id=done.programme_id,
                number=proposal_number,
                policy=each.policy,
                seed=each.seed,
                solver=each.solver,
                inputs=each.inputs,
                objective={**each.objective, "run": number, "near": done.asked.get("near")},
                pairs=each.pairs,
                made_by=done.asked_by,
                made_at=at,
            )
        )
    done.state, done.share, done.finished_at = Progress.DONE, 100, at
    done.said = {"proposals": numbers}


def fail(number: int, said: dict[str, Any], at: datetime) -> None:
    """The question made no sense; what was wrong is said on the page."""
    found = _locked(number)
    if found is not None and found.state not in (Progress.DONE, Progress.FAILED):
        found.state, found.finished_at, found.said = Progress.FAILED, at, said


def bind(
    programme: int, mentor: int, mentee: int, bond: Bond | None, organiser_id: int, at: datetime
) -> None:
    """Want these two together, or apart, or have no say any more. The later word stands."""
    found = programmes.locked(programme)
    _refuse_unless_live(found)
    whose = {"programme_id": programme, "mentor_id": mentor, "mentee_id": mentee}
    if bond is None:
        db.session.execute(delete(Order).filter_by(**whose))
        return
    takers = queries.still_in(programme, [mentor, mentee])
    if not _are_two(takers.get(mentor), takers.get(mentee)):
        raise NoSuchTwo
    values = {"bond": bond, "by": organiser_id, "at": at}
    statement = insert(table(Order)).values(whose | values)
    db.session.execute(statement.on_conflict_do_update(index_elements=[*whose], set_=values))


def publish(programme: int, number: int, version: int, organiser_id: int, at: datetime) -> None:
    """Make the pairs of a proposal and tell everybody; a button pressed twice does it once.

    Raises AlreadyPublished, ChangedMeanwhile, NotPublishable.
    """
    found = programmes.locked(programme)
    before = queries.published(programme)
    if before == number:
        return
    _refuse_unless_live(found, before)
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


def _refuse_unless_live(programme: Programme, published: int | None = None) -> None:
    if programme.state not in LIVE:
        raise NotUnderWay
    if published is not None or queries.published(programme.id) is not None:
        raise AlreadyPublished


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


def _are_two(mentor: Volunteer | None, mentee: Volunteer | None) -> bool:
    if mentor is None or mentee is None or mentor.person_id == mentee.person_id:
        return False
    return mentor.side in TEACH and mentee.side in LEARN


def _locked(number: int) -> Work | None:
    return db.session.scalar(
        select(Work)
        .where(Work.id == number)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
