"""My passport, and the public page that verifies one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock, database
from academy.database import db
from academy.passport import codes, queries, services
from academy.passport.forms import VerifyForm
from academy.passport.guilloche import guilloche
from academy.passport.links import queries as links
from academy.passport.links.queries import Shown
from academy.passport.models import ERASED, Certificate, Status
from academy.passport.queries import Withdrawn
from academy.people import queries as people
from academy.people.sessions import me
from academy.rewards import shown
from academy.rewards.shown import AwardView, VisaView
from academy.web import throttle
from academy.web.guards import public, signed_in
from academy.web.qr import qr_svg
from academy.web.throttle import Limit

bp = Blueprint("passport", __name__, template_folder="templates")

LOOK_UPS = Limit("verify", 60, timedelta(minutes=5))


@dataclass(frozen=True, slots=True)
class PassportPage:
    holder: str
    given_name: str
    entity: str
    since: date
    issued: bool
    code: str | None
    code_shown: str
    issued_on: date | None
    verify_url: str | None
    qr_svg: str | None
    guilloche_svg: str
    passport: AwardView
    visas: tuple[VisaView, ...]
    level: AwardView | None
    next_level: AwardView | None
    awards: tuple[AwardView, ...]
    withdrawn: tuple[AwardView, ...]
    status_words: str
    code_is_closed: bool
    renew_url: str | None


@dataclass(frozen=True, slots=True)
class VerificationPage:
    state: str
    state_words: str
    holder: str
    entity: str
    company: str
    issued_on: date
    code_shown: str
    visas: tuple[VisaView, ...]
    awards: tuple[AwardView, ...]
    withdrawn: tuple[Withdrawn, ...]
    is_partial: bool
    checked_at: datetime
    replaced_by_url: str | None
    guilloche_svg: str
    card_url: str | None


@bp.get("/passport")
@signed_in
def passport() -> ResponseReturnValue:
    mine = shown.collection(me().id)
    held = links.my_passport(me().id)
    certificate = held.certificate if held else None
    place = people.workplace(me().id)
    joined = queries.joined_at(me().id) or clock.now()
    if mine.passport is None:
        abort(404)
    code = certificate.code if certificate else None
    behind = certificate is not None and services.is_behind(certificate, mine)
    page = PassportPage(
        holder=me().name,
        given_name=me().given_name,
        entity=f"{place.entity}, {place.site}" if place else "",
        since=clock.day_in(me().zone, joined),
        issued=certificate is not None,
        code=code,
        code_shown=codes.grouped(code) if code else "",
        issued_on=certificate.issued_on if certificate else None,
        verify_url=url_for("passport.verification", code=code) if code else None,
        qr_svg=qr_svg(_public_address(code)) if code else None,
        guilloche_svg=guilloche(code or f"person {me().id}"),
        passport=mine.passport,
        visas=mine.visas,
        level=mine.level,
        next_level=mine.next_level,
        awards=mine.held,
        withdrawn=mine.withdrawn,
        status_words=_status_words(certificate, behind),
        code_is_closed=held is not None and not held.is_live(clock.now()),
        renew_url=url_for("passport.renew") if behind else None,
    )
    return render_template("passport/passport.html", page=page)


@bp.post("/passport/renew")
@signed_in
def renew() -> ResponseReturnValue:
    """Certify anew, with what was won since; the passport before says it was replaced."""
    services.issue(me().id, clock.now(), clock.day_in(me().zone, clock.now()))
    db.session.commit()
    flash(_("Your passport now carries everything you have won."), "success")
    return redirect(url_for("passport.passport"))


@bp.route("/verify", methods=["GET", "POST"])
@public
def verify_form() -> ResponseReturnValue:
    form = VerifyForm()
    if form.validate_on_submit():
        return redirect(url_for("passport.verification", code=codes.tidy(form.code.data)))
    return render_template("passport/verify_form.html", form=form), 400 if form.errors else 200


@bp.get("/verify/<string:code>")
@public
def verification(code: str) -> ResponseReturnValue:
    """Anybody may verify a passport: what it certified, word for word, and where it stands today."""
    database.about_to_write()
    allowed = throttle.allow(LOOK_UPS, request.remote_addr or "nowhere", clock.now())
    db.session.commit()
    database.reading_only()
    if not allowed:
        abort(429)
    found = links.shown_by(codes.tidy(code))
    if found is None:
        return render_template("passport/unknown.html"), 404
    if not found.is_live(clock.now()):
        return render_template("passport/closed_link.html"), 410
    return render_template("passport/verification.html", page=_verification(found))


def _verification(found: Shown) -> VerificationPage:
    """What was certified, as far as its holder lets it be seen here."""
    certificate, choice = found.certificate, found.choice
    said = links.as_chosen(queries.certified(certificate), choice)
    after = certificate.replaced_by if found.code == certificate.code else None
    return VerificationPage(
        state=certificate.status,
        state_words=_state_words(certificate),
        holder=said.holder,
        entity=said.entity,
        company=said.company or current_app.config["SETTINGS"].company,
        issued_on=certificate.issued_on,
        code_shown=codes.grouped(certificate.code) if found.code == certificate.code else "",
        visas=said.visas,
        awards=said.awards,
        withdrawn=queries.withdrawn_since(certificate, said),
        is_partial=not choice.is_all,
        checked_at=clock.now(),
        replaced_by_url=url_for("passport.verification", code=after) if after else None,
        guilloche_svg=guilloche(found.code),
        card_url=_public(url_for("cards.png", code=found.code)) if _is_valid(certificate) else None,
    )


def _is_valid(certificate: Certificate) -> bool:
    return certificate.status == Status.VALID


def _public_address(code: str) -> str:
    return _public(url_for("passport.verification", code=code))


def _public(path: str) -> str:
    """An address that also works elsewhere."""
    return f"{current_app.config['SETTINGS'].public_url}{path}"


def _status_words(certificate: Certificate | None, behind: bool) -> str:
    if certificate is None:
        return _("A page to fill, one quiz at a time. It is issued the moment its rule is met.")
    if behind:
        return _("Issued, and you have won more since: add it whenever you like.")
    return _("Issued. Show the QR code: anyone can verify it, without an account.")


def _state_words(certificate: Certificate) -> str:
    match certificate.status:
        case Status.VALID:
            return _("It is exactly as the academy issued it, and it is still in force.")
        case Status.REPLACED:
            return _("It was genuine; its holder has a newer one. What it attested is below.")
        case _:
            reason = _reason(certificate.end_reason)
            return _("The academy withdrew it. Reason: %(reason)s", reason=reason)


def _reason(written: str) -> str:
    if written == ERASED:
        return _("erased at the holder’s request")
    return written or _("no reason given")
