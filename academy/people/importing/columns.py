"""Which column of a file is which field, by its heading in French or in English. Pure."""

from collections.abc import Mapping, Sequence

from academy.people.importing.models import LONGEST_NAME, Kind
from academy.people.names import filed

HEADINGS: dict[Kind, dict[str, tuple[str, ...]]] = {
    Kind.PEOPLE: {
        "number": (
            "matricule",
            "numero de matricule",
            "numero",
            "id salarie",
            "identifiant",
            "staff number",
            "employee number",
            "employee id",
            "personnel number",
            "staff id",
        ),
        "email": (
            "e-mail",
            "email",
            "mail",
            "courriel",
            "adresse e-mail",
            "adresse mail",
            "adresse electronique",
            "e-mail professionnel",
            "email address",
            "e-mail address",
            "work email",
        ),
        "given_name": ("prenom", "given name", "first name", "forename", "given_name"),
        "family_name": (
            "nom",
            "nom de famille",
            "nom d'usage",
            "family name",
            "last name",
            "surname",
            "family_name",
        ),
        "entity": (
            "entite",
            "cle de l'entite",
            "code entite",
            "service",
            "equipe",
            "unite",
            "entity",
            "entity key",
            "team",
            "department",
            "unit",
        ),
        "job_family": (
            "metier",
            "famille de metiers",
            "filiere",
            "fonction",
            "trade",
            "job family",
            "job",
            "function",
        ),
        "manager": (
            "manager",
            "responsable",
            "manageur",
            "n+1",
            "matricule du responsable",
            "matricule manager",
            "e-mail du responsable",
            "email manager",
            "manager email",
            "manager number",
            "line manager",
            "supervisor",
        ),
        "contract": ("contrat", "type de contrat", "contract", "contract type"),
        "shift": ("horaire", "horaires", "poste", "rythme", "shift", "working hours"),
        "language": ("langue", "language"),
        "joined_on": (
            "date d'entree",
            "entree",
            "date d'arrivee",
            "arrivee",
            "date d'embauche",
            "joined on",
            "hire date",
            "start date",
            "joined",
        ),
        "leaves_on": (
            "date de sortie",
            "sortie",
            "date de depart",
            "depart",
            "fin de contrat",
            "leaves on",
            "leaving date",
            "end date",
            "last day",
        ),
        "zone": ("fuseau", "fuseau horaire", "time zone", "timezone"),
        "since": (
            "depuis le",
            "date d'effet",
            "a compter du",
            "since",
            "effective date",
            "effective from",
        ),
    },
    Kind.ENTITIES: {
        "key": ("cle", "code", "identifiant", "key", "entity key", "id"),
        "name": ("nom", "libelle", "intitule", "name", "label", "title"),
        "kind": ("nature", "type", "niveau", "kind", "level"),
        "parent": (
            "parent",
            "cle du parent",
            "code parent",
            "rattachement",
            "cle parente",
            "parent key",
            "parent code",
            "reports to",
        ),
        "country": ("pays", "code pays", "country", "country code"),
        "region": ("region", "code region", "subdivision", "region code"),
        "zone": ("fuseau", "fuseau horaire", "time zone", "timezone"),
        "closed_on": ("fermee le", "date de fermeture", "fermeture", "closed on", "closing date"),
        "since": (
            "depuis le",
            "date d'effet",
            "a compter du",
            "since",
            "effective date",
            "effective from",
        ),
    },
}


def heading(said: str) -> str:
    """A heading as it is compared: accents, capitals and joining signs do not matter."""
    return filed(said.replace("_", " ").replace("-", " ").replace("’", "'"))[:LONGEST_NAME]


_KNOWN = {
    kind: {heading(said): field for field, ways in fields.items() for said in ways}
    for kind, fields in HEADINGS.items()
}


def guess(kind: Kind, headings: Sequence[str], remembered: Mapping[str, str]) -> dict[str, int]:
    """The column of each field. What was said of a heading before counts more than what it looks like."""
    found: dict[str, int] = {}
    filed_headings = [heading(each) for each in headings]
    for place, said in enumerate(filed_headings):
        if remembered.get(said) in HEADINGS[kind]:
            found.setdefault(remembered[said], place)
    for place, said in enumerate(filed_headings):
        field = _KNOWN[kind].get(said)
        if field and said not in remembered and place not in found.values():
            found.setdefault(field, place)
    return found


def missing(kind: Kind, mapping: Mapping[str, int]) -> tuple[str, ...]:
    """The fields without which nobody can be told from anybody."""
    if kind is Kind.ENTITIES:
        return () if "key" in mapping else ("key",)
    return () if {"number", "email"} & mapping.keys() else ("email",)
