"""Campaigns for human resources: the list, one campaign and how far it is, writing it, moving it on."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from academy import clock
from academy.community import once
from academy.database import db
from academy.hr.campaigns import pages, queries, services, words
from academy.hr.campaigns.forms import CampaignForm, as_form
from academy.hr.campaigns.mine import views as mine
from academy.hr.campaigns.models import Campaign
from academy.hr.campaigns.queries import Within
from academy.hr.campaigns.reaching import SEES, sight, within_reach, within_sight
from academy.hr.campaigns.rules import Move, State, population
from academy.hr.campaigns.services import Plan
from academy.mentoring.board.summing import table
from academy.people import audit
from academy.people.directory import desk
from academy.people.sessions import me
from academy.web.guards import only
from academy.web.incoming import row_number
from academy.web.words import language

bp = Blueprint("campaigns", __name__, template_folder="templates")
bp.register_blueprint(mine.bp)


@bp.get("/hr/campaigns")
@only(*SEES)
def campaigns() -> ResponseReturnValue:
    before = request.args.get("before", type=row_number)
    near = sight()
    found, older = queries.seen_from(near.near, near.under, before)
    return render_template(
        "campaigns/campaigns.html",
        campaigns=found,
        words=words,
        older_url=url_for(".campaigns", before=older) if older else None,
        newer_url=url_for(".campaigns") if before else None,
    )


@bp.route("/hr/campaigns/new", methods=["GET", "POST"])
@only(*SEES)
def new() -> ResponseReturnValue:
    form = CampaignForm(queries.offered())
    plan = _plan(form)
    if plan is None:
        return _written(form, None, 400 if form.is_submitted() else 200)
    mark = once.mark(form.token.data or "", str(me().id))
    number = services.create(plan, mark, me().id, clock.now())
    db.session.commit()
    flash(_("The draft is kept. Read it as your colleagues will, then announce it."), "success")
    return _to_campaign(number)


@bp.get("/hr/campaigns/<int:number>")
@only(*SEES)
def campaign(number: int) -> ResponseReturnValue:
    """How far it is: of a mandatory one with names, of any other figures of groups."""
    found, entities, mine = within_sight(number)
    after = request.args.get("after", type=row_number)
    asked = pages.Asked(_state(), after, mine, desk.my_reach(*SEES), desk.today())
    return render_template(
        "campaigns/campaign.html", page=pages.campaign(found, entities, asked), words=words
    )


@bp.post("/hr/campaigns/<int:number>/people.csv")
@only(*SEES)
def export(number: int) -> ResponseReturnValue:
    """The names of a mandatory campaign, of my people alone; written to the audit log."""
    found, _entities, mine = within_sight(number)
    if not pages.tells_names(found):
        abort(404)
    people, _next = queries.standings(number, Within(mine.under, _state(), desk.today()), most=None)
    audit.record(me().id, audit.Act.CAMPAIGN_EXPORTED, f"campaign:{number}", clock.now())
    db.session.commit()
    head = [str(column) for column in words.COLUMNS]
    file = table(head, (pages.row(each) for each in people), ";" if language() == "fr" else ",")
    name = f"campaign-{number}.csv"
    return Response(
        file,
        mimetype="text/csv",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@bp.route("/hr/campaigns/<int:number>/edit", methods=["GET", "POST"])
@only(*SEES)
def edit(number: int) -> ResponseReturnValue:
    """A draft; what was announced stays as people were told."""
    found, entities = within_reach(number)
    if found.state != State.DRAFT:
        abort(404)
    names = queries.names(entities)
    whom = population(found.population, entities)
    data = as_form(found, whom, [names[each] for each in entities])
    form = CampaignForm(queries.offered(), data=data)
    plan = _plan(form)
    if plan is None:
        return _written(form, found, 400 if form.is_submitted() else 200)
    services.change(number, form.written(), plan, me().id, clock.now())
    db.session.commit()
    flash(_("The draft is changed."), "success")
    return _to_campaign(number)


@bp.post("/hr/campaigns/<int:number>/discard")
@only(*SEES)
def discard(number: int) -> ResponseReturnValue:
    """Throw a draft away; the form carries the version that was read."""
    within_reach(number)
    services.discard(number, _read(), me().id, clock.now())
    db.session.commit()
    flash(_("The draft is gone."), "success")
    return redirect(url_for(".campaigns"))


@bp.post("/hr/campaigns/<int:number>/<string:how>")
@only(*SEES)
def move(number: int, how: str) -> ResponseReturnValue:
    """Announce it, end it, withdraw it."""
    within_reach(number)
    if how not in list(Move):
        abort(404)
    after = services.move(number, _read(), Move(how), me().id, clock.now(), desk.today())
    db.session.commit()
    flash(str(words.MOVED[after]), "success")
    return _to_campaign(number)


def _plan(form: CampaignForm) -> Plan | None:
    """What was written, once all of it is right; the form says what is not."""
    whom = form.population() if form.is_submitted() else None
    return Plan(form.columns(), whom) if whom is not None else None


def _written(form: CampaignForm, found: Campaign | None, status: int) -> ResponseReturnValue:
    page = render_template(
        "campaigns/write.html", form=form, campaign=found, near=desk.suggested(*SEES)
    )
    return page, status


def _state() -> str:
    wanted = request.values.get("state", "")
    return wanted if wanted in words.STANDING else ""


def _read() -> int:
    return request.form.get("version", default=0, type=int)


def _to_campaign(number: int) -> Response:
    return redirect(url_for("campaigns.campaign", number=number))
