"""What every answer carries: a request number, security headers, caching by content."""

import hashlib
import uuid
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, request

from academy import database

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
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask, secure: bool) -> None:
    """Number requests, mark those that only read, set the headers, name static files by content."""
    always = dict(SECURITY)
    if secure:
        always["Strict-Transport-Security"] = f"max-age={A_YEAR}"

    @app.before_request
    def begin() -> None:
        g.request_id = uuid.uuid4().hex[:12]
        if request.method in SAFE_METHODS:
            database.reading_only()
        else:
            database.may_write()

    @app.after_request
    def finish(response: Response) -> Response:
        _add(response, always)
        response.headers.add("X-Request-ID", g.get("request_id", ""))
        _set_caching(response)
        return response

    @app.url_defaults
    def name_by_content(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and app.static_folder and "filename" in values:
            values.setdefault("v", _fingerprint(Path(app.static_folder) / values["filename"]))


def _add(response: Response, always: dict[str, str]) -> None:
    """What is not there yet; looked through once, where `setdefault` looks for each."""
    said = {name.lower() for name, _value in response.headers}
    for name, value in always.items():
        if name.lower() not in said:
            response.headers.add(name, value)


def _set_caching(response: Response) -> None:
    """Static files named by content for a year; pages never, unless they said otherwise."""
    if request.endpoint != "static":
        if "Cache-Control" not in response.headers:
            response.headers.add("Cache-Control", "no-store")
        elif not response.cache_control.max_age:
            response.cache_control.no_store = True
    elif request.args.get("v"):
        response.cache_control.max_age = A_YEAR
        response.cache_control.public = True
        response.cache_control.immutable = True


@lru_cache(maxsize=512)
def _fingerprint(file: Path) -> str:
    """Ten hex digits of the file's bytes; a file that is not there has none."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10] if file.is_file() else "0"
