"""Who sees what of my passport."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock
from academy.database import db
from academy.passport.links import queries, rules, services
from academy.passport.links.forms import LinkForm, ShowForm
from academy.passport.links.models import PassportLink
from academy.passport.links.queries import Shown
from academy.passport.links.rules import ALL, Choice, State
from academy.people.sessions import me
from academy.web.guards import signed_in

bp = Blueprint("links", __name__, template_folder="../templates")


@dataclass(frozen=True, slots=True)
class LinkRow:
    number: int
    label: str
    code: str
    address: str
    choice: Choice
    state: State
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class LinksPage:
    issued: bool
    own_code: str
    own_url: str | None
    own: LinkRow | None
    rows: tuple[LinkRow, ...]


@bp.get("/passport/links")
@signed_in
def links() -> ResponseReturnValue:
    shown = queries.my_passport(me().id)
    choice = shown.choice if shown else ALL
    own = ShowForm(prefix="own-", formdata=None, data=_boxes(choice))
    return _page(shown, own, _blank())


@bp.post("/passport/links")
@signed_in
def open_link() -> ResponseReturnValue:
    form = LinkForm(prefix="new-")
    if not form.validate():
        shown = queries.my_passport(me().id)
        own = ShowForm(prefix="own-", formdata=None, data=_boxes(shown.choice if shown else ALL))
        return _page(shown, own, form), 400
    services.open_link(me().id, form.wanted(), clock.now())
    db.session.commit()
    flash(_("The link is ready. Copy its address below and send it."), "success")
    return redirect(url_for("links.links"))


@bp.post("/passport/links/own")
@signed_in
def choose() -> ResponseReturnValue:
    form = ShowForm(prefix="own-")
    if not form.validate():
        return _page(queries.my_passport(me().id), form, _blank()), 400
    services.choose(me().id, form.wanted(), clock.now())
    db.session.commit()
    flash(_("Whoever opens your passport’s code now sees what you chose."), "success")
    return redirect(url_for("links.links"))


@bp.post("/passport/links/own/close")
@signed_in
def close() -> ResponseReturnValue:
    services.close(me().id, clock.now())
    db.session.commit()
    flash(
        _("Your passport’s code shows nothing any more. Choose anew to open it again."), "success"
    )
    return redirect(url_for("links.links"))


@bp.post("/passport/links/<int:number>/withdraw")
@signed_in
def withdraw(number: int) -> ResponseReturnValue:
    link = queries.numbered(me().id, number) or abort(404)
    services.withdraw(link, clock.now())
    db.session.commit()
    flash(_("The link is withdrawn: nobody sees anything there any more."), "success")
    return redirect(url_for("links.links"))


def _blank() -> LinkForm:
    return LinkForm(prefix="new-", formdata=None, once=secrets.token_hex(16))


def _page(shown: Shown | None, own: ShowForm, new: LinkForm) -> str:
    now = clock.now()
    page = LinksPage(
        issued=shown is not None,
        own_code=shown.certificate.code if shown else "",
        own_url=_address(shown.certificate.code) if shown else None,
        own=_row(shown.link, now) if shown and shown.link else None,
        rows=tuple(_row(link, now) for link in queries.mine(me().id, now)),
    )
    return render_template("passport/links.html", page=page, own=own, new=new)


def _row(link: PassportLink, now: datetime) -> LinkRow:
    return LinkRow(
        number=link.id,
        label=link.label,
        code=link.code or "",
        address=_address(link.code) if link.code else "",
        choice=queries.choice_of(link),
        state=rules.state(link.ends_at, link.withdrawn_at, now),
        ends_at=link.ends_at,
    )


def _boxes(choice: Choice) -> dict[str, bool]:
    return {"entity": choice.entity, "visas": choice.visas, "awards": choice.awards}


def _address(code: str) -> str:
    public: str = current_app.config["SETTINGS"].public_url
    return public + url_for("passport.verification", code=code)
