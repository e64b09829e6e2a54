"""Calls for volunteers as people see them."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from academy import clock
from academy.catalog import releases
from academy.database import db
from academy.learning.services import Learner
from academy.mentoring.programmes import queries, services, words
from academy.mentoring.programmes.organising import views as organising
from academy.mentoring.programmes.profiles import ProfileForm, said_before
from academy.mentoring.programmes.queries import Call
from academy.mentoring.programmes.rules import TRAINING
from academy.mentoring.programmes.suggesting import suggestion
from academy.mentoring.speed.inviting import services as speed
from academy.people.directory import desk
from academy.people.sessions import me
from academy.web.guards import signed_in

bp = Blueprint("mentoring", __name__, template_folder="templates")
bp.register_blueprint(organising.bp)


@bp.get("/mentoring")
@signed_in
def mentoring() -> ResponseReturnValue:
    """The programmes that concern me."""
    return render_template(
        "programmes/calls.html", calls=queries.calls(me().id, desk.today()), words=words
    )


@bp.route("/mentoring/<int:number>", methods=["GET", "POST"])
@signed_in
def call(number: int) -> ResponseReturnValue:
    """One call, and what I say for it. Suggesting topics keeps nothing."""
    found = _mine(number)
    form = ProfileForm(found, **said_before(found, (me().language,)))
    if request.method == "GET":
        return _page(found, form)
    if "suggest" in request.form:
        return _suggested(found, form)
    if not form.accepted():
        return _page(found, form, 400)
    services.volunteer(me().id, number, form.profile(), clock.now(), desk.today())
    db.session.commit()
    flash(
        _("Thank you: what you said is kept. You may change it until the call closes."), "success"
    )
    return _here(number)


@bp.post("/mentoring/<int:number>/rather-not")
@signed_in
def rather_not(number: int) -> ResponseReturnValue:
    """Decline, or withdraw at any time; a button pressed twice does it once."""
    found = _live(number)
    if found.declined:
        return redirect(url_for(".mentoring"))
    if not found.concerns:
        abort(404)
    services.step_out(me().id, number, clock.now())
    speed.leave(number, me().id, desk.today(), clock.now())
    db.session.commit()
    if found.volunteers:
        flash(
            _("You are out, and what you had said is erased. Thank you for having thought of it.")
        )
    else:
        flash(_("Understood, and nobody will ask why. You may still change your mind."))
    return redirect(url_for(".mentoring"))


def _suggested(found: Call, form: ProfileForm) -> ResponseReturnValue:
    if not form.consent.data:
        form.consent.errors = [_("Tick this first: your path is looked at only if you say so.")]
        return _page(found, form, 400)
    learner = Learner(me().id, desk.today(), me().needs)
    proposed = suggestion(found.programme, learner, clock.now())
    form.propose(proposed)
    form.consent.data = False
    nothing = not (proposed.offered or proposed.wanted)
    return _page(found, form, 200, "nothing" if nothing else "proposed")


def _page(
    found: Call, form: ProfileForm, status: int = 200, proposed: str = ""
) -> ResponseReturnValue:
    page = render_template(
        "programmes/call.html",
        call=found,
        form=form,
        words=words,
        proposed=proposed,
        training=releases.current().tracks.get(TRAINING),
    )
    return page, status


def _mine(number: int) -> Call:
    """The call, if it concerns me; else there is no such page for me."""
    found = _live(number)
    return found if found.concerns else abort(404)


def _live(number: int) -> Call:
    found = queries.live(me().id, desk.today(), number)
    return found[0] if found else abort(404)


def _here(number: int) -> Response:
    return redirect(url_for(".call", number=number))
