"""The meetings of a programme: the list, one of them, who is in none."""

from datetime import datetime

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from academy import clock
from academy.community.once import token
from academy.database import db
from academy.mentoring.programmes import words as programme_words
from academy.mentoring.programmes.models import Programme
from academy.mentoring.programmes.organising.reaching import within_reach
from academy.mentoring.speed import words
from academy.mentoring.speed.composing import queries as composing
from academy.mentoring.speed.inviting import queries as inviting
from academy.mentoring.speed.inviting.queries import TO_COME
from academy.mentoring.speed.models import CHAIRS, SpeedMeeting
from academy.mentoring.speed.organising import queries, services
from academy.mentoring.speed.organising.forms import MeetingForm
from academy.mentoring.speed.organising.services import MeetingChanged
from academy.people.directory import desk
from academy.people.models import Role
from academy.people.sessions import me
from academy.web.guards import only
from academy.web.incoming import row_number

bp = Blueprint("organising", __name__)


@bp.get("/mentoring/programmes/<int:number>/meetings")
@only(Role.ORGANISER)
def meetings(number: int) -> ResponseReturnValue:
    """Every meeting of the programme, the soonest first."""
    programme, _entity = within_reach(number)
    page = min(request.args.get("page", default=1, type=row_number), queries.MOST_PAGES)
    lines, more = queries.lines(number, page)
    return render_template(
        "speed/meetings.html",
        programme=programme,
        lines=lines,
        tally=queries.tally(number),
        work=composing.latest(number),
        token=token(),
        words=words,
        later_url=url_for(".meetings", number=number, page=page + 1) if more else None,
        earlier_url=url_for(".meetings", number=number, page=page - 1) if page > 1 else None,
    )


@bp.get("/mentoring/programmes/<int:number>/meetings/left-out")
@only(Role.ORGANISER)
def left_out(number: int) -> ResponseReturnValue:
    """Volunteers without a chair, and why."""
    programme, _entity = within_reach(number)
    after = request.args.get("after", default=0, type=row_number) or 0
    people, more = queries.left_out(number, after)
    why = queries.reasons(number)
    return render_template(
        "speed/left-out.html",
        programme=programme,
        people=[(each, words.why(why.get(str(each.id)), me().zone)) for each in people],
        sides=programme_words.SIDE_TAGS,
        later_url=url_for(".left_out", number=number, after=more) if more else None,
        first_url=url_for(".left_out", number=number) if after else None,
    )


@bp.route("/mentoring/programmes/<int:number>/meetings/<int:meeting>", methods=["GET", "POST"])
@only(Role.ORGANISER)
def meeting(number: int, meeting: int) -> ResponseReturnValue:
    """Who is in, what they have in common; and its time and place, to change."""
    programme, found = _found(number, meeting)
    form = MeetingForm(programme, found, me().zone)
    if not form.accepted(clock.now()):
        return _page(programme, found, form, 400 if form.is_submitted() else 200)
    read = _number(form.version.data)
    try:
        services.change(number, meeting, read, form.terms(), clock.now())
    except MeetingChanged:
        db.session.rollback()
        now = inviting.meeting(meeting, number) or abort(404)
        form.version.raw_data, form.version.data = None, str(now.version)
        return _page(programme, now, form, 409, conflict=True)
    db.session.commit()
    flash(_("The meeting is changed; whoever was invited is told."), "success")
    return _to(number, meeting)


@bp.post("/mentoring/programmes/<int:number>/meetings/<int:meeting>/move")
@only(Role.ORGANISER)
def move(number: int, meeting: int) -> ResponseReturnValue:
    """Somebody to another meeting."""
    within_reach(number)
    person, target = (_number(request.form.get(name)) for name in ("person", "to"))
    services.move(number, meeting, _version(), person, target, desk.today(), clock.now())
    db.session.commit()
    flash(_("Moved."), "success")
    return _to(number, meeting)


@bp.post("/mentoring/programmes/<int:number>/meetings/<int:meeting>/lock")
@only(Role.ORGANISER)
def lock(number: int, meeting: int) -> ResponseReturnValue:
    """Somebody stays where they are when meetings are composed again, or no longer."""
    within_reach(number)
    person, wanted = _number(request.form.get("person")), request.form.get("locked") == "1"
    services.lock(number, meeting, _version(), person, wanted, clock.now())
    db.session.commit()
    return redirect(url_for(".meeting", number=number, meeting=meeting, _anchor=f"seat-{person}"))


@bp.post("/mentoring/programmes/<int:number>/meetings/<int:meeting>/cancel")
@only(Role.ORGANISER)
def cancel(number: int, meeting: int) -> ResponseReturnValue:
    within_reach(number)
    services.cancel(number, meeting, _version(), clock.now())
    db.session.commit()
    flash(_("The meeting is cancelled; whoever was invited is told."), "success")
    return redirect(url_for(".meetings", number=number))


@bp.post("/mentoring/programmes/<int:number>/meetings/<int:meeting>/announce")
@only(Role.ORGANISER)
def announce(number: int, meeting: int) -> ResponseReturnValue:
    """Invite those who sit there."""
    within_reach(number)
    services.announce(number, meeting, _version(), clock.now())
    db.session.commit()
    flash(_("The meeting is announced: the invitations are on their way."), "success")
    return _to(number, meeting)


@bp.post("/mentoring/programmes/<int:number>/meetings/announce")
@only(Role.ORGANISER)
def announce_all(number: int) -> ResponseReturnValue:
    """Invite everybody of all planned meetings."""
    within_reach(number)
    count = services.announce_all(number, clock.now())
    db.session.commit()
    if count:
        said = ngettext(
            "%(num)s meeting is announced: the invitations are on their way.",
            "%(num)s meetings are announced: the invitations are on their way.",
            count,
        )
        flash(said, "success")
    else:
        flash(_("Every planned meeting is announced already."))
    return redirect(url_for(".meetings", number=number))


def _page(
    programme: Programme,
    found: SpeedMeeting,
    form: MeetingForm,
    status: int,
    conflict: bool = False,
) -> ResponseReturnValue:
    at = clock.now()
    people = queries.sitters(found.id)
    seated = [each for each in people if each.seat.reply in CHAIRS]
    changes = _changes(found, at)
    page = render_template(
        "speed/meeting.html",
        programme=programme,
        meeting=found,
        form=form,
        conflict=conflict,
        people=people,
        seated=seated,
        sides={
            "mentor": [each for each in seated if each.seat.side == "mentor"],
            "mentee": [each for each in seated if each.seat.side == "mentee"],
        },
        others=[each for each in people if each.seat.reply not in CHAIRS],
        changes=changes,
        targets=queries.targets(found, at) if changes and seated else [],
        words=words,
        names=programme_words,
    )
    return page, status


def _changes(meeting: SpeedMeeting, at: datetime) -> bool:
    """May it still be changed?"""
    return meeting.state in TO_COME and meeting.starts_at > at


def _found(number: int, meeting: int) -> tuple[Programme, SpeedMeeting]:
    programme, _entity = within_reach(number)
    return programme, inviting.meeting(meeting, number) or abort(404)


def _version() -> int:
    return _number(request.form.get("version"))


def _number(typed: str | None) -> int:
    """A number out of a form; 0 for what cannot be one."""
    try:
        return row_number(typed or "")
    except ValueError:
        return 0


def _to(number: int, meeting: int) -> Response:
    return redirect(url_for(".meeting", number=number, meeting=meeting))
