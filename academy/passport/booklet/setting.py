"""Setting a booklet as PDF: vector, fonts embedded, tagged (PDF/UA-1)."""

import json
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import typst

from academy.passport.booklet.contents import Contents

LEAVES = Path(__file__).with_name("booklet.typ").read_bytes()


class Paper(StrEnum):
    """How the leaves are laid out."""

    PAGES = "pages"
    """Eight pages of A6, one after the other: to read, and for whoever listens."""
    SHEET = "sheet"
    """Four to each side of one A4 sheet, to be cut and folded."""


class NoSuchLetters(Exception):
    """This machine has no font for some letters of the booklet."""


def pdf(contents: Contents, paper: Paper, at: datetime) -> bytes:
    """The booklet; the same words at the same moment give the same bytes.

    Raises NoSuchLetters rather than print empty boxes.
    """
    try:
        made = typst.compile(
            LEAVES,
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=int(at.timestamp()),
            sys_inputs={"contents": json.dumps(asdict(contents)), "paper": paper.value},
        )
    except typst.TypstError as error:
        if "could not be displayed with font" in str(error):
            raise NoSuchLetters from error
        raise
    if not isinstance(made, bytes):
        raise TypeError("one file was asked for")
    return made


def file_name(paper: Paper) -> str:
    return "passport.pdf" if paper is Paper.PAGES else "passport-booklet.pdf"
