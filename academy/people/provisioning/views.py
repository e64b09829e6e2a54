"""For administrators of the whole company: connected directories, their words, their groups."""

import secrets
from dataclasses import dataclass

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock
from academy.database import db
from academy.people import places
from academy.people.clients.services import in_a_year
from academy.people.directory import desk
from academy.people.directory.services import NoSuchEntity, entity_named
from academy.people.models import Entity, Role
from academy.people.provisioning import clients, tying, words
from academy.people.provisioning.clients import TokenRefused, Wanted
from academy.people.provisioning.forms import ConnectForm, TieForm, WordForm
from academy.people.provisioning.models import DirectoryClient
from academy.people.provisioning.tying import GroupTooLarge, Listed
from academy.people.provisioning.words import Explained, Unknown
from academy.people.sessions import me
from academy.people.words import job_name, role_name
from academy.web.guards import only
from academy.web.refusals import beside

bp = Blueprint("provisioning", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class ClientRow:
    client: DirectoryClient
    state: str  # live, over, revoked
    may: str


@dataclass(frozen=True, slots=True)
class DirectoriesPage:
    rows: tuple[ClientRow, ...]
    address: str


@dataclass(frozen=True, slots=True)
class WordsPage:
    unknown: tuple[Unknown, ...]
    explained: tuple[tuple[Explained, str], ...]  # with: what it means, in words
    places: tuple[str, ...]


@bp.route("/directories", methods=["GET", "POST"])
@only(Role.ADMIN)
def directories() -> ResponseReturnValue:
    """Who may speak, and a form that lets one more in: its token is shown once, in the answer."""
    desk.require_the_whole_company()
    form = ConnectForm(ends_on=in_a_year(desk.today()), once=secrets.token_hex(16))
    if form.validate_on_submit():
        token = _connected(form)
        if token is not None:
            return render_template(
                "provisioning/token.html", token=token, name=form.name.data, address=_address()
            )
    page = DirectoriesPage(tuple(_row(client) for client in clients.listed()), _address())
    status = 400 if form.errors else 200
    return render_template("provisioning/directories.html", page=page, form=form), status


@bp.post("/directories/<int:number>/disconnect")
@only(Role.ADMIN)
def disconnect(number: int) -> ResponseReturnValue:
    """The token opens nothing any more."""
    desk.require_the_whole_company()
    clients.disconnect(clients.numbered(number) or abort(404), me().id, clock.now())
    db.session.commit()
    flash(_("The directory is disconnected. The accounts stay as they are."), "success")
    return redirect(url_for(".directories"))


@bp.route("/directories/words", methods=["GET", "POST"])
@only(Role.ADMIN)
def meanings() -> ResponseReturnValue:
    """Departments and titles that mean nothing yet, and what the others mean."""
    desk.require_the_whole_company()
    form = WordForm(word=request.args.get("word", "")[:120])
    if form.validate_on_submit() and _explained(form):
        flash(_("Kept. People who waited for it get their place within a minute."), "success")
        return redirect(url_for(".meanings"))
    near = desk.typed(places.below(None, desk.today()))
    said = tuple((word, word.entity or job_name(word.job_family)) for word in words.explained())
    page = WordsPage(words.unknown(), said, near)
    status = 400 if form.errors else 200
    return render_template("provisioning/words.html", page=page, form=form), status


@bp.post("/directories/words/<int:number>/forget")
@only(Role.ADMIN)
def forget(number: int) -> ResponseReturnValue:
    desk.require_the_whole_company()
    words.forget(number, me().id, clock.now())
    db.session.commit()
    flash(_("Forgotten. Whoever has a place by it keeps it."), "success")
    return redirect(url_for(".meanings"))


@bp.get("/directories/groups")
@only(Role.ADMIN)
def groups() -> ResponseReturnValue:
    desk.require_the_whole_company()
    rows = tuple((group, _tie_form(group)) for group in tying.listed())
    return render_template("provisioning/groups.html", rows=rows)


@bp.post("/directories/groups/<int:number>/role")
@only(Role.ADMIN)
def tie(number: int) -> ResponseReturnValue:
    """The members of a group hold a role from now on, or none."""
    desk.require_the_whole_company()
    group, form = tying.numbered(number) or abort(404), TieForm(formdata=request.form)
    if not form.validate():
        abort(400)
    role = Role(form.role.data) if form.role.data else None
    try:
        tying.tie(group, role, me().id, clock.now())
    except GroupTooLarge as refused:
        db.session.rollback()
        flash(str(refused.words), "error")
        return redirect(url_for(".groups"))
    db.session.commit()
    if role is None:
        flash(_("No role comes with this group any more."), "success")
    else:
        flash(_("Its members hold this role now: %(role)s.", role=role_name(role)), "success")
    return redirect(url_for(".groups"))


def _connected(form: ConnectForm) -> str | None:
    """The token; None when something is to be mended, said beside its field."""
    wanted = Wanted(
        form.name.data, form.people.data, form.groups.data, form.ends_on.data, form.once.data
    )
    try:
        token = clients.connect(wanted, me().id, desk.today(), clock.now())
    except TokenRefused as refused:
        beside(form.ends_on, refused)
        return None
    db.session.commit()
    return token


def _explained(form: WordForm) -> bool:
    meaning = _meaning(form)
    if meaning is None:
        return False
    words.explain(form.word.data, meaning, me().id, clock.now())
    db.session.commit()
    return True


def _meaning(form: WordForm) -> Entity | str | None:
    """An entity or a trade, one of the two."""
    if bool(form.place.data) == bool(form.job.data):
        form.place.errors = [_("Type an entity, or choose a trade below: one of the two.")]
        return None
    if form.job.data:
        return str(form.job.data)
    try:
        return entity_named(form.place.data)
    except NoSuchEntity as unknown:
        beside(form.place, unknown)
        return None


def _row(client: DirectoryClient) -> ClientRow:
    may = [
        *([_("accounts")] if client.writes_people else ()),
        *([_("groups")] if client.writes_groups else ()),
    ]
    return ClientRow(
        client,
        client.state(desk.today()),
        _("writes %(what)s", what=", ".join(may)) if may else _("reads only"),
    )


def _tie_form(group: Listed) -> TieForm:
    form = TieForm(formdata=None, role=group.role)
    form.role.id = f"role-{group.id}"
    return form


def _address() -> str:
    return f"{current_app.config['SETTINGS'].public_url}{url_for('scim.speak', path='')}"
