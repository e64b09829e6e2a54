"""The keeper's pages: gifts, one gift to write, budgets, the report."""

import csv
import io
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock
from academy.database import db
from academy.people import places
from academy.people.directory import desk as reaching
from academy.people.directory.services import NoSuchEntity
from academy.people.sessions import me
from academy.rewards.shop import queries as shop
from academy.rewards.shop import words
from academy.rewards.shop.keeping import queries, services
from academy.rewards.shop.keeping.forms import BudgetForm, GiftForm
from academy.rewards.shop.keeping.queries import Report
from academy.rewards.shop.keeping.services import Plan
from academy.rewards.shop.models import Gift
from academy.rewards.shop.rules import KEEPS
from academy.web.guards import only
from academy.web.incoming import row_number
from academy.web.words import language

bp = Blueprint("keeping", __name__)

FIRST_YEAR, LAST_YEAR = 2000, 2999
FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@bp.get("/shop/keeping")
@only(*KEEPS)
def gifts() -> ResponseReturnValue:
    before = request.args.get("before", type=row_number)
    found, older = queries.gifts(reaching.my_reach(*KEEPS), before, reaching.today())
    return render_template(
        "shop/gifts.html",
        gifts=found,
        words=words,
        older_url=url_for(".gifts", before=older) if older else None,
        newer_url=url_for(".gifts") if before else None,
    )


@bp.route("/shop/keeping/new", methods=["GET", "POST"])
@only(*KEEPS)
def new() -> ResponseReturnValue:
    form = GiftForm(opens_on=reaching.today())
    plan = _plan(form)
    if plan is None:
        return _written(form, None, 400 if form.is_submitted() else 200)
    services.create(plan, form.once.data or "", me().id, clock.now())
    db.session.commit()
    flash(_("The gift is kept."), "success")
    return redirect(url_for(".gifts"))


@bp.route("/shop/keeping/<int:number>", methods=["GET", "POST"])
@only(*KEEPS)
def edit(number: int) -> ResponseReturnValue:
    """What has been ordered keeps the price of its day."""
    found, place = _within_reach(number)
    form = GiftForm(data=_as_form(found, place))
    plan = _plan(form)
    if plan is None:
        return _written(form, found, 400 if form.is_submitted() else 200)
    try:
        services.change(number, form.written(), plan, me().id, clock.now())
    except services.AlreadyTaken as no:
        db.session.rollback()
        form.stock.errors = [no.words]
        return _written(form, found, 409)
    db.session.commit()
    flash(_("The gift is kept."), "success")
    return redirect(url_for(".gifts"))


@bp.route("/shop/keeping/budgets", methods=["GET", "POST"])
@only(*KEEPS)
def budgets() -> ResponseReturnValue:
    """What gifts may cost each entity this year; without a budget nothing is counted."""
    form, year = BudgetForm(), reaching.today().year
    status = 400 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            yours = _("You do not keep the shop there.")
            entity = reaching.entity_of_mine(form.place.data, yours, *KEEPS)
            services.set_budget(entity.id, year, form.amount.data, me().id, clock.now())
        except (NoSuchEntity, reaching.OutOfReach) as no:
            form.place.errors = [no.words]
        except services.AlreadySpent as no:
            db.session.rollback()
            form.amount.errors = [no.words]
        else:
            db.session.commit()
            flash(_("The budget is set."), "success")
            return redirect(url_for(".budgets"))
    page = render_template(
        "shop/budgets.html",
        form=form,
        year=year,
        budgets=queries.budgets(reaching.my_reach(*KEEPS), year, reaching.today()),
        near=reaching.suggested(*KEEPS),
    )
    return page, status


@bp.get("/shop/report")
@only(*KEEPS)
def report() -> ResponseReturnValue:
    return render_template(
        "shop/report.html", report=_report(), this_year=reaching.today().year, words=words
    )


@bp.get("/shop/report.csv")
@only(*KEEPS)
def report_file() -> ResponseReturnValue:
    """The same table for a spreadsheet."""
    found, out = _report(), io.StringIO()
    lines = csv.writer(out)
    head = (_("Gift"), _("Site"), _("People"), _("Orders"), _("Handed over"), _("Given back"))
    lines.writerow((*head, _("Paid"), _("In")))
    for row in found.rows:
        cell, place = row.cell, row.place or _("Elsewhere, together")
        figures = (cell.people, cell.orders, cell.handed, cell.given_back, cell.spent)
        name = row.gift.name.said(language())
        lines.writerow((_inert(name), _inert(place), *figures, row.gift.currency))
    response = Response("\ufeff" + out.getvalue(), mimetype="text/csv")
    response.headers["Content-Disposition"] = f"attachment; filename=gifts-{found.year}.csv"
    return response


def _report() -> Report:
    today = reaching.today()
    year = request.args.get("year", default=today.year, type=int)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        abort(404)
    return queries.report(reaching.my_reach(*KEEPS), year, today)


def _inert(text: str) -> str:
    """No spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(FORMULAS) else text


def _written(form: GiftForm, gift: Gift | None, status: int) -> ResponseReturnValue:
    page = render_template("shop/write.html", form=form, gift=gift, near=reaching.suggested(*KEEPS))
    return page, status


def _plan(form: GiftForm) -> Plan | None:
    """The gift as it was typed in; None when nothing was sent, or the form says what is wrong."""
    if not form.is_submitted():
        return None
    right = form.accepted()
    try:
        plan = {**form.plan(), "entity_id": _entity(form.place.data)}
    except (NoSuchEntity, reaching.OutOfReach) as no:
        form.place.errors = [no.words]
        return None
    return plan if right else None


def _entity(typed: str | None) -> int | None:
    """The entity typed in, None for the whole company. Raises NoSuchEntity, OutOfReach."""
    if typed:
        yours = _("You do not keep the shop there.")
        return reaching.entity_of_mine(typed, yours, *KEEPS).id
    if not reaching.my_reach(*KEEPS).everywhere:
        raise reaching.OutOfReach(_("You keep the shop of an entity: type which one."), 403)
    return None


def _within_reach(number: int) -> tuple[Gift, str | None]:
    """The gift, and what to type for its entity, if my word goes that far."""
    found = shop.gift(number) or abort(404)
    above = places.above(found.entity_id, reaching.today()) if found.entity_id else ()
    if not reaching.my_reach(*KEEPS).holds(place.id for place in above):
        abort(404)
    return found, above[0].key if above else None


def _as_form(gift: Gift, place: str | None) -> dict[str, Any]:
    columns = {column.name: getattr(gift, column.name) for column in Gift.__table__.c}
    return {**columns, "version": str(gift.version), "place": place or ""}
