"""The films of lessons, with their captions: given in the parts that a player asks for."""

from collections.abc import Iterable

from flask import Blueprint, Response, abort, current_app, request
from flask.typing import ResponseReturnValue

from academy.catalog import releases, screening
from academy.catalog.films import is_name
from academy.catalog.models import KeptFilm
from academy.database import db
from academy.web.guards import signed_in

bp = Blueprint("films", __name__)

A_YEAR = 31_536_000


@bp.get("/films/<string:name>")
@signed_in
def film(name: str) -> ResponseReturnValue:
    """A film, or the part of it that is asked for. Named by its content, it may be kept for good."""
    if not is_name(name):
        abort(404)
    found, content = screening.film(name, current_app.config["SETTINGS"].content) or abort(404)
    response = Response(mimetype=found.type)
    response.set_etag(found.name)
    response.accept_ranges = "bytes"
    response.cache_control.max_age = A_YEAR
    response.cache_control.private = True
    response.cache_control.immutable = True
    if request.if_none_match.contains(found.name):
        response.status_code = 304
        return response
    part = _part(found)
    if part is None:
        response.status_code = 416
        response.content_range.set(None, None, found.size)
        return response
    first, end = part
    if (first, end) != (0, found.size):
        response.status_code = 206
        response.content_range.set(first, end, found.size)
    response.response = _bytes(found, content, first, end)
    response.content_length = end - first
    return response


@bp.get("/lessons/<string:lesson>/captions/<string:language>.vtt")
@signed_in
def captions(lesson: str, language: str) -> ResponseReturnValue:
    """What a film says, in one language."""
    found = releases.current().captions.get(f"{lesson}.{language}.vtt") or abort(404)
    return Response(found, mimetype="text/vtt")


def _bytes(found: KeptFilm, content: bytes | None, first: int, end: int) -> Iterable[bytes]:
    if content is not None:
        return [content[first:end]]
    return screening.pieces(db.engine, found.name, first, end)


def _part(found: KeptFilm) -> tuple[int, int] | None:
    """Where what is asked for begins and ends: everything, unless one part of this very film is.

    None when the film is shorter than that.
    """
    wanted = request.range
    if wanted is None or wanted.units != "bytes" or len(wanted.ranges) != 1:
        return 0, found.size
    if request.if_range.etag not in (None, found.name) or request.if_range.date is not None:
        return 0, found.size
    return wanted.range_for_length(found.size)
