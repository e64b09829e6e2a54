"""The shelf of what one keeps for later, and the two buttons that fill and empty it."""

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock
from academy.catalog import releases
from academy.catalog.tags import is_key
from academy.database import db
from academy.learning import opening
from academy.learning import queries as learning
from academy.learning.bookmarks import queries, services
from academy.learning.withdrawn import Withdrawn
from academy.people.sessions import me
from academy.web.guards import safe_next, signed_in

bp = Blueprint("bookmarks", __name__)


@bp.get("/kept-for-later")
@signed_in
def kept() -> ResponseReturnValue:
    shelf = queries.shelf(me().id, learning.standings(me().id), _today())
    return render_template("learning/kept.html", shelf=shelf)


@bp.post("/lessons/<string:lesson>/keep")
@signed_in
def keep(lesson: str) -> ResponseReturnValue:
    found = releases.current().lessons.get(lesson)
    if found is None:
        raise Withdrawn
    opening.refuse_early(found, _today(), releases.current())
    services.keep(me().id, found, clock.now())
    db.session.commit()
    flash(_("Kept for later. It waits under “Learn”."), "success")
    return redirect(_back(lesson))


@bp.post("/lessons/<string:lesson>/let-go")
@signed_in
def let_go(lesson: str) -> ResponseReturnValue:
    services.let_go(me().id, lesson if is_key(lesson) else abort(404))
    db.session.commit()
    flash(_("No longer kept for later."))
    return redirect(_back(lesson))


def _today() -> date:
    return clock.day_in(me().zone, clock.now())


def _back(lesson: str) -> str:
    """The page the button was on."""
    otherwise = url_for("learning.bookmarks.kept")
    if lesson in releases.current().lessons:
        otherwise = url_for("learning.lesson", lesson=lesson)
    return safe_next(request.form.get("next"), otherwise)
