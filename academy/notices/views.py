"""What I was told, how I want to be told, and the links in mails that stop them."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock, database
from academy.database import db
from academy.notices import queries, services, wishing
from academy.notices.digest.figures import FEWEST
from academy.notices.digest.queries import team_size
from academy.notices.forms import PreferencesForm, shown, typed
from academy.notices.kinds import MAILABLE, by_mail
from academy.notices.queries import Preferences
from academy.notices.quiet import Quiet
from academy.notices.words import Line, line, target
from academy.people.sessions import me
from academy.web.guards import even_waiting, signed_in
from academy.web.incoming import row_number

bp = Blueprint("notices", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class NoticesPage:
    lines: tuple[Line, ...]
    newest: int
    older_url: str | None
    newer_url: str | None


@dataclass(frozen=True, slots=True)
class PreferencesPage:
    team: int
    fewest: int


@bp.get("/notices")
@signed_in
def notices() -> ResponseReturnValue:
    before = request.args.get("before", type=row_number)
    found, older = queries.page(me().id, before)
    page = NoticesPage(
        lines=tuple(line(each) for each in found),
        newest=max((each.id for each in found), default=0),
        older_url=url_for(".notices", before=older) if older else None,
        newer_url=url_for(".notices") if before else None,
    )
    return render_template("notices/notices.html", page=page)


@bp.get("/notices/<int:number>")
@signed_in
def open(number: int) -> ResponseReturnValue:
    """To the thing itself; the notice is read by that. Opening it again changes nothing."""
    told = _mine(number)
    if told.unread:
        database.about_to_write()
        services.read(me().id, clock.now(), number=number)
        db.session.commit()
    endpoint, values = target(told)
    return redirect(url_for(endpoint, **values))


@bp.post("/notices/<int:number>/read")
@signed_in
def read(number: int) -> ResponseReturnValue:
    _mine(number)
    services.read(me().id, clock.now(), number=number)
    db.session.commit()
    return redirect(_back())


@bp.post("/notices/read")
@signed_in
def read_all() -> ResponseReturnValue:
    """All up to the newest one that was on the page: what came since stays unread."""
    until = request.form.get("newest", type=row_number)
    if until is None:
        abort(400)
    services.read(me().id, clock.now(), until=until)
    db.session.commit()
    return redirect(url_for(".notices"))


@bp.route("/notices/preferences", methods=["GET", "POST"])
@even_waiting
@signed_in
def preferences() -> ResponseReturnValue:
    wished = queries.preferences(me().id)
    form = PreferencesForm(data=_shown(wished))
    if form.validate_on_submit():
        wishing.prefer(me().id, _typed(form), clock.now())
        db.session.commit()
        flash(_("Your wishes are noted."), "success")
        return redirect(url_for(".preferences"))
    page = PreferencesPage(team_size(me().id, _today()), FEWEST)
    return (
        render_template("notices/preferences.html", form=form, page=page),
        400 if form.errors else 200,
    )


def _mine(number: int) -> queries.Told:
    """One of my notices; there is no other."""
    return queries.one(me().id, number) or abort(404)


def _back() -> str:
    before = request.form.get("before", type=row_number)
    return url_for(".notices", before=before)


def _today() -> date:
    return clock.day_in(me().zone, clock.now())


def _shown(wished: Preferences) -> dict[str, object]:
    return {
        "reminded": wished.reminded,
        "hour": shown(wished.hour),
        "mail": [str(kind) for kind in MAILABLE if by_mail(kind, wished.mail)],
        "quiet_from": shown(wished.quiet.begins),
        "quiet_to": shown(wished.quiet.ends),
        "digest": wished.digest,
    }


def _typed(form: PreferencesForm) -> Preferences:
    return Preferences(
        mail=wishing.chosen(form.mail.data),
        quiet=Quiet(typed(form.quiet_from.data), typed(form.quiet_to.data)),
        reminded=form.reminded.data,
        hour=typed(form.hour.data),
        digest=form.digest.data,
    )
