"""What figures of groups cost: `python -m bench.figures [--people N] [--entities N] [--waves N] [--home F]`.

A made-up company is written row by row (no answers are given: what the log would have made of them is written
instead), then counted: seconds and memory of a first count of a day, of a second one that changes nothing, of
a night of knowledge; then milliseconds and SQL statements of each page of the whole company and of a file,
half a year of Sundays and two months of days being kept. `--home` keeps the company, to look at its pages.
"""

import resource
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import event, insert, select, text

from academy import clock, create_app, settings
from academy.catalog import releases
from academy.database import Base, db, table
from academy.deeds.models import Deed
from academy.folio.models import Folio
from academy.hr.knowledge import counting as knowledge
from academy.hr.rollup import counting
from academy.hr.rollup.models import HrFigures, HrReader, HrStanding
from academy.hr.waves.models import Wave, WaveMember
from academy.mastery import numbers, packing, tutor
from academy.mastery.mind import moment, question_tag, tag
from academy.mastery.tutor import Item, Outcome
from academy.people.models import Entity, EntityKind, Person, Placement, Posting, Role, RoleGrant
from academy.rewards.models import Grant
from bench.crowd import TOKEN

SINCE = date(2022, 1, 3)
JOBS = ("sales", "production", "it", "logistics", "quality", "customer-service", "finance")
SHIFTS = ("day", "night", "week-end")
CONTRACTS = ("permanent", "fixed-term", "apprentice")
TIMES = 9
MINDS = 40
"""Minds that were really lived through; everybody has one of them."""
PAGES = ("", "/adoption", "/equity", "/knowledge", "?day={past}")


def main() -> None:
    people, entities = _asked("--people", 20_000), _asked("--entities", 200)
    with TemporaryDirectory() as folder:
        home = sys.argv[sys.argv.index("--home") + 1] if "--home" in sys.argv else folder
        Path(home).mkdir(parents=True, exist_ok=True)
        known = {"ACADEMY_HOME": home, "ACADEMY_DEMO": "1"}
        app = create_app(settings.read(known))
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context():
            upgrade()
            measure(app, people, entities)


def measure(app: Flask, people: int, entities: int) -> None:
    day = clock.now().date()
    began = perf_counter()
    whole = company(people, entities, day)
    tell(f"{people:,} people, {entities:,} entities written", seconds=perf_counter() - began)
    for name in ("first count of a day", "the same again"):
        began = perf_counter()
        changed = counting.count(day)
        tell(name, seconds=perf_counter() - began, rows=changed, megabytes=memory())
    past(day)
    began = perf_counter()
    rows = knowledge.count(clock.now(), day)
    db.session.commit()
    tell("a night of knowledge", seconds=perf_counter() - began, rows=rows, megabytes=memory())
    pages(app, whole, day)


def pages(app: Flask, whole: int, day: date) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"], session["csrf_token"] = "1.0", True, TOKEN
    path = f"/hr/entities/{whole}"
    for page in PAGES:
        ask = path + page.format(past=day - timedelta(days=40))
        tell(page or "the passport", **timed(app, lambda ask=ask: client.get(ask)))  # type: ignore[misc]
    some = select(Entity.id).where(Entity.kind == EntityKind.SITE).limit(4)
    four = "&".join(f"entity={each}" for each in db.session.scalars(some))
    tell("side by side", **timed(app, lambda: client.get(f"/hr/compare?{four}")))
    for wanted in ("csv", "xlsx", "pdf"):
        tell(wanted, **file(app, client, path, wanted))


def file(app: Flask, client: FlaskClient, path: str, wanted: str) -> dict[str, float]:
    return timed(app, lambda: client.post(f"{path}/file", data={"format": wanted}), times=3)


