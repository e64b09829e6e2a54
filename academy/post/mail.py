"""Letters of the kind "mail": put with their cause, carried to the relay or, in the demonstration, posted.

A mail arrives at least once. Its Message-ID comes from `once`, and its bytes from what was put, so a
mail that is sent twice is the same mail, and mail systems that look at the Message-ID show it once. It
is marked done as soon as the server has answered 250 and before the next one is begun; only when the
worker, its machine or the network dies between that answer and the mark is it sent again. SMTP has no way to
close this gap; it lasts as long as one answer on the wire and one commit.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Any

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email
from flask import Blueprint, Flask, current_app, g

from academy import clock, proxies
from academy.database import db, insert
from academy.post import handlers, services
from academy.post.composing import Composed
from academy.post.handlers import NotNow, Undeliverable
from academy.post.models import PostedMail
from academy.post.relay import Line, Relay, parse
from academy.post.services import Leased, Sealed
from academy.settings import BrokenSetting, Settings

KIND = "mail"
EXTENSION = "post_relay"
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Entry:
    """A calendar entry that goes with a mail: `method` is REQUEST or CANCEL, `text` the whole calendar."""

    method: str
    text: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody a mail goes to. With a `person`, the mail goes when the person's account goes."""

    address: str
    name: str
    person: int | None = None


def init_app(app: Flask, config: Settings) -> None:
    """Carry mail by ACADEMY_SMTP_URL; raises BrokenSetting when it cannot be understood."""
    if config.smtp_url and not is_address(config.mail_from):
        raise BrokenSetting("Set ACADEMY_MAIL_FROM to the address the academy writes from.")
    if "local" in SPECIAL_USE_DOMAIN_NAMES:
        SPECIAL_USE_DOMAIN_NAMES.remove(
            "local"
        )  # the library's own way to let a company's names in
    app.register_blueprint(Blueprint("post", __name__, template_folder="templates"))
    app.extensions[EXTENSION] = parse(config.smtp_url) if config.smtp_url else None
    handlers.register(app, KIND, deliver)
    app.teardown_appcontext(_hang_up)


def put(
    to: Reader,
    words: Composed,
    once: str,
    at: datetime,
    due_at: datetime | None = None,
    unsubscribe: str = "",
    until: datetime | None = None,
    entry: Entry | None = None,
) -> bool:
    """Put a mail, to leave at `due_at` (at once without); False when this `once` was put before.

    `unsubscribe` is the address of a page that stops mails like this one, and takes a one-click POST.
    After `until` the mail is of no use any more, and is dropped instead of sent. Mail programs offer to put
    its `entry` in the reader's calendar.
    """
    letter = sealed(to, words, once, at, due_at, unsubscribe, until, entry)
    return services.put(KIND, letter.payload, once, letter.due_at, about=to.person)


def sealed(
    to: Reader,
    words: Composed,
    once: str,
    at: datetime,
    due_at: datetime | None = None,
    unsubscribe: str = "",
    until: datetime | None = None,
    entry: Entry | None = None,
) -> Sealed:
    """What `put` would put: for many at once, with `services.put_all(mail.KIND, ...)`."""
    payload = {
        "to": to.address,
        "name": _one_line(to.name),
        "language": words.language,
        "subject": _one_line(words.subject),
        "text": words.text,
        "html": words.html,
        "unsubscribe": unsubscribe,
        "at": at.isoformat(),
        "until": until.isoformat() if until else "",
        **({"entry": [entry.method, entry.text]} if entry else {}),
    }
    return Sealed(payload, once, due_at or at, to.person)


def deliver(letter: Leased) -> None:
    """To the relay when there is one; else, in the demonstration, to the mailbox."""
    if _too_late(letter):
        return
    relay: Relay | None = current_app.extensions[EXTENSION]
    if relay is not None:
        _line(relay).send(_written(letter))
    elif current_app.config["SETTINGS"].demo:
        _post(letter)
    else:
        raise NotNow("ACADEMY_SMTP_URL is not set")


def _too_late(letter: Leased) -> bool:
    until: str = letter.payload.get("until", "")
    return until != "" and clock.now() > datetime.fromisoformat(until)


def goes_out() -> bool:
    """Is there a relay, so that mail leaves this machine?"""
    return current_app.extensions[EXTENSION] is not None


def message_id(once: str, sender: str) -> str:
    """The same letter always bears the same one; it tells nothing of its cause."""
    digest = hashlib.sha256(once.encode()).hexdigest()[:40]
    return f"<{digest}@{sender.rpartition('@')[2]}>"


def _written(letter: Leased) -> EmailMessage:
    """The mail as it goes over the wire: the same bytes at every try."""
    said, config = letter.payload, current_app.config["SETTINGS"]
    mail = EmailMessage(policy=SMTP)
    mail["From"] = Address(config.company, addr_spec=config.mail_from)
    mail["To"] = Address(said["name"], addr_spec=_checked(said["to"]))
    mail["Subject"] = said["subject"]
    mail["Date"] = format_datetime(datetime.fromisoformat(said["at"]))
    mail["Message-ID"] = message_id(letter.once, config.mail_from)
    mail["Auto-Submitted"] = "auto-generated"  # so that nobody's absence answers it
    mail["Content-Language"] = said["language"]
    if said["unsubscribe"]:
        mail["List-Unsubscribe"] = f"<{said['unsubscribe']}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    _fill(mail, said, letter.once)
    return mail


def _fill(mail: EmailMessage, said: dict[str, Any], once: str) -> None:
    mail.set_content(said["text"])
    mail.add_alternative(said["html"], subtype="html")
    if "entry" in said:
        _enter(mail, *said["entry"])
    for place, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        mark = f"boundary {once}" if place == 0 else f"boundary {once} {place}"
        part.set_boundary(hashlib.sha256(mark.encode()).hexdigest()[:40])


def _enter(mail: EmailMessage, method: str, text: str) -> None:
    """Twice: where mail programs look for invitations, and as a file for those that do not."""
    params = {"method": method}
    mail.add_alternative(text, subtype="calendar", params=params)
    mail.add_attachment(text, subtype="calendar", params=params, filename="invite.ics")


def is_address(address: str) -> bool:
    """Could a server take it? The company's own names (`@postbox`, `@aurore.local`) are good too."""
    try:
        _checked(address)
    except Undeliverable:
        return False
    return True


def _checked(address: str) -> str:
    """The address as servers take it; raises Undeliverable for what is none."""
    try:
        found = validate_email(
            address, check_deliverability=False, globally_deliverable=False, allow_smtputf8=False
        )
    except EmailNotValidError as mistake:
        raise Undeliverable(f"not an address: {mistake}") from mistake
    return found.ascii_email or found.normalized


def _one_line(words: str) -> str:
    """What may stand in a header: printable, on one line, not endless."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())[
        :LONGEST
    ]


def _post(letter: Leased) -> None:
    said = letter.payload
    db.session.execute(
        insert(PostedMail)
        .values(
            once=letter.once,
            about=letter.about,
            address=said["to"],
            language=said["language"],
            subject=said["subject"],
            text=said["text"],
            html=said["html"],
            posted_at=datetime.fromisoformat(said["at"]),
        )
        .on_conflict_do_nothing(index_elements=[PostedMail.once])
    )


def _line(relay: Relay) -> Line:
    """One line for as long as this application context lives: a drain uses it for all its mails."""
    if "post_line" not in g:
        g.post_line = Line(relay)
    line: Line = g.post_line
    return line


def _hang_up(_error: BaseException | None) -> None:
    line: Line | None = proxies.kept().pop("post_line", None)
    if line is not None:
        line.close()
