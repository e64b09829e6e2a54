"""The figures kept on groups and messages, made anew from the rows they count."""

from typing import Any

from sqlalchemy import ScalarSelect, func, or_, select, true, update
from sqlalchemy.orm import aliased

from academy.community.models import Group, Like, Membership, Message, Report
from academy.community.ranks import BELONG, Rank
from academy.database import db


def recount() -> int:
    """Mend every figure that is not what its rows add up to; gives how many rows were wrong.

    A group that lost its last animator with their account keeps its figures until it has another.
    """
    return _mend(Group, _of_groups()) + _mend(Message, _of_messages())


def _of_groups() -> dict[str, ScalarSelect[int]]:
    members = select(func.count()).where(Membership.group_id == Group.id)
    return {
        "member_count": members.where(Membership.rank.in_(BELONG)).scalar_subquery(),
        "animator_count": members.where(Membership.rank == Rank.ANIMATOR).scalar_subquery(),
    }


def _of_messages() -> dict[str, ScalarSelect[int]]:
    below = aliased(Message)
    readable = (below.deleted_at.is_(None), below.hidden_at.is_(None))
    open_reports = (Report.message_id == Message.id, Report.closed_at.is_(None))
    return {
        "comment_count": _count(below.post_id == Message.id, *readable),
        "like_count": _count(Like.message_id == Message.id),
        "report_count": _count(*open_reports),
    }


def _count(*which: Any) -> ScalarSelect[int]:
    return select(func.count()).where(*which).scalar_subquery()


def _mend(table: type[Group] | type[Message], counted: dict[str, ScalarSelect[int]]) -> int:
    wrong = or_(*(getattr(table, column) != figure for column, figure in counted.items()))
    possible = counted["animator_count"] > 0 if "animator_count" in counted else true()
    statement = update(table).where(wrong, possible).values(counted).returning(table.id)
    return len(
        db.session.execute(statement, execution_options={"synchronize_session": False}).all()
    )
