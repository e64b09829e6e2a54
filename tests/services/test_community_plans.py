"""Every list of communities is found by an index: its cost does not grow with what was said before."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import event

from academy.community.groups import queries as groups
from academy.community.moderation import queries as moderation
from academy.community.posts import queries as posts
from academy.community.ranks import Rank
from academy.community.rights import Viewer
from academy.community.search import queries as searching
from academy.database import db

ME = Viewer(1, Rank.ANIMATOR)
LISTS: dict[str, Callable[[], object]] = {
    "mine": lambda: groups.mine(1, 9),
    "to discover": lambda: groups.to_discover(1, 9),
    "members": lambda: groups.members(1, 9),
    "asking": lambda: groups.asking(1),
    "posts": lambda: posts.posts(ME, 1, 9),
    "comments": lambda: posts.comments(ME, 1, 9),
    "search": lambda: searching.search(1, ("ink",), None, 9),
    "answer": lambda: posts.answer(ME, 1),
    "waiting": lambda: posts.waiting(1),
    "cases": lambda: moderation.cases(1, False, 9),
    "every case": lambda: moderation.cases(1, True, 9),
}
BY_INDEX = (
    "SEARCH",
    "SCAN CONSTANT ROW",
    "SCAN community_group USING INDEX",
    "SCAN anon",
    "SCAN latest",
)


def plan(ask: Callable[[], object]) -> list[str]:
    """How SQLite finds what is asked for, one line a table."""
    lines: list[str] = []

    def explain(_connection: object, cursor: object, statement: str, *rest: object) -> None:
        if statement.startswith(("SELECT", "WITH")):
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", rest[0])  # type: ignore[attr-defined]
            lines.extend(row[3] for row in cursor.fetchall())  # type: ignore[attr-defined]

    event.listen(db.engine, "before_cursor_execute", explain)
    try:
        ask()
    finally:
        event.remove(db.engine, "before_cursor_execute", explain)
    return [line for line in lines if line.startswith(("SEARCH", "SCAN"))]


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize("asked", LISTS)
def test_every_list_is_found_by_an_index(context: Flask, asked: str) -> None:
    found = plan(LISTS[asked])

    assert found
    assert [line for line in found if not line.startswith(BY_INDEX)] == []
    assert not any("message" in line and "(rowid>" in line for line in found)
