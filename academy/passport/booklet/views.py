"""My passport as a PDF: to read, or to print, cut and fold."""

from dataclasses import replace
from datetime import timedelta

from flask import Blueprint, Response, abort, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock, database
from academy.database import db
from academy.passport import queries
from academy.passport.booklet import setting
from academy.passport.booklet.contents import Contents, Holder, contents
from academy.passport.booklet.setting import NoSuchLetters, Paper
from academy.passport.links import queries as links
from academy.passport.links.queries import Shown
from academy.people import queries as people
from academy.people.sessions import me
from academy.rewards import shown
from academy.web import throttle
from academy.web.guards import signed_in
from academy.web.throttle import Limit

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
        file = setting.pdf(_mine(), Paper(wanted), at)
    except NoSuchLetters:
        flash(
            _("This academy has no font for some letters of your passport. Ask those who run it."),
            "error",
        )
        return redirect(url_for("credentials.files"))
    response = Response(file, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{_file_name(Paper(wanted))}"'
    return response


def _mine() -> Contents:
    """What was certified, once it is; before, what is held today. What is on the way is today's in both."""
    held, mine = links.my_passport(me().id), shown.collection(me().id)
    today = clock.day_in(me().zone, clock.now())
    coming = tuple(each for each in mine.visas if not each.granted_on)
    place = people.workplace(me().id)
    holder = Holder(
        name=me().name,
        entity=f"{place.entity}, {place.site}" if place else "",
        company=current_app.config["SETTINGS"].company,
        since=clock.day_in(me().zone, queries.joined_at(me().id) or clock.now()),
        issued_on=None,
        code="",
        address="",
        without_code=_("Not issued yet: a page to fill, one quiz at a time."),
    )
    if held is None:
        return contents(holder, mine.visas, mine.held, today)
    said = queries.certified(held.certificate)
    issued = replace(
        _with_proof(holder, held),
        name=said.holder,
        entity=said.entity,
        company=said.company or holder.company,
        issued_on=held.certificate.issued_on,
    )
    won = {each.key for each in said.visas}
    still = tuple(each for each in coming if each.key not in won)
    return contents(issued, (*said.visas, *still), said.awards, today)


def _with_proof(holder: Holder, held: Shown) -> Holder:
    """The code and where it leads; only a word where its holder has closed it."""
    if not held.is_live(clock.now()):
        closed = _("This code is closed: whoever scans it sees nothing.")
        return replace(holder, without_code=closed)
    code = held.certificate.code
    path = url_for("passport.verification", code=code)
    return replace(holder, code=code, address=current_app.config["SETTINGS"].public_url + path)


def _file_name(paper: Paper) -> str:
    return "passport.pdf" if paper is Paper.PAGES else "passport-booklet.pdf"
