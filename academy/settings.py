"""Settings, read once from the environment. `docs/operate.md` lists them; a test keeps the list complete."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from academy import providers
from academy.providers import BrokenProvider, Provider

ROOT = Path(__file__).resolve().parent.parent


class MissingSetting(RuntimeError):
    """The academy cannot start without a setting; the message names it."""


class BrokenSetting(RuntimeError):
    """A setting cannot be used as it is; the message says what it should look like."""


HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
LEASE = timedelta(minutes=3)  # longer than one mail may take
LEAVERS_KEPT = timedelta(days=365)
MOST_DAYS = 36_500
LEAVER_LINK = timedelta(days=90)
A_MONTH, A_YEAR = timedelta(days=30), timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Settings:
    home: Path  # ACADEMY_HOME: where the data lives (SQLite file, generated secret)
    database_url: str  # ACADEMY_DATABASE_URL: SQLite in `home` unless set; postgresql+psycopg://...
    sqlite_synchronous: str  # ACADEMY_SQLITE_SYNCHRONOUS: NORMAL, or FULL to survive a power cut
    secret_key: str  # ACADEMY_SECRET_KEY: signs sessions; generated and kept in `home` in demo mode
    demo: bool  # ACADEMY_DEMO: 1 shows one-click personas on the sign-in page; never in production
    public_url: str  # ACADEMY_PUBLIC_URL: where strangers reach the academy; printed in QR codes
    secure_cookies: bool  # ACADEMY_SECURE_COOKIES: 1 sends cookies over https only
    trusted_proxies: int  # ACADEMY_TRUSTED_PROXIES: how many reverse proxies stand in front
    company: str  # ACADEMY_COMPANY: the name on the passport
    content: Path  # ACADEMY_CONTENT: the folder of the content that comes with the academy
    badges: Path  # ACADEMY_BADGES: the folder of the award rules
    opened_on: date | None = None  # ACADEMY_OPENED_ON: the day from which seasons count their weeks
    smtp_url: str = (
        ""  # ACADEMY_SMTP_URL: the mail server, smtp://user:password@host:587 or smtps://
    )
    mail_from: str = ""  # ACADEMY_MAIL_FROM: the address the academy writes from
    queue_url: str = (
        ""  # ACADEMY_QUEUE_URL: what wakes the worker; a SQLite file in `home` unless set
    )
    lease: timedelta = (
        LEASE  # ACADEMY_LEASE_SECONDS: when a letter is taken from a worker that died
    )
    reminders: bool = True  # ACADEMY_REMINDERS: 0 sends nobody a daily reminder
    video_hosts: frozenset[str] = (
        frozenset()  # ACADEMY_VIDEO_HOSTS: whose players a lesson may open, when somebody asks
    )
    leavers_kept: timedelta = (
        LEAVERS_KEPT  # ACADEMY_LEAVERS_KEPT_DAYS: when those who left are erased
    )
    leaver_link: timedelta = (
        LEAVER_LINK  # ACADEMY_LEAVER_LINK_DAYS: how long those who left may fetch what they earned
    )
    keep_letters: timedelta = (
        A_MONTH  # ACADEMY_KEEP_LETTERS_DAYS: how long it is known that a mail left
    )
    keep_notices: timedelta = A_YEAR  # ACADEMY_KEEP_NOTICES_DAYS: how long notices are kept
    keep_campaigns: timedelta = A_YEAR  # ACADEMY_KEEP_CAMPAIGNS_DAYS: whom an ended one concerned
    keep_lists: timedelta = (
        timedelta(days=7)  # ACADEMY_KEEP_LISTS_DAYS: how long a list of people waits to be applied
    )
    keep_reports: timedelta = (
        A_MONTH  # ACADEMY_KEEP_REPORTS_DAYS: how long what came of such a list is kept
    )
    keep_tries: timedelta = (
        timedelta(days=2)  # ACADEMY_KEEP_TRIES_DAYS: how long counts of tries are kept
    )
    keep_audit: timedelta | None = (
        None  # ACADEMY_KEEP_AUDIT_DAYS: how long the audit log is kept; for good unless set
    )
    signing_keys: str = field(
        default="", repr=False
    )  # ACADEMY_SIGNING_KEYS: what signs credentials; made and kept in `home` unless set
    providers: tuple[Provider, ...] = ()  # ACADEMY_OIDC: who else may say who somebody is


def read(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process; raises MissingSetting with the name of what is missing."""
    home = Path(environ.get("ACADEMY_HOME") or ROOT / "var").resolve()
    home.mkdir(parents=True, exist_ok=True)
    demo = _yes(environ, "ACADEMY_DEMO")
    port = environ.get("PORT", "8000")
    return Settings(
        home=home,
        database_url=environ.get("ACADEMY_DATABASE_URL") or f"sqlite:///{home / 'academy.sqlite'}",
        sqlite_synchronous=environ.get("ACADEMY_SQLITE_SYNCHRONOUS", "NORMAL"),
        secret_key=environ.get("ACADEMY_SECRET_KEY") or _kept_secret(home, demo),
        demo=demo,
        public_url=environ.get("ACADEMY_PUBLIC_URL", f"http://127.0.0.1:{port}").rstrip("/"),
        secure_cookies=_yes(environ, "ACADEMY_SECURE_COOKIES"),
        trusted_proxies=int(environ.get("ACADEMY_TRUSTED_PROXIES", "0")),
        company=environ.get("ACADEMY_COMPANY", "Papeteries Aurore"),
        content=Path(environ.get("ACADEMY_CONTENT") or ROOT / "content"),
        badges=Path(environ.get("ACADEMY_BADGES") or ROOT / "badges"),
        opened_on=_day(environ, "ACADEMY_OPENED_ON"),
        smtp_url=environ.get("ACADEMY_SMTP_URL", ""),
        mail_from=environ.get("ACADEMY_MAIL_FROM", ""),
        queue_url=environ.get("ACADEMY_QUEUE_URL", ""),
        lease=_seconds(environ, "ACADEMY_LEASE_SECONDS", LEASE),
        reminders=_yes(environ, "ACADEMY_REMINDERS", otherwise="1"),
        video_hosts=_hosts(environ, "ACADEMY_VIDEO_HOSTS"),
        leavers_kept=_days(environ, "ACADEMY_LEAVERS_KEPT_DAYS", LEAVERS_KEPT),
        leaver_link=_days(environ, "ACADEMY_LEAVER_LINK_DAYS", LEAVER_LINK),
        keep_letters=_days(environ, "ACADEMY_KEEP_LETTERS_DAYS", A_MONTH, 7, 365),
        keep_notices=_days(environ, "ACADEMY_KEEP_NOTICES_DAYS", A_YEAR, 90, 3_650),
        keep_campaigns=_days(environ, "ACADEMY_KEEP_CAMPAIGNS_DAYS", A_YEAR, 1, 3_650),
        keep_lists=_days(environ, "ACADEMY_KEEP_LISTS_DAYS", timedelta(days=7), 1, 30),
        keep_reports=_days(environ, "ACADEMY_KEEP_REPORTS_DAYS", A_MONTH, 1, 365),
        keep_tries=_days(environ, "ACADEMY_KEEP_TRIES_DAYS", timedelta(days=2), 2, 30),
        keep_audit=_days_or_for_good(environ, "ACADEMY_KEEP_AUDIT_DAYS", 365),
        signing_keys=environ.get("ACADEMY_SIGNING_KEYS", ""),
        providers=_providers(environ, "ACADEMY_OIDC"),
    )


