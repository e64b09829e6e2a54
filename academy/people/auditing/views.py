"""Who did what, and when: for administrators of the whole company."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from academy.people import audit
from academy.people import queries as people
from academy.people.accounts import queries as accounts
from academy.people.audit import AuditEntry, Wanted
from academy.people.audit_words import ACTS, act_name, kind_name, told
from academy.people.directory import desk
from academy.people.models import Role
from academy.web.guards import only
from academy.web.incoming import asked, row_number

bp = Blueprint("auditing", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class Line:
    at: datetime
    act: str
    actor: str
    actor_email: str
    kind: str
    subject: str
    subject_url: str | None
    details: str


@dataclass(frozen=True, slots=True)
class AuditPage:
    lines: tuple[Line, ...]
    acts: tuple[tuple[str, str], ...]
    act: str
    actor: str
    unknown_actor: bool
    older_url: str | None
    newer_url: str | None


@bp.get("/audit")
@only(Role.ADMIN)
def log() -> ResponseReturnValue:
    """A page of the log, by act and by actor when asked for."""
    desk.require_the_whole_company()
    act, actor = asked("act"), asked("actor")
    act = act if act in ACTS else ""
    before = request.args.get("before", type=row_number)
    by = accounts.anybody_at(actor) if actor else None
    unknown = bool(actor) and by is None
    entries, more = ([], False) if unknown else audit.entries(Wanted(by, act, before))
    chosen: dict[str, Any] = {"act": act or None, "actor": actor or None}
    page = AuditPage(
        lines=_lines(entries),
        acts=tuple(sorted(((str(key), str(words)) for key, words in ACTS.items()), key=_by_words)),
        act=act,
        actor=actor,
        unknown_actor=unknown,
        older_url=url_for(".log", before=entries[-1].id, **chosen) if more else None,
        newer_url=url_for(".log", **chosen) if before else None,
    )
    return render_template("auditing/audit.html", page=page)


def _lines(entries: list[AuditEntry]) -> tuple[Line, ...]:
    """The entries with the names of whom they speak of, found in one statement."""
    named = {_person(entry.subject) for entry in entries} | {entry.actor_id for entry in entries}
    names = people.named(number for number in named if number is not None)
    return tuple(_line(entry, names) for entry in entries)


def _line(entry: AuditEntry, names: dict[int, people.Named]) -> Line:
    actor, number = names.get(entry.actor_id or 0), _person(entry.subject)
    subject = names.get(number or 0)
    kind, key = kind_name(entry.subject)
    return Line(
        at=entry.at,
        act=act_name(entry.act),
        actor=actor.name if actor else "",
        actor_email=actor.email if actor else "",
        kind="" if subject else kind,
        subject=subject.name if subject else key,
        subject_url=url_for("directory.person", number=number) if subject else None,
        details=told(entry.details),
    )


def _person(subject: str) -> int | None:
    """The number in `person:12`."""
    kind, _colon, number = subject.partition(":")
    return int(number) if kind == "person" and number.isdecimal() else None


def _by_words(act: tuple[str, str]) -> str:
    return act[1]
