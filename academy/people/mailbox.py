"""The demonstration's mailbox: mail that would have left, to be read here. There is none elsewhere."""

from dataclasses import dataclass

from flask import Blueprint, Response, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy.people.models import Role
from academy.people.sessions import me
from academy.post import queries
from academy.post.models import PostedMail
from academy.web.guards import even_waiting, signed_in
from academy.web.incoming import row_number

bp = Blueprint("mailbox", __name__, template_folder="templates")

# A mail brings its own style, as mail programs want it, and nothing that runs or calls home.
PREVIEW_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "sandbox",
    )
)


@dataclass(frozen=True, slots=True)
class MailboxPage:
    mails: tuple[PostedMail, ...]
    everybodys: bool
    older_url: str | None
    newer_url: str | None


@bp.get("/mailbox")
@even_waiting
@signed_in
def mailbox() -> ResponseReturnValue:
    """My mail; an administrator of the demonstration sees everybody's."""
    _in_the_demonstration()
    everybodys = me().holds(Role.ADMIN)
    before = request.args.get("before", type=row_number)
    mails, more = queries.mailbox(None if everybodys else me().id, before)
    page = MailboxPage(
        mails=tuple(mails),
        everybodys=everybodys,
        older_url=url_for("mailbox.mailbox", before=mails[-1].id) if more else None,
        newer_url=url_for("mailbox.mailbox") if before else None,
    )
    return render_template("people/mailbox.html", page=page)


@bp.get("/mailbox/<int:number>")
@even_waiting
@signed_in
def mail(number: int) -> ResponseReturnValue:
    return render_template("people/mail.html", mail=_mine(number))


@bp.get("/mailbox/<int:number>/preview")
@even_waiting
@signed_in
def preview(number: int) -> ResponseReturnValue:
    """The mail as a mail program shows it, on a page of its own with a policy of its own."""
    response = Response(_mine(number).html)
    response.headers["Content-Security-Policy"] = PREVIEW_POLICY
    return response


def _mine(number: int) -> PostedMail:
    _in_the_demonstration()
    found = queries.mail(number)
    if found is None or not (found.about == me().id or me().holds(Role.ADMIN)):
        abort(404)
    return found


def _in_the_demonstration() -> None:
    if not current_app.config["SETTINGS"].demo:
        abort(404)
