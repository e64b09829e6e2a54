"""A made-up company, written row by row: a tree, people in it, awards, minds, and deeds in bulk."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy import Connection, insert, text

from academy import clock
from academy.catalog import releases
from academy.database import Base, db
from academy.deeds.models import Deed
from academy.deeds.verbs import Verb
from academy.folio.models import Folio
from academy.hr.waves.models import Wave, WaveMember
from academy.mastery import numbers, packing, tutor
from academy.mastery.mind import moment, question_tag, tag
from academy.mastery.tutor import Item, Outcome
from academy.people.models import Entity, EntityKind, Person, Placement, Posting, Role, RoleGrant
from academy.rewards import badges
from academy.rewards.badges import AwardKind
from bench import deeds
from bench.morning.copying import drop_indexes, settle

SINCE = date(2022, 1, 3)
JOBS = ("sales", "production", "it", "logistics", "quality", "customer-service", "finance")
SHIFTS = ("day", "night", "week-end")
CONTRACTS = ("permanent", "fixed-term", "apprentice")
MINDS = 40
"""Minds that were really lived through; everybody has one of them."""
LIVED = 2_000
"""People whose deeds are made up one by one; the others do what these did."""
SHARE = 0.85
"""Of all people, how many ever came."""


def company(people: int, entities: int, day: date, waves: int) -> None:
    """A tree of divisions, sites and teams, and people everywhere in it; the first is human resources."""
    dice = Random(7)
    held = crowd(people, tree(entities), day, dice)
    awards(held, day, dice)
    in_waves(people, waves, day)
    minds(people, dice)
    hr = {"person_id": 1, "role": Role.HR.value, "starts_on": SINCE, "delegated": False}
    db.session.execute(insert(RoleGrant), [hr])
    db.session.commit()


def log(to: Connection, people: int, wanted: int, days: int, day: date) -> None:
    """So many deeds on so many days before this one, and a round for each minute among them."""
    came = int(people * SHARE)
    lived = min(LIVED, came)
    present = wanted / came / days / deeds.A_DAY
    start = day - timedelta(days=days)
    for number in range(1, lived + 1):
        each = deeds.history(number, days * 3, start, present, day)
        if each:
            deeds.write(each)
    db.session.commit()
    db.session.remove()
    rebuilt = list(drop_indexes(to, ["deed", "daily_round"]))
    deeds.spread(to, 1, lived, came)
    to.commit()
    _rounds(to)
    for statement in rebuilt:
        to.execute(text(statement))
    to.commit()
    if to.dialect.name != "sqlite":
        settle(to)


def _rounds(to: Connection) -> None:
    """Without what was asked in them, which no figure of groups reads; each took its seconds."""
    if to.dialect.name == "sqlite":
        drawn, none, nothing = (
            "datetime(at, '-' || (20 + person_id % 90) || ' seconds')",
            "'[]'",
            "'{}'",
        )
    else:
        drawn = "at - (20 + person_id % 90) * interval '1 second'"
        none, nothing = "CAST('[]' AS jsonb)", "CAST('{}' AS jsonb)"
    to.execute(
        text(
            "INSERT INTO daily_round (person_id, day, notion, questions, seed, release, choices, drawn_at,"
            " policy, shown, answered, right_answers, dont_know, finished_at, earned)"
            f" SELECT person_id, day, 'n', {none}, 1, 'r', {none}, {drawn}, 'expected-gain', 2, 2, 1, 0,"
            f" at, {nothing} FROM deed WHERE verb = '{Verb.ROUND_DONE}' ORDER BY id"
        )
    )
    to.commit()


def tree(entities: int) -> list[int]:
    """One company, ten divisions, a tenth of all are sites; gives those in which people work."""
    divisions, sites = 10, max(10, entities // 10)
    rows, placed = [], []
    for number in range(1, entities + 1):
        place = number - 2
        if number == 1:
            kind, parent = EntityKind.COMPANY, 0
        elif place < divisions:
            kind, parent = EntityKind.DIVISION, 1
        elif place < divisions + sites:
            kind, parent = EntityKind.SITE, 2 + place % divisions
        else:
            kind, parent = EntityKind.TEAM, 2 + divisions + place % sites
        name = f"{kind.value.title()} {number}" if number > 1 else "Papeteries Aurore"
        rows.append(
            {
                "id": number,
                "key": f"e{number}",
                "kind": kind.value,
                "name": name,
                "opened_on": SINCE,
            }
        )
        if parent:
            placed.append({"child_id": number, "parent_id": parent, "starts_on": SINCE})
    write(Entity, rows)
    write(Placement, placed)
    return list(range(2 + divisions, entities + 1))


def crowd(people: int, teams: list[int], day: date, dice: Random) -> set[int]:
    """Everybody's account and posting; gives who holds a passport."""
    at, held = clock.now(), set[int]()
    persons, postings = [], []
    for number in range(1, people + 1):
        joined = day - timedelta(days=dice.randrange(20, 9_000))
        persons.append(
            {
                "id": number,
                "email": f"person{number}@aurore.example",
                "given_name": "Ada",
                "family_name": f"Number{number}",
                "by_given": f"ada number{number}",
                "by_family": f"number{number} ada",
                "joined_on": joined,
                "created_at": at,
                "language": "en" if dice.random() < 0.15 else "fr",
                "zone": "UTC",
            }
        )
        shift = SHIFTS[min(2, int(dice.expovariate(2)))]
        postings.append(
            {
                "person_id": number,
                "entity_id": dice.choice(teams),
                "job_family": dice.choice(JOBS),
                "contract": CONTRACTS[min(2, int(dice.expovariate(1.6)))],
                "shift": shift,
                "starts_on": SINCE,
            }
        )
        if dice.random() < (0.25 if shift == "night" else 0.42):
            held.add(number)
    write(Person, persons)
    write(Posting, postings)
    return held


