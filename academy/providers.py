"""Who else may say who somebody is: the OpenID Connect providers that the environment names.

`ACADEMY_OIDC` names them; what each one is stands in variables of its own, `ACADEMY_OIDC_<NAME>_<WHAT>`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

NAME = re.compile(r"[a-z][a-z0-9]{0,29}")
DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
PREFIX = "ACADEMY_OIDC_"
PARTS = frozenset(
    {
        *("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "CLIENT_SECRET_FILE", "LABEL_FR", "LABEL_EN"),
        *("DOMAINS", "VERIFIED_CLAIM", "SCOPE", "PASSWORDS", "CREATE"),
        *("ENTITY", "ENTITY_CLAIM", "ENTITIES", "JOB", "JOB_CLAIM", "JOBS"),
    }
)


class BrokenProvider(ValueError):
    """What is said of a provider cannot be used; the message names the variable."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How one fact about a newcomer is read: a claim, what its values mean, and what holds without it."""

    claim: str = ""
    meanings: Mapping[str, str] = field(default_factory=dict)
    otherwise: str = ""


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider. `newcomers` says where people without an account are put; None opens none."""

    key: str
    issuer: str
    client_id: str
    domains: frozenset[str]
    label_fr: str
    label_en: str
    client_secret: str = field(default="", repr=False)
    verified_claim: str = "email_verified"
    scope: str = "openid email profile"
    passwords: bool = True
    entity: Reading | None = None
    job: Reading = field(default_factory=Reading)

    @property
    def creates(self) -> bool:
        """May an account be opened for somebody who has none?"""
        return self.entity is not None

    def said(self, language: str) -> str:
        """What people call it."""
        return self.label_fr if language == "fr" else self.label_en

    def speaks_for(self, email: str) -> bool:
        """Is this an address of one of its domains?"""
        return email.rpartition("@")[2].lower() in self.domains


def read(environ: Mapping[str, str]) -> tuple[Provider, ...]:
    """The providers in the order named; raises BrokenProvider."""
    names = [name for name in re.split(r"[,\s]+", environ.get("ACADEMY_OIDC", "")) if name]
    for name in names:
        if not NAME.fullmatch(name):
            raise BrokenProvider(f"ACADEMY_OIDC: {name} must be small letters and digits.")
    if len(set(names)) < len(names):
        raise BrokenProvider("ACADEMY_OIDC names a provider twice.")
    return tuple(_provider(name, _told(environ, name)) for name in names)


def _told(environ: Mapping[str, str], name: str) -> dict[str, str]:
    """What is said of this provider; a variable nobody knows is a slip of the pen."""
    mine = f"{PREFIX}{name.upper()}_"
    told = {key[len(mine) :]: value for key, value in environ.items() if key.startswith(mine)}
    for part in told.keys() - PARTS:
        raise BrokenProvider(f"{mine}{part} is no setting of a provider.")
    return {part: value.strip() for part, value in told.items()}


def _provider(name: str, told: Mapping[str, str]) -> Provider:
    for part in ("ISSUER", "CLIENT_ID", "DOMAINS"):
        if not told.get(part):
            raise BrokenProvider(f"{PREFIX}{name.upper()}_{part} must be set.")
    entity = _reading(name, told, "ENTITY", "ENTITIES")
    label = told.get("LABEL_EN") or told.get("LABEL_FR") or name.capitalize()
    return Provider(
        key=name,
        issuer=_issuer(name, told["ISSUER"]),
        client_id=told["CLIENT_ID"],
        client_secret=_secret(name, told),
        domains=_domains(name, told["DOMAINS"]),
        label_fr=told.get("LABEL_FR") or label,
        label_en=label,
        verified_claim=told.get("VERIFIED_CLAIM") or "email_verified",
        scope=" ".join(dict.fromkeys(["openid", *(told.get("SCOPE") or "email profile").split()])),
        passwords=_yes(told.get("PASSWORDS") or "1"),
        entity=entity if _creates(name, told) else None,
        job=_reading(name, told, "JOB", "JOBS"),
    )


def _creates(name: str, told: Mapping[str, str]) -> bool:
    wanted = _yes(told.get("CREATE", ""))
    if wanted and not (told.get("ENTITY") or told.get("ENTITY_CLAIM")):
        mine = f"{PREFIX}{name.upper()}"
        raise BrokenProvider(f"{mine}_CREATE needs {mine}_ENTITY or {mine}_ENTITY_CLAIM.")
    return wanted


def _issuer(name: str, typed: str) -> str:
    """An https address without a query; on this machine alone, http will do."""
    parts = urlsplit(typed)
    plain = parts.scheme == "http" and parts.hostname in LOOPBACK
    if not parts.hostname or not (parts.scheme == "https" or plain) or parts.query + parts.fragment:
        raise BrokenProvider(f"{PREFIX}{name.upper()}_ISSUER must be an https address: {typed}")
    return typed


def _domains(name: str, typed: str) -> frozenset[str]:
    domains = frozenset(filter(None, re.split(r"[,\s]+", typed.lower())))
    if not all(DOMAIN.fullmatch(domain) for domain in domains):
        raise BrokenProvider(f"{PREFIX}{name.upper()}_DOMAINS must be domains: aurore.example")
    return domains


def _secret(name: str, told: Mapping[str, str]) -> str:
    """Given, or in a file that is read once; none for a public client."""
    file = told.get("CLIENT_SECRET_FILE")
    if not file:
        return told.get("CLIENT_SECRET", "")
    try:
        return Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenProvider(f"{PREFIX}{name.upper()}_CLIENT_SECRET_FILE: {error}") from error


def _reading(name: str, told: Mapping[str, str], one: str, several: str) -> Reading:
    """`value=meaning; value=meaning`, or nothing."""
    pairs = [pair for pair in told.get(several, "").split(";") if pair.strip()]
    if not all("=" in pair for pair in pairs):
        raise BrokenProvider(f"{PREFIX}{name.upper()}_{several} must be: value=key; value=key")
    meanings = {
        value.strip(): key.strip() for value, _is, key in (each.rpartition("=") for each in pairs)
    }
    return Reading(told.get(f"{one}_CLAIM", ""), meanings, told.get(one, ""))


def _yes(typed: str) -> bool:
    return typed.lower() in {"1", "true", "yes", "on"}
