"""The releases, for those who write them: what is in force, since when, and what each one changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from academy.catalog import queries, releases
from academy.catalog.comparing import Comparison, Kind, Thing
from academy.catalog.models import Action, Origin
from academy.catalog.queries import Line
from academy.people.models import Role
from academy.web.guards import only
from academy.web.incoming import row_number

bp = Blueprint("catalog", __name__, template_folder="templates")

MOST_SHOWN = 200
"""Parts named in one list of a comparison; a terminal tells them all."""


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One line of the log, in words. `change` is empty when there was nothing to compare it with."""

    key: str
    at: datetime
    in_force: bool
    rolled_back: bool
    title: str
    notes: str
    contents: str
    change: str
    url: str


@dataclass(frozen=True, slots=True)
class ReleasesPage:
    """`held` is the release this page was answered with, when it is not the newest."""

    rows: tuple[ReleaseRow, ...]
    held: str
    older_url: str | None
    newer_url: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """What happened to several parts of one kind; `more` are not named here."""

    title: str
    things: tuple[Thing, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Section:
    sign: str
    title: str
    text: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class ReleasePage:
    row: ReleaseRow
    sections: tuple[Section, ...]


@bp.get("/releases")
@only(Role.AUTHOR, Role.ADMIN)
def log() -> ResponseReturnValue:
    """What was put in force, newest first."""
    before = request.args.get("before", type=row_number)
    lines, more = queries.log(before)
    held = releases.current().release
    newest = lines[0] if lines and before is None else None
    page = ReleasesPage(
        rows=tuple(_row(line, in_force=line is newest) for line in lines),
        held=held if newest and newest.key != held else "",
        older_url=url_for("catalog.log", before=lines[-1].id) if more else None,
        newer_url=url_for("catalog.log") if before else None,
    )
    return render_template("catalog/releases.html", page=page)


@bp.get("/releases/<int:number>")
@only(Role.AUTHOR, Role.ADMIN)
def release(number: int) -> ResponseReturnValue:
    """What one of them changed."""
    line, comparison = queries.line(number) or abort(404)
    page = ReleasePage(_row(line), _sections(comparison or Comparison()))
    return render_template("catalog/release.html", page=page)


def _row(line: Line, in_force: bool = False) -> ReleaseRow:
    return ReleaseRow(
        key=line.key,
        at=line.at,
        in_force=in_force,
        rolled_back=line.action == Action.ROLLBACK,
        title=_title(line),
        notes=line.notes,
        contents=", ".join(
            _counted(Kind(kind), count) for kind, count in line.counts.items() if count
        ),
        change=_change(line),
        url=url_for("catalog.release", number=line.id),
    )


def _title(line: Line) -> str:
    """Who did what."""
    if line.action == Action.ROLLBACK:
        return (
            _("Put back in force by %(name)s", name=line.by) if line.by else _("Put back in force")
        )
    if line.by:
        return _("Published by %(name)s", name=line.by)
    if line.origin == Origin.SHIPPED:
        return _("Came with the academy")
    return _("Published from a terminal")


def _change(line: Line) -> str:
    """How much changed from the line before."""
    if line.added is None or line.changed is None or line.withdrawn is None:
        return ""
    parts = (
        (line.added, ngettext("%(num)s new", "%(num)s new", line.added)),
        (line.changed, ngettext("%(num)s changed", "%(num)s changed", line.changed)),
        (line.withdrawn, ngettext("%(num)s withdrawn", "%(num)s withdrawn", line.withdrawn)),
    )
    return ", ".join(words for count, words in parts if count) or _("Nothing a reader would see")


def _sections(comparison: Comparison) -> tuple[Section, ...]:
    """New, changed, withdrawn: those with something in them."""
    sections = (
        Section(
            "new",
            _("New"),
            _("Everybody may meet them from this release on."),
            _groups(comparison.new),
        ),
        Section(
            "changed",
            _("Changed"),
            _("Same key, other words or another answer: what people remember of them stays."),
            _groups(comparison.changed),
        ),
        Section(
            "withdrawn",
            _("Withdrawn"),
            _("Nobody is asked or shown them any more; what they earned stays theirs."),
            _groups(comparison.withdrawn),
        ),
    )
    return tuple(section for section in sections if section.groups)


def _groups(things: Sequence[Thing]) -> tuple[Group, ...]:
    """By kind, each with its number; a long list is cut."""
    kinds = {kind: tuple(thing for thing in things if thing.kind is kind) for kind in Kind}
    return tuple(
        Group(_counted(kind, len(some)), some[:MOST_SHOWN], max(0, len(some) - MOST_SHOWN))
        for kind, some in kinds.items()
        if some
    )


def _counted(kind: Kind, count: int) -> str:
    match kind:
        case Kind.THEME:
            return ngettext("%(num)s theme", "%(num)s themes", count)
        case Kind.MODULE:
            return ngettext("%(num)s module", "%(num)s modules", count)
        case Kind.LESSON:
            return ngettext("%(num)s lesson", "%(num)s lessons", count)
        case Kind.NOTION:
            return ngettext("%(num)s notion", "%(num)s notions", count)
        case Kind.QUESTION:
            return ngettext("%(num)s question", "%(num)s questions", count)
        case Kind.TRACK:
            return ngettext("%(num)s track", "%(num)s tracks", count)
        case Kind.SEASON:
            return ngettext("%(num)s season", "%(num)s seasons", count)
