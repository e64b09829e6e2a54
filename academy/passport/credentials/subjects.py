"""What a file is about, in a word of its own: `award:flawless`, `passport:7`, `record:7:visas`. Pure."""

from enum import StrEnum

from academy.passport.models import Certificate


class Part(StrEnum):
    """How much of a passport goes into a record."""

    ALL = "all"
    VISAS = "visas"
    AWARDS = "awards"


def of_award(key: str) -> str:
    return f"award:{key}"


def of_passport(certificate: Certificate) -> str:
    return f"passport:{certificate.id}"


def of_record(certificate: Certificate, part: Part) -> str:
    return f"record:{certificate.id}:{part}"


def all_of(certificate: Certificate) -> list[str]:
    """Every file that may have been taken of a passport."""
    return [of_passport(certificate), *(of_record(certificate, part) for part in Part)]


def attesting(certificate: Certificate, key: str) -> list[str]:
    """The files of a passport in which an award is told."""
    parts = [part for part in Part if key in keys_of(certificate, part)]
    files = [of_record(certificate, part) for part in parts]
    return [of_passport(certificate), *files] if files else []


def keys_of(certificate: Certificate, part: Part) -> list[str]:
    """What a passport attests, as far as this part of it goes."""
    said = certificate.certified
    visas = said["visas"] if part is not Part.AWARDS else []
    awards = said["awards"] if part is not Part.VISAS else []
    return [row["key"] for row in (*visas, *awards)]
