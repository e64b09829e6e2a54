"""Words of the environment, read as what they mean; a word that means nothing stops the start."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
MOST_DAYS = 36_500
MOST = 1_000_000
LAST_HOUR = 23

Environ = Mapping[str, str]


class BrokenSetting(RuntimeError):
    """A setting cannot be used as it is; the message says what it should look like."""


def with_files(environ: Environ, names: Sequence[str]) -> Environ:
    """What `NAME_FILE` holds stands for NAME; raises BrokenSetting for both, and for no such file or word."""
    read = {name: _held(environ, name) for name in names if environ.get(f"{name}_FILE")}
    return {**environ, **read}


def _held(environ: Environ, name: str) -> str:
    file = Path(environ[f"{name}_FILE"])
    if environ.get(name):
        raise BrokenSetting(f"Set {name} or {name}_FILE, not both.")
    try:
        found = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenSetting(f"{name}_FILE: {file} cannot be read.") from error
    if not found:  # a secret that was meant to be there
        raise BrokenSetting(f"{name}_FILE: {file} is empty.")
    return found


def yes(environ: Environ, name: str, otherwise: str = "") -> bool:
    return (environ.get(name) or otherwise).lower() in {"1", "true", "yes", "on"}


def one_of(environ: Environ, name: str, words: Sequence[str]) -> str:
    """One of these words, the first when nothing is said; raises BrokenSetting for another."""
    typed = environ.get(name) or words[0]
    if typed not in words:
        raise BrokenSetting(f"{name} must be {' or '.join(words)}.")
    return typed


def names(environ: Environ, name: str) -> frozenset[str]:
    """Words with commas between them; none when nothing is said."""
    return frozenset(filter(None, map(str.strip, environ.get(name, "").split(","))))


def path(environ: Environ, name: str) -> Path | None:
    return Path(environ[name]).resolve() if environ.get(name) else None


def hour(environ: Environ, name: str, otherwise: int) -> int:
    """An hour of the day, from 0 to 23; raises BrokenSetting for anything else."""
    said = f"{name} must be an hour, from 0 to 23."
    return _number(environ.get(name, ""), 0, LAST_HOUR, said, otherwise)


def three(environ: Environ, name: str, otherwise: tuple[int, int, int]) -> tuple[int, int, int]:
    """Three whole numbers with commas between them; raises BrokenSetting for anything else."""
    typed = environ.get(name, "")
    found = re.fullmatch(r"(\d{1,3}), ?(\d{1,3}), ?(\d{1,3})", typed, re.ASCII)
    if typed and not found:
        raise BrokenSetting(f"{name} must be days, weeks and months: 7,4,12")
    return (int(found[1]), int(found[2]), int(found[3])) if found else otherwise


def count(environ: Environ, name: str, otherwise: int, least: int = 0) -> int:
    """A whole number, at least so many; raises BrokenSetting for anything else."""
    return _number(environ.get(name, ""), least, MOST, f"{name} must be a whole number.", otherwise)


def seconds(environ: Environ, name: str, otherwise: timedelta, least: int = 1) -> timedelta:
    """A whole number of seconds, at least so many; raises BrokenSetting for anything else."""
    said = f"{name} must be a whole number of seconds."
    usual = int(otherwise.total_seconds())
    return timedelta(seconds=_number(environ.get(name, ""), least, MOST, said, usual))


def days(
    environ: Environ, name: str, otherwise: timedelta, least: int = 1, most: int = MOST_DAYS
) -> timedelta:
    """A whole number of days within these bounds; raises BrokenSetting for anything else."""
    said = f"{name} must be a whole number of days, from {least} to {most}."
    return timedelta(days=_number(environ.get(name, ""), least, most, said, otherwise.days))


def days_or_for_good(environ: Environ, name: str, least: int) -> timedelta | None:
    """The same; without it, nothing is ever forgotten."""
    return days(environ, name, timedelta(days=least), least) if environ.get(name) else None


def _number(typed: str, least: int, most: int, said: str, otherwise: int) -> int:
    if not typed:
        return otherwise
    if not (typed.isascii() and typed.isdecimal() and least <= int(typed) <= most):
        raise BrokenSetting(said)
    return int(typed)


def day(environ: Environ, name: str) -> date | None:
    """A day as year-month-day, or nothing; raises BrokenSetting for anything else."""
    typed = environ.get(name, "")
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError as error:
        raise BrokenSetting(f"{name} must be a day, as 2027-01-31.") from error


def hosts(environ: Environ, name: str) -> frozenset[str]:
    """Names of hosts with commas between them; raises BrokenSetting for anything else."""
    found = frozenset(filter(None, re.split(r"[,\s]+", environ.get(name, ""))))
    if not all(HOST.fullmatch(host) for host in found):
        raise BrokenSetting(f"{name} must be names of hosts: player.vimeo.com, video.example.com")
    return found
