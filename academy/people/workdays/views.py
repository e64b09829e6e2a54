"""My leave: declared and removed by the person, who also sees when their site is closed."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from academy import clock
from academy.database import db
from academy.people import places
from academy.people.calendar import Calendar, Span
from academy.people.places import Place
from academy.people.sessions import me
from academy.people.workdays import queries, services, telling
from academy.people.workdays.forms import LeaveForm
from academy.people.workdays.models import Leave
from academy.people.workdays.patterns import ahead
from academy.people.workdays.services import LeaveRefused
from academy.people.workdays.words import days, term, weekdays
from academy.web.guards import even_waiting, signed_in
from academy.web.refusals import beside
from academy.web.words import day, weekday

bp = Blueprint("workdays", __name__, template_folder="templates")
bp.add_app_template_filter(term, "term")

SHOWN_AFTER = timedelta(days=31)
HOLIDAYS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class LeaveRow:
    words: str
    length: str
    over: bool
    change_url: str
    remove_url: str


@dataclass(frozen=True, slots=True)
class ClosureRow:
    words: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeavePage:
    leave: tuple[LeaveRow, ...]
    weekdays: str
    changes: tuple[str, ...]
    site: str
    closures: tuple[ClosureRow, ...]
    holidays: tuple[str, ...]


@bp.route("/leave", methods=["GET", "POST"])
@even_waiting
@signed_in
def leave() -> ResponseReturnValue:
    form = LeaveForm()
    if form.validate_on_submit() and _declared(form):
        return redirect(url_for(".leave"))
    page = _page(_today())
    return render_template("workdays/leave.html", page=page, form=form), 400 if form.errors else 200


@bp.route("/leave/<int:number>", methods=["GET", "POST"])
@even_waiting
@signed_in
def change(number: int) -> ResponseReturnValue:
    """Other days for leave noted before."""
    found = _mine(number)
    noted = term(found)
    form = LeaveForm(first=found.starts_on, last=found.ends_on)
    if form.validate_on_submit() and _declared(form, found):
        return redirect(url_for(".leave"))
    status = 400 if form.errors else 200
    return render_template("workdays/change.html", noted=noted, form=form), status


@bp.post("/leave/<int:number>/remove")
@even_waiting
@signed_in
def remove(number: int) -> ResponseReturnValue:
    """Take leave back; what was taken back already stays so."""
    found = queries.leave_numbered(number)
    if found is not None and found.person_id != me().id:
        abort(404)
    if found is not None:
        services.remove_leave(found)
        db.session.commit()
    flash(_("These days are working days again."), "success")
    return redirect(url_for(".leave"))


def _mine(number: int) -> Leave:
    found = queries.leave_numbered(number)
    if found is None or found.person_id != me().id:
        abort(404)
    return found


def _declared(form: LeaveForm, instead_of: Leave | None = None) -> bool:
    asked, today = Span(form.first.data, form.last.data), _today()
    try:
        whole = services.declare_leave(me().id, asked, today, instead_of)
    except LeaveRefused as refused:
        beside(form.last, refused)
        return False
    if whole.first <= today:
        telling.changed_for(me().id, clock.now())
    db.session.commit()
    if whole == asked:
        flash(_("Noted: %(days)s.", days=days(whole)), "success")
    else:
        flash(_("Noted, joined with the leave beside it: %(days)s.", days=days(whole)), "success")
    return True


def _today() -> date:
    return clock.day_in(me().zone, clock.now())


def _page(today: date) -> LeavePage:
    chain = places.chain(me().id, today)
    calendar = queries.calendar_at(chain, me().id, today)
    worked = calendar.without_leave()
    holidays = sorted(each for each in calendar.holidays if each >= today)
    return LeavePage(
        leave=tuple(
            LeaveRow(
                words=term(each),
                length=_length(worked, Span(each.starts_on, each.ends_on)),
                over=each.ends_on < today,
                change_url=url_for(".change", number=each.id),
                remove_url=url_for(".remove", number=each.id),
            )
            for each in queries.leave_since(me().id, today - SHOWN_AFTER)
        ),
        weekdays=weekdays(calendar.pattern_on(today)),
        changes=tuple(
            _("From %(day)s: %(days)s", day=day(each.on), days=weekdays(each.pattern))
            for each in ahead(calendar.changes, today)
        ),
        site=_site(chain),
        closures=tuple(
            ClosureRow(term(each), each.reason) for each in queries.closures_ahead(chain, today)
        ),
        holidays=tuple(weekday(each) for each in holidays[:HOLIDAYS_SHOWN]),
    )


def _length(worked: Calendar, span: Span) -> str:
    """How many days one would have worked."""
    count = worked.working_days_between(span.first - timedelta(days=1), span.last)
    return ngettext("%(num)s working day", "%(num)s working days", count)


def _site(chain: tuple[Place, ...]) -> str:
    """The place whose public holidays are kept."""
    return next((place.name for place in chain if place.country), "")
