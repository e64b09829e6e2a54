"""After the password: the code, a recovery code, or the setting up of a second factor."""

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from academy import clock, logs
from academy.database import db
from academy.people.accounts import queries as accounts
from academy.people.accounts.queries import Keys
from academy.people.factor import pending, proof
from academy.people.factor.forms import CodeForm, ConfirmForm, RecoveryForm
from academy.people.factor.pages import picture
from academy.people.gate import halfway
from academy.people.gate.halfway import Half
from academy.people.sessions import enter
from academy.web.guards import public, safe_next

bp = Blueprint("gate", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class Passing:
    """Somebody between the password and the code."""

    half: Half
    keys: Keys


@bp.route("/sign-in/code", methods=["GET", "POST"])
@public
def code() -> ResponseReturnValue:
    """The code of the phone, for who has just shown the right password."""
    passing = _passing()
    if passing is None:
        return _from_the_start()
    form = CodeForm()
    if form.validate_on_submit() and proof.proved(passing.keys.person_id, form, clock.now()):
        db.session.commit()
        return _in(passing.half, passing.keys.epoch, "code")
    return render_template("gate/code.html", form=form), 400 if form.errors else 200


@bp.route("/sign-in/recovery-code", methods=["GET", "POST"])
@public
def recovery() -> ResponseReturnValue:
    """Without the phone: a code on paper, or whom to ask."""
    passing = _passing()
    if passing is None:
        return _from_the_start()
    form = RecoveryForm()
    left = proof.recovered(passing.keys, form, clock.now()) if form.validate_on_submit() else None
    if left is None:
        return render_template("gate/recovery.html", form=form), 400 if form.errors else 200
    db.session.commit()
    flash(
        ngettext(
            "That recovery code is used up: %(num)s is left. Make new ones on the page of your account.",
            "That recovery code is used up: %(num)s are left. Make new ones on the page of your account.",
            left,
        ),
        "message",
    )
    return _in(passing.half, passing.keys.epoch, "recovery code")


@bp.route("/sign-in/set-up", methods=["GET", "POST"])
@public
def set_up() -> ResponseReturnValue:
    """For who must have a second factor and has none: nothing else opens before."""
    passing, at = _passing(), clock.now()
    secret = pending.secret(session, passing.keys.person_id, at) if passing else None
    if passing is None or secret is None:
        return _from_the_start()
    form, keys = ConfirmForm(), passing.keys
    step = proof.first_code(secret, form, keys.person_id, at) if form.validate_on_submit() else None
    if step is None:
        page = render_template(
            "factor/set_up.html", form=form, picture=picture(secret, keys.email), halfway=True
        )
        return page, 400 if form.errors else 200
    codes, epoch = proof.turned_on(keys, secret, step, session, at)
    target = safe_next(passing.half.target, url_for("home.home"))
    _in(passing.half, epoch, "code")
    return render_template("factor/codes.html", codes=codes, done=target, first=True, made_at=at)


def _passing() -> Passing | None:
    """Whose password was right in this browser a moment ago, if the account is still as it was."""
    half = halfway.found(session, clock.now())
    keys = accounts.keys_of(half.person_id) if half else None
    return Passing(half, keys) if half and keys and keys.epoch == half.epoch else None


def _in(half: Half, epoch: int, how: str) -> ResponseReturnValue:
    enter(half.person_id, epoch, half.remember)
    logs.event("signed in", clock.now(), how=f"password and {how}", person=half.person_id)
    halfway.forget(session)
    return redirect(safe_next(half.target, url_for("home.home")))


def _from_the_start() -> ResponseReturnValue:
    """Nobody is between two steps here: too late, or signed in already."""
    if current_user.is_authenticated:
        return redirect(url_for("home.home"))
    flash(
        _("Type your password again: it was too long ago, or your account was changed."), "message"
    )
    return redirect(url_for("people.sign_in"))
