"""For administrators, and for HR within their entities: somebody's working days, and closures of sites."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock
from academy.database import db
from academy.people import places
from academy.people.accounts.queries import Profile
from academy.people.calendar import Span
from academy.people.directory import desk
from academy.people.directory.desk import STAFF
from academy.people.directory.services import NoSuchEntity
from academy.people.sessions import me
from academy.people.timetables.forms import ClosureForm, PatternForm
from academy.people.workdays import patterns, queries, services
from academy.people.workdays.models import WorkingPattern
from academy.people.workdays.services import ClosureRefused, PatternRefused
from academy.people.workdays.words import term, weekdays
from academy.web.guards import only
from academy.web.refusals import beside

bp = Blueprint("timetables", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class PatternRow:
    """`when` is now, later or over."""

    words: str
    term: str
    when: str


@dataclass(frozen=True, slots=True)
class WorkingDaysPage:
    profile: Profile
    rows: tuple[PatternRow, ...]


@dataclass(frozen=True, slots=True)
class ClosureRow:
    entity: str
    term: str
    reason: str
    remove_url: str | None


@dataclass(frozen=True, slots=True)
class ClosuresPage:
    rows: tuple[ClosureRow, ...]
    more: bool
    places: tuple[str, ...]


@bp.route("/people/<int:number>/working-days", methods=["GET", "POST"])
@only(*STAFF)
def working_days(number: int) -> ResponseReturnValue:
    """The days somebody works, from when to when; the form sets others from a day on."""
    profile, today = desk.within_reach(number, *STAFF), desk.today()
    worked = queries.pattern_on(number, today)
    form = PatternForm(weekdays=sorted(worked), since=today)
    if form.validate_on_submit() and _planned(number, form):
        flash(_("The working days are set."), "success")
        return redirect(url_for(".working_days", number=number))
    rows = tuple(_pattern_row(each, today) for each in reversed(queries.patterns_of(number)))
    page = WorkingDaysPage(profile, rows)
    status = 400 if form.errors else 200
    return render_template("timetables/working_days.html", page=page, form=form), status


@bp.route("/closures", methods=["GET", "POST"])
@only(*STAFF)
def closures() -> ResponseReturnValue:
    """When entities within reach, and those above them, are closed; the form closes one more."""
    form = ClosureForm()
    if form.validate_on_submit() and _closed(form):
        flash(_("It is closed on these days."), "success")
        return redirect(url_for(".closures"))
    status = 400 if form.errors else 200
    return render_template("timetables/closures.html", page=_closures_page(), form=form), status


@bp.post("/closures/<int:number>/remove")
@only(*STAFF)
def remove(number: int) -> ResponseReturnValue:
    """Open on these days after all; what was removed already stays so."""
    found = queries.closure_numbered(number)
    if found is not None:
        closure, entity = found
        if not desk.reaches(entity.id, *STAFF):
            abort(403)
        services.reopen_site(closure, entity, me().id, clock.now())
        db.session.commit()
    flash(_("These days are working days again."), "success")
    return redirect(url_for(".closures"))


def _planned(number: int, form: PatternForm) -> bool:
    worked = form.weekdays.data or []
    try:
        services.plan_pattern(number, worked, form.since.data, me().id, clock.now())
    except PatternRefused as refused:
        wrong = form.since if worked else form.weekdays
        beside(wrong, refused)
        return False
    db.session.commit()
    return True


def _pattern_row(pattern: WorkingPattern, today: date) -> PatternRow:
    over = pattern.ends_on is not None and pattern.ends_on < today
    when = "over" if over else "later" if pattern.starts_on > today else "now"
    words = weekdays(patterns.weekdays(pattern.weekdays))
    return PatternRow(words[:1].upper() + words[1:], term(pattern), when)


def _closures_page() -> ClosuresPage:
    mine, today = desk.my_reach(*STAFF), desk.today()
    near = places.below(None if mine.everywhere else mine.entities, today)
    within = {place.id for place in near}
    shown = None if mine.everywhere else within | _above(mine.entities, today)
    found, more = queries.closures_of(shown, today)
    return ClosuresPage(
        rows=tuple(
            ClosureRow(
                each.entity,
                term(each),
                each.reason,
                url_for(".remove", number=each.id)
                if mine.everywhere or each.entity_id in within
                else None,
            )
            for each in found
        ),
        more=more,
        places=desk.typed(near),
    )


def _above(roots: frozenset[int], today: date) -> set[int]:
    """What stands over these entities: its closures are theirs too."""
    return {place.id for way in places.ways_up(roots, today).values() for place in way}


def _closed(form: ClosureForm) -> bool:
    refusal = _("You close your own entities only. Ask an administrator for this one.")
    try:
        entity = desk.entity_of_mine(form.place.data, refusal, *STAFF)
        days = Span(form.first.data, form.last.data)
        services.plan_closure(entity, days, form.reason.data, me().id, clock.now())
    except (NoSuchEntity, desk.OutOfReach) as refused:
        beside(form.place, refused)
        return False
    except ClosureRefused as refused:
        beside(form.last, refused)
        return False
    db.session.commit()
    return True
