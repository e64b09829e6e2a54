"""What organisers do before they publish: ask for proposals, want or not want a pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

from flask_babel import lazy_gettext as _
from sqlalchemy import delete, func, select, update

from academy.database import db, insert, table
from academy.mentoring.models import Kind, Progress, Work
from academy.mentoring.pairs.models import Bond, Order, Proposal
from academy.mentoring.pairs.proposing import queries
from academy.mentoring.programmes import queries as programmes
from academy.mentoring.programmes.models import Programme, Volunteer
from academy.mentoring.programmes.rules import LEARN, LIVE, TEACH
from academy.post import services as post
from academy.refusal import Refusal

PROPOSE: Final = "mentoring-propose"
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
    refuse_unless_live(found)
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
    refuse_unless_live(found)
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


def refuse_unless_live(programme: Programme, published: int | None = None) -> None:
    if programme.state not in LIVE:
        raise NotUnderWay
    if published is not None or queries.published(programme.id) is not None:
        raise AlreadyPublished


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
