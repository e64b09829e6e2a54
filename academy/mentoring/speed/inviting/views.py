"""My speed meeting: the invitation, my answer, meetings I could still join."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response as Redirect

from academy import clock
from academy.database import db
from academy.mentoring.entries import Method
from academy.mentoring.programmes import queries as programmes
from academy.mentoring.programmes.queries import Call
from academy.mentoring.speed import words
from academy.mentoring.speed.inviting import queries, services, telling
from academy.mentoring.speed.inviting.queries import COMING, Invited
from academy.mentoring.speed.models import Reply
from academy.people.directory import desk
from academy.people.sessions import me
from academy.web.guards import signed_in

bp = Blueprint("inviting", __name__)


@bp.get("/mentoring/<int:number>/meeting")
@signed_in
def mine(number: int) -> ResponseReturnValue:
    """My invitation, or the meetings that suit me."""
    call, at = volunteering(number), clock.now()
    seats = queries.mine(me().id, number)
    coming = [each for each in seats if each.seat.reply in COMING]
    others: list[tuple[object, bool]] = []
    if not coming:
        waits = {each.meeting.id for each in seats if each.seat.reply == Reply.WAITING}
        found = services.suitable(number, me().id, desk.today(), at)
        taken = queries.chairs([each.id for each, _side in found]) if found else {}
        others = [
            (each, services.free_chairs(each, taken[each.id], side) > 0)
            for each, side in found
            if each.id not in waits
        ]
    return render_template(
        "speed/mine.html",
        programme=call.programme,
        coming=coming,
        waiting=[each for each in seats if each.seat.reply == Reply.WAITING],
        others=others,
        declined=any(each.seat.reply == Reply.DECLINED for each in seats),
        at=at,
        words=words,
    )


@bp.post("/mentoring/<int:number>/meetings/<int:meeting>/confirm")
@signed_in
def confirm(number: int, meeting: int) -> ResponseReturnValue:
    volunteering(number)
    services.confirm(number, meeting, me().id, clock.now())
    db.session.commit()
    flash(_("Thank you: you are expected."), "success")
    return _back(number)


@bp.post("/mentoring/<int:number>/meetings/<int:meeting>/decline")
@signed_in
def decline(number: int, meeting: int) -> ResponseReturnValue:
    """Not coming, or waiting no longer. Nobody asks why."""
    volunteering(number)
    services.decline(number, meeting, me().id, desk.today(), clock.now())
    db.session.commit()
    flash(_("Understood: your chair is for somebody else. Nobody asks why."))
    return _back(number)


@bp.post("/mentoring/<int:number>/meetings/<int:meeting>/wait")
@signed_in
def wait(number: int, meeting: int) -> ResponseReturnValue:
    volunteering(number)
    seated = services.wait(number, meeting, me().id, desk.today(), clock.now())
    db.session.commit()
    if seated:
        flash(_("A chair is free: you are invited. Say that you will come."), "success")
    else:
        flash(_("You are on the waiting list. You are told as soon as a chair comes free."))
    return _back(number)


@bp.get("/mentoring/<int:number>/meetings/<int:meeting>/invitation.ics")
@signed_in
def invitation(number: int, meeting: int) -> ResponseReturnValue:
    """For my calendar."""
    volunteering(number)
    text = telling.calendar(_coming(number, meeting), Method.PUBLISH, clock.now())
    name = {"Content-Disposition": 'attachment; filename="speed-meeting.ics"'}
    return Response(text, mimetype="text/calendar", headers=name)


def volunteering(number: int) -> Call:
    """The programme, if I volunteer in it; else there is no such page for me."""
    found = programmes.live(me().id, desk.today(), number)
    return found[0] if found and found[0].volunteers else abort(404)


def _coming(number: int, meeting: int) -> Invited:
    mine = queries.mine(me().id, number)
    found = [each for each in mine if each.meeting.id == meeting and each.seat.reply in COMING]
    return found[0] if found else abort(404)


def _back(number: int) -> Redirect:
    return redirect(url_for(".mine", number=number))
