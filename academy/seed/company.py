"""Who works where: the organisation, its people, and the habits they learn with."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from academy.people import passwords
from academy.people import services as people
from academy.people.models import Entity, EntityKind, Person, Role
from academy.people.services import Newcomer
from academy.seed.names import FAMILY, GIVEN

MONTHS_OF_HISTORY = timedelta(days=91)
EMAIL = "{}@aurore.example"
SHARED_PASSWORD = "papier-ciseaux-2026"
EVERY_NINTH = 9


@dataclass(frozen=True, slots=True)
class Habits:
    """How somebody goes about it: chance of doing the day's minute, of reading, and of being right."""

    faithful: float
    studious: float
    sharp: float
    since: timedelta = MONTHS_OF_HISTORY


Somebody = tuple[str, str, str, tuple[Role, ...], Habits | None]
Cast = tuple[Somebody, ...]
Hired = tuple[Person, Habits | None]

TREE: tuple[tuple[str, EntityKind, str, str | None, str | None, str | None], ...] = (
    ("aurore", EntityKind.COMPANY, "Papeteries Aurore", None, None, None),
    ("france", EntityKind.DIVISION, "Aurore France", "aurore", None, None),
    ("export", EntityKind.DIVISION, "Aurore Export", "aurore", None, None),
    ("lyon", EntityKind.SITE, "Lyon", "france", "FR", "Europe/Paris"),
    ("lille", EntityKind.SITE, "Lille", "france", "FR", "Europe/Paris"),
    ("annonay", EntityKind.SITE, "Moulin d’Annonay", "france", "FR", "Europe/Paris"),
    ("bruxelles", EntityKind.SITE, "Bruxelles", "export", "BE", "Europe/Brussels"),
    ("montreal", EntityKind.SITE, "Montréal", "export", "CA", "America/Toronto"),
    ("direction", EntityKind.TEAM, "Direction générale", "lyon", None, None),
    ("rh", EntityKind.TEAM, "Ressources humaines", "lyon", None, None),
    ("marketing", EntityKind.TEAM, "Marketing et cahiers d’écolier", "lyon", None, None),
    ("informatique", EntityKind.TEAM, "Informatique", "lyon", None, None),
    ("ventes-nord", EntityKind.TEAM, "Ventes Nord", "lille", None, None),
    ("logistique", EntityKind.TEAM, "Logistique", "lille", None, None),
    ("atelier", EntityKind.TEAM, "Atelier papier", "annonay", None, None),
    ("qualite", EntityKind.TEAM, "Qualité", "annonay", None, None),
    ("ventes-benelux", EntityKind.TEAM, "Ventes Benelux", "bruxelles", None, None),
    ("service-client", EntityKind.TEAM, "Service client", "montreal", None, None),
)
TEAMS = tuple(key for key, kind, *_rest in TREE if kind is EntityKind.TEAM)
JOBS = {
    "direction": "management",
    "rh": "human-resources",
    "marketing": "marketing",
    "informatique": "it",
    "ventes-nord": "sales",
    "logistique": "logistics",
    "atelier": "production",
    "qualite": "quality",
    "ventes-benelux": "sales",
    "service-client": "customer-service",
}
ENGLISH_TEAMS = {"service-client"}

# Given name, family name, team, roles, habits: the seven personas of the sign-in page first.
CAST: Cast = (
    ("Léa", "Nouvelle", "marketing", (), None),
    ("Karim", "Benali", "ventes-nord", (), Habits(0.9, 0.8, 0.86)),
    ("Inès", "Moreau", "informatique", (Role.MENTOR,), Habits(0.95, 0.9, 0.93)),
    ("Hélène", "Dupont", "rh", (Role.HR,), Habits(0.6, 0.3, 0.7)),
    ("Tom", "Verne", "marketing", (Role.AUTHOR,), Habits(0.7, 0.5, 0.85)),
    ("Sofia", "Marchand", "rh", (Role.ORGANISER,), Habits(0.6, 0.4, 0.8)),
    ("Awa", "Diallo", "informatique", (Role.ADMIN,), Habits(0.5, 0.3, 0.8)),
)


def grow_tree(since: date) -> dict[str, Entity]:
    grown: dict[str, Entity] = {}
    for key, kind, name, parent, country, zone in TREE:
        above = grown[parent] if parent else None
        grown[key] = people.open_entity(key, kind, name, since, above, country, zone)
    quality = grown["qualite"]
    people.move_entity(quality, grown["lille"], date(2024, 3, 1))
    people.move_entity(quality, grown["annonay"], date(2025, 9, 1))
    return grown


HEADS = {"Hélène"}


def hire(
    entities: dict[str, Entity], cast: Cast, extras: int, dice: Random, now: datetime
) -> list[Hired]:
    """The cast first, then as many others; the head of a team is everybody's manager there.

    That is whoever of the cast heads it (`HEADS`), else the first of the others.
    """
    began = (now - 2 * MONTHS_OF_HISTORY).date()
    password = passwords.hashed(SHARED_PASSWORD)
    heads: dict[str, Person] = {}
    staff, teams = [], []
    crowd = [*cast, *(_somebody(number, dice) for number in range(extras))]
    for number, (given, family, team, roles, habits) in enumerate(crowd):
        person = _open(given, family, team, now if habits is None else _morning(began), password)
        people.grant(person, roles, person.joined_on)
        if number >= len(cast) or given in HEADS:
            heads.setdefault(team, person)
        staff.append((person, habits))
        teams.append(team)
    for (person, _habits), team in zip(staff, teams, strict=True):
        head = heads.get(team)
        above = None if head is person else head
        people.post(person, entities[team], JOBS[team], person.joined_on, above)
    return staff


def _somebody(number: int, dice: Random) -> Somebody:
    habits = Habits(
        faithful=dice.betavariate(3, 2),
        studious=dice.betavariate(2, 4),
        sharp=dice.uniform(0.55, 0.97),
        since=timedelta(days=dice.randint(20, MONTHS_OF_HISTORY.days)),
    )
    team = TEAMS[number % len(TEAMS)]
    asleep = number % EVERY_NINTH == 0  # some have never come
    return GIVEN[number], FAMILY[number], team, (), None if asleep else habits


def _open(given: str, family: str, team: str, joined: datetime, password: str) -> Person:
    english = team in ENGLISH_TEAMS
    person = people.open_account(
        Newcomer(
            email=EMAIL.format(f"{_plain(given)}.{_plain(family)}"),
            given_name=given,
            family_name=family,
            joined_on=joined.date(),
            language="en" if english else "fr",
            spoken=("en", "fr") if english else ("fr",),
            zone="America/Toronto" if english else "Europe/Paris",
        ),
        joined,
    )
    person.password_hash = password
    return person


def _plain(name: str) -> str:
    return name.lower().translate(str.maketrans("éèêëàâçïîôöùûüãá", "eeeeaaciioouuuaa"))


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(8, 30), tzinfo=UTC)
