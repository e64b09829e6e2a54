"""My account: everything about me in one place, and the changes that need a password."""

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock, database, logs
from academy.database import db
from academy.people import passwords
from academy.people.accounts import queries, services
from academy.people.accounts.forms import AddressForm, PasswordForm
from academy.people.accounts.proof import proved
from academy.people.accounts.queries import Keys, Profile
from academy.people.recovery import services as recovery
from academy.people.roles import queries as roles
from academy.people.roles.queries import Held
from academy.people.sessions import enter, me, remembers
from academy.people.signon import doors
from academy.people.signon.account import AccountWays, ways_of
from academy.people.signon.words import instead_words
from academy.people.words import COLOURS, NEEDS, job_name, language_name
from academy.people.workdays import queries as workdays
from academy.people.workdays.words import spans
from academy.providers import Provider
from academy.refusal import Refusal
from academy.web.guards import even_waiting, public, signed_in
from academy.web.refusals import beside

bp = Blueprint("accounts", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class AccountPage:
    profile: Profile
    job: str
    spoken: str
    language: str
    colours: str
    needs: str
    leave: str
    roles: tuple[Held, ...]
    ways: AccountWays


@bp.get("/account")
@even_waiting
@signed_in
def account() -> ResponseReturnValue:
    today = clock.day_in(me().zone, clock.now())
    profile = queries.profile(me().id, today) or abort(404)
    page = AccountPage(
        profile=profile,
        job=job_name(profile.job_family),
        spoken=", ".join(language_name(code) for code in profile.spoken),
        language=language_name(me().language),
        colours=str(COLOURS[me().colour_scheme]),
        needs=", ".join(str(words) for need, words in NEEDS.items() if need in me().needs),
        leave=spans(workdays.leave_since(me().id, today)),
        roles=tuple(roles.held_by(me().id, today)),
        ways=ways_of(profile, today),
    )
    return render_template("accounts/account.html", page=page)


@bp.route("/account/password", methods=["GET", "POST"])
@even_waiting
@signed_in
def password() -> ResponseReturnValue:
    """Change it, knowing the present one; every other session is closed."""
    keys = _mine()
    provider = _instead(keys)
    if provider is not None:
        return _shown_the_way(provider)
    form = PasswordForm()
    form.belongs_to(keys)
    if form.validate_on_submit() and _checked(keys, form):
        password_hash = passwords.hashed(form.password.data)
        database.about_to_write()
        epoch = services.choose_password(keys, password_hash, clock.now())
        db.session.commit()
        logs.event("password changed", clock.now(), person=keys.person_id)
        enter(me().id, epoch, remember=remembers())
        flash(_("Your password is changed, and every other session is closed."), "success")
        return redirect(url_for(".account"))
    return render_template("accounts/password.html", form=form, keys=keys), _status(form)


@bp.post("/account/password/link")
@even_waiting
@signed_in
def link() -> ResponseReturnValue:
    """For who has no password yet, or forgot it while signed in."""
    keys = _mine()
    provider = _instead(keys)
    if provider is not None:
        return _shown_the_way(provider)
    recovery.ask(keys.email, clock.now())
    db.session.commit()
    flash(_("A link is on its way to %(email)s.", email=keys.email), "success")
    return redirect(url_for(".account"))


@bp.route("/account/email", methods=["GET", "POST"])
@even_waiting
@signed_in
def email() -> ResponseReturnValue:
    """Ask for another address: nothing changes before it is confirmed."""
    keys = _mine()
    form = AddressForm()
    if form.validate_on_submit() and _checked(keys, form) and _asked(keys, form):
        flash(
            _("Look at your mail at %(email)s: a link waits there.", email=form.email.data),
            "success",
        )
        return redirect(url_for(".account"))
    return render_template("accounts/email.html", form=form, keys=keys), _status(form)


@bp.route("/account/email/<string:token>", methods=["GET", "POST"])
@public
def confirm(token: str) -> ResponseReturnValue:
    """The link is the proof, on whatever device it is opened; opening it changes nothing yet."""
    asked = services.move_asked(token, clock.now())
    if asked is None:
        return render_template("accounts/void.html"), 410
    if request.method == "GET":
        return render_template("accounts/confirm.html", email=asked.email)
    services.move(asked)
    db.session.commit()
    flash(_("From now on the academy writes to %(email)s.", email=asked.email), "success")
    return redirect(url_for(".account"))


def _mine() -> Keys:
    return queries.keys_of(me().id) or abort(404)


def _instead(keys: Keys) -> Provider | None:
    """The provider by which this person comes in, if no password of theirs opens anything."""
    return doors.instead_for(keys.person_id, keys.email, clock.now().date())


def _shown_the_way(provider: Provider) -> ResponseReturnValue:
    flash(instead_words(provider), "message")
    return redirect(url_for(".account"))


def _checked(keys: Keys, form: PasswordForm | AddressForm) -> bool:
    """Is the present password right? Committed here: what follows may take long."""
    right = proved(keys, form, clock.now())
    if right:
        db.session.commit()
    return right


def _asked(keys: Keys, form: AddressForm) -> bool:
    try:
        services.ask_for_address(keys, form.email.data, clock.now())
    except Refusal as refused:
        beside(form.email, refused)
        return False
    db.session.commit()
    return True


def _status(form: PasswordForm | AddressForm) -> int:
    return 400 if form.errors else 200
