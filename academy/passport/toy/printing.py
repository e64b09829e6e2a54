"""Sheets as PDF: vector drawings, embedded fonts, PDF/UA-1. Pure: words and drawings in, bytes out."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from academy.passport.toy.choosing import Paper
from academy.web import typesetting

PAPERS = {Paper.A4: "a4", Paper.LETTER: "us-letter"}
SOURCES = Path(__file__).parent / "paper"


def pdf(name: str, words: Mapping[str, Any], drawings: Mapping[str, str], at: datetime) -> bytes:
    """The document `name`, said in these words, with these drawings; raises NoSuchLetters."""
    given = {"words": json.dumps(words), **drawings}
    return typesetting.pdf(_source(name), given, at)


@cache
def _source(name: str) -> bytes:
    return (SOURCES / "common.typ").read_bytes() + (SOURCES / f"{name}.typ").read_bytes()
