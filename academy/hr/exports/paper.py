"""The report of an entity as PDF: text and tables, tagged (PDF/UA-1)."""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from flask_babel import gettext as _

from academy.hr.exports.report import Report
from academy.web import typesetting

SHEETS = Path(__file__).with_name("report.typ").read_bytes()


def pdf(report: Report, company: str, at: datetime) -> bytes:
    """The same words at the same moment give the same bytes. Raises NoSuchLetters."""
    labels = {
        "not_told": _("not told"),
        "meanings": _("What these words mean"),
        "page": _("Page"),
        "company": company,
    }
    given = {"report": json.dumps(asdict(report)), "labels": json.dumps(labels)}
    return typesetting.pdf(SHEETS, given, at)
