"""Composing as organisers ask for it, and how far it is."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from academy import clock
from academy.community import once
from academy.database import db
from academy.mentoring.models import Kind, Progress
from academy.mentoring.programmes.organising.reaching import within_reach
from academy.mentoring.speed import words
from academy.mentoring.speed.composing import queries, services
from academy.mentoring.speed.composing.asked import Asked
from academy.mentoring.speed.composing.forms import SHOWN_FIRST, ComposeForm, as_form
from academy.people.models import Role
from academy.people.sessions import me
from academy.web.guards import only

bp = Blueprint("composing", __name__)


@bp.route("/mentoring/programmes/<int:number>/meetings/compose", methods=["GET", "POST"])
@only(Role.ORGANISER)
def compose(number: int) -> ResponseReturnValue:
    """When, where and how large; the worker does the rest."""
    programme, _entity = within_reach(number)
    before = queries.latest(number) if request.method == "GET" else None
    known = as_form(Asked.read(before.asked)) if before else {}
    form = ComposeForm(programme, me().zone, **known)
    if not form.accepted(clock.now()):
        page = render_template(
            "speed/compose.html", programme=programme, form=form, first=SHOWN_FIRST, zone=me().zone
        )
        return page, 400 if form.is_submitted() else 200
    mark = once.mark(form.token.data or "", "compose", str(number), str(me().id))
    return _asked(number, Kind.COMPOSE, form.asked(), mark)


@bp.post("/mentoring/programmes/<int:number>/meetings/compose-again")
@only(Role.ORGANISER)
def compose_again(number: int) -> ResponseReturnValue:
    """With the least change: newcomers take free chairs, only those who must move do."""
    within_reach(number)
    mark = once.mark(request.form.get("token", ""), "again", str(number), str(me().id))
    return _asked(number, Kind.RECOMPOSE, None, mark)


@bp.get("/mentoring/programmes/<int:number>/meetings/works/<int:work>")
@only(Role.ORGANISER)
def work(number: int, work: int) -> ResponseReturnValue:
    """How far it is; the page looks again by itself until it is over."""
    programme, _entity = within_reach(number)
    found = queries.work(work, number) or abort(404)
    return render_template(
        "speed/work.html",
        programme=programme,
        work=found,
        over=found.state in (Progress.DONE, Progress.FAILED),
        words=words,
    )


def _asked(number: int, kind: Kind, asked: Asked | None, mark: str) -> Response:
    work = services.ask(number, kind, asked, mark, me().id, clock.now())
    found = queries.work(work, number)
    if found is not None and found.once != mark:
        flash(_("Meetings are being composed already: this is how far it is."))
    db.session.commit()
    return redirect(url_for(".work", number=number, work=work))
