"""How the API says no: problem details (RFC 9457), in the language the request accepts."""

from collections.abc import Mapping
from typing import Any

from flask import Response, g, json, request
from flask_babel import force_locale
from flask_babel import lazy_gettext as _

from academy.web.errors import Said
from academy.web.words import LANGUAGES

MIMETYPE = "application/problem+json"
NOTHING = Said(
    _("There is nothing at this address"),
    _("It does not exist, or it is not within what this token may see."),
)
WORDS: Mapping[int, Said] = {
    400: Said(_("That request could not be understood"), _("Read the document of this API.")),
    401: Said(
        _("A token is needed"),
        _("Send “Authorization: Bearer” and a token that is neither revoked nor over."),
    ),
    403: Said(_("This token may not read that"), _("An administrator can make one that may.")),
    404: NOTHING,
    405: Said(_("That cannot be done this way"), _("This API is read with GET, and only read.")),
    422: Said(
        _("Something asked for cannot be read"),
        _("The parameters named below are wrong. Nothing was read."),
    ),
    429: Said(_("A little patience"), _("Too many requests: wait as long as Retry-After says.")),
}


def language() -> str:
    """By Accept-Language alone: nothing here depends on a cookie."""
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def told(
    status: int,
    said: Said | None = None,
    headers: Mapping[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
) -> Response:
    """A problem; in words of its own, or in those that go with its status."""
    words = said or WORDS[status]
    spoken = language()
    with force_locale(spoken):
        problem = {
            "type": "about:blank",
            "title": str(words.title),
            "status": status,
            "detail": str(words.words),
            "request_id": g.get("request_id", ""),
            **(more or {}),
        }
    answer = Response(json.dumps(problem), status, mimetype=MIMETYPE)
    answer.headers.update({"Content-Language": spoken, **(headers or {})})
    answer.vary.update(("Accept-Language", "Authorization"))
    return answer


def of_any(status: int, said: Said) -> Response:
    """For what `web/errors` caught: in words for systems where there are some."""
    return told(status, WORDS.get(status, said))
