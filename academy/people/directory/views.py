"""For administrators: find somebody, grant and take back roles, close and reopen accounts."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from academy import clock
from academy.database import db
from academy.people import places
from academy.people.accounts import queries as accounts
from academy.people.accounts.queries import Profile
from academy.people.directory import queries, services
from academy.people.directory.forms import ELSEWHERE, EVERYWHERE, GrantForm
from academy.people.directory.queries import Search
from academy.people.directory.reach import reach
from academy.people.models import Entity, EntityKind, Person, Role
from academy.people.roles import queries as roles
from academy.people.roles import services as granting
from academy.people.roles.queries import Held
from academy.people.sessions import me
from academy.people.words import job_name
from academy.refusal import Refusal
from academy.web.guards import only
from academy.web.incoming import asked

bp = Blueprint("directory", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class PeoplePage:
    typed: str
    too_short: bool
    found: Search


@dataclass(frozen=True, slots=True)
class PersonPage:
    profile: Profile
    job: str
    roles: tuple[tuple[Held, bool], ...]  # with: may it be taken back here?


@bp.get("/people")
@only(Role.ADMIN)
def people() -> ResponseReturnValue:
    typed = asked("q")
    page = PeoplePage(
        typed=typed,
        too_short=bool(typed) and not queries.is_enough(typed),
        found=queries.search(typed, _today(), closed=True),
    )
    return render_template("directory/people.html", page=page)


@bp.route("/people/<int:number>", methods=["GET", "POST"])
@only(Role.ADMIN)
def person(number: int) -> ResponseReturnValue:
    """Somebody's account and roles; the form grants one more."""
    profile = _within_reach(number)
    form = _grant_form(profile)
    if form.validate_on_submit() and _granted(profile, form):
        flash(_("The role is granted."), "success")
        return redirect(url_for(".person", number=number))
    held, mine = roles.held_by(number, _today()), reach(me().roles)
    near = mine.part_of([place.id for place in profile.places])
    page = PersonPage(
        profile=profile,
        job=job_name(profile.job_family),
        roles=tuple((each, mine.everywhere or each.entity_id in near) for each in held),
    )
    return render_template(
        "directory/person.html", page=page, form=form
    ), 400 if form.errors else 200


@bp.post("/people/<int:number>/roles/<int:grant>/revoke")
@only(Role.ADMIN)
def revoke(number: int, grant: int) -> ResponseReturnValue:
    """Take a role back; what was taken back already stays so."""
    _within_reach(number)
    found = roles.grant_numbered(grant)
    if found is not None and (found.person_id != number or not _may_grant_in(found.entity_id)):
        abort(404)
    if found is not None:
        granting.revoke(found, me().id, clock.now())
        db.session.commit()
    flash(_("The role is taken back."), "success")
    return redirect(url_for(".person", number=number))


@bp.post("/people/<int:number>/close")
@only(Role.ADMIN)
def close(number: int) -> ResponseReturnValue:
    services.close_account(_account(number), me().id, clock.now())
    db.session.commit()
    flash(_("The account is closed, and its sessions with it."), "success")
    return redirect(url_for(".person", number=number))


@bp.post("/people/<int:number>/reopen")
@only(Role.ADMIN)
def reopen(number: int) -> ResponseReturnValue:
    services.reopen_account(_account(number), me().id, clock.now())
    db.session.commit()
    flash(_("The account is open again."), "success")
    return redirect(url_for(".person", number=number))


@bp.post("/people/<int:number>/link")
@only(Role.ADMIN)
def link(number: int) -> ResponseReturnValue:
    sent = services.send_link(_account(number), me().id, clock.now())
    db.session.commit()
    if sent:
        flash(_("A link to choose a password is on its way."), "success")
    else:
        flash(_("This account is closed: open it first."), "error")
    return redirect(url_for(".person", number=number))


def _today() -> date:
    return clock.day_in(me().zone, clock.now())


def _within_reach(number: int) -> Profile:
    """The person, if the administrator's word goes that far."""
    profile = accounts.profile(number, _today()) or abort(404)
    if not reach(me().roles).holds(place.id for place in profile.places):
        abort(403)
    return profile


def _account(number: int) -> Person:
    """The account to act on: only who reaches everywhere touches those who do too."""
    _within_reach(number)
    if not reach(me().roles).everywhere and roles.keeps_the_keys(number, _today()):
        abort(403)
    return db.session.get_one(Person, number)


def _may_grant_in(entity_id: int | None) -> bool:
    mine = reach(me().roles)
    if entity_id is None or mine.everywhere:
        return mine.everywhere
    return mine.holds(place.id for place in places.above(entity_id, _today()))


def _grant_form(profile: Profile) -> GrantForm:
    form, mine = GrantForm(first=_today()), reach(me().roles)
    near = mine.part_of([place.id for place in profile.places])
    company = [SelectChoice(EVERYWHERE, _("In the whole company"))]
    form.place.choices = [
        *(company if mine.everywhere else ()),
        *(
            SelectChoice(str(place.id), place.name)
            for place in profile.places
            if place.id in near and place.kind != EntityKind.COMPANY
        ),
        SelectChoice(ELSEWHERE, _("Another entity, written below")),
    ]
    return form


def _granted(profile: Profile, form: GrantForm) -> bool:
    person = db.session.get_one(Person, profile.id)
    try:
        entity = _entity(form)
        if not _may_grant_in(entity.id if entity else None):
            abort(403)
        days = (form.first.data, form.last.data)
        granting.grant(person, Role(form.role.data), entity, days, me().id, clock.now())
    except services.NoSuchEntity as unknown:
        db.session.rollback()
        form.other.errors = [str(unknown.words)]
        return False
    except Refusal as refused:
        db.session.rollback()
        form.last.errors = [str(refused.words)]
        return False
    db.session.commit()
    return True


def _entity(form: GrantForm) -> Entity | None:
    if form.place.data == EVERYWHERE:
        return None
    if form.place.data == ELSEWHERE:
        return services.entity_named(form.other.data)
    return db.session.get_one(Entity, int(form.place.data))
