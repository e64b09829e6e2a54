"""The organiser's board: how far people came, how pairs are, and never what they say."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from academy import clock
from academy.database import db
from academy.mentoring.board import queries, words
from academy.mentoring.board.queries import Gatherings, Satisfaction, Way
from academy.mentoring.board.summing import Card, Summary, summed, table
from academy.mentoring.pairs import services as pairs
from academy.mentoring.pairs.rules import OPEN
from academy.mentoring.programmes import queries as programmes
from academy.mentoring.programmes.models import Programme
from academy.mentoring.programmes.organising.reaching import within_reach
from academy.people.directory import desk
from academy.people.models import Role
from academy.people.sessions import me
from academy.web.guards import only
from academy.web.incoming import row_number
from academy.web.words import language

bp = Blueprint("board", __name__, template_folder="templates")

PAGE = 40
PARTABLE = frozenset(OPEN)


@dataclass(frozen=True, slots=True)
class BoardPage:
    programme: Programme
    in_scope: int
    way: Way
    gatherings: Gatherings
    summary: Summary
    cards: tuple[Card, ...]
    satisfaction: Satisfaction
    older_url: str | None
    newer_url: str | None


@bp.get("/mentoring/programmes/<int:number>/board")
@only(Role.ORGANISER)
def board(number: int) -> ResponseReturnValue:
    programme, _entity = within_reach(number)
    summary = _summary(number)
    turn = request.args.get("page", default=1, type=row_number)
    first = (turn - 1) * PAGE
    cards = summary.cards[first : first + PAGE]
    page = BoardPage(
        programme,
        programmes.funnel(programme, desk.today()).in_scope,
        queries.way(number),
        queries.gatherings(number),
        summary,
        cards,
        queries.satisfaction(number),
        _turned(number, turn + 1) if first + PAGE < len(summary.cards) else None,
        _turned(number, turn - 1) if turn > 1 else None,
    )
    return render_template("board/board.html", page=page, words=words, partable=PARTABLE)


@bp.get("/mentoring/programmes/<int:number>/pairs.csv")
@only(Role.ORGANISER)
def export(number: int) -> ResponseReturnValue:
    """One line for each pair: days and numbers, nothing of what was said or felt."""
    within_reach(number)
    head = [str(column) for column in words.COLUMNS]
    rows = (_row(card) for card in _summary(number).cards)
    file = table(head, rows, ";" if language() == "fr" else ",")
    name = f"pairs-{number}.csv"
    return Response(
        file,
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@bp.route("/mentoring/programmes/<int:number>/pairs/<int:pair>/part", methods=["GET", "POST"])
@only(Role.ORGANISER)
def part(number: int, pair: int) -> ResponseReturnValue:
    """End a pair, so that both are free for another; asked first, told kindly."""
    programme, _entity = within_reach(number)
    if queries.pair_of(pair, number) is None:
        abort(404)
    if request.method == "GET":
        card = next(card for card in _summary(number).cards if card.line.id == pair)
        return render_template("board/part.html", programme=programme, card=card, words=words)
    pairs.part(pair, me().id, clock.now())
    db.session.commit()
    flash(_("The pair has ended, and both are told kindly. They are free for another."), "success")
    return redirect(url_for(".board", number=number))


def _summary(number: int) -> Summary:
    return summed(queries.lines(number, me().id), clock.now(), desk.today())


def _turned(number: int, turn: int) -> str:
    return url_for(".board", number=number, page=turn)


def _row(card: Card) -> Sequence[object]:
    line, course = card.line, card.line.life.course
    return (
        line.id,
        line.mentor,
        line.mentee,
        words.CONDITIONS[card.condition],
        line.published_at.date(),
        course.began_on if course else None,
        course.ends_on if course else None,
        card.held,
        card.due,
        line.first_on,
        line.last_on,
    )
