"""Forgotten password: asking for a link, and using it."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock, database, logs
from academy.database import db
from academy.people import passwords
from academy.people.accounts import services as accounts
from academy.people.accounts.forms import NewPasswordForm
from academy.people.accounts.queries import Keys
from academy.people.recovery import services
from academy.people.recovery.forms import ForgotForm
from academy.people.signon import doors
from academy.people.signon.words import instead_words
from academy.web.guards import public

bp = Blueprint("recovery", __name__, template_folder="templates")


@bp.route("/forgot", methods=["GET", "POST"])
@public
def forgot() -> ResponseReturnValue:
    """The same answer for every address, whether it has an account or not."""
    form = ForgotForm()
    if not form.validate_on_submit():
        return render_template("recovery/forgot.html", form=form), 400 if form.errors else 200
    allowed = services.may_ask(request.remote_addr or "nowhere", clock.now())
    if allowed:
        services.ask(form.email.data, clock.now())
    db.session.commit()
    if not allowed:
        abort(429)
    return redirect(url_for(".asked"))


@bp.get("/forgot/asked")
@public
def asked() -> ResponseReturnValue:
    return render_template("recovery/asked.html")


@bp.route("/reset/<string:token>", methods=["GET", "POST"])
@public
def reset(token: str) -> ResponseReturnValue:
    """Choose a password. Opening the page uses nothing up: mail programs open links too."""
    database.reading_only()
    keys = accounts.bearer(token, clock.now())
    db.session.rollback()
    if keys is None:
        return render_template("recovery/void.html"), 410
    provider = doors.instead_for(keys.person_id, keys.email, clock.now().date())
    if provider:
        flash(instead_words(provider), "message")
        return redirect(url_for("people.sign_in"))
    form = NewPasswordForm()
    form.belongs_to(keys)
    if form.validate_on_submit():
        _choose(keys, form.password.data)
        changed = _("Your password is changed. Sign in with it.")
        flash(changed if keys.password_hash else _("You may sign in with it now."), "success")
        return redirect(url_for("people.sign_in"))
    return render_template("recovery/reset.html", form=form, keys=keys), 400 if form.errors else 200


def _choose(keys: Keys, password: str) -> None:
    """Hash outside any write transaction: it takes long on purpose."""
    password_hash = passwords.hashed(password)
    database.about_to_write()
    accounts.choose_password(keys, password_hash, clock.now())
    db.session.commit()
    logs.event("password changed", clock.now(), how="link", person=keys.person_id)
