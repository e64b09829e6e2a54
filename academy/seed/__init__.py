"""A make-believe company, built through the services with fixed dice: the demonstration obeys the rules."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from flask import current_app
from sqlalchemy import select

from academy.catalog import releases, sheets
from academy.catalog import services as publishing
from academy.catalog.findings import BrokenPack, Findings
from academy.catalog.folder import read_files
from academy.catalog.models import Origin
from academy.catalog.services import Publication
from academy.catalog.tree import Choice, Cloze, Matching, Numeric, Ordering, Question, Short
from academy.community.groups import services as groups
from academy.community.groups.queries import Visibility
from academy.community.groups.services import Charter
from academy.community.models import Message
from academy.community.moderation import services as moderation
from academy.community.moderation.queries import Reason
from academy.community.naming import Said
from academy.community.posts import queries as messages
from academy.community.posts import services as posts
from academy.community.posts.services import Draft
from academy.community.ranks import Act, Rank
from academy.community.rights import Viewer
from academy.daily import services as daily
from academy.daily.models import Round
from academy.daily.services import Asked
from academy.database import db
from academy.learning import queries as learning
from academy.learning import services as study
from academy.learning import sitting
from academy.learning.models import Kind
from academy.learning.services import Learner, TriesUsedUp
from academy.people import passwords
from academy.people import services as people
from academy.people.calendar import Span
from academy.people.models import Entity, EntityKind, Person, Role
from academy.people.roles import queries as held_roles
from academy.people.roles import services as lending
from academy.people.services import Newcomer
from academy.people.workdays import services as workdays
from academy.post import mail
from academy.post.composing import compose
from academy.post.mail import Reader

MONTHS_OF_HISTORY = timedelta(days=91)
EMAIL = "{}@aurore.example"
SHARED_PASSWORD = "papier-ciseaux-2026"
SATURDAY = 5
GROUPS = Path(__file__).with_name("groups.yaml")
EVERY_NINTH = 9
HONEST = 0.3  # how often somebody who does not know says so


@dataclass(frozen=True, slots=True)
class Habits:
    """How somebody goes about it: chance of doing the day's minute, of reading, and of being right."""

    faithful: float
    studious: float
    sharp: float
    since: timedelta = MONTHS_OF_HISTORY


@dataclass(frozen=True, slots=True)
class Desk:
    """Where somebody sits."""

    team: str
    job: str


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

# Given name, family name, team, roles, habits: the six personas of the sign-in page first.
CAST: tuple[tuple[str, str, str, tuple[Role, ...], Habits | None], ...] = (
    ("Léa", "Nouvelle", "marketing", (), None),
    ("Karim", "Benali", "ventes-nord", (), Habits(0.9, 0.8, 0.86)),
    ("Inès", "Moreau", "informatique", (Role.MENTOR,), Habits(0.95, 0.9, 0.93)),
    ("Hélène", "Dupont", "rh", (Role.HR,), Habits(0.6, 0.3, 0.7)),
    ("Tom", "Verne", "marketing", (Role.AUTHOR,), Habits(0.7, 0.5, 0.85)),
    ("Awa", "Diallo", "informatique", (Role.ADMIN,), Habits(0.5, 0.3, 0.8)),
)
GIVEN = [
    "Jean-Baptiste",
    "Marie",
    "Paul",
    "Sophie",
    "Nicolas",
    "Camille",
    "Julien",
    "Claire",
    "Mathieu",
    "Aurélie",
    "Thomas",
    "Émilie",
    "Antoine",
    "Nathalie",
    "François",
    "Isabelle",
    "Pierre",
    "Sylvie",
    "Laurent",
    "Martine",
    "Philippe",
    "Brigitte",
    "Mohamed",
    "Fatou",
    "Samir",
    "Nadia",
    "Mehdi",
    "Yasmine",
    "Kofi",
    "Aminata",
    "Linh",
    "Wei",
    "Anh",
    "Priya",
    "Arjun",
    "Elena",
    "Marco",
    "Giulia",
    "João",
    "Beatriz",
    "Ingrid",
    "Sven",
    "Emma",
    "Liam",
    "Olivia",
    "Noah",
    "Charlotte",
    "William",
    "Sarah",
    "Benjamin",
    "Chloé",
    "Lucas",
    "Manon",
    "Hugo",
]
FAMILY = [
    "Martin",
    "Bernard",
    "Thomas",
    "Petit",
    "Robert",
    "Richard",
    "Durand",
    "Dubois",
    "Laurent",
    "Simon",
    "Michel",
    "Lefebvre",
    "Leroy",
    "Roux",
    "David",
    "Bertrand",
    "Morel",
    "Fournier",
    "Girard",
    "Bonnet",
    "Lambert",
    "Fontaine",
    "Rousseau",
    "Vincent",
    "Muller",
    "Lefèvre",
    "Faure",
    "André",
    "Mercier",
    "Blanc",
    "Guérin",
    "Boyer",
    "Garnier",
    "Chevalier",
    "François",
    "Legrand",
    "Gauthier",
    "Garcia",
    "Perrin",
    "Robin",
    "Clément",
    "Morin",
    "Nicolas",
    "Henry",
    "Roussel",
    "Mathieu",
    "Gautier",
    "Masson",
    "Marchand",
    "Duval",
    "Denis",
    "Dumont",
    "Marie",
    "Lemaire",
]


