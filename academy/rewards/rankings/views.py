"""Rankings: looked at by whoever likes, entered only by those who ask for it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock
from academy.database import db
from academy.people.sessions import me
from academy.rewards.rankings import pages, services
from academy.rewards.rankings.rules import Span
from academy.web.guards import signed_in

bp = Blueprint("rankings", __name__, template_folder="templates")


@bp.get("/rankings")
@signed_in
def rankings() -> ResponseReturnValue:
    asked = request.args.get("span", "")
    span = Span(asked) if asked in set(Span) else Span.MONTH
    page = pages.rankings_page(me().id, span, clock.day_in(me().zone, clock.now()))
    return render_template("rankings/rankings.html", page=page)


@bp.post("/rankings/join")
@signed_in
def join() -> ResponseReturnValue:
    services.join(me().id, clock.now())
    db.session.commit()
    flash(_("You take part. One click ends it whenever you like."), "success")
    return redirect(url_for(".rankings"))


@bp.post("/rankings/withdraw")
@signed_in
def withdraw() -> ResponseReturnValue:
    services.withdraw(me().id)
    db.session.commit()
    flash(_("You take part no longer: nobody sees you in the rankings."), "success")
    return redirect(url_for(".rankings"))
