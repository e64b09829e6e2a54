"""Badges and the history that explains every point."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock
from academy.people.sessions import me
from academy.rewards import badges, pages, queries, shown, words
from academy.rewards.queries import Balances
from academy.rewards.shown import AwardView
from academy.web.guards import public, signed_in
from academy.web.incoming import row_number

bp = Blueprint("rewards", __name__, template_folder="templates")

A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class HistoryRow:
    at: datetime
    words: str
    points: int
    stars: int
    keys: int


@dataclass(frozen=True, slots=True)
class HistoryPage:
    balance: Balances
    stars_spent: int
    keys_spent: int
    rows: tuple[HistoryRow, ...]
    older_url: str | None
    newer_url: str | None


@dataclass(frozen=True, slots=True)
class AwardsPage:
    level: AwardView | None
    next_level: AwardView | None
    levels: tuple[AwardView, ...]
    groups: tuple[tuple[str, tuple[AwardView, ...]], ...]


@bp.get("/history")
@signed_in
def history() -> ResponseReturnValue:
    before = request.args.get("before", type=row_number)
    paid, more = queries.history(me().id, before)
    rows = tuple(
        HistoryRow(
            each.at,
            words.deed(each.verb, each.subject, each.result),
            each.points,
            each.stars,
            each.keys,
        )
        for each in paid
    )
    balance = queries.balances(me().id)
    page = HistoryPage(
        balance=balance,
        stars_spent=balance.stars_ever - balance.stars,
        keys_spent=balance.keys_ever - balance.keys,
        rows=rows,
        older_url=url_for("rewards.history", before=paid[-1].deed) if more else None,
        newer_url=url_for("rewards.history") if before else None,
    )
    return render_template("rewards/history.html", page=page)


@bp.get("/badges")
@signed_in
def awards() -> ResponseReturnValue:
    mine = shown.collection(me().id, _today())
    groups = (
        (_("Won"), mine.held),
        (_("To come"), mine.to_come),
        (_("Withdrawn"), mine.withdrawn),
    )
    page = AwardsPage(
        level=mine.level,
        next_level=mine.next_level,
        levels=mine.levels,
        groups=tuple((title, awards) for title, awards in groups if awards),
    )
    return render_template("rewards/awards.html", page=page)


@bp.get("/badges/<string:award>")
@signed_in
def award(award: str) -> ResponseReturnValue:
    """One award: how I earned it and by which rule, why it was withdrawn, or what is missing."""
    found = badges.current().get(award) or abort(404)
    mine = queries.grant_of(me().id, award)
    page = pages.held(found, *mine) if mine else pages.to_come(found, me().id, _today())
    return render_template("rewards/award.html", page=page)


def _today() -> date:
    return clock.day_in(me().zone, clock.now())


@bp.get("/badges/<string:award>.svg")
@public
def picture(award: str) -> ResponseReturnValue:
    """An award's picture; strangers who verify a passport see it too."""
    found = badges.current().get(award) or abort(404)
    response = Response(found.picture, mimetype="image/svg+xml")
    response.cache_control.max_age = A_DAY
    return response
