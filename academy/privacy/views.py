"""What the academy keeps about me; taking it away; and erasing an account for good."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_login import logout_user

from academy import clock, database, personal
from academy.database import db
from academy.hr.seen import pages as seen
from academy.people.accounts import queries as accounts
from academy.people.accounts.proof import proved
from academy.people.accounts.queries import Keys
from academy.people.directory import desk
from academy.people.models import Role
from academy.people.sessions import me
from academy.personal import Fate, Kept
from academy.privacy import export, services
from academy.privacy.forms import LeaverForm, MyErasureForm
from academy.privacy.register import FEATURES, declared
from academy.refusal import Refusal
from academy.web import throttle
from academy.web.guards import even_waiting, only, signed_in
from academy.web.refusals import beside
from academy.web.throttle import Limit
from academy.web.words import language

bp = Blueprint("privacy", __name__, template_folder="templates")

EXPORTS = Limit("export-my-data", 5, timedelta(hours=1))
FATES = {
    Fate.DELETED: lazy_gettext("Deleted."),
    Fate.DETACHED: lazy_gettext("Your name is taken off."),
    Fate.KEPT: lazy_gettext("Stays as it is."),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One declaration, with the number of rows it stands for; `rows` is for the archive."""

    kept: Kept
    count: int | None
    fate: str
    rows: Iterator[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    lines: tuple[Line, ...]


class TooOften(Refusal):
    """An archive is work for the academy."""

    def __init__(self) -> None:
        super().__init__(
            lazy_gettext("You have fetched your data five times this hour. Come back later."), 429
        )


@bp.get("/my-data")
@even_waiting
@signed_in
def my_data() -> ResponseReturnValue:
    return render_template("privacy/my_data.html", parts=_parts())


@bp.post("/my-data/export")
@even_waiting
@signed_in
def take_away() -> ResponseReturnValue:
    allowed = throttle.allow(EXPORTS, f"person {me().id}", clock.now())
    db.session.commit()
    if not allowed:
        raise TooOften
    database.reading_only()  # a long read hinders nobody
    page = current_app.jinja_env.get_template("privacy/export.html")
    readable = page.generate(parts=_parts(), language=language(), name=me().name, at=clock.now())
    archive = export.pack(me().id, readable, seen.page(me().id, desk.today()))
    return send_file(archive, "application/zip", True, f"{_('my-data')}.zip", max_age=0)


@bp.route("/my-data/erase", methods=["GET", "POST"])
@even_waiting
@signed_in
def erase_me() -> ResponseReturnValue:
    """The address typed out, and the password of who has one; then there is no way back."""
    keys = accounts.keys_of(me().id) or abort(404)
    form = MyErasureForm()
    form.expected = keys.email
    if not keys.password_hash:
        del form.present
    if form.validate_on_submit() and _proved(keys, form) and _erased(form, keys.person_id):
        logout_user()
        flash(_("You are erased: nothing here tells who you were. Farewell."), "success")
        return redirect(url_for("people.sign_in"))
    return render_template("privacy/erase_me.html", form=form, stays=_stays()), _status(form)


@bp.route("/people/<int:number>/erase", methods=["GET", "POST"])
@only(Role.ADMIN)
def erase_leaver(number: int) -> ResponseReturnValue:
    """By an administrator, for a closed account; asked twice, it has happened once."""
    profile = accounts.profile(number, desk.today())
    if profile is None:
        return _gone() if request.method == "POST" else abort(404)
    desk.require_power_over(profile)
    form = LeaverForm()
    form.expected = profile.email
    if form.validate_on_submit() and _erased(form, number, by=me().id):
        return _gone()
    return render_template("privacy/erase_leaver.html", form=form, who=profile), _status(form)


def _gone() -> ResponseReturnValue:
    flash(_("This account is erased: nothing tells who it belonged to."), "success")
    return redirect(url_for("directory.people"))


def _proved(keys: Keys, form: MyErasureForm) -> bool:
    return not keys.password_hash or proved(keys, form, clock.now())


def _erased(form: LeaverForm, number: int, by: int | None = None) -> bool:
    try:
        if by is None:
            services.erase(number, clock.now())
        else:
            services.erase_leaver(number, by, clock.now())
    except Refusal as refused:
        beside(form.email, refused)
        return False
    db.session.commit()
    return True


def _parts() -> tuple[Part, ...]:
    """Every declaration, by feature, with its figure: one statement for all of them."""
    counts = iter(personal.count(declared(), me().id))
    return tuple(
        Part(feature.title, tuple(_line(kept, next(counts)) for kept in feature.kept))
        for feature in FEATURES
    )


def _line(kept: Kept, count: int | None) -> Line:
    return Line(kept, count, str(FATES[kept.fate]), personal.rows(kept, me().id))


def _stays() -> tuple[Kept, ...]:
    """What an erasure leaves, without anybody's name."""
    return tuple(kept for kept in declared() if kept.stays)


def _status(form: LeaverForm) -> int:
    return 400 if form.errors else 200
