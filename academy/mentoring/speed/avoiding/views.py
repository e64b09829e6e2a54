"""People I would rather not meet."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock
from academy.database import db
from academy.mentoring.speed.avoiding import queries, services
from academy.mentoring.speed.inviting.views import volunteering
from academy.people.sessions import me
from academy.web.guards import signed_in
from academy.web.incoming import asked

bp = Blueprint("avoiding", __name__)


@bp.get("/mentoring/<int:number>/avoiding")
@signed_in
def avoiding(number: int) -> ResponseReturnValue:
    call = volunteering(number)
    typed = asked("name")
    found, more = queries.search(typed, me().id, number)
    return render_template(
        "speed/avoiding.html",
        programme=call.programme,
        avoided=queries.avoided(me().id, number),
        typed=typed,
        short=bool(typed) and not queries.is_enough(typed),
        found=found,
        more=more,
    )


@bp.post("/mentoring/<int:number>/avoiding/<int:person>")
@signed_in
def avoid(number: int, person: int) -> ResponseReturnValue:
    volunteering(number)
    services.avoid(me().id, number, person, clock.now())
    db.session.commit()
    flash(_("Noted, and told to nobody."), "success")
    return redirect(url_for(".avoiding", number=number))


@bp.post("/mentoring/<int:number>/avoiding/<int:person>/remove")
@signed_in
def remove(number: int, person: int) -> ResponseReturnValue:
    volunteering(number)
    services.meet(me().id, number, person)
    db.session.commit()
    return redirect(url_for(".avoiding", number=number))