def is_empty() -> bool:
    return db.session.scalar(select(Person.id).limit(1)) is None


def plant(now: datetime, extras: int = 54) -> int:
    """Build the company and three months of its life up to yesterday; gives the number of people."""
    dice = Random(7)
    began = (now - 2 * MONTHS_OF_HISTORY).date()
    entities = _grow_tree(date(2019, 1, 7))
    staff = _hire(entities, dice, began, now, extras)
    _publish_first_edition(next(one for one, _habits in staff if one.given_name == "Tom"), now)
    db.session.commit()
    for person, habits in staff:
        if habits is not None:
            _live(person, habits, now, Random(f"{person.email}"))
    _welcome([person for person, _habits in staff[: len(CAST)]], now)
    _gather([person for person, _habits in staff], now)
    _arrange_absences(entities, [person for person, _habits in staff], now)
    db.session.commit()
    return len(staff)


def _publish_first_edition(author: Person, now: datetime) -> None:
    """The content as it may have been two months ago: a question less in each module."""
    findings = Findings()
    files = read_files(current_app.config["SETTINGS"].content, findings)
    for path in [path for path in files if path.endswith("/questions.yaml")]:
        older, _cut, last = files[path].rpartition(b"\n- key: ")
        if last.split()[0] not in files[path.replace("questions", "module")]:  # no lesson asks it
            files[path] = older + b"\n"
    try:
        pack = publishing.read(files, findings)
    except BrokenPack:  # nobody can imagine this content any shorter
        return
    notes = "Première édition, pour le pilote de Lyon"
    publication = Publication(notes, author.id, Origin.SHIPPED)
    publishing.publish(pack, publication, now - timedelta(days=60))


def _welcome(personas: list[Person], now: datetime) -> None:
    """A first mail in the mailbox of everybody a visitor may become."""
    for person in personas:
        words = compose("welcome", person.language, given_name=person.given_name)
        reader = Reader(person.email, f"{person.given_name} {person.family_name}", person.id)
        mail.put(reader, words, f"welcome:{person.id}", now)


def _grow_tree(since: date) -> dict[str, Entity]:
    grown: dict[str, Entity] = {}
    for key, kind, name, parent, country, zone in TREE:
        above = grown[parent] if parent else None
        grown[key] = people.open_entity(key, kind, name, since, above, country, zone)
    quality = grown["qualite"]
    people.move_entity(quality, grown["lille"], date(2024, 3, 1))
    people.move_entity(quality, grown["annonay"], date(2025, 9, 1))
    return grown


def _hire(
    entities: dict[str, Entity], dice: Random, began: date, now: datetime, extras: int
) -> list[tuple[Person, Habits | None]]:
    password = passwords.hashed(SHARED_PASSWORD)
    heads: dict[str, Person] = {}
    staff = []
    crowd = [*CAST, *(_somebody(number, dice) for number in range(extras))]
    for given, family, team, roles, habits in crowd:
        person = _open(given, family, team, now if habits is None else _morning(began), password)
        people.post(person, entities[team], JOBS[team], person.joined_on, heads.get(team))
        people.grant(person, roles, person.joined_on)
        heads.setdefault(team, person)
        staff.append((person, habits))
    return staff


def _somebody(number: int, dice: Random) -> tuple[str, str, str, tuple[Role, ...], Habits | None]:
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


def _live(person: Person, habits: Habits, now: datetime, dice: Random) -> None:
    """Working days one after the other, up to yesterday: the minute, and now and then a lesson or a quiz."""
    day = (now - habits.since).date()
    while day < now.date():
        if day.weekday() < SATURDAY:
            _spend(person, habits, day, dice)
            db.session.commit()
        day += timedelta(days=1)


