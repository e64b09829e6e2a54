"""Passwords: argon2id with 19 MiB, two passes, one lane (OWASP's first recommendation).

The library's default costs seven times as much CPU: a morning's log-ins would need eleven cores.
"""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from academy.people.password_rules import LONGEST

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_NOBODY = _hasher.hash("nobody has this password")


def hashed(password: str) -> str:
    return _hasher.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Does the password fit? Takes as long when there is no such account (`None`)."""
    try:
        _hasher.verify(password_hash or _NOBODY, password[: LONGEST + 1])
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


def outdated(password_hash: str) -> bool:
    """Was it made with other parameters than today's?"""
    return _hasher.check_needs_rehash(password_hash)
