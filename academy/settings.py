"""Settings, read once from the environment. `docs/operate.md` lists them; a test keeps the list complete."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from academy import providers, variables
from academy.providers import BrokenProvider, Provider
from academy.variables import BrokenSetting, day, days, hosts, seconds, yes

__all__ = ["ROOT", "SECRETS", "BrokenSetting", "MissingSetting", "Settings", "read"]

ROOT = Path(__file__).resolve().parent.parent


class MissingSetting(RuntimeError):
    """The academy cannot start without a setting; the message names it."""


SECRETS = (
    "ACADEMY_SECRET_KEY",
    "ACADEMY_DATABASE_URL",
    "ACADEMY_SMTP_URL",
    "ACADEMY_QUEUE_URL",
    "ACADEMY_SIGNING_KEYS",
    "ACADEMY_METRICS_TOKEN",
    "ACADEMY_BACKUP_KEY",
)
"""Each may be told as `..._FILE` instead: the file that holds it, read at start."""

LEASE = timedelta(minutes=3)  # longer than one mail may take
LEAVERS_KEPT = timedelta(days=365)
LEAVER_LINK = timedelta(days=90)
POOL_WAIT = timedelta(seconds=10)
RECYCLE = timedelta(minutes=30)
PING = timedelta(seconds=30)
STATEMENT_LIMIT = timedelta(seconds=30)
LOCK_LIMIT = timedelta(seconds=10)
IDLE_LIMIT = timedelta(seconds=60)
BACKUPS_KEPT = (7, 4, 12)
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
    log: str = "text"  # ACADEMY_LOG: json writes each line of the log as an object
    metrics_token: str = field(
        default="", repr=False
    )  # ACADEMY_METRICS_TOKEN: who shows it may read /metrics; without it there is none
    stopping_file: Path | None = (
        None  # ACADEMY_STOPPING_FILE: while this file is there, /ready says no
    )
    pool: int = 5  # ACADEMY_DATABASE_POOL: connections to PostgreSQL each process keeps
    overflow: int = 10  # ACADEMY_DATABASE_OVERFLOW: and opens beyond, when needed
    pool_wait: timedelta = (
        POOL_WAIT  # ACADEMY_DATABASE_WAIT_SECONDS: how long a request waits for one of them
    )
    recycle: timedelta = (
        RECYCLE  # ACADEMY_DATABASE_RECYCLE_SECONDS: after which age one is replaced
    )
    ping: timedelta = PING  # ACADEMY_DATABASE_PING_SECONDS: unused for so long, one is tried first
    pooler: bool = False  # ACADEMY_DATABASE_POOLER: 1 behind PgBouncer that pools transactions
    statement_limit: timedelta = (
        STATEMENT_LIMIT  # ACADEMY_DATABASE_STATEMENT_SECONDS: the longest statement of a page
    )
    lock_limit: timedelta = (
        LOCK_LIMIT  # ACADEMY_DATABASE_LOCK_SECONDS: how long a page waits for a lock
    )
    idle_limit: timedelta = (
        IDLE_LIMIT  # ACADEMY_DATABASE_IDLE_SECONDS: a transaction that does nothing ends
    )
    backups: Path | None = None  # ACADEMY_BACKUPS: the folder of nightly backups; none without it
    backup_hour: int = 1  # ACADEMY_BACKUP_HOUR: from which hour (UTC) the worker makes them
    backups_kept: tuple[int, int, int] = (
        BACKUPS_KEPT  # ACADEMY_BACKUPS_KEPT: how many days, weeks and months keep one
    )
    backup_key: str = field(
        default="", repr=False
    )  # ACADEMY_BACKUP_KEY: the passphrase that seals backups; not sealed without it
    second_factor: str = (
        "optional"  # ACADEMY_SECOND_FACTOR: whom a password alone does not let in: staff, everyone
    )
    password_words: frozenset[str] = (
        frozenset()  # ACADEMY_PASSWORD_WORDS: names of the company that make no password: brands, towns
    )
    pg_tools: Path | None = None  # ACADEMY_PG_TOOLS: the folder of pg_dump; the PATH unless set


def read(environ: Mapping[str, str] = os.environ) -> Settings:
    """The settings of this process; raises MissingSetting with the name of what is missing."""
    environ = variables.with_files(environ, SECRETS)
    home = Path(environ.get("ACADEMY_HOME") or ROOT / "var").resolve()
    home.mkdir(parents=True, exist_ok=True)
    demo = yes(environ, "ACADEMY_DEMO")
    port = environ.get("PORT", "8000")
    return Settings(
        home=home,
        database_url=environ.get("ACADEMY_DATABASE_URL") or f"sqlite:///{home / 'academy.sqlite'}",
        sqlite_synchronous=environ.get("ACADEMY_SQLITE_SYNCHRONOUS", "NORMAL"),
        secret_key=environ.get("ACADEMY_SECRET_KEY") or _kept_secret(home, demo),
        demo=demo,
        public_url=environ.get("ACADEMY_PUBLIC_URL", f"http://127.0.0.1:{port}").rstrip("/"),
        secure_cookies=yes(environ, "ACADEMY_SECURE_COOKIES"),
        trusted_proxies=int(environ.get("ACADEMY_TRUSTED_PROXIES", "0")),
        company=environ.get("ACADEMY_COMPANY", "Papeteries Aurore"),
        content=Path(environ.get("ACADEMY_CONTENT") or ROOT / "content"),
        badges=Path(environ.get("ACADEMY_BADGES") or ROOT / "badges"),
        opened_on=day(environ, "ACADEMY_OPENED_ON"),
        smtp_url=environ.get("ACADEMY_SMTP_URL", ""),
        mail_from=environ.get("ACADEMY_MAIL_FROM", ""),
        queue_url=environ.get("ACADEMY_QUEUE_URL", ""),
        lease=seconds(environ, "ACADEMY_LEASE_SECONDS", LEASE),
        reminders=yes(environ, "ACADEMY_REMINDERS", otherwise="1"),
        video_hosts=hosts(environ, "ACADEMY_VIDEO_HOSTS"),
        leavers_kept=days(environ, "ACADEMY_LEAVERS_KEPT_DAYS", LEAVERS_KEPT),
        leaver_link=days(environ, "ACADEMY_LEAVER_LINK_DAYS", LEAVER_LINK),
        keep_letters=days(environ, "ACADEMY_KEEP_LETTERS_DAYS", A_MONTH, 7, 365),
        keep_notices=days(environ, "ACADEMY_KEEP_NOTICES_DAYS", A_YEAR, 90, 3_650),
        keep_campaigns=days(environ, "ACADEMY_KEEP_CAMPAIGNS_DAYS", A_YEAR, 1, 3_650),
        keep_lists=days(environ, "ACADEMY_KEEP_LISTS_DAYS", timedelta(days=7), 1, 30),
        keep_reports=days(environ, "ACADEMY_KEEP_REPORTS_DAYS", A_MONTH, 1, 365),
        keep_tries=days(environ, "ACADEMY_KEEP_TRIES_DAYS", timedelta(days=2), 2, 30),
        keep_audit=variables.days_or_for_good(environ, "ACADEMY_KEEP_AUDIT_DAYS", 365),
        signing_keys=environ.get("ACADEMY_SIGNING_KEYS", ""),
        providers=_providers(environ, "ACADEMY_OIDC"),
        log=variables.one_of(environ, "ACADEMY_LOG", ("text", "json")),
        metrics_token=environ.get("ACADEMY_METRICS_TOKEN", ""),
        stopping_file=variables.path(environ, "ACADEMY_STOPPING_FILE"),
        pool=variables.count(environ, "ACADEMY_DATABASE_POOL", 5, least=1),
        overflow=variables.count(environ, "ACADEMY_DATABASE_OVERFLOW", 10),
        pool_wait=seconds(environ, "ACADEMY_DATABASE_WAIT_SECONDS", POOL_WAIT),
        recycle=seconds(environ, "ACADEMY_DATABASE_RECYCLE_SECONDS", RECYCLE),
        ping=seconds(environ, "ACADEMY_DATABASE_PING_SECONDS", PING, least=0),
        pooler=yes(environ, "ACADEMY_DATABASE_POOLER"),
        statement_limit=seconds(
            environ, "ACADEMY_DATABASE_STATEMENT_SECONDS", STATEMENT_LIMIT, least=0
        ),
        lock_limit=seconds(environ, "ACADEMY_DATABASE_LOCK_SECONDS", LOCK_LIMIT, least=0),
        idle_limit=seconds(environ, "ACADEMY_DATABASE_IDLE_SECONDS", IDLE_LIMIT, least=0),
        backups=variables.path(environ, "ACADEMY_BACKUPS"),
        backup_hour=variables.hour(environ, "ACADEMY_BACKUP_HOUR", 1),
        backups_kept=variables.three(environ, "ACADEMY_BACKUPS_KEPT", BACKUPS_KEPT),
        backup_key=environ.get("ACADEMY_BACKUP_KEY", ""),
        second_factor=variables.one_of(
            environ, "ACADEMY_SECOND_FACTOR", ("optional", "staff", "everyone")
        ),
        password_words=variables.names(environ, "ACADEMY_PASSWORD_WORDS"),
        pg_tools=variables.path(environ, "ACADEMY_PG_TOOLS"),
    )


def _providers(environ: Mapping[str, str], name: str) -> tuple[Provider, ...]:
    """Each is told in variables of its own; raises BrokenSetting."""
    try:
        return providers.read(environ) if environ.get(name) else ()
    except BrokenProvider as error:
        raise BrokenSetting(str(error)) from error


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
