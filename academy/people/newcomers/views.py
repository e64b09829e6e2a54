"""For administrators, and for HR within their entities: open an account, send its invitation again."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock
from academy.database import db
from academy.people.accounts import queries as accounts
from academy.people.directory import desk
from academy.people.directory.desk import STAFF
from academy.people.directory.services import NoSuchEntity
from academy.people.models import Entity, Person
from academy.people.newcomers import services
from academy.people.newcomers.forms import ANOTHER, NewcomerForm
from academy.people.newcomers.services import AccountKnown, DayRefused, Opening
from academy.people.sessions import me
from academy.web.guards import only
from academy.web.refusals import beside
from academy.web.words import language

bp = Blueprint("newcomers", __name__, template_folder="templates")


@bp.route("/people/new", methods=["GET", "POST"])
@only(*STAFF)
def open_account() -> ResponseReturnValue:
    form = NewcomerForm(joined_on=desk.today(), language=language())
    if form.validate_on_submit():
        number = _opened(form)
        if number is not None:
            flash(_("The account is open, and the invitation on its way."), "success")
            return redirect(url_for("directory.person", number=number))
    places = desk.suggested(*STAFF)
    status = 400 if form.errors else 200
    return render_template("newcomers/open.html", form=form, places=places), status


@bp.post("/people/<int:number>/invite")
@only(*STAFF)
def invite(number: int) -> ResponseReturnValue:
    desk.within_reach(number, *STAFF)
    person = db.session.get_one(Person, number)
    sent = services.invite_again(person, me().id, clock.now())
    db.session.commit()
    if sent:
        flash(_("The invitation is on its way again."), "success")
    else:
        flash(_("This account has a password already, or is closed: nothing was sent."), "error")
    return redirect(url_for("directory.person", number=number))


def _opened(form: NewcomerForm) -> int | None:
    """The number of the account; None when something is to be mended, said beside its field."""
    entity, manager = _entity(form), _manager(form)
    if entity is None or form.manager.errors:
        return None
    try:
        number = services.open_account(
            _opening(form, entity, manager), me().id, desk.today(), clock.now()
        )
    except AccountKnown as refused:
        beside(form.email, refused)
        return None
    except DayRefused as refused:
        beside(form.joined_on, refused)
        return None
    db.session.commit()
    return number


def _opening(form: NewcomerForm, entity: Entity, manager: Person | None) -> Opening:
    return Opening(
        email=form.email.data,
        given_name=form.given_name.data,
        family_name=form.family_name.data,
        entity=entity,
        job_family=_trade(form),
        joined_on=form.joined_on.data,
        language=form.language.data,
        zone=form.zone.data or None,
        manager=manager,
    )


def _trade(form: NewcomerForm) -> str:
    chosen: str = form.other_job.data if form.job.data == ANOTHER else form.job.data
    return chosen


def _entity(form: NewcomerForm) -> Entity | None:
    refusal = _("You open accounts in your own entities only. Ask an administrator for this one.")
    try:
        return desk.entity_of_mine(form.place.data, refusal, *STAFF)
    except (NoSuchEntity, desk.OutOfReach) as refused:
        beside(form.place, refused)
        return None


def _manager(form: NewcomerForm) -> Person | None:
    if not form.manager.data:
        return None
    found = accounts.keys_at(form.manager.data)
    if found is None or found.email == form.email.data:
        form.manager.errors = [_("Nobody else has an open account at this address.")]
        return None
    return db.session.get_one(Person, found.person_id)
