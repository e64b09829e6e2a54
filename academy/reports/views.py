"""Reporting a problem from anywhere; one's own reports; the queue of the authors."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from academy import clock
from academy.catalog import releases
from academy.catalog.tags import is_key
from academy.catalog.tree import Catalog
from academy.database import db
from academy.learning.withdrawn import Withdrawn
from academy.people.models import Role
from academy.people.sessions import me
from academy.reports import pages, queries, services
from academy.reports.forms import DecisionForm, ReportForm
from academy.reports.kinds import About, Kind, Trouble, tickets
from academy.reports.models import Problem
from academy.reports.services import Told, Verdict
from academy.reports.words import OUTCOMES, TROUBLES
from academy.web.guards import only, safe_next, signed_in
from academy.web.incoming import asked, row_number
from academy.web.words import language

bp = Blueprint("reports", __name__, template_folder="templates")


@bp.route("/problems/<string:kind>/<string:subject>/report", methods=["GET", "POST"])
@signed_in
def tell(kind: str, subject: str) -> ResponseReturnValue:
    """Say what is wrong with a lesson or a question, and go back to where one was."""
    about, read_in = _about(kind, subject), _read_in()
    shown = pages.subject_of(about, read_in)
    if not shown.here:
        raise Withdrawn if request.method == "POST" else abort(404)
    known = queries.open_one(me().id, about)
    form = ReportForm(data={"trouble": known.trouble, "words": known.words} if known else None)
    back = safe_next(request.values.get("back"), "")
    if form.validate_on_submit():
        told = Told(Trouble(form.trouble.data), form.words.data, language(), read_in.release)
        services.tell(me().id, about, told, clock.now())
        db.session.commit()
        flash(_thanks(known), "success")
        return redirect(back or url_for(".mine"))
    page = render_template(
        "reports/tell.html",
        form=form,
        subject=shown,
        known=known is not None,
        back=back,
        release=read_in.release,
    )
    return page, 400 if form.errors else 200


@bp.get("/my-reports")
@signed_in
def mine() -> ResponseReturnValue:
    """What one reported, and what came of it."""
    before = request.args.get("before", type=row_number)
    found, more = queries.mine(me().id, before)
    page = pages.MinePage(
        rows=tuple(pages.mine_row(each) for each in found),
        older_url=url_for(".mine", before=found[-1].id) if more else None,
        newer_url=url_for(".mine") if before else None,
    )
    return render_template("reports/mine.html", page=page, troubles=TROUBLES)


@bp.get("/problems")
@only(Role.AUTHOR, Role.ADMIN)
def queue() -> ResponseReturnValue:
    """What waits for an answer, what most people report first."""
    number = request.args.get("page", 1, type=_page_number)
    found, more = queries.waiting(number)
    page = pages.QueuePage(
        decided=False,
        waiting=tuple(pages.WaitingRow(pages.subject_of(each.about), each) for each in found),
        decisions=(),
        older_url=url_for(".queue", page=number + 1) if more else None,
        newer_url=url_for(".queue", page=number - 1) if number > 1 else None,
    )
    return render_template("reports/queue.html", page=page, troubles=TROUBLES, outcomes=OUTCOMES)


@bp.get("/problems/decided")
@only(Role.AUTHOR, Role.ADMIN)
def decided() -> ResponseReturnValue:
    """What was answered, newest first."""
    before = request.args.get("before", type=row_number)
    found, more = queries.decisions(before=before)
    page = pages.QueuePage(
        decided=True,
        waiting=(),
        decisions=tuple(pages.DecidedRow(pages.subject_of(each.about), each) for each in found),
        older_url=url_for(".decided", before=found[-1].id) if more else None,
        newer_url=url_for(".decided") if before else None,
    )
    return render_template("reports/queue.html", page=page, troubles=TROUBLES, outcomes=OUTCOMES)


@bp.route("/problems/<string:kind>/<string:subject>", methods=["GET", "POST"])
@only(Role.AUTHOR, Role.ADMIN)
def case(kind: str, subject: str) -> ResponseReturnValue:
    """Everything reported about one lesson or question, and the answer to it."""
    about = _about(kind, subject)
    form = DecisionForm()
    ticked = tickets(request.form.getlist("report"))
    if form.validate_on_submit() and ticked:
        verdict = Verdict(form.chosen, form.note.data, ticked)
        answered = services.decide(me().id, about, verdict, clock.now())
        db.session.commit()
        flash(_answered(answered), "success" if answered else "message")
        return redirect(url_for(".case", kind=kind, subject=subject))
    refused = form.is_submitted()
    if refused and not ticked:
        flash(_("Tick the reports you answer. Nothing was decided."), "error")
    return render_template(
        "reports/case.html",
        page=_case(about),
        form=form,
        ticked={ticket.report for ticket in ticked} if refused else None,
        troubles=TROUBLES,
        outcomes=OUTCOMES,
    ), 400 if refused else 200


@bp.post("/problems/decisions/<int:number>/reopen")
@only(Role.AUTHOR, Role.ADMIN)
def reopen(number: int) -> ResponseReturnValue:
    """Think again about what was decided."""
    about = services.reopen(me().id, number, clock.now()) or abort(404)
    db.session.commit()
    flash(_("Back in the queue."), "success")
    return redirect(url_for(".case", kind=about.kind, subject=about.key))


def _about(kind: str, key: str) -> About:
    if kind not in set(Kind) or not is_key(key):
        abort(404)
    return About(Kind(kind), key)


def _read_in() -> Catalog:
    """The release that the page they come from was drawn from; the one in force, when that is gone."""
    said = request.form.get("release") or asked("release")
    return (releases.named(said) if said else None) or releases.current()


def _page_number(typed: str) -> int:
    return min(row_number(typed), 10_000)


def _case(about: About) -> pages.CasePage:
    """The case of what is in the academy, or was reported before it left."""
    shown = pages.subject_of(about)
    if not shown.here and not queries.was_reported(about):
        abort(404)
    reports, count = queries.open_reports(about)
    decisions, _more = queries.decisions(about)
    return pages.CasePage(
        subject=shown,
        review=pages.review_of(about),
        reports=tuple(reports),
        more=count - len(reports),
        decisions=tuple(decisions),
        release=releases.current().release,
    )


def _thanks(known: Problem | None) -> str:
    if known is not None:
        return _("Your report was changed. The author will never know you hesitated.")
    return _("Thank you, it is noted. Somewhere, an author has just sneezed.")


def _answered(count: int) -> str:
    if not count:
        return _("Nothing was decided: somebody answered before you, or the words were changed.")
    return ngettext(
        "%(num)s report answered. Whoever wrote it will read your words.",
        "%(num)s reports answered. Those who wrote them will read your words.",
        count,
    )
