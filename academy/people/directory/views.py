"""Find somebody; for administrators, grant and take back roles, close and reopen accounts."""

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from academy import clock
from academy.database import db
from academy.people.accounts.queries import Profile
from academy.people.directory import desk, queries, services
from academy.people.directory.desk import STAFF, my_reach, today
from academy.people.directory.forms import ELSEWHERE, EVERYWHERE, GrantForm
from academy.people.directory.queries import Search
from academy.people.factor import services as factor
from academy.people.models import Entity, EntityKind, Person, Role
from academy.people.roles import queries as roles
from academy.people.roles import services as granting
from academy.people.roles.queries import Held
from academy.people.sessions import me
from academy.people.words import job_name
from academy.people.workdays import queries as workdays
from academy.people.workdays.words import weekdays
from academy.post.composing import address
from academy.refusal import Refusal
from academy.web.guards import only
from academy.web.incoming import asked
from academy.web.refusals import beside

bp = Blueprint("directory", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """What concerns the whole company is for its administrators, not for those of a part of it.

    `administers` is true for both.
    """

    typed: str
    too_short: bool
    found: Search
    whole_company: bool
    administers: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    """Roles and the account are for administrators; HR sees the person at work."""

    profile: Profile
    job: str
    weekdays: str
    administers: bool
    roles: tuple[tuple[Held, bool], ...]  # with: may it be taken back here?


@bp.get("/people")
@only(*STAFF)
def people() -> ResponseReturnValue:
    typed = asked("q")
    page = PeoplePage(
        typed=typed,
        too_short=bool(typed) and not queries.is_enough(typed),
        found=queries.search(typed, today(), closed=True),
        whole_company=my_reach().everywhere,
        administers=bool(my_reach().everywhere or my_reach().entities),
    )
    return render_template("directory/people.html", page=page)


@bp.route("/people/<int:number>", methods=["GET", "POST"])
@only(*STAFF)
def person(number: int) -> ResponseReturnValue:
    """Somebody at work; for administrators their account and roles, and a form that grants one more."""
    profile = desk.within_reach(number, *STAFF)
    administers = my_reach().holds(place.id for place in profile.places)
    if request.method == "POST" and not administers:
        abort(403)
    form = _grant_form(profile)
    if form.validate_on_submit() and _granted(profile, form):
        flash(_("The role is granted."), "success")
        return redirect(url_for(".person", number=number))
    page = _person_page(profile, administers)
    return render_template(
        "directory/person.html", page=page, form=form
    ), 400 if form.errors else 200


def _person_page(profile: Profile, administers: bool) -> PersonPage:
    mine = my_reach()
    near = mine.part_of([place.id for place in profile.places])
    held = roles.held_by(profile.id, today()) if administers else []
    return PersonPage(
        profile=profile,
        job=job_name(profile.job_family),
        weekdays=weekdays(workdays.pattern_on(profile.id, today())),
        administers=administers,
        roles=tuple((each, mine.everywhere or each.entity_id in near) for each in held),
    )


@bp.post("/people/<int:number>/roles/<int:grant>/revoke")
@only(Role.ADMIN)
def revoke(number: int, grant: int) -> ResponseReturnValue:
    """Take a role back; what was taken back already stays so."""
    desk.within_reach(number)
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
    token = services.close_account(_account(number), me().id, clock.now())
    db.session.commit()
    flash(_("The account is closed, and its sessions with it."), "success")
    if token:
        flash(
            _(
                "This link opens what they earned, without signing in. They have it by mail; copy it if they "
                "cannot read that any more, for it is shown this once: %(address)s",
                address=address("farewell.page", token=token),
            ),
            "message",
        )
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


@bp.post("/people/<int:number>/second-factor/remove")
@only(Role.ADMIN)
def remove_factor(number: int) -> ResponseReturnValue:
    """For somebody who lost their phone and their recovery codes; asked twice, it has happened once."""
    factor.remove(_account(number).id, me().id, clock.now())
    db.session.commit()
    flash(_("Their second factor is taken off, and they are told by mail."), "success")
    return redirect(url_for(".person", number=number))


def _account(number: int) -> Person:
    """The account to act on."""
    desk.require_power_over(desk.within_reach(number))
    return db.session.get_one(Person, number)


def _may_grant_in(entity_id: int | None) -> bool:
    return my_reach().everywhere if entity_id is None else desk.reaches(entity_id)


def _grant_form(profile: Profile) -> GrantForm:
    form, mine = GrantForm(first=today()), my_reach()
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
        beside(form.other, unknown)
        return False
    except Refusal as refused:
        beside(form.last, refused)
        return False
    db.session.commit()
    return True


def _entity(form: GrantForm) -> Entity | None:
    if form.place.data == EVERYWHERE:
        return None
    if form.place.data == ELSEWHERE:
        return services.entity_named(form.other.data)
    return db.session.get_one(Entity, int(form.place.data))
