"""Whose pair it is: the check on the person, in one place."""

from flask import abort

from academy.mentoring.pairs import queries
from academy.mentoring.pairs.queries import BEGUN, Seen
from academy.mentoring.pairs.services import NotLive
from academy.people.sessions import me


def mine_numbered(number: int) -> Seen:
    """The pair, if I am one of the two; else there is no such page, for organisers either."""
    return queries.seen(number, me().id) or abort(404)


def begun(number: int) -> Seen:
    """The same, while both are there and the pair goes on. Raises NotLive."""
    found = mine_numbered(number)
    if found.state not in BEGUN:
        raise NotLive
    return found