def _spend(person: Person, habits: Habits, day: date, dice: Random) -> None:
    hour = datetime.combine(day, time(8, dice.randrange(60)), tzinfo=ZoneInfo(person.zone))
    learner = Learner(person.id, day)
    if dice.random() < habits.faithful:
        _minute(learner, habits, hour.astimezone(UTC), dice)
    if dice.random() < habits.studious * 0.5:
        _study(learner, habits, hour.astimezone(UTC) + timedelta(hours=4), dice)


def _minute(learner: Learner, habits: Habits, at: datetime, dice: Random) -> None:
    drawn = daily.draw(learner, at, seed=dice.randrange(2**31))
    if drawn is None:
        return
    while drawn.finished_at is None:
        _answer(learner, drawn, habits, at, dice)
        at += timedelta(seconds=25)


def _answer(learner: Learner, drawn: Round, habits: Habits, at: datetime, dice: Random) -> None:
    question = releases.current().questions[drawn.questions[drawn.answered]]
    fields = _fields(question, drawn.seed, _chance(habits, question), dice)
    release = releases.current().release
    daily.answer(learner, drawn, Asked(drawn.answered + 1, release, "fr", fields), at)


def _study(learner: Learner, habits: Habits, at: datetime, dice: Random) -> None:
    """A quiz whose lessons are all read goes first; else the next lesson of the path."""
    catalog = releases.current()
    known = learning.standings(learner.person_id)
    module = _ready_for_quiz(known)
    if module is not None:
        _sit_quiz(learner, module, habits, at, dice)
        return
    for card in learning.next_lessons(known, 1):
        lesson = catalog.lessons[card.key]
        seed = study.check_seed(learner.person_id, lesson.key, 1)
        questions = study.check_questions(learner, lesson)
        posted = _all_fields(questions, seed, habits, dice)
        marks = sitting.mark_all(questions, "fr", seed, posted).marks
        study.submit_check(learner, lesson, 1, marks, at)


def _ready_for_quiz(known: learning.Standings) -> str | None:
    """The first module whose lessons are all read and whose quiz is not passed."""
    for module in releases.current().modules.values():
        sat = known.get((Kind.QUIZ, module.key))
        read = all((Kind.CHECK, lesson) in known for lesson in module.lessons)
        if read and not (sat and sat.passed):
            return module.key
    return None


def _sit_quiz(learner: Learner, module: str, habits: Habits, at: datetime, dice: Random) -> None:
    """Try until passed, or until the day's tries are used up."""
    catalog = releases.current()
    passed = False
    while not passed:
        try:
            number = study.open_quiz(learner, catalog.modules[module], at, dice.randrange(2**31))
        except TriesUsedUp:
            return
        attempt = learning.attempt(number)
        if attempt is None:
            return
        questions = study.questions_of(attempt)
        posted = _all_fields(questions, attempt.seed, habits, dice)
        marks = sitting.mark_all(questions, "fr", attempt.seed, posted).marks
        study.submit_quiz(learner, attempt, marks, at)
        passed = bool(attempt.passed)
        at += timedelta(minutes=6)


def _all_fields(
    questions: list[Question], seed: int, habits: Habits, dice: Random
) -> dict[str, list[str]]:
    posted = {}
    for slot, question in enumerate(questions, 1):
        fields = _fields(question, seed, _chance(habits, question) + 0.08, dice)
        posted.update({sitting.prefix(slot) + name: values for name, values in fields.items()})
    return posted


def _chance(habits: Habits, question: Question) -> float:
    return habits.sharp - 0.08 * (question.difficulty - 2)


def _fields(question: Question, seed: int, chance: float, dice: Random) -> dict[str, list[str]]:
    """What the person posts: a right answer with this chance, else a wrong one or "I don't know"."""
    if dice.random() >= chance:
        return {"dont_know": ["1"]} if dice.random() < HONEST else _wrong(question, seed, dice)
    return right_fields(question, seed)


def right_fields(question: Question, seed: int) -> dict[str, list[str]]:
    """The form fields of a right answer, in French: found on the sheet as the page shows it."""
    sheet = sheets.present(question, "fr", seed)
    match question.body:
        case Choice(options):
            right = [each.text_html.fr for each in options if each.grade == 100]  # noqa: PLR2004  # full marks
            return {"choice": [shown.token for shown in sheet.options if shown.text in right]}
        case Ordering(items):
            places = {item.text.fr: str(place) for place, item in enumerate(items, 1)}
            return {prompt.field: [places[prompt.text]] for prompt in sheet.prompts}
        case Matching(pairs):
            partner = {pair.left.fr: pair.right.fr for pair in pairs}
            return {
                prompt.field: [
                    next(
                        shown.token
                        for shown in prompt.choices
                        if shown.text == partner[prompt.text]
                    )
                ]
                for prompt in sheet.prompts
            }
        case Numeric(answer):
            return {"number": [f"{answer:g}".replace(".", ",")]}
        case Short(accept):
            return {"text": [accept["fr"][0]]}
        case Cloze(_text, blanks):
            right_words = {
                f"blank-{place}": blank.choices["fr"][0] for place, blank in enumerate(blanks)
            }
            return {
                prompt.field: [
                    next(
                        shown.token
                        for shown in prompt.choices
                        if shown.text == right_words[prompt.field]
                    )
                ]
                for prompt in sheet.prompts
            }


