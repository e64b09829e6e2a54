"""Waves: what human resources of the whole company do with them, and the page of those who wait."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from academy import clock, database
from academy.community import once
from academy.database import db
from academy.hr.campaigns import queries as campaigns
from academy.hr.campaigns.reaching import SEES
from academy.hr.waves import admitting, pages, queries, services, words
from academy.hr.waves.forms import DecisionForm, WaveForm, as_form
from academy.hr.waves.queries import Declared
from academy.hr.waves.rules import Move, State
from academy.hr.waves.services import Plan
from academy.people.directory import desk
from academy.people.sessions import me
from academy.web.guards import even_waiting, only, signed_in

bp = Blueprint("waves", __name__, template_folder="templates")


@bp.get("/waiting")
@even_waiting
@signed_in
def waiting() -> ResponseReturnValue:
    """For those to whom the academy opens later. Whom an open wave takes by now is let in as they come."""
    if not me().waits:
        return redirect(url_for("home.home"))
    today = desk.today()
    found = admitting.at_the_door(me().id, today)
    if found is None:
        return render_template("waves/waiting.html", expected=queries.expected(me().id, today))
    database.about_to_write()
    admitting.welcome(me().id, found, today)
    db.session.commit()
    return redirect(url_for("home.home"))


@bp.get("/hr/waves")
@only(*SEES)
def waves() -> ResponseReturnValue:
    _of_the_whole_company()
    return render_template("waves/waves.html", page=pages.waves(), words=words)


@bp.route("/hr/waves/new", methods=["GET", "POST"])
@only(*SEES)
def new() -> ResponseReturnValue:
    _of_the_whole_company()
    form = WaveForm(campaigns.offered(), first=not queries.any_declared())
    plan = _plan(form)
    if plan is None:
        return _written(form, None)
    mark = once.mark(form.token.data or "", str(me().id))
    number = services.declare(plan, mark, me().id, clock.now())
    db.session.commit()
    flash(_("The wave is planned. Nobody is let in before you open it."), "success")
    return _to_wave(number)


@bp.get("/hr/waves/<int:number>")
@only(*SEES)
def wave(number: int) -> ResponseReturnValue:
    return _shown(number, DecisionForm())


@bp.post("/hr/waves/<int:number>/decide")
@only(*SEES)
def decide(number: int) -> ResponseReturnValue:
    """Write down go, or wait until; shown with the wave ever after."""
    _mine(number)
    form = DecisionForm()
    decision = form.decided(desk.today())
    if decision is None:
        return _shown(number, form, 400)
    mark = once.mark(form.token.data or "", str(me().id), str(number))
    services.decide(number, decision, mark, me().id, clock.now())
    db.session.commit()
    flash(_("The decision is written down."), "success")
    return _to_wave(number)


@bp.route("/hr/waves/<int:number>/edit", methods=["GET", "POST"])
@only(*SEES)
def edit(number: int) -> ResponseReturnValue:
    """A planned one; whom an open one took stays in."""
    found = _mine(number)
    if found.state is not State.PLANNED:
        abort(404)
    places = found.whom.entities
    names = campaigns.names(places)
    form = WaveForm(campaigns.offered(), data=as_form(found, [names[each] for each in places]))
    plan = _plan(form)
    if plan is None:
        return _written(form, found)
    services.change(number, form.written(), plan, me().id, clock.now())
    db.session.commit()
    flash(_("The wave is changed."), "success")
    return _to_wave(number)


@bp.post("/hr/waves/<int:number>/discard")
@only(*SEES)
def discard(number: int) -> ResponseReturnValue:
    """Give a planned wave up; the form carries the version that was read."""
    _mine(number)
    services.discard(number, _read("version"), me().id, clock.now())
    db.session.commit()
    flash(_("The wave is given up."), "success")
    return redirect(url_for(".waves"))


@bp.post("/hr/waves/<int:number>/earlier")
@only(*SEES)
def earlier(number: int) -> ResponseReturnValue:
    """Before the one ahead of it; the form carries the place it stood at."""
    _mine(number)
    services.earlier(number, _read("place"), me().id, clock.now())
    db.session.commit()
    return redirect(url_for(".waves"))


@bp.post("/hr/waves/<int:number>/<string:how>")
@only(*SEES)
def move(number: int, how: str) -> ResponseReturnValue:
    """Open it, pause it, open it again."""
    _mine(number)
    if how not in list(Move):
        abort(404)
    wanted = Move(how)
    services.move(number, _read("version"), wanted, me().id, clock.now(), desk.today())
    db.session.commit()
    flash(str(words.MOVED[wanted]), "success")
    return _to_wave(number)


def _of_the_whole_company() -> None:
    """Waves are everybody's: whoever looks after a part of the company does not order them."""
    if not desk.my_reach(*SEES).everywhere:
        abort(403)


def _mine(number: int) -> Declared:
    _of_the_whole_company()
    return queries.wave(number) or abort(404)


def _shown(number: int, form: DecisionForm, status: int = 200) -> ResponseReturnValue:
    _of_the_whole_company()
    page = pages.wave(number) or abort(404)
    return render_template("waves/wave.html", page=page, form=form, words=words), status


def _plan(form: WaveForm) -> Plan | None:
    """What was written, once all of it is right; the form says what is not."""
    whom = form.population() if form.is_submitted() else None
    return Plan(form.columns(), whom) if whom is not None else None


def _written(form: WaveForm, found: Declared | None) -> ResponseReturnValue:
    page = render_template(
        "waves/write.html",
        form=form,
        wave=found.wave if found else None,
        near=desk.suggested(*SEES),
    )
    return page, 400 if form.is_submitted() else 200


def _read(name: str) -> int:
    return request.form.get(name, default=0, type=int)


def _to_wave(number: int) -> Response:
    return redirect(url_for(".wave", number=number))
