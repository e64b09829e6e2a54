"""The pages of a speed meeting while it is held."""

from dataclasses import asdict

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from academy import clock
from academy.database import db
from academy.mentoring.live import attendance, guests, notes, pages, queries, services, words
from academy.mentoring.live.guests import Invited
from academy.mentoring.live.notes import Word
from academy.mentoring.live.queries import OUTSIDE
from academy.mentoring.live.rules import ADDED_SECONDS
from academy.mentoring.live.services import Counted
from academy.mentoring.programmes.models import Programme
from academy.mentoring.programmes.organising.reaching import within_reach
from academy.mentoring.rotation.clock import Pressed
from academy.mentoring.speed.models import Presence, Seat, SpeedMeeting, Stage
from academy.mentoring.wishes.models import LONGEST_NOTE, Liking
from academy.people.models import Role
from academy.people.sessions import me
from academy.web.guards import only, signed_in
from academy.web.incoming import row_number

bp = Blueprint("live", __name__, template_folder="templates")

MARKS = (Presence.PRESENT, Presence.ABSENT, Presence.LEFT)
BUTTONS = (Pressed.PAUSED, Pressed.RESUMED, Pressed.EXTENDED, Pressed.MOVED_ON, Pressed.ENDED)


@bp.get("/mentoring/meetings/<int:number>/cockpit")
@only(Role.ORGANISER)
def cockpit(number: int) -> ResponseReturnValue:
    """The organiser's: the clock and its buttons, who is here, who talks to whom."""
    found, programme = _organised(number)
    page = pages.desk(queries.floor(found), programme, me().zone, clock.now())
    return render_template("live/cockpit.html", page=page, words=words)


@bp.get("/mentoring/meetings/<int:number>/room")
@only(Role.ORGANISER)
def room(number: int) -> ResponseReturnValue:
    """For the projector."""
    found, programme = _organised(number)
    page = pages.desk(queries.floor(found), programme, found.zone, clock.now())
    return render_template("live/room.html", page=page, words=words)


@bp.get("/mentoring/meetings/<int:number>/ending")
@only(Role.ORGANISER)
def ending(number: int) -> ResponseReturnValue:
    """Are you sure?"""
    found, programme = _organised(number)
    page = pages.desk(queries.floor(found), programme, me().zone, clock.now())
    return render_template("live/ending.html", page=page, words=words)


@bp.post("/mentoring/meetings/<int:number>/start")
@only(Role.ORGANISER)
def start(number: int) -> ResponseReturnValue:
    _organised(number)
    rounds = request.form.get("rounds", type=row_number)
    came = services.start(number, _press(), rounds, me().id, clock.now())
    return _pressed(number, came)


@bp.post("/mentoring/meetings/<int:number>/press")
@only(Role.ORGANISER)
def press(number: int) -> ResponseReturnValue:
    """A button of the clock; pressed twice it counts once."""
    _organised(number)
    which = request.form.get("pressed", "")
    if which not in list(BUTTONS):
        abort(400)
    pressed = Pressed(which)
    seconds = ADDED_SECONDS if pressed is Pressed.EXTENDED else 0
    came = services.press(number, _press(), pressed, me().id, clock.now(), seconds)
    return _pressed(number, came)


@bp.post("/mentoring/meetings/<int:number>/presence")
@only(Role.ORGANISER)
def presence(number: int) -> ResponseReturnValue:
    """Somebody is here, absent, or has left; or everybody expected is here."""
    _organised(number)
    mark = request.form.get("mark", "")
    if mark == "everybody":
        services.open_doors(number)
    else:
        person, how = _marked(mark)
        attendance.mark(number, person, how, clock.now())
    db.session.commit()
    return redirect(url_for(".cockpit", number=number, _anchor="people"))


@bp.post("/mentoring/meetings/<int:number>/repair")
@only(Role.ORGANISER)
def repair(number: int) -> ResponseReturnValue:
    """Plan again without those who have left the company."""
    _organised(number)
    attendance.repair(number, clock.now())
    db.session.commit()
    return redirect(url_for(".cockpit", number=number))


@bp.get("/mentoring/meetings/<int:number>/mine")
@signed_in
def mine(number: int) -> ResponseReturnValue:
    """Where I sit, with whom, and how long; afterwards, those I met."""
    page = pages.mine(_invited(number), me().zone, clock.now())
    return render_template("live/mine.html", page=page, words=words, longest=LONGEST_NOTE)


@bp.post("/mentoring/meetings/<int:number>/notes/<int:other>")
@signed_in
def note(number: int, other: int) -> ResponseReturnValue:
    """A private word about somebody I met; a script gets the short answer."""
    liking, typed = request.form.get("liking", ""), request.form.get("note", "").strip()
    if liking not in ("", *Liking) or len(typed) > LONGEST_NOTE:
        abort(400)
    word = Word(Liking(liking) if liking else None, typed)
    notes.keep(_invited(number), other, word, clock.now())
    db.session.commit()
    if request.accept_mimetypes.best == "application/json":
        return jsonify(kept=True)
    flash(_("Your word is kept. Only you read it."), "success")
    return redirect(url_for(".mine", number=number, _anchor=f"about-{other}"))


@bp.get("/mentoring/meetings/<int:number>/now")
@signed_in
def now(number: int) -> ResponseReturnValue:
    """The time of the meeting, for its screens."""
    found = _seen(number)
    at = clock.now()
    return jsonify(asdict(pages.screen(found, queries.presses(number), me().zone, at).now))


def _organised(number: int) -> tuple[SpeedMeeting, Programme]:
    """The meeting, if I organise where its programme is held."""
    found = queries.meeting(number) or abort(404)
    return found, within_reach(found.programme_id)[0]


def _invited(number: int) -> Invited:
    """The meeting, if I have a seat in it and it was announced."""
    found = guests.invited(number, me().id)
    if found is None or found.meeting.state == Stage.PLANNED:
        abort(404)
    return found if _has_a_chair(found.seat) else abort(404)


def _has_a_chair(seat: Seat) -> bool:
    """Who waits or declined has none, unless they came and were taken in."""
    return seat.reply not in OUTSIDE or seat.presence != Presence.EXPECTED


def _seen(number: int) -> SpeedMeeting:
    """As its guest, or as its organiser."""
    if me().holds(Role.ORGANISER):
        seat = queries.seat(number, me().id)
        if seat is None or not _has_a_chair(seat):
            return _organised(number)[0]
    return _invited(number).meeting


def _press() -> int:
    return request.form.get("press", type=row_number) or 0


def _marked(mark: str) -> tuple[int, Presence]:
    person, _colon, how = mark.partition(":")
    try:
        number = row_number(person)
    except ValueError:
        abort(400)
    if how not in MARKS:
        abort(400)
    return number, Presence(how)


def _pressed(number: int, came: Counted) -> Response:
    db.session.commit()
    if came is Counted.MEANWHILE:
        flash(_("The clock had just changed: this is how it stands now. Press again if need be."))
    return redirect(url_for(".cockpit", number=number))
