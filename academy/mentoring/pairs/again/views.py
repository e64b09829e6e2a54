"""The organiser's page for one more pair."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock
from academy.database import db
from academy.mentoring.pairs.again import queries, services
from academy.mentoring.pairs.proposing import queries as proposals
from academy.mentoring.programmes.organising.reaching import within_reach
from academy.people.models import Role
from academy.people.sessions import me
from academy.web.guards import only
from academy.web.incoming import row_number

bp = Blueprint("again", __name__, template_folder="templates")


@bp.get("/mentoring/programmes/<int:number>/pairs/by-hand")
@only(Role.ORGANISER)
def by_hand(number: int) -> ResponseReturnValue:
    """Who is free, on each side; once pairs are published."""
    programme, _entity = within_reach(number)
    if proposals.published(number) is None:
        abort(404)
    mentors, mentees = queries.free(programme)
    return render_template(
        "again/by_hand.html",
        programme=programme,
        mentors=mentors,
        mentees=mentees,
        most=queries.MOST_LISTED,
    )


@bp.post("/mentoring/programmes/<int:number>/pairs/by-hand")
@only(Role.ORGANISER)
def pair(number: int) -> ResponseReturnValue:
    within_reach(number)
    mentor, mentee = (request.form.get(name, type=row_number) for name in ("mentor", "mentee"))
    if mentor is None or mentee is None:
        raise services.NotFree
    services.pair(number, mentor, mentee, me().id, clock.now())
    db.session.commit()
    flash(_("The pair is made, and the two are being told, kindly."), "success")
    return redirect(url_for("mentoring.board.board", number=number))
