"""Searching what was said in one's groups, or in one group."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy.community.groups.queries import GroupSeen, group_seen
from academy.community.search import queries
from academy.community.search.queries import Found
from academy.community.search.words import wanted
from academy.people.sessions import me
from academy.web.guards import signed_in
from academy.web.incoming import asked, row_number

bp = Blueprint("search", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class SearchPage:
    typed: str
    group: GroupSeen | None
    searched: bool
    reach: int
    found: Sequence[Found]
    older_url: str | None
    newer_url: str | None


@bp.get("/groups/search")
@signed_in
def search() -> ResponseReturnValue:
    """By words, in the groups one belongs to, or in the one asked for."""
    group, typed = _group(), asked("q")
    words, before = wanted(typed), request.args.get("before", type=row_number)
    found, older = queries.search(me().id, words, group, before) if words else ((), None)
    number = group.id if group else None
    page = SearchPage(
        typed=typed,
        group=group,
        searched=bool(words),
        reach=queries.REACH,
        found=found,
        older_url=url_for(".search", q=typed, group=number, before=older) if older else None,
        newer_url=url_for(".search", q=typed, group=number) if before else None,
    )
    return render_template("search/found.html", page=page)


def _group() -> GroupSeen | None:
    """The one group to search, if one is asked for; for those who may not read it there is no such page."""
    if not request.args.get("group"):
        return None
    number = request.args.get("group", type=row_number)
    found = group_seen(me().id, number) if number else None
    return found if found and found.may_read else abort(404)
