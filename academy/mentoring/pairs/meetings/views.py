"""Times to meet, and the log."""

from urllib.parse import urlsplit

from flask import Blueprint, abort, current_app, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from academy import clock
from academy.database import db
from academy.mentoring.pairs import queries
from academy.mentoring.pairs.meetings import services
from academy.mentoring.pairs.meetings.calendar import calendar_file
from academy.mentoring.pairs.meetings.forms import MeetingForm, SlotsForm
from academy.mentoring.pairs.meetings.services import NotThen, WrittenAlready
from academy.mentoring.pairs.models import Settled
from academy.mentoring.pairs.pages import forms, show
from academy.mentoring.pairs.reading import begun, mine_numbered
from academy.people.directory import desk
from academy.people.sessions import me
from academy.post.composing import address
from academy.web.guards import signed_in

bp = Blueprint("meetings", __name__)


@bp.post("/mentoring/pairs/<int:number>/times")
@signed_in
def propose(number: int) -> ResponseReturnValue:
    """One to three times, in my own time zone."""
    found, at = begun(number), clock.now()
    form = SlotsForm(me().zone, at)
    if not form.accepted():
        return show(found, forms(found, slots=form), 400)
    services.propose(me().id, number, form.offer(), form.token.data or "", at)
    db.session.commit()
    flash(_("Proposed. %(name)s is told, and takes one.", name=found.other.name), "success")
    return _here(number)


@bp.post("/mentoring/pairs/<int:number>/times/<int:slot>/accept")
@signed_in
def accept(number: int, slot: int) -> ResponseReturnValue:
    begun(number)
    services.accept(me().id, number, slot, clock.now())
    db.session.commit()
    flash(_("Agreed. Put it in your calendar while you are here."), "success")
    return _here(number)


@bp.post("/mentoring/pairs/<int:number>/times/<int:slot>/cancel")
@signed_in
def cancel(number: int, slot: int) -> ResponseReturnValue:
    begun(number)
    services.cancel(me().id, number, slot, clock.now())
    db.session.commit()
    flash(_("That time is free again."))
    return _here(number)


@bp.get("/mentoring/pairs/<int:number>/times/<int:slot>/meeting.ics")
@signed_in
def calendar(number: int, slot: int) -> ResponseReturnValue:
    """The agreed time as a file for any calendar."""
    found = mine_numbered(number)
    agreed = queries.slot(slot, number)
    if agreed is None or agreed.state != Settled.AGREED:
        abort(404)
    title = _("Mentoring with %(name)s", name=found.other.name)
    url = address("mentoring.pairs.pair", number=number)
    host = urlsplit(current_app.config["SETTINGS"].public_url).hostname or "academy"
    file = calendar_file(agreed, title, url, host, clock.now())
    return Response(
        file,
        mimetype="text/calendar",
        headers={"Content-Disposition": 'attachment; filename="meeting.ics"'},
    )


@bp.post("/mentoring/pairs/<int:number>/log")
@signed_in
def write(number: int) -> ResponseReturnValue:
    """A meeting held: what counts is that it was; what was said stays between us."""
    found = begun(number)
    form = MeetingForm(found.programme)
    if not form.validate_on_submit():
        return show(found, forms(found, meeting=form), 400)
    try:
        services.write(
            me().id, number, form.meeting(), form.token.data or "", clock.now(), desk.today()
        )
    except (NotThen, WrittenAlready) as no:
        db.session.rollback()
        form.held_on.errors = [no.words]
        return show(mine_numbered(number), forms(found, meeting=form), no.status)
    db.session.commit()
    flash(_("Written down. It counts for both of you."), "success")
    return _here(number)


def _here(number: int) -> Response:
    return redirect(url_for("mentoring.pairs.pair", number=number))
