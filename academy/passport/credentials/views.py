"""Taking one's credentials along; what strangers need to verify them; the page that verifies any."""

from datetime import datetime, timedelta

from flask import Blueprint, Response, abort, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from academy import clock, database
from academy.database import db
from academy.passport.credentials import (
    pages,
    queries,
    reading,
    recording,
    records,
    services,
    signing,
    words,
)
from academy.passport.credentials.forms import RecordForm, UploadForm
from academy.passport.credentials.issuer import did_document
from academy.passport.credentials.models import Credential
from academy.passport.credentials.reading import Unreadable
from academy.passport.credentials.signing import Form
from academy.people.sessions import me
from academy.web import throttle
from academy.web.guards import public, signed_in
from academy.web.throttle import Limit

bp = Blueprint("credentials", __name__, template_folder="../templates")

TAKEN = Limit("take-credential", 60, timedelta(minutes=5))
LOOK_UPS = Limit("verify-credential", 60, timedelta(minutes=5))
RECORDS = Limit("take-record", 6, timedelta(minutes=5))
UPLOADS = Limit("verify-file", 20, timedelta(minutes=5))
EXAMINED = Limit("verify-record", 6, timedelta(minutes=5))
"""Each credential inside a record is signed, or examined, by itself: a second or two of work."""
FIVE_MINUTES = 300


@bp.get("/passport/files")
@signed_in
def files() -> ResponseReturnValue:
    """What the reader holds, each as a file to take along."""
    return _files(RecordForm(formdata=None, data={"visas": True, "awards": True}))


@bp.post("/passport/files/<string:award>")
@signed_in
def take(award: str) -> ResponseReturnValue:
    """The signed file of an award."""
    form = _form(tuple(Form))
    at = clock.now()
    _patience(TAKEN, str(me().id), at)
    return _sent(services.give(me().id, award, at), form, at)


@bp.post("/passport/record")
@signed_in
def take_record() -> ResponseReturnValue:
    """The passport, or the part of it that was chosen, as one signed file."""
    form = _form(signing.WITHOUT_PICTURE)
    chosen = RecordForm()
    if not chosen.validate():
        return _files(chosen), 400
    at = clock.now()
    _patience(RECORDS, str(me().id), at)
    return _sent(recording.give_record(me().id, chosen.part(), at), form, at)


def _files(chosen: RecordForm) -> str:
    return render_template("passport/files.html", page=pages.files(me().id), record=chosen)


def _form(offered: tuple[Form, ...]) -> Form:
    typed = request.form.get("format", "")
    if typed not in offered:
        abort(400)
    return Form(typed)


def _patience(limit: Limit, who: str, at: datetime) -> None:
    if not throttle.allow(limit, who, at):
        db.session.commit()
        abort(429)


def _sent(credential: Credential, form: Form, at: datetime) -> Response:
    """The writer is let go before pictures are drawn and the keys do their work."""
    db.session.commit()
    database.reading_only()
    file = signing.signed(credential, form, at)
    response = Response(file.content, content_type=file.type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


@bp.get("/did.json")
@bp.get("/.well-known/did.json")
@public
def did() -> ResponseReturnValue:
    """The academy's keys, those of before among them, for whoever verifies."""
    return _for_everybody(jsonify(did_document(signing.issuer(), signing.known_keys().values())))


@bp.get("/credentials/status/<int:number>")
@public
def status_list(number: int) -> ResponseReturnValue:
    """What was revoked, as a signed list of bits."""
    listed = signing.status_list(number, clock.now())
    if listed is None:
        abort(404)
    return _for_everybody(Response(listed, mimetype="application/vc"))


@bp.get("/credentials/<string:ref>")
@public
def credential(ref: str) -> ResponseReturnValue:
    """The address inside a credential: where it stands today."""
    _once_more(LOOK_UPS)
    found = queries.by_ref(ref)
    if found is None:
        abort(404)
    return render_template("passport/credential.html", page=pages.standing(found, clock.now()))


@bp.route("/verify/file", methods=["GET", "POST"])
@public
def verify_file() -> ResponseReturnValue:
    """Anybody may have any Open Badges 3.0 credential examined; nothing of it is kept, nothing is fetched."""
    form = UploadForm()
    if not form.is_submitted():
        return render_template("passport/verify_file.html", form=form)
    _once_more(UPLOADS)
    if form.validate():
        try:
            found = reading.read(_upload())
            if records.is_record(found.document):
                _once_more(EXAMINED)
        except Unreadable as reason:
            form.file.errors = [words.UNREADABLE[str(reason)]]
        else:
            page = pages.verified(found, form.email.data, clock.now())
            return render_template("passport/verified_file.html", page=page)
    return render_template("passport/verify_file.html", form=form), 400


def _upload() -> bytes:
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        raise Unreadable("missing")
    return sent.read()


def _once_more(limit: Limit) -> None:
    """Count this try, and let the writer go."""
    database.about_to_write()
    allowed = throttle.allow(limit, request.remote_addr or "nowhere", clock.now())
    db.session.commit()
    database.reading_only()
    if not allowed:
        abort(429)


def _for_everybody(response: Response) -> Response:
    """It holds no secret, and other sites' pages may read it."""
    response.cache_control.max_age = FIVE_MINUTES
    response.cache_control.public = True
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
