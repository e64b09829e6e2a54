"""Behind the link that a leaver got: their passport as a PDF, and what they won as signed files."""

from datetime import timedelta

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock, database
from academy.database import db
from academy.passport.booklet import gathering, setting
from academy.passport.booklet.setting import Paper
from academy.passport.credentials import pages, services, signing
from academy.passport.credentials.signing import Form
from academy.people.leaving import queries as leaving
from academy.people.models import Person
from academy.people.names import full_name
from academy.web import throttle
from academy.web.guards import public
from academy.web.throttle import Limit
from academy.web.typesetting import NoSuchLetters

bp = Blueprint("farewell", __name__, template_folder="templates")

LOOK_UPS = Limit("leaver-link", 60, timedelta(minutes=5))


@bp.get("/left/<string:token>")
@public
def page(token: str) -> ResponseReturnValue:
    """What may be fetched here, and until when."""
    person = _bearer(token)
    left = leaving.departure(person.id)
    return render_template(
        "farewell/page.html",
        page=pages.files(person.id),
        name=full_name(person.given_name, person.family_name),
        token=token,
        until=left.link_until if left else None,
    )


@bp.post("/left/<string:token>/booklet")
@public
def booklet(token: str) -> ResponseReturnValue:
    if (wanted := request.form.get("paper", "")) not in set(Paper):
        abort(400)
    person = _bearer(token)
    name = full_name(person.given_name, person.family_name)
    at, paper = clock.now(), Paper(wanted)
    try:
        file = setting.pdf(gathering.of(person.id, name, person.zone, at), paper, at)
    except NoSuchLetters:
        flash(
            _("This academy has no font for some letters of your passport. Ask those who run it."),
            "error",
        )
        return redirect(url_for(".page", token=token))
    return _sent(file, "application/pdf", setting.file_name(paper))


@bp.post("/left/<string:token>/files/<string:award>")
@public
def take(token: str, award: str) -> ResponseReturnValue:
    """The signed file. The writer is let go before the picture is drawn."""
    if (wanted := request.form.get("format", "")) not in set(Form):
        abort(400)
    person, at = _bearer(token), clock.now()
    database.about_to_write()
    credential = services.give(person.id, award, at)
    db.session.commit()
    database.reading_only()
    file = signing.signed(credential, Form(wanted), at)
    return _sent(file.content, file.type, file.name)


def _bearer(token: str) -> Person:
    """Whose link it is. Every look is counted for the network address, and the writer let go."""
    database.about_to_write()
    at = clock.now()
    allowed = throttle.allow(LOOK_UPS, request.remote_addr or "nowhere", at)
    db.session.commit()
    database.reading_only()
    if not allowed:
        abort(429)
    return leaving.bearer(token, at) or abort(404)


def _sent(content: bytes, kind: str, name: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
