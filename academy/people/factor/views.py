"""My second factor: setting it up, new recovery codes, turning it off."""

from flask import Blueprint, abort, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock, database, logs
from academy.database import db
from academy.people.accounts import proof as password
from academy.people.accounts import queries as accounts
from academy.people.accounts.queries import Keys
from academy.people.factor import pending, proof, queries, services
from academy.people.factor.forms import BeginForm, ConfirmForm, OffForm, RenewForm
from academy.people.factor.pages import picture, ten_codes
from academy.people.factor.services import Required
from academy.people.sessions import enter, me, remembers
from academy.people.signon import doors
from academy.web.guards import even_waiting, signed_in

bp = Blueprint("factor", __name__, template_folder="templates")


@bp.route("/account/second-factor", methods=["GET", "POST"])
@even_waiting
@signed_in
def factor() -> ResponseReturnValue:
    """How it stands; for who has none, the password is asked before a key is made."""
    keys = _mine()
    form = BeginForm()
    if (
        form.validate_on_submit()
        and keys.password_hash
        and password.proved(keys, form, clock.now())
    ):
        db.session.commit()
        pending.begin(session, keys.person_id, clock.now())
        return redirect(url_for(".set_up"))
    page = render_template(
        "factor/factor.html",
        form=form,
        keys=keys,
        standing=queries.standing(keys.person_id),
        required=services.is_asked_of(me().roles),
        instead=doors.instead_for(keys.person_id, keys.email, clock.now().date()),
    )
    return page, 400 if form.errors else 200


@bp.route("/account/second-factor/set-up", methods=["GET", "POST"])
@even_waiting
@signed_in
def set_up() -> ResponseReturnValue:
    """The key as a picture and as text, and its first code."""
    keys, at = _mine(), clock.now()
    secret = pending.secret(session, keys.person_id, at)
    if secret is None or queries.sealed(keys.person_id) is not None:  # never shown again
        return redirect(url_for(".factor"))
    form = ConfirmForm()
    step = proof.first_code(secret, form, keys.person_id, at) if form.validate_on_submit() else None
    if step is None:
        page = render_template(
            "factor/set_up.html", form=form, picture=picture(secret, keys.email), halfway=False
        )
        return page, 400 if form.errors else 200
    codes, epoch = proof.turned_on(keys, secret, step, session, at)
    enter(keys.person_id, epoch, remember=remembers())
    return _shown_once(codes, first=True)


@bp.route("/account/second-factor/codes", methods=["GET", "POST"])
@even_waiting
@signed_in
def codes() -> ResponseReturnValue:
    """Ten new recovery codes, for the password and a code."""
    keys, form = _mine(), RenewForm()
    _only_with(keys)
    if form.validate_on_submit() and _proved(keys, form):
        made, hashes = ten_codes()
        database.about_to_write()
        services.renew(keys, hashes, clock.now())
        db.session.commit()
        logs.event("recovery codes made", clock.now(), person=keys.person_id)
        return _shown_once(made, first=False)
    return render_template("factor/renew.html", form=form), 400 if form.errors else 200


@bp.route("/account/second-factor/off", methods=["GET", "POST"])
@even_waiting
@signed_in
def off() -> ResponseReturnValue:
    """For the password and a code; not where the company asks for a second factor."""
    keys, form = _mine(), OffForm()
    _only_with(keys)
    if services.is_asked_of(me().roles):
        raise Required
    if form.validate_on_submit() and _proved(keys, form):
        epoch = services.turn_off(keys, clock.now())
        db.session.commit()
        logs.event("second factor off", clock.now(), person=keys.person_id)
        enter(keys.person_id, epoch, remember=remembers())
        flash(_("Your second factor is off, and every other session is closed."), "success")
        return redirect(url_for(".factor"))
    return render_template("factor/off.html", form=form), 400 if form.errors else 200


def _mine() -> Keys:
    return accounts.keys_of(me().id) or abort(404)


def _shown_once(codes: tuple[str, ...], first: bool) -> str:
    done = url_for(".factor")
    return render_template(
        "factor/codes.html", codes=codes, done=done, first=first, made_at=clock.now()
    )


def _only_with(keys: Keys) -> None:
    if queries.sealed(keys.person_id) is None:
        abort(404)


def _proved(keys: Keys, form: OffForm | RenewForm) -> bool:
    """The password first: a code that was right is used up. Committed here: what follows may take long."""
    at = clock.now()
    right = password.proved(keys, form, at)
    db.session.commit()
    right = right and proof.proved(keys.person_id, form, at)
    db.session.commit()
    return right
