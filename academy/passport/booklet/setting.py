"""Setting a booklet as PDF: vector, fonts embedded, tagged (PDF/UA-1)."""

import json
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from academy.passport.booklet.contents import Contents
from academy.web import typesetting

LEAVES = Path(__file__).with_name("booklet.typ").read_bytes()


class Paper(StrEnum):
    """How the leaves are laid out."""

    PAGES = "pages"
    """Eight pages of A6, one after the other: to read, and for whoever listens."""
    SHEET = "sheet"
    """Four to each side of one A4 sheet, to be cut and folded."""


def pdf(contents: Contents, paper: Paper, at: datetime) -> bytes:
    """The booklet; raises NoSuchLetters."""
    given = {"contents": json.dumps(asdict(contents)), "paper": paper.value}
    return typesetting.pdf(LEAVES, given, at)


def file_name(paper: Paper) -> str:
    return "passport.pdf" if paper is Paper.PAGES else "passport-booklet.pdf"
