"""How far the groups of a campaign are: exact where it is mandatory and told, else as the rollup rounds."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import and_, delete, select

from academy import database
from academy.database import db
from academy.hr.campaigns import taking
from academy.hr.campaigns.models import Campaign, CampaignCount, CampaignMember
from academy.hr.campaigns.rules import GoalKind
from academy.hr.rollup import cells, crowds
from academy.hr.rollup.cells import Crowd, Tree
from academy.hr.rollup.counting import in_parts
from academy.hr.rollup.cuts import ALL
from academy.hr.rollup.models import HrReader
from academy.people.models import Posting

Counted = dict[int, tuple[int | None, int | None]]
"""By entity: how many people, how many of them are done."""


def count(campaign: Campaign, today: date) -> Iterator[int]:
    """Count every entity anew, and write what changed; yields where the caller is to commit.

    Rounded figures wait for the first count of all groups.
    """
    database.reading_only()
    where = crowds.tree(today)
    rows = _members(campaign, today)
    salt = db.session.scalar(select(HrReader.salt))
    kept = {
        row.entity_id: (row.people, row.done)
        for row in db.session.execute(
            select(CampaignCount.entity_id, CampaignCount.people, CampaignCount.done).where(
                CampaignCount.campaign_id == campaign.id
            )
        )
    }
    db.session.rollback()
    if campaign.mandatory:
        yield from _write(campaign, kept, exact(where, rows))
    elif salt is not None:
        yield from _write(
            campaign, kept, rounded(where, rows, _told_as(campaign), bytes.fromhex(salt))
        )


def exact(where: Tree, rows: Sequence[tuple[int, int, bool]]) -> Counted:
    """Everybody counts in their entity and in all above it."""
    place = {int(entity): index for index, entity in enumerate(where.ids)}
    found: dict[int, tuple[int, int]] = {}
    for _person, entity, done in rows:
        for above in _up(where, place.get(entity, -1)):
            people, reached = found.get(above, (0, 0))
            found[above] = (people + 1, reached + done)
    return {int(where.ids[each]): counts for each, counts in found.items()}


def rounded(where: Tree, rows: Sequence[tuple[int, int, bool]], name: str, salt: bytes) -> Counted:
    """As `rollup.cells` tells groups: in fives, five people at least, nothing to subtract.

    `name` says what is counted: the same people who reached the same are rounded the same way in any
    campaign, so that announcing one twice tells nothing more.
    """
    place = {int(entity): index for index, entity in enumerate(where.ids)}
    there = [row for row in rows if row[1] in place]
    crowd = Crowd(
        ids=np.array([row[0] for row in there], dtype=np.int64),
        entity=np.array([place[row[1]] for row in there], dtype=np.int64),
        cuts={},
        values={},
        marks={name: np.array([row[2] for row in there], dtype=np.bool_)},
    )
    return {
        group.entity_id: (group.people, group.figures.get(name))
        for group in cells.groups(where, crowd, salt)
        if group.cut == ALL
    }


def _told_as(campaign: Campaign) -> str:
    if campaign.goal == GoalKind.MINUTES:
        return f"minutes:{campaign.goal_days}:{campaign.starts_on}"
    return campaign.goal_key


def _members(campaign: Campaign, today: date) -> list[tuple[int, int, bool]]:
    """Person, entity they work in today, and whether they are done."""
    found = db.session.execute(
        select(CampaignMember.person_id, Posting.entity_id, CampaignMember.done_on)
        .join(
            Posting,
            and_(Posting.person_id == CampaignMember.person_id, taking.works_there(today)),
        )
        .where(CampaignMember.campaign_id == campaign.id, CampaignMember.inside)
        .order_by(CampaignMember.person_id)
    )
    return [(row.person_id, row.entity_id, row.done_on is not None) for row in found]


def _up(where: Tree, start: int) -> Iterator[int]:
    """The place itself and those above, each once."""
    seen: set[int] = set()
    while start >= 0 and start not in seen:
        seen.add(start)
        yield start
        start = int(where.parent[start])


def _write(campaign: Campaign, kept: Counted, new: Counted) -> Iterator[int]:
    rows: list[dict[str, Any]] = [
        {"campaign_id": campaign.id, "entity_id": entity, "people": people, "done": done}
        for entity, (people, done) in sorted(new.items())
        if kept.get(entity, ()) != (people, done)
    ]
    for some in in_parts(rows):
        database.about_to_write()
        made = database.insert(database.table(CampaignCount))
        changed = {"people": made.excluded.people, "done": made.excluded.done}
        keys = ["campaign_id", "entity_id"]
        db.session.execute(
            made.on_conflict_do_update(index_elements=keys, set_=changed), list(some)
        )
        yield len(some)
    for gone in in_parts(sorted(kept.keys() - new.keys())):
        database.about_to_write()
        db.session.execute(
            delete(CampaignCount)
            .where(CampaignCount.campaign_id == campaign.id)
            .where(CampaignCount.entity_id.in_(gone))
        )
        yield len(gone)
