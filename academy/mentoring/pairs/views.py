"""The pages of a pair: for its two people, and for nobody else."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from academy import clock
from academy.database import db
from academy.mentoring.pairs import queries, services, words
from academy.mentoring.pairs.forms import AgreementForm, ThanksForm
from academy.mentoring.pairs.meetings import views as meetings
from academy.mentoring.pairs.models import Health
from academy.mentoring.pairs.pages import forms, show
from academy.mentoring.pairs.queries import Seen
from academy.mentoring.pairs.reading import begun, mine_numbered
from academy.mentoring.pairs.words import MOODS
from academy.people.directory import desk
from academy.people.sessions import me
from academy.web.guards import signed_in

bp = Blueprint("pairs", __name__, template_folder="templates")
bp.register_blueprint(meetings.bp)


@bp.get("/mentoring/pairs")
@signed_in
def mine() -> ResponseReturnValue:
    """My pairs, past ones too."""
    return render_template("pairs/pairs.html", pairs=queries.mine(me().id), words=words)


@bp.get("/mentoring/pairs/<int:number>")
@signed_in
def pair(number: int) -> ResponseReturnValue:
    return show(mine_numbered(number))


@bp.post("/mentoring/pairs/<int:number>/agreement")
@signed_in
def sign(number: int) -> ResponseReturnValue:
    """The code, and what we agree. The second signature begins the first month."""
    found = begun(number)
    form = AgreementForm(found)
    if not form.validate_on_submit():
        return show(found, forms(found, agreement=form), 400)
    state = services.sign(me().id, number, form.read(), form.agreed(), clock.now(), desk.today())
    db.session.commit()
    if state is Health.LIVE:
        flash(_("You have both signed: your first month begins today."), "success")
    else:
        flash(_("Signed. %(name)s is told, and signs in turn.", name=found.other.name), "success")
    return _here(number)


@bp.post("/mentoring/pairs/<int:number>/share")
@signed_in
def share(number: int) -> ResponseReturnValue:
    """The mentee shows the mentor what they are losing, or no longer."""
    begun(number)
    shares = request.form.get("shares") == "yes"
    services.share(me().id, number, shares)
    db.session.commit()
    flash(
        _("Your mentor sees these titles from now on. Your answers stay yours.")
        if shares
        else _("Your mentor no longer sees anything of your path.")
    )
    return _here(number)


@bp.post("/mentoring/pairs/<int:number>/pulse")
@signed_in
def pulse(number: int) -> ResponseReturnValue:
    """How it goes this month, in one tap."""
    begun(number)
    mood = request.form.get("mood", type=int)
    if mood not in MOODS:
        abort(400)
    services.feel(me().id, number, mood, clock.now(), desk.today())
    db.session.commit()
    flash(_("Thank you. Only you see your answer."), "success")
    return _here(number)


@bp.route("/mentoring/pairs/<int:number>/another", methods=["GET", "POST"])
@signed_in
def another(number: int) -> ResponseReturnValue:
    """Another pair, please: confirmed first, and nothing tells which of the two has asked."""
    found = begun(number)
    if request.method == "GET":
        return render_template("pairs/another.html", found=found)
    services.ask_another(number, clock.now())
    db.session.commit()
    flash(
        _("Your organisers know that this pair asks for another match. Nobody is told who asked.")
    )
    return _here(number)


@bp.post("/mentoring/pairs/<int:number>/close")
@signed_in
def close(number: int) -> ResponseReturnValue:
    """With thanks, and a kind word."""
    found = mine_numbered(number)
    form = ThanksForm(found)
    if not form.validate_on_submit():
        return show(found, forms(found, thanks=form), 400)
    services.close(me().id, number, form.words.data, clock.now(), desk.today())
    db.session.commit()
    flash(_("Closed with thanks. Your attestation is ready."), "success")
    return _here(number)


@bp.get("/mentoring/pairs/<int:number>/attestation")
@signed_in
def attestation(number: int) -> ResponseReturnValue:
    """A sheet to keep, once the pair is closed."""
    found = mine_numbered(number)
    if found.state is not Health.CLOSED or found.course is None:
        abort(404)
    return render_template(
        "pairs/attestation.html", found=found, held=queries.meetings(number), day=_ended(found)
    )


def _ended(found: Seen) -> object:
    ended = found.pair.ended_at or abort(404)
    return clock.day_in(me().zone, ended)


def _here(number: int) -> Response:
    return redirect(url_for("mentoring.pairs.pair", number=number))
