"""Reporting a message, and the desk where animators and administrators decide."""

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock
from academy.community.groups import queries as groups
from academy.community.models import Message
from academy.community.moderation import queries, services
from academy.community.moderation.forms import REASONS, HideForm, ReportForm
from academy.community.moderation.queries import Case, Reason
from academy.community.moderation.services import Verdict
from academy.community.posts import queries as posts
from academy.community.posts.queries import MessageSeen
from academy.community.rights import May, Viewer
from academy.database import db
from academy.people.models import Role
from academy.people.sessions import me
from academy.web.guards import signed_in
from academy.web.incoming import row_number

bp = Blueprint("moderation", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class DeskPage:
    cases: tuple[Case, ...]
    later_url: str | None
    first_url: str | None


@bp.get("/groups/moderation")
@signed_in
def desk() -> ResponseReturnValue:
    """Everything reported in the groups one animates; for administrators, in every group."""
    after = request.args.get("after", 0, type=row_number)
    cases, later = queries.cases(me().id, _admin(), after)
    page = DeskPage(
        cases=cases,
        later_url=url_for(".desk", after=later) if later else None,
        first_url=url_for(".desk") if after else None,
    )
    return render_template("moderation/desk.html", page=page, reasons=REASONS)


@bp.route("/groups/<int:number>/messages/<int:message>/report", methods=["GET", "POST"])
@signed_in
def report(number: int, message: int) -> ResponseReturnValue:
    """Tell the animators that a message should not stand."""
    viewer, found = _reader(number), _message(number, message)
    form = ReportForm()
    if form.validate_on_submit():
        reason = Reason(form.reason.data)
        services.report(viewer, found, reason, form.words.data, clock.now())
        db.session.commit()
        flash(_("Thank you. The animators will look; nobody is told who reported it."), "success")
        return redirect(_address(found))
    if May.REPORT not in _seen(viewer, found).may:
        abort(404)
    page = render_template(
        "moderation/report.html",
        form=form,
        message=_seen(viewer, found),
        back_url=_address(found),
    )
    return page, 400 if form.errors else 200


@bp.route("/groups/<int:number>/messages/<int:message>/hide", methods=["GET", "POST"])
@signed_in
def hide(number: int, message: int) -> ResponseReturnValue:
    """Why it goes out of sight; its author will read these words."""
    viewer, found = _moderator(number), _message(number, message)
    form = HideForm()
    if form.validate_on_submit():
        verdict = Verdict(form.reason.data, form.remove_author.data)
        services.hide(viewer, found, verdict, clock.now())
        db.session.commit()
        flash(_("Hidden. Its author reads your reason in its place."), "success")
        return redirect(url_for(".desk"))
    if May.HIDE not in _seen(viewer, found).may:
        abort(404)
    page = render_template(
        "moderation/hide.html",
        form=form,
        message=_seen(viewer, found),
        back_url=_address(found) if viewer.belongs else url_for(".desk"),
    )
    return page, 400 if form.errors else 200


@bp.post("/groups/<int:number>/messages/<int:message>/keep")
@signed_in
def keep(number: int, message: int) -> ResponseReturnValue:
    services.keep(_moderator(number), _message(number, message), clock.now())
    db.session.commit()
    flash(_("Kept. The case is closed."), "success")
    return redirect(url_for(".desk"))


@bp.post("/groups/<int:number>/messages/<int:message>/show")
@signed_in
def show(number: int, message: int) -> ResponseReturnValue:
    viewer, found = _moderator(number), _message(number, message)
    services.show(viewer, found)
    db.session.commit()
    flash(_("Everybody in the group reads it again."), "success")
    return redirect(_address(found) if viewer.belongs else url_for(".desk"))


def _admin() -> bool:
    return me().holds(Role.ADMIN)


def _reader(number: int) -> Viewer:
    """Somebody who may read the group; for anybody else it does not exist."""
    group = groups.group_seen(me().id, number)
    if group is None or not group.may_read:
        abort(404)
    return Viewer(me().id, group.rank, _admin())


def _moderator(number: int) -> Viewer:
    """Somebody who decides in this group; for anybody else there is no such page."""
    viewer = Viewer(me().id, queries.rank(me().id, number), _admin())
    return viewer if viewer.moderates else abort(404)


def _message(number: int, message: int) -> Message:
    """The message, locked when something is about to change."""
    found = posts.locked(message) if request.method == "POST" else posts.message(message)
    return found if found and found.group_id == number else abort(404)


def _seen(viewer: Viewer, message: Message) -> MessageSeen:
    found = posts.one(viewer, message.id)
    return found if found else abort(404)


def _address(message: Message) -> str:
    return url_for(
        "community.posts.post",
        number=message.group_id,
        post=message.post_id or message.id,
        _anchor=f"message-{message.id}",
    )
