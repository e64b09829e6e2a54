"""Keeping what somebody wishes."""

from collections.abc import Sequence
from datetime import date, datetime

from flask_babel import lazy_gettext as _

from academy import database
from academy.database import db, insert, table
from academy.mentoring.wishes import queries
from academy.mentoring.wishes.models import Ballot, Wish
from academy.mentoring.wishes.queries import Met, Standing
from academy.mentoring.wishes.rules import Choices
from academy.refusal import Refusal
from academy.web.words import day


class NoWishesHere(Refusal):
    """This person takes no part in a live programme of that number."""

    def __init__(self) -> None:
        super().__init__(_("You take no part in this programme: nothing was kept."), 404)


class WishesOver(Refusal):
    """The last day has ended, or the pairs are made."""


class SavedMeanwhile(Refusal):
    """Another tab saved these wishes after this page was read."""

    def __init__(self) -> None:
        super().__init__(_("These wishes were saved elsewhere meanwhile."), 409)


def save(
    person_id: int, number: int, read: int, said: Choices, hand_in: bool, at: datetime, today: date
) -> None:
    """Keep the wishes whole, as a draft or handed in. The same form sent twice is kept once.

    `said` holds people met, and nobody else. Raises NoWishesHere, WishesOver, SavedMeanwhile.
    """
    database.one_at_a_time(person_id)
    standing = queries.standing(person_id, number)
    if standing is None:
        raise NoWishesHere
    refuse_if_over(standing, today)
    met = queries.met(person_id, number)
    if standing.version != read:
        if _is_kept(standing, met, said, hand_in):
            return
        raise SavedMeanwhile
    _keep_ballot(person_id, number, standing.version + 1, hand_in, at)
    _keep_wishes(person_id, number, met, said, at)


def refuse_if_over(standing: Standing, today: date) -> None:
    """Raises WishesOver with the reason."""
    if standing.published:
        raise WishesOver(_("The pairs are made: wishes change no more. Nothing was changed."), 409)
    last = standing.programme.wishes_by
    if last is not None and today > last:
        raise WishesOver(
            _(
                "Wishes could be changed until %(day)s. What you had saved counts; nothing was changed.",
                day=day(last),
            ),
            409,
        )


def _is_kept(standing: Standing, met: Sequence[Met], said: Choices, hand_in: bool) -> bool:
    """Is this what was saved last?"""
    same = all(each.kept == said[each.id] for each in met if each.id in said)
    return same and hand_in == (standing.handed_in_at is not None)


def _keep_ballot(person_id: int, number: int, version: int, hand_in: bool, at: datetime) -> None:
    values = {"version": version, "saved_at": at, "handed_in_at": at if hand_in else None}
    whose = {"programme_id": number, "person_id": person_id}
    statement = insert(table(Ballot)).values(whose | values)
    db.session.execute(statement.on_conflict_do_update(index_elements=[*whose], set_=values))


def _keep_wishes(
    person_id: int, number: int, met: Sequence[Met], said: Choices, at: datetime
) -> None:
    rows = [
        {
            "programme_id": number,
            "person_id": person_id,
            "other_id": each.id,
            "side": each.side,
            "note": "",
            "rank": said[each.id].rank,
            "veto": said[each.id].veto,
            "changed_at": at,
        }
        for each in met
        if each.id in said
    ]
    if not rows:
        return
    statement = insert(table(Wish)).values(rows)
    changed = {name: statement.excluded[name] for name in ("rank", "veto", "changed_at")}
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=["programme_id", "person_id", "other_id"], set_=changed
        )
    )
