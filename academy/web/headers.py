"""What every answer carries: a request number, security headers, caching by content."""

import hashlib
import secrets
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Request, Response, current_app, request

from academy import database, proxies
from academy.web.counting import UNKNOWN
from academy.web.exchange import Answer
from academy.web.incoming import limit_of
from academy.web.watching import SAID, number_of

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "manifest-src": "'self'",
}


def policy(more: Mapping[str, str] | None = None) -> str:
    """What a page may load and do. `more` is for the one page that needs it: a film, somebody's player."""
    return "; ".join(f"{what} {whence}" for what, whence in {**POLICY, **(more or {})}.items())


SECURITY = {
    "Content-Security-Policy": policy(),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
A_YEAR = 31_536_000
REFUSED = 400
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def host_only(cookie: str, secure: bool) -> str:
    """Its name over https: browsers take `__Host-` from this host alone, not from one beside it."""
    return f"__Host-{cookie}" if secure else cookie


def init_app(app: Flask, secure: bool, proxied: bool) -> None:
    """Number requests, mark those that only read, set the headers, name static files by content."""
    app.config["LANGUAGE_COOKIE_NAME"] = host_only("language", secure)
    always = dict(SECURITY)
    if secure:
        always["Strict-Transport-Security"] = f"max-age={A_YEAR}; includeSubDomains"

    @app.before_request
    def begin() -> None:
        asked = proxies.asked()
        proxies.kept().request_id = number_of(asked.environ, proxied) or secrets.token_hex(6)
        large = limit_of(app.view_functions.get(asked.endpoint or ""))
        if large:
            asked.max_content_length = large
        if large or asked.method in SAFE_METHODS:
            database.reading_only()
        else:
            database.may_write()

    @app.after_request
    def finish(response: Answer) -> Answer:
        number, asked = proxies.kept().get("request_id", ""), proxies.asked()
        rule = asked.url_rule
        said = (UNKNOWN if rule is None else rule.rule, response.status_code, number)
        asked.environ[SAID] = said
        return _finished(asked, response, {**always, "X-Request-ID": number})

    @app.url_defaults
    def name_by_content(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and "filename" in values:
            values.setdefault("v", _content(values["filename"]))


def _finished(asked: Request, response: Answer, ours: Mapping[str, str]) -> Answer:
    """What is said already stands. Pages are never kept, unless they said otherwise."""
    if asked.endpoint == "static":
        response.tell(ours)
        _keep_by_content(response)
    elif "cache-control" in response.tell({**ours, "Cache-Control": "no-store"}):
        _never_keep(response)
    return response


def _keep_by_content(response: Response) -> None:
    """Static files named by content for a year; under another name, something else may be sent."""
    name = (request.view_args or {}).get("filename", "")
    if response.status_code < REFUSED and request.args.get("v") == _content(name):
        response.cache_control.max_age = A_YEAR
        response.cache_control.public = True
        response.cache_control.immutable = True


def _never_keep(response: Response) -> None:
    """Unless it says for how long."""
    if not response.cache_control.max_age:
        response.cache_control.no_store = True


def _content(name: str) -> str:
    return fingerprint(Path(current_app.static_folder or "") / name)


@lru_cache(maxsize=512)
def fingerprint(file: Path) -> str:
    """Ten hex digits of the file's bytes; a file that is not there has none."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10] if file.is_file() else "0"
