"""Who may do what to a message. Pure: pages ask it what to offer, services what to accept."""

from dataclasses import dataclass
from enum import StrEnum

from academy.community.ranks import BELONG, Rank


class May(StrEnum):
    COMMENT = "comment"
    EDIT = "edit"
    DELETE = "delete"
    LIKE = "like"
    REPORT = "report"
    MARK = "mark"
    HIDE = "hide"
    SHOW = "show"


@dataclass(frozen=True, slots=True)
class Viewer:
    """Somebody who can read the message. An administrator moderates every group."""

    person_id: int
    rank: Rank | None
    admin: bool = False

    @property
    def belongs(self) -> bool:
        return self.rank in BELONG

    @property
    def animates(self) -> bool:
        return self.rank is Rank.ANIMATOR

    @property
    def moderates(self) -> bool:
        return self.animates or self.admin


@dataclass(frozen=True, slots=True)
class Facts:
    """`asker_id` is the author of the question a comment stands under, if it stands under one."""

    author_id: int | None
    is_post: bool
    asks: bool = False
    asker_id: int | None = None
    deleted: bool = False
    hidden: bool = False


def may(facts: Facts, viewer: Viewer) -> frozenset[May]:
    """Everything this viewer may do. Nobody judges, likes or reports their own words."""
    if facts.deleted:
        return frozenset()
    if facts.hidden:
        return _hidden(facts, viewer)
    return frozenset(_own(viewer) if _wrote(facts, viewer) else _others(viewer)) | frozenset(
        _together(facts, viewer)
    )


def may_read_hidden(facts: Facts, viewer: Viewer) -> bool:
    """Its author and those who moderate still read what was hidden."""
    return _wrote(facts, viewer) or viewer.moderates


def _wrote(facts: Facts, viewer: Viewer) -> bool:
    return facts.author_id == viewer.person_id


def _hidden(facts: Facts, viewer: Viewer) -> frozenset[May]:
    if _wrote(facts, viewer):
        return frozenset({May.DELETE})
    return frozenset({May.SHOW} if viewer.moderates else ())


def _own(viewer: Viewer) -> set[May]:
    return {May.DELETE, May.EDIT} if viewer.belongs else {May.DELETE}


def _others(viewer: Viewer) -> set[May]:
    found = {May.REPORT}
    if viewer.belongs:
        found.add(May.LIKE)
    if viewer.moderates:
        found.add(May.HIDE)
    return found


def _together(facts: Facts, viewer: Viewer) -> set[May]:
    """Commenting a post; marking a comment as the answer to a question."""
    if not viewer.belongs:
        return set()
    if facts.is_post:
        return {May.COMMENT}
    marks = facts.asks and (viewer.animates or facts.asker_id == viewer.person_id)
    return {May.MARK} if marks else set()