def awards(held: set[int], day: date, dice: Random) -> None:
    """The passport and every visa, for each who holds a passport, and the deed that tells of it."""
    kinds = (AwardKind.PASSPORT, AwardKind.VISA)
    shelf = [each.key for each in badges.current().values() if each.kind in kinds]
    write(Deed, _earned(held, shelf, day, dice))
    db.session.execute(
        text(
            "INSERT INTO award_grant (person_id, award, version, deed_id, granted_at, granted_on, place,"
            " evidence, revoked_reason) SELECT person_id, subject, '1', id, at, day, '', :none, '' FROM deed"
        ),
        {"none": "[]"},
    )
    db.session.commit()


def _earned(held: set[int], shelf: list[str], day: date, dice: Random) -> Iterator[dict[str, Any]]:
    for number in sorted(held):
        earned = day - timedelta(days=dice.randrange(1, 180))
        for award in shelf:
            yield {
                "person_id": number,
                "verb": Verb.AWARD_EARNED,
                "subject": award,
                "at": datetime.combine(earned, time(9), UTC),
                "day": earned,
                "result": {},
                "once": f"{number}:{award}",
            }


def in_waves(people: int, many: int, day: date) -> None:
    """So many waves, open for two months, and as many people in each as in none."""
    at = datetime.combine(day - timedelta(days=60), time(9), UTC)
    for number in range(1, many + 1):
        name = f"Wave {number}"
        known = {"id": number, "once": name, "place": number, "state": "open", "population": {}}
        dated = {"opened_at": at, "changed_at": at, "figures": {}}
        db.session.execute(insert(Wave), [{**known, **dated, "name_fr": name, "name_en": name}])
    rows = (
        {
            "person_id": each,
            "wave_id": each % (many + 1) or None,
            "entered_on": at.date(),
            "joined_on": at.date(),
        }
        for each in range(1, people + 1)
    )
    write(WaveMember, rows if many else ())


def minds(people: int, dice: Random) -> None:
    """One of forty minds that learnt from a year of answers."""
    catalog, by = releases.current(), numbers.in_force()
    notions, lived = list(catalog.notions), []
    for _mind in range(MINDS):
        mind = tutor.stranger(by.model, 0.0)
        for ago in range(360, 0, -1):
            notion = dice.choice(notions)
            item = Item(question_tag(dice.choice(catalog.questions_of[notion])), tag(notion))
            how = Outcome.RIGHT if dice.random() < 0.75 else Outcome.WRONG
            tutor.learn(mind, item, how, moment(clock.now() - timedelta(days=ago)), by.model)
        lived.append(packing.pack(mind))
    write(Folio, ({"person_id": each, "mind": dice.choice(lived)} for each in range(1, people + 1)))


def write(model: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    """Some thousands to a statement."""
    held: list[dict[str, Any]] = []
    for row in rows:
        held.append(row)
        if len(held) == 5_000:
            db.session.execute(insert(model), held)
            held = []
    if held:
        db.session.execute(insert(model), held)
    db.session.commit()
