"""Setting words and drawings with typst: a tagged PDF (PDF/UA-1), or a picture. Pure."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Any, Literal


class NoSuchLetters(Exception):
    """This machine has no font for some letters: rather no paper than one with empty boxes."""


def pdf(source: bytes, given: Mapping[str, str], at: datetime) -> bytes:
    """The same words at the same moment give the same bytes. Raises NoSuchLetters."""
    typst = _typst()
    try:
        made = typst.compile(
            source,
            format="pdf",
            font_paths=_fonts(),
            pdf_standards=["ua-1"],
            sys_inputs=dict(given),
            timestamp=int(at.timestamp()),
        )
    except typst.TypstError as error:
        if "could not be displayed with font" in str(error):
            raise NoSuchLetters from error
        raise
    return _one(made)


def picture(source: bytes, given: Mapping[str, str], shape: Literal["png", "svg"]) -> bytes:
    """One page, a point to the pixel."""
    made = _typst().compile(
        source, format=shape, font_paths=_fonts(), ppi=72, sys_inputs=dict(given)
    )
    return _one(made)


def _one(made: object) -> bytes:
    if not isinstance(made, bytes):
        raise TypeError("one file was asked for")
    return made


@cache
def _fonts() -> Any:
    """Those that come with typst and those of this machine: looking for them costs more than a page."""
    return _typst().Fonts()


def _typst() -> Any:
    """Seven MB, for those who print."""
    return import_module("typst")
