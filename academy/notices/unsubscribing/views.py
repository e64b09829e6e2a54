"""One page with one button; and one click in a mail program, which knows no session (RFC 8058)."""

from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue

from academy import clock, database
from academy.database import db
from academy.notices import stopping, wishing
from academy.notices.kinds import Kind
from academy.notices.stopping import What
from academy.notices.words import KINDS
from academy.web.guards import public

bp = Blueprint("stopping", __name__)


def init_app(app: Flask) -> None:
    """The link itself is the proof: no session, hence no token of one."""
    app.register_blueprint(bp)
    app.extensions["csrf"].exempt(stop_now)


@bp.get("/stop/<string:token>")
@public
def stop(token: str) -> ResponseReturnValue:
    """Looking stops nothing: mail programs open links too."""
    found = stopping.read(token, clock.now())
    if found is None:
        return render_template("notices/stop_void.html"), 410
    return render_template("notices/stop.html", token=token, what=_said(found.what))


@bp.post("/stop/<string:token>")
@public
def stop_now(token: str) -> ResponseReturnValue:
    database.reading_only()
    found = stopping.read(token, clock.now())
    if found is None:
        return render_template("notices/stop_void.html"), 400
    database.may_write()
    wishing.stop(found)
    db.session.commit()
    return render_template("notices/stopped.html", what=_said(found.what))


def _said(what: str) -> tuple[str, str]:
    """Which kind of page, and in which case mail was sent."""
    if what in set(What):
        return what, ""
    return "notice", str(KINDS[Kind(what)])