def _providers(environ: Mapping[str, str], name: str) -> tuple[Provider, ...]:
    """Each is told in variables of its own; raises BrokenSetting."""
    try:
        return providers.read(environ) if environ.get(name) else ()
    except BrokenProvider as error:
        raise BrokenSetting(str(error)) from error


def _seconds(environ: Mapping[str, str], name: str, otherwise: timedelta) -> timedelta:
    """A whole number of seconds, at least one; raises BrokenSetting for anything else."""
    typed = environ.get(name, "")
    if not typed:
        return otherwise
    if not typed.isdecimal() or int(typed) < 1:
        raise BrokenSetting(f"{name} must be a whole number of seconds.")
    return timedelta(seconds=int(typed))


def _days(
    environ: Mapping[str, str],
    name: str,
    otherwise: timedelta,
    least: int = 1,
    most: int = MOST_DAYS,
) -> timedelta:
    """A whole number of days within these bounds; raises BrokenSetting for anything else."""
    typed = environ.get(name, "")
    if not typed:
        return otherwise
    if not (typed.isascii() and typed.isdecimal() and least <= int(typed) <= most):
        raise BrokenSetting(f"{name} must be a whole number of days, from {least} to {most}.")
    return timedelta(days=int(typed))


def _days_or_for_good(environ: Mapping[str, str], name: str, least: int) -> timedelta | None:
    """The same; without it, nothing is ever forgotten."""
    return _days(environ, name, A_YEAR, least) if environ.get(name) else None


def _day(environ: Mapping[str, str], name: str) -> date | None:
    """A day as year-month-day, or nothing; raises BrokenSetting for anything else."""
    typed = environ.get(name, "")
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError as error:
        raise BrokenSetting(f"{name} must be a day, as 2027-01-31.") from error


def _hosts(environ: Mapping[str, str], name: str) -> frozenset[str]:
    """Names of hosts with commas between them; raises BrokenSetting for anything else."""
    hosts = frozenset(filter(None, re.split(r"[,\s]+", environ.get(name, ""))))
    if not all(HOST.fullmatch(host) for host in hosts):
        raise BrokenSetting(f"{name} must be names of hosts: player.vimeo.com, video.example.com")
    return hosts


def _yes(environ: Mapping[str, str], name: str, otherwise: str = "") -> bool:
    return (environ.get(name) or otherwise).lower() in {"1", "true", "yes", "on"}


def _kept_secret(home: Path, demo: bool) -> str:
    """In demo mode, a secret made once and readable by its owner only; elsewhere it must be given."""
    if not demo:
        raise MissingSetting(
            "Set ACADEMY_SECRET_KEY to a long random text, or ACADEMY_DEMO=1 to try."
        )
    file = home / "secret-key"
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="utf-8")
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(secrets.token_urlsafe(48))
    return file.read_text(encoding="utf-8")
