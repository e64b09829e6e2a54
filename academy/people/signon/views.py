"""Signing in with the company's account, signing out there too, and letting an identity go."""

import logging
import re
from importlib import import_module
from typing import Any

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    g,
    redirect,
    render_template,
    request,
    url_for,
)
from flask import session as browser
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from academy import clock, database, logs
from academy.database import db
from academy.people.accounts import queries as accounts
from academy.people.sessions import CAME_FROM, enter, me
from academy.people.signon import doors, services, waiting
from academy.people.signon.rules import Account
from academy.people.signon.troubles import SignOnRefused, Trouble
from academy.people.signon.words import label, told
from academy.providers import Provider
from academy.web.guards import even_waiting, public, safe_next, signed_in

bp = Blueprint("signon", __name__, template_folder="templates")
log = logging.getLogger(__name__)

BUSY = frozenset({"server_error", "temporarily_unavailable"})
CODE = re.compile(r"[a-z_]{1,40}")


@bp.get("/sign-in/with/<string:provider>")
@public
def begin(provider: str) -> ResponseReturnValue:
    """Off to the provider; a link, so that its own pages may lead on to others."""
    chosen = _provider(provider)
    target = safe_next(request.args.get("next"), url_for("home.home"))
    if current_user.is_authenticated:
        return redirect(target)
    try:
        address, begun = _flow().begin(chosen, _back(chosen), target, clock.now())
    except SignOnRefused as refused:
        return _refused(chosen, refused)
    waiting.keep(browser, begun)
    return redirect(address)


@bp.get("/sign-in/back/<string:provider>")
@public
def come_back(provider: str) -> ResponseReturnValue:
    """Back from the provider, with a code that is good once. A repeat finds the person already in."""
    chosen = _provider(provider)
    begun = waiting.take(browser, chosen.key, request.args.get("state", ""))
    if begun is None and current_user.is_authenticated:
        return redirect(url_for("home.home"))
    try:
        account = _entered(chosen, begun)
    except SignOnRefused as refused:
        return _refused(chosen, refused)
    enter(account.person_id, account.epoch, remember=False)
    logs.event(
        "signed in", clock.now(), how="provider", provider=chosen.key, person=account.person_id
    )
    waiting.forget(browser)
    if _flow().signs_out(chosen, clock.now()):
        browser[CAME_FROM] = chosen.key
    return redirect(safe_next(begun.target if begun else None, url_for("home.home")))


@bp.get("/sign-out/<string:provider>")
@public
def sign_out_there(provider: str) -> ResponseReturnValue:
    """To where one signs out at the provider, if it has such a page. Nobody is signed out here by it."""
    chosen = _provider(provider)
    try:
        back = f"{_public()}{url_for('people.sign_in')}"
        address = _flow().sign_out_address(chosen, back, clock.now())
    except SignOnRefused as refused:
        return _refused(chosen, refused)
    if address is None:
        flash(
            _("%(provider)s has no page for that: close your browser.", provider=label(chosen)),
            "message",
        )
        return redirect(url_for("people.sign_in"))
    return redirect(address)


@bp.post("/account/identities/<int:number>/unlink")
@even_waiting
@signed_in
def unlink(number: int) -> ResponseReturnValue:
    """Only for who has another way in."""
    keys = accounts.keys_of(me().id) or abort(404)
    opens = doors.password_opens(keys.person_id, keys.email, clock.now().date())
    if not (keys.password_hash and opens):
        flash(_("It is your only way in: nothing was changed."), "error")
        return redirect(url_for("accounts.account"))
    services.unlink(me().id, number)
    db.session.commit()
    flash(_("This identity no longer opens your account."), "success")
    return redirect(url_for("accounts.account"))


def _entered(provider: Provider, begun: waiting.Begun | None) -> Account:
    """Whose session to open. Raises SignOnRefused.

    The try is counted first, and nothing is held in the database while the provider is asked.
    """
    at, address = clock.now(), request.remote_addr or "nowhere"
    database.about_to_write()
    allowed = services.may_come_back(address, at)
    db.session.commit()
    if not allowed:
        abort(429)
    sign_in, code = _answer(provider, begun)
    database.reading_only()
    who = _flow().come_back(provider, sign_in, code, _back(provider), at)
    database.about_to_write()
    account = services.recognise(provider, who, address, at)
    db.session.commit()
    return account


def _answer(provider: Provider, begun: waiting.Begun | None) -> tuple[waiting.Begun, str]:
    """The sign-in begun here, not long ago, and the code that answers it. Raises SignOnRefused."""
    if begun is None:
        raise SignOnRefused(Trouble.FORGED, "state")
    if not begun.in_time(clock.now()):
        raise SignOnRefused(Trouble.LATE, "state")
    if request.args.get("iss", provider.issuer) != provider.issuer:
        raise SignOnRefused(Trouble.UNTRUSTWORTHY, "issuer of answer")
    error = request.args.get("error")
    if error is not None:
        trouble = Trouble.UNREACHABLE if error in BUSY else Trouble.DECLINED
        raise SignOnRefused(trouble, error if CODE.fullmatch(error) else "error")
    code = request.args.get("code", "")
    if not code:
        raise SignOnRefused(Trouble.UNTRUSTWORTHY, "no code")
    return begun, code


def _refused(provider: Provider, refused: SignOnRefused) -> ResponseReturnValue:
    """Say it to the person; to the log what went wrong, and nothing of who they are."""
    db.session.rollback()
    database.reading_only()
    log.warning(
        "sign-in with %s came to nothing in request %s: %s (%s)",
        provider.key,
        g.get("request_id", ""),
        refused.trouble.value,
        refused.detail,
    )
    words = told(refused.trouble, provider)
    page = render_template(
        "signon/refused.html", said=words, provider=provider, request_id=g.get("request_id", "")
    )
    return page, words.status


def _flow() -> Any:
    """What speaks to providers. Authlib and requests are loaded by the first sign-in with one."""
    return import_module("academy.people.signon.flow")


def _provider(key: str) -> Provider:
    return doors.provider(key) or abort(404)


def _back(provider: Provider) -> str:
    """Never made of what the request says: a forged Host leads nobody astray."""
    return f"{_public()}{url_for('signon.come_back', provider=provider.key)}"


def _public() -> str:
    address: str = current_app.config["SETTINGS"].public_url
    return address
