"""Lending a role to a colleague for a while, and taking it back."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock
from academy.database import db
from academy.people.calendar import Span
from academy.people.directory import queries as directory
from academy.people.directory.queries import Search
from academy.people.models import Person, RoleGrant
from academy.people.roles import queries, services
from academy.people.roles.forms import LoanForm
from academy.people.roles.queries import Held
from academy.people.roles.services import RoleRefused
from academy.people.sessions import me
from academy.people.words import role_name
from academy.web.guards import signed_in
from academy.web.incoming import asked
from academy.web.refusals import beside

bp = Blueprint("roles", __name__, template_folder="templates")
bp.add_app_template_filter(role_name, "role")


@dataclass(frozen=True, slots=True)
class DelegationsPage:
    lendable: tuple[Held, ...]
    given: tuple[Held, ...]
    received: tuple[Held, ...]


@dataclass(frozen=True, slots=True)
class LendPage:
    held: Held
    typed: str
    too_short: bool
    found: Search
    chosen: int | None


@bp.get("/delegations")
@signed_in
def delegations() -> ResponseReturnValue:
    """What I may lend, what I have lent, what is lent to me."""
    held = queries.held_by(me().id, _today())
    page = DelegationsPage(
        lendable=tuple(each for each in held if _is_lendable(each)),
        given=tuple(queries.lent_by(me().id, _today())),
        received=tuple(each for each in held if each.delegated),
    )
    return render_template("roles/delegations.html", page=page)


@bp.route("/delegations/<int:number>", methods=["GET", "POST"])
@signed_in
def lend(number: int) -> ResponseReturnValue:
    """Find a colleague, choose the days."""
    held = next((each for each in queries.held_by(me().id, _today()) if each.id == number), None)
    if held is None or not _is_lendable(held):
        abort(404)
    form = LoanForm()
    if form.validate_on_submit() and _lent(number, form):
        flash(_("It is lent, and your colleague is told."), "success")
        return redirect(url_for(".delegations"))
    typed = asked("q")
    page = LendPage(
        held=held,
        typed=typed,
        too_short=bool(typed) and not directory.is_enough(typed),
        found=_colleagues(typed),
        chosen=form.colleague.data,
    )
    return render_template("roles/lend.html", page=page, form=form), 400 if form.errors else 200


@bp.post("/delegations/<int:number>/revoke")
@signed_in
def revoke(number: int) -> ResponseReturnValue:
    """Take back what I lent; what was taken back already stays so."""
    grant = queries.grant_numbered(number)
    if grant is not None and not (grant.delegated and grant.granted_by == me().id):
        abort(404)
    if grant is not None:
        services.revoke(grant, me().id, clock.now())
        db.session.commit()
    flash(_("Taken back: from now on you alone hold this role."), "success")
    return redirect(url_for(".delegations"))


def _today() -> date:
    return clock.day_in(me().zone, clock.now())


def _is_lendable(held: Held) -> bool:
    return not held.delegated and held.role in services.LENDABLE and held.starts_on <= _today()


def _colleagues(typed: str) -> Search:
    found = directory.search(typed, _today())
    return Search(tuple(each for each in found.people if each.id != me().id), found.more)


def _lent(number: int, form: LoanForm) -> bool:
    mine: RoleGrant | None = queries.grant_numbered(number)
    colleague = db.session.get(Person, form.colleague.data)
    if mine is None or colleague is None:
        form.colleague.errors = [_("Choose a colleague.")]
        return False
    days = Span(form.first.data, form.last.data)
    try:
        services.lend(mine, colleague, days, _today(), clock.now())
    except RoleRefused as refused:
        beside(form.last, refused)
        return False
    db.session.commit()
    return True