def _wrong(question: Question, seed: int, dice: Random) -> dict[str, list[str]]:
    right = right_fields(question, seed)
    if isinstance(question.body, Choice):
        sheet = sheets.present(question, "fr", seed)
        others = [shown.token for shown in sheet.options if shown.token not in right["choice"]]
        return {"choice": [dice.choice(others)]} if others else {"dont_know": ["1"]}
    if isinstance(question.body, Numeric):
        return {
            "number": [f"{question.body.answer + question.body.tolerance + 1:g}".replace(".", ",")]
        }
    if isinstance(question.body, Short):
        return {"text": ["une idée au hasard"]}
    return {"dont_know": ["1"]}


def _arrange_absences(entities: dict[str, Entity], staff: list[Person], now: datetime) -> None:
    """Closed sites, part time, leave, and a role lent meanwhile."""
    _lea, karim, _ines, helene, tom, awa = staff[: len(CAST)]
    today = now.date()
    monday = today + timedelta(days=21 - today.weekday())
    week = Span(monday, monday + timedelta(days=4))
    entities["montreal"].region = "QC"
    year_end = Span(date(today.year, 12, 24), date(today.year + 1, 1, 1))
    workdays.close_site(entities["aurore"], year_end, "Fermeture de fin d’année", awa.id, now)
    workdays.close_site(entities["lille"], week, "Inventaire", awa.id, now)
    workdays.set_pattern(helene.id, {0, 1, 3, 4}, today - timedelta(days=60), awa.id, now)
    workdays.declare_leave(
        karim.id, Span(monday + timedelta(days=7), monday + timedelta(days=18)), today
    )
    workdays.declare_leave(helene.id, week, today)
    held = held_roles.held_by(helene.id, today)[0]
    grant = held_roles.grant_numbered(held.id)
    if grant is not None:
        lending.lend(grant, tom, week, today, now)


def _gather(staff: list[Person], now: datetime) -> None:
    """Groups, and what is said in them by those who are there."""
    who = {person.email.partition("@")[0]: person.id for person in staff}
    for told in yaml.safe_load(GROUPS.read_text(encoding="utf-8")):
        began = now - timedelta(days=50)
        charter = Charter(
            Visibility(told["visibility"]),
            told["ink"],
            Said(**told["name"]),
            Said(**told["purpose"]),
        )
        group = groups.found(who[told["founder"]], charter, told["name"]["fr"], began)
        for person in staff[1 : 1 + told["members"]]:
            groups.admit(person.id, group, began)
        for name in told.get("animators", ()):
            groups.act(Act.APPOINT, who[name], group, began)
        for name in filter(who.get, told.get("asking", ())):
            groups.act(Act.ASK, who[name], group, now - timedelta(days=1))
        for each in told["posts"]:
            _say(each, group, None, who, now - timedelta(days=each["days"]))


def _say(
    told: dict[str, Any], group: int, post: int | None, who: dict[str, int], at: datetime
) -> None:
    """A post or a comment, with all that follows from it; those who are not there say nothing."""
    if told["by"] not in who:
        return
    groups.admit(who[told["by"]], group, at)
    author = Viewer(who[told["by"]], Rank.MEMBER)
    draft = Draft(told["text"].strip(), told.get("language", "fr"), "", told.get("question", False))
    if post is None:
        number = posts.write(author, group, draft, at)
    else:
        number = posts.comment(author, _message(post), draft, at)
    for liker in filter(who.get, told.get("likes", ())):
        posts.like(Viewer(who[liker], Rank.MEMBER), _message(number), True, at)
    if told.get("answer"):
        posts.mark(Viewer(author.person_id, Rank.ANIMATOR), _message(number), True, at)
    if report := told.get("report"):
        reporter = Viewer(who[report["by"]], Rank.MEMBER)
        reason = Reason(report["reason"])
        moderation.report(reporter, _message(number), reason, report["words"], at)
    for hours, each in enumerate(told.get("comments", ()), 1):
        _say(each, group, number, who, at + timedelta(hours=hours))


def _message(number: int) -> Message:
    message = messages.locked(number)
    if message is None:
        raise LookupError(number)
    return message
