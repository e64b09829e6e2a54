"""The figures of an entity as a file: the same that its pages say."""

from datetime import datetime, timedelta
from enum import StrEnum
from importlib import import_module
from typing import Any

from flask import Blueprint, Response, abort, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock, database
from academy.database import db
from academy.hr.dashboards import framing
from academy.hr.dashboards.framing import SEES
from academy.hr.exports import paper, sheets
from academy.hr.exports.report import Report, report
from academy.people import audit
from academy.people.places import Place
from academy.people.sessions import me
from academy.web import throttle
from academy.web.guards import only
from academy.web.throttle import Limit
from academy.web.typesetting import NoSuchLetters

bp = Blueprint("exports", __name__)

TAKEN = Limit("figures-file", 30, timedelta(minutes=10))


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    PDF = "pdf"


TYPES = {
    Format.CSV: "text/csv",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.PDF: "application/pdf",
}


@bp.post("/hr/entities/<int:entity>/file")
@only(*SEES)
def file(entity: int) -> ResponseReturnValue:
    """A table, a workbook or a report on paper; written to the audit log. Nobody waits while it is made."""
    if (wanted := request.form.get("format", "")) not in set(Format):
        abort(400)
    at = clock.now()
    database.about_to_write()
    allowed = throttle.allow(TAKEN, str(me().id), at)
    db.session.commit()
    database.reading_only()
    if not allowed:
        abort(429)
    moment = framing.moment() or abort(404)
    frame = framing.framed(entity, moment)
    try:
        content = _made(report(frame), Format(wanted))
    except NoSuchLetters:
        flash(
            _("This academy has no font for some letters of this report. Ask those who run it."),
            "error",
        )
        return redirect(url_for("dashboards.completion", entity=entity, day=frame.asked))
    name = f"figures-{frame.here.id}-{frame.day.isoformat()}.{wanted}"
    database.about_to_write()
    _write_down(frame.here, name, at)
    db.session.commit()
    response = Response(content, mimetype=TYPES[Format(wanted)])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _write_down(here: Place, name: str, at: datetime) -> None:
    act = audit.Act.FIGURES_EXPORTED
    audit.record(me().id, act, f"entity:{here.key}", at, {"file": name})


def _made(found: Report, wanted: Format) -> bytes:
    at = clock.now()
    match wanted:
        case Format.CSV:
            return sheets.table(found).encode()
        case Format.XLSX:
            room: Any = import_module("academy.hr.exports.workbook")  # openpyxl, 0.3 s
            content: bytes = room.workbook(found, at)
            return content
        case Format.PDF:
            return paper.pdf(found, current_app.config["SETTINGS"].company, at)
