"""Tokens of directories: long and by chance, shown once, kept as a print. Pure."""

import hashlib
import re
import secrets

PREFIX = "dir_"
WELL_MADE = re.compile(PREFIX + r"[A-Za-z0-9_-]{43}")
SHOWN = 4


def new_token() -> str:
    """256 bits of chance: nobody guesses it, so that a plain print of it is enough."""
    return PREFIX + secrets.token_urlsafe(32)


def print_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def hint(token: str) -> str:
    """Its last characters, to tell one token from another."""
    return token[-SHOWN:]


def bearer(header: str | None) -> str | None:
    """The token in an Authorization header; None for anything that cannot be one of ours."""
    scheme, _space, token = (header or "").partition(" ")
    token = token.strip()
    return token if scheme.lower() == "bearer" and WELL_MADE.fullmatch(token) else None