def timed(app: Flask, act: Callable[[], Any], times: int = TIMES) -> dict[str, float]:
    """Milliseconds by the clock and of this process (medians, after a first try), and SQL statements."""
    sent: list[str] = []

    def hear(_c: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    answer = act()
    assert answer.status_code == 200, (answer.status_code, answer.text[:300])
    event.listen(db.engine, "before_cursor_execute", hear)
    act()
    event.remove(db.engine, "before_cursor_execute", hear)
    took, worked = [], []
    for _time in range(times):
        began, at_work = perf_counter(), process_time()
        act()
        took.append(1000 * (perf_counter() - began))
        worked.append(1000 * (process_time() - at_work))
    return {
        "ms": median(took),
        "ms of CPU": median(worked),
        "statements": len(sent),
        "kilobytes": len(answer.data) / 1024,
    }


def company(people: int, entities: int, day: date) -> int:
    """A tree of divisions, sites and teams, and people everywhere in it; gives the whole."""
    dice = Random(7)
    teams = tree(entities)
    held = crowd(people, teams, day, dice)
    standings(people, held, day, dice)
    in_waves(people, _asked("--waves", 0), day)
    minds(people, dice)
    db.session.execute(
        insert(RoleGrant),
        [{"person_id": 1, "role": Role.HR.value, "starts_on": SINCE, "delegated": False}],
    )
    db.session.execute(
        insert(HrReader),
        [{"id": 1, "reached": 0, "day": day, "salt": "5a" * 32, "counted_at": clock.now()}],
    )
    db.session.commit()
    return 1


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


def standings(people: int, held: set[int], day: date, dice: Random) -> None:
    """Who came when, and a passport for each who holds one."""
    rows, deeds, grants = [], [], []
    at = datetime.combine(day - timedelta(days=3), time(9), UTC)
    for number in range(1, people + 1):
        if number not in held and dice.random() < 0.4:
            continue
        first = day - timedelta(days=dice.randrange(0, 330))
        last = max(first, day - timedelta(days=min(200, int(dice.expovariate(0.06)))))
        before = max(first, last - timedelta(days=dice.randrange(1, 20)))
        rows.append(
            {
                "person_id": number,
                "first_on": first,
                "last_on": last,
                "before_on": before,
                "round_on": last if dice.random() < 0.7 else None,
            }
        )
    for number in sorted(held):
        deeds.append(
            {
                "id": number,
                "person_id": number,
                "verb": "quiz_passed",
                "subject": "doors",
                "at": at,
                "day": at.date(),
                "result": {},
                "once": f"bench:{number}",
            }
        )
        grants.append(
            {
                "person_id": number,
                "award": "passport",
                "version": "1",
                "deed_id": number,
                "granted_at": at,
                "granted_on": at.date() - timedelta(days=dice.randrange(0, 180)),
            }
        )
    write(HrStanding, rows)
    write(Deed, deeds)
    write(Grant, grants)


def in_waves(people: int, many: int, day: date) -> None:
    """So many waves, open for two months, and as many people in each as in none."""
    at = datetime.combine(day - timedelta(days=60), time(9), UTC)
    for number in range(1, many + 1):
        name = f"Wave {number}"
        known = {"id": number, "once": name, "place": number, "state": "open", "population": {}}
        dated = {"opened_at": at, "changed_at": at, "figures": {}}
        db.session.execute(insert(Wave), [{**known, **dated, "name_fr": name, "name_en": name}])
    rows = [
        {
            "person_id": each,
            "wave_id": each % (many + 1) or None,
            "entered_on": at.date(),
            "joined_on": at.date(),
        }
        for each in range(1, people + 1)
    ]
    write(WaveMember, rows if many else [])


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


def past(day: date) -> None:
    """The day that was counted, copied to all that are kept: two months of days, half a year of Sundays."""
    days = {day - timedelta(days=back) for back in range(1, 61)}
    days |= {day - timedelta(days=back) for back in range(61, 190) if _is_sunday(day, back)}
    for each in sorted(days):
        db.session.execute(
            text(
                "INSERT INTO hr_figures (day, entity_id, cut, value, people, figures) "
                "SELECT :day, entity_id, cut, value, people, figures FROM hr_figures WHERE day = :last"
            ),
            {"day": each, "last": day},
        )
        db.session.commit()
    size = db.session.scalar(select(text("count(*)")).select_from(table(HrFigures)))
    tell("figures kept", rows=size or 0)


def _is_sunday(day: date, back: int) -> bool:
    return (day - timedelta(days=back)).weekday() == 6


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


def memory() -> float:
    """The most that was ever held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def tell(what: str, **figures: float) -> None:
    said = "  ".join(f"{value:,.1f} {name}" for name, value in figures.items())
    print(f"{what:<48} {said}", flush=True)


def _asked(name: str, otherwise: int) -> int:
    return int(sys.argv[sys.argv.index(name) + 1]) if name in sys.argv else otherwise


if __name__ == "__main__":
    main()
