"""My passport as a PDF: to read, or to print, cut and fold."""

from datetime import timedelta

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock, database
from academy.database import db
from academy.passport.booklet import gathering, setting
from academy.passport.booklet.setting import Paper
from academy.people.sessions import me
from academy.web import throttle
from academy.web.guards import signed_in
from academy.web.throttle import Limit
from academy.web.typesetting import NoSuchLetters

bp = Blueprint("booklet", __name__)

PRINTED = Limit("print-passport", 20, timedelta(minutes=5))


@bp.post("/passport/booklet")
@signed_in
def booklet() -> ResponseReturnValue:
    """The booklet of the reader alone. The writer is let go before it is set."""
    if (wanted := request.form.get("paper", "")) not in set(Paper):
        abort(400)
    at = clock.now()
    database.about_to_write()
    allowed = throttle.allow(PRINTED, str(me().id), at)
    db.session.commit()
    database.reading_only()
    if not allowed:
        abort(429)
    try:
        file = setting.pdf(gathering.of(me().id, me().name, me().zone, at), Paper(wanted), at)
    except NoSuchLetters:
        flash(
            _("This academy has no font for some letters of your passport. Ask those who run it."),
            "error",
        )
        return redirect(url_for("credentials.files"))
    response = Response(file, mimetype="application/pdf")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{setting.file_name(Paper(wanted))}"'
    )
    return response
