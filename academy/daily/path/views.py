"""My path: one page for the whole, one list per theme and per state, and one form to be heard."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock
from academy.catalog import releases
from academy.daily.hearing import Word
from academy.daily.path import pages, services
from academy.daily.path.knowledge import Knowledge, knowledge
from academy.daily.states import State
from academy.database import db
from academy.learning.services import Learner
from academy.people.sessions import me
from academy.web.guards import safe_next, signed_in
from academy.web.words import language

bp = Blueprint("path", __name__, template_folder="../templates")

STATES: dict[str, State | None] = {state.replace("_", "-"): state for state in State}
STATES["not-mine"] = None


@bp.get("/path")
@signed_in
def path() -> ResponseReturnValue:
    """What I master, what is fading, what comes next and why."""
    return render_template("daily/path.html", page=pages.overview(_known()))


@bp.get("/path/themes/<string:theme>")
@signed_in
def in_theme(theme: str) -> ResponseReturnValue:
    """Every idea of a theme."""
    found = releases.current().themes.get(theme) or abort(404)
    return render_template("daily/path_list.html", page=pages.of_theme(_known(), found))


@bp.get("/path/states/<string:state>")
@signed_in
def in_state(state: str) -> ResponseReturnValue:
    """Every idea that is mastered, fading, just met, to come, or not for my job."""
    if state not in STATES:
        abort(404)
    number = request.args.get("page", 1, type=int)
    page = pages.of_state(_known(), STATES[state], number)
    return render_template("daily/path_list.html", page=page)


@bp.post("/path/say")
@signed_in
def say() -> ResponseReturnValue:
    """One button, one word about one idea; the same button twice says it once."""
    form = request.form
    if notion := form.get("known", ""):
        services.say(me().id, notion, Word.KNOWN, clock.now())
        heard = _(
            "Heard: “%(name)s” is asked once, in your next minute, and we believe you if it goes well.",
            name=_name(notion),
        )
    elif notion := form.get("not_mine", ""):
        services.say(me().id, notion, Word.NOT_MINE, clock.now())
        heard = _(
            "Heard: from the next minute on, “%(name)s” is not asked any more.", name=_name(notion)
        )
    elif notion := form.get("undo", ""):
        services.take_back(me().id, notion)
        heard = _("Taken back: “%(name)s” is on your path like any other idea.", name=_name(notion))
    else:
        abort(400)
    db.session.commit()
    flash(heard, "success")
    return redirect(safe_next(form.get("back"), url_for("path.path")))


def _name(notion: str) -> str:
    found = releases.current().notions.get(notion)
    return found.name.said(language()) if found else notion


def _known() -> Knowledge:
    now = clock.now()
    return knowledge(Learner(me().id, clock.day_in(me().zone, now), me().needs), now)
