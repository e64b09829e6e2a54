"""For people: what the API offers, and, for administrators within their reach, who may use it."""

import secrets
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, current_app, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock
from academy.api import clients, words
from academy.api.clients import Listed, Wanted
from academy.api.document import ROOT, document
from academy.api.forms import TokenForm
from academy.api.models import ApiClient
from academy.database import db
from academy.people import places
from academy.people.clients import services
from academy.people.clients.services import TokenRefused, in_a_year
from academy.people.directory import desk
from academy.people.directory.services import NoSuchEntity
from academy.people.models import Role
from academy.people.sessions import me
from academy.web.guards import only, public
from academy.web.refusals import beside

bp = Blueprint("tokens", __name__, template_folder="templates")
FIVE_MINUTES = 300


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    place: str
    required: bool


@dataclass(frozen=True, slots=True)
class Operation:
    """`asked` is how a request begins."""

    asked: str
    words: object
    scopes: tuple[str, ...]
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class ApiPage:
    address: str
    header: str
    groups: tuple[tuple[object, tuple[Operation, ...]], ...]


@dataclass(frozen=True, slots=True)
class TokensPage:
    rows: tuple[tuple[Listed, str, tuple[str, ...]], ...]  # with: its state, what it may read
    places: tuple[str, ...]
    everywhere: bool


@bp.get(f"{ROOT}/openapi.json")
@public
def openapi() -> ResponseReturnValue:
    """The document itself: it tells of operations, and of nobody."""
    answer = jsonify(document(current_app))
    answer.cache_control.max_age = FIVE_MINUTES
    answer.cache_control.public = True
    return answer


@bp.get("/api")
@public
def about() -> ResponseReturnValue:
    """The operations, for those who write a program that asks."""
    address = f"{current_app.config['SETTINGS'].public_url}{ROOT}"
    page = ApiPage(address, f"Authorization: Bearer {clients.PREFIX}…", tuple(_groups()))
    return render_template("api/about.html", page=page)


@bp.route("/api/tokens", methods=["GET", "POST"])
@only(Role.ADMIN)
def tokens() -> ResponseReturnValue:
    """Who may ask, and a form that lets one more: its token is shown once, in the answer."""
    form = TokenForm(ends_on=in_a_year(desk.today()), once=secrets.token_hex(16))
    if form.validate_on_submit():
        token = _made(form)
        if token is not None:
            return render_template("api/token.html", token=token, name=form.name.data)
    status = 400 if form.errors else 200
    return render_template("api/tokens.html", page=_page(), form=form), status


@bp.post("/api/tokens/<int:number>/revoke")
@only(Role.ADMIN)
def revoke(number: int) -> ResponseReturnValue:
    """The token opens nothing any more."""
    client = services.numbered(ApiClient, number) or abort(404)
    _require_reach(client)
    clients.revoke(client, me().id, clock.now())
    db.session.commit()
    flash(_("The token is taken back: it opens nothing any more."), "success")
    return redirect(url_for(".tokens"))


def _require_reach(client: ApiClient) -> None:
    mine = desk.my_reach()
    if not mine.everywhere and not (client.entity_id and desk.reaches(client.entity_id)):
        abort(403)


def _page() -> TokensPage:
    mine, today = desk.my_reach(), desk.today()
    near = places.below(None if mine.everywhere else mine.entities, today)
    within = None if mine.everywhere else [place.id for place in near]
    rows = tuple(
        (each, each.client.state(today), tuple(each.client.scopes))
        for each in clients.listed(within, today)
    )
    return TokensPage(rows, desk.typed(near), mine.everywhere)


def _made(form: TokenForm) -> str | None:
    """The token; None when something is to be mended, said beside its field."""
    try:
        entity_id = _entity(form)
    except (NoSuchEntity, desk.OutOfReach) as unknown:
        beside(form.place, unknown)
        return None
    wanted = Wanted(
        form.name.data, tuple(form.scopes.data), entity_id, form.ends_on.data, form.once.data
    )
    try:
        token = clients.make(wanted, me().id, desk.today(), clock.now())
    except TokenRefused as refused:
        beside(form.ends_on, refused)
        return None
    db.session.commit()
    return token


def _entity(form: TokenForm) -> int | None:
    if form.place.data:
        return desk.entity_of_mine(form.place.data, _("This entity is not within your reach.")).id
    if not desk.my_reach().everywhere:
        raise NoSuchEntity(_("You look after a part of the company: type which entity."))
    return None


def _groups() -> Any:
    """The operations of the document, under their tags."""
    found: dict[str, list[Operation]] = {tag: [] for tag in words.TAGS}
    for path, told in document(current_app)["paths"].items():
        operation = told["get"]
        shared = told.get("parameters", ())
        found[operation["tags"][0]].append(
            Operation(
                f"GET {path}",
                words.OPERATIONS[operation["operationId"]],
                tuple(operation["security"][0]["token"]),
                tuple(
                    Parameter(each["name"], each["in"], each.get("required", False))
                    for each in (*shared, *operation.get("parameters", ()))
                ),
            )
        )
    return ((words.TAGS[tag], tuple(operations)) for tag, operations in found.items())
