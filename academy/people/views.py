"""Signing in and out, language, preferences."""

from datetime import datetime

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, logout_user

from academy import clock, database, logs
from academy.database import db
from academy.people import queries, services
from academy.people.forms import PreferencesForm, SignInForm
from academy.people.gate import passing
from academy.people.queries import Credentials
from academy.people.services import Preferences
from academy.people.sessions import CAME_FROM, REMEMBERED_FOR, enter, me
from academy.people.signon import doors
from academy.people.signon.words import instead_words, label, ways_in
from academy.web.guards import even_waiting, public, safe_next, signed_in
from academy.web.words import LANGUAGES

bp = Blueprint("people", __name__, template_folder="templates")


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Sign in by e-mail and password, or (in the demonstration) as somebody in one click."""
    target = safe_next(request.args.get("next"), url_for("home.home"))
    if current_user.is_authenticated:
        return redirect(target)
    form = SignInForm()
    status = 200
    if form.validate_on_submit():
        tried = _try_password(form)
        if isinstance(tried, Credentials):
            return redirect(passing.onward(tried, form.remember.data, target, clock.now()))
        status = tried
    page = render_template(
        "people/sign_in.html",
        form=form,
        personas=_personas(),
        next=target,
        ways=ways_in(target),
        passwords_first=doors.passwords_first(),
        left=_left(),
    )
    return page, status


def _try_password(form: SignInForm) -> Credentials | int:
    """Whose password it is, or the status of a no.

    Checked outside any write transaction: hashing takes long on purpose.
    """
    at, address = clock.now(), request.remote_addr or "nowhere"
    allowed = services.may_try(form.email.data, address, at)
    db.session.commit()
    if not allowed:
        logs.event("sign-in refused", at, why="too many tries")
        form.password.errors = [_("Too many tries. Wait a quarter of an hour, then try again.")]
        return 429
    database.reading_only()
    found = queries.credentials(form.email.data)
    db.session.rollback()
    right = services.right_password(found, form.password.data)
    if found is None or not right or not _opens(found):
        _note_mismatch(found, right, at)
        form.password.errors = [_mismatch(form.email.data)]
        return 401
    database.about_to_write()
    services.welcome(found, form.password.data, address, at)
    db.session.commit()
    return found


def _note_mismatch(found: Credentials | None, right: bool, at: datetime) -> None:
    """For the log alone: the page says the same to all."""
    if found is None:
        logs.event("sign-in refused", at, why="no account")
    else:
        why = "passwords are off" if right else "password"
        logs.event("sign-in refused", at, why=why, person=found.person_id)


def _left() -> dict[str, str] | None:
    """The provider at which somebody who just left the academy may still be signed in."""
    provider = doors.provider(request.args.get("left", ""))
    if provider is None:
        return None
    address = url_for("signon.sign_out_there", provider=provider.key)
    return {"label": label(provider), "address": address}


def _opens(found: Credentials) -> bool:
    return doors.password_opens(found.person_id, found.email, clock.now().date())


def _mismatch(email: str) -> str:
    """The same for everybody of a domain: who has an account, or keeps a password, is nobody's business."""
    provider = doors.instead_of_password(email)
    if provider is not None:
        return instead_words(provider)
    return _("This e-mail and this password do not go together.")


@bp.post("/sign-in/as/<string:persona>")
@public
def sign_in_as(persona: str) -> ResponseReturnValue:
    """Become one of the make-believe people; there is no such page outside the demonstration."""
    chosen = {found.key: found for found in _people_of_the_demonstration()}.get(persona)
    if chosen is None:
        abort(404)
    enter(chosen.person_id, chosen.epoch, remember=False)
    logs.event("signed in", clock.now(), how="persona", person=chosen.person_id)
    return redirect(safe_next(request.form.get("next"), url_for("home.home")))


@bp.post("/sign-out")
@even_waiting
@signed_in
def sign_out() -> ResponseReturnValue:
    """Who came in through a provider is offered to sign out there too."""
    left = session.pop(CAME_FROM, None)
    logs.event("signed out", clock.now(), person=me().id)
    logout_user()
    flash(_("You are signed out. See you tomorrow."), "message")
    return redirect(url_for("people.sign_in", left=left))


@bp.post("/sign-out-everywhere")
@even_waiting
@signed_in
def sign_out_everywhere() -> ResponseReturnValue:
    services.sign_out_everywhere(me().id)
    db.session.commit()
    left = session.pop(CAME_FROM, None)
    logs.event("signed out", clock.now(), how="everywhere", person=me().id)
    logout_user()
    flash(_("You are signed out on every device."), "success")
    return redirect(url_for("people.sign_in", left=left))


@bp.post("/language")
@public
def speak() -> ResponseReturnValue:
    """Change the language of the pages, for the person or for this browser."""
    wanted = request.form.get("language", "")
    if wanted not in LANGUAGES:
        abort(400)
    if current_user.is_authenticated:
        services.speak(me().id, wanted)
        db.session.commit()
    response = redirect(safe_next(request.form.get("next"), url_for("home.home")))
    response.set_cookie(
        current_app.config["LANGUAGE_COOKIE_NAME"],
        wanted,
        max_age=REMEMBERED_FOR,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SETTINGS"].secure_cookies,
    )
    return response


@bp.route("/preferences", methods=["GET", "POST"])
@even_waiting
@signed_in
def preferences() -> ResponseReturnValue:
    form = PreferencesForm(obj=me())
    if form.validate_on_submit():
        wishes = Preferences(
            form.language.data, form.zone.data, form.colour_scheme.data, tuple(form.needs.data)
        )
        services.prefer(me().id, wishes)
        db.session.commit()
        flash(_("Your preferences are saved."), "success")
        return redirect(url_for("people.preferences"))
    return render_template("people/preferences.html", form=form), 400 if form.errors else 200


def _people_of_the_demonstration() -> list[queries.Persona]:
    return services.personas() if current_app.config["SETTINGS"].demo else []


def _personas() -> list[dict[str, str]]:
    """What each persona lets one see, for the sign-in page."""
    told = {
        "new": (_("New employee"), _("First day: everything is still to discover.")),
        "learner": (_("Learner"), _("Three months of minutes, lessons and badges.")),
        "mentor": (_("Mentor"), _("An apprentice who knows a thing or two.")),
        "hr": (_("Human resources"), _("Follows the programme, never the people.")),
        "author": (_("Author"), _("Writes the lessons and the questions.")),
        "organiser": (
            _("Mentoring organiser"),
            _("Calls for volunteers, and brings people together."),
        ),
        "admin": (_("Administrator"), _("Keeps the keys of the house.")),
    }
    return [
        {
            "key": persona.key,
            "name": persona.name,
            "initials": persona.initials,
            "role": told[persona.key][0],
            "text": told[persona.key][1],
        }
        for persona in _people_of_the_demonstration()
    ]
