"""The report of an entity as PDF: text and tables, tagged (PDF/UA-1)."""

import json
from dataclasses import asdict
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from flask_babel import gettext as _

from academy.hr.exports.report import Report

SHEETS = Path(__file__).with_name("report.typ").read_bytes()


class NoSuchLetters(Exception):
    """This machine has no font for some letters of the report."""


def pdf(report: Report, company: str, at: datetime) -> bytes:
    """The same words at the same moment give the same bytes."""
    labels = {
        "not_told": _("not told"),
        "meanings": _("What these words mean"),
        "page": _("Page"),
        "company": company,
    }
    typst: Any = import_module("typst")  # seven MB, for those who print
    try:
        made = typst.compile(
            SHEETS,
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=int(at.timestamp()),
            sys_inputs={"report": json.dumps(asdict(report)), "labels": json.dumps(labels)},
        )
    except typst.TypstError as error:
        if "could not be displayed with font" in str(error):
            raise NoSuchLetters from error
        raise
    if not isinstance(made, bytes):
        raise TypeError("one file was asked for")
    return made
