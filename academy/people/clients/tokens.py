"""Tokens of other systems: long and by chance, shown once, kept as a print. Pure."""

import hashlib
import re
import secrets

CHANCE = re.compile(r"[A-Za-z0-9_-]{43}")
SHOWN = 4


def new_token(prefix: str) -> str:
    """256 bits of chance: nobody guesses it, so that a plain print of it is enough."""
    return prefix + secrets.token_urlsafe(32)


def print_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def hint(token: str) -> str:
    """Its last characters, to tell one token from another."""
    return token[-SHOWN:]


def bearer(header: str | None, prefix: str) -> str | None:
    """The token in an Authorization header; None for anything that cannot be one with this prefix."""
    scheme, _space, token = (header or "").partition(" ")
    token = token.strip()
    ours = token.startswith(prefix) and CHANCE.fullmatch(token.removeprefix(prefix))
    return token if scheme.lower() == "bearer" and ours else None
