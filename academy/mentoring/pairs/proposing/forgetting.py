"""Somebody is erased: in proposals they become a number below zero, which is nobody's.

The rest stays as it was computed; the fingerprint is that of what went in at the time.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from academy.database import db
from academy.mentoring.pairs.models import Proposal
from academy.mentoring.programmes.models import Volunteer

SIDES = ("mentors", "mentees")
OF_PAIRS = ("met", "barred", "pinned", "forbidden", "opened", "earlier")


def forget(person: int) -> None:
    """In every proposal of the programmes they volunteered for."""
    theirs = select(Volunteer.programme_id).where(Volunteer.person_id == person)
    for proposal in db.session.scalars(
        select(Proposal).where(Proposal.programme_id.in_(theirs)).with_for_update()
    ):
        nobody = min([0, *_people(proposal.inputs)]) - 1
        proposal.inputs = _inputs(proposal.inputs, person, nobody)
        proposal.pairs = _pairs(proposal.pairs, person, nobody)
        proposal.objective = _objective(proposal.objective, person, nobody)


def _people(inputs: Mapping[str, Any]) -> list[int]:
    return [one["key"] for side in SIDES for one in inputs[side]]


def _inputs(inputs: Mapping[str, Any], person: int, nobody: int) -> dict[str, Any]:
    sides = {
        side: [
            {
                **one,
                "key": _one(one["key"], person, nobody),
                "ranked": _pairs(one["ranked"], person, nobody),
                "vetoed": _all(one["vetoed"], person, nobody),
            }
            for one in inputs[side]
        ]
        for side in SIDES
    }
    pairs = {name: _pairs(inputs[name] or [], person, nobody) for name in OF_PAIRS}
    fit = [[*_all(pair[:2], person, nobody), pair[2]] for pair in inputs["fit"]]
    return {**inputs, **sides, **pairs, "fit": fit}


def _objective(objective: Mapping[str, Any], person: int, nobody: int) -> dict[str, Any]:
    contests = [
        {
            **each,
            "people": _all(each["people"], person, nobody),
            "candidates": _all(each["candidates"], person, nobody),
        }
        for each in objective["contests"]
    ]
    broken = [
        {
            **each,
            "pair": _all(each["pair"], person, nobody),
            "ended": _pairs(each["ended"], person, nobody),
            "begun": _pairs(each["begun"], person, nobody),
        }
        for each in objective["broken"]
    ]
    return {**objective, "contests": contests, "broken": broken}


def _pairs(pairs: list[list[int]], person: int, nobody: int) -> list[list[int]]:
    return [_all(pair, person, nobody) for pair in pairs]


def _all(people: list[int], person: int, nobody: int) -> list[int]:
    return [_one(each, person, nobody) for each in people]


def _one(number: int, person: int, nobody: int) -> int:
    return nobody if number == person else number
