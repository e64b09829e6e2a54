"""What award rules cost: `python -m bench.awards [--json] [--small | --full | --people N]`.

A deed: microseconds of counting it and evaluating the rules, alone and with everything a deed writes, and
its SQL statements, for somebody with 50 and with 5,000 deeds behind them, under the awards shipped and
under 400 rules. An award that falls due shows in the most statements, hardly in a median. Then a rehearsal
over generated people with 400 deeds each (in SQLite): seconds for the sample, what the whole company would
take at that pace, memory. The sample is 2,000 people, 200 with `--small`; `--people` gives another number.
`--full` writes and rehearses the whole company, 68 million deeds: beyond the first 2,000 people they are
copies of these. It takes some 20 GB of disk, and leaves the other figures out.
"""

import json
import resource
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event

from academy import create_app, settings
from academy.database import db
from academy.deeds.verbs import COUNTED, Verb
from academy.folio import services as folio
from academy.people import services as people
from academy.people.calendar import Calendar
from academy.people.models import EntityKind, Person
from academy.people.services import Newcomer
from academy.rewards import badges, rules, services, watching
from academy.rewards.badges import Award
from academy.rewards.diary import Around
from academy.rewards.publishing import trying
from academy.rewards.rules import Facts, Period, Rule
from academy.rewards.watching import Plan
from bench.deeds import START, THEMES, act, history, spread, write

COMPANY, DEEDS_EACH = 170_000, 400
SAMPLE, SMALL_SAMPLE = 2_000, 200
FAR = 1_000_000
"""More than anybody has: a rule that asks for it is looked at for ever."""


def main() -> None:
    full = "--full" in sys.argv
    with TemporaryDirectory() as home:
        app = create_app(settings.read({"ACADEMY_HOME": home, "ACADEMY_SECRET_KEY": "b" * 40}))
        with app.app_context():
            upgrade()
            people.open_entity("aurore", EntityKind.COMPANY, "Aurore", START)
            figures = {} if full else {"deed": deeds(app)}
            figures["rehearsal"] = rehearsal(people_wanted(sys.argv))
            db.session.rollback()
    if "--json" in sys.argv:
        print(json.dumps(figures))
        return
    for part, said in figures.items():
        print(part)
        for name, figure in said.items():
            print(f"  {name:<34}", figure)


def people_wanted(said: list[str]) -> int:
    """How many people to rehearse over."""
    if "--people" in said:
        return int(said[said.index("--people") + 1])
    if "--full" in said:
        return COMPANY
    return SMALL_SAMPLE if "--small" in said else SAMPLE


def deeds(app: Flask) -> dict[str, object]:
    """For both shelves and both lengths of history."""
    shipped = badges.current()
    told: dict[str, object] = {}
    for shelf in (shipped, {**shipped, **many(400 - len(shipped))}):
        app.extensions[badges._SHELF] = shelf
        for behind in (50, 5_000):
            told[f"{len(shelf)} rules, {behind} deeds behind"] = one(app, behind)
    app.extensions[badges._SHELF] = shipped
    return told


def many(wanted: int) -> dict[str, Award]:
    """Rules of every kind that nobody meets: all of them are looked at with each deed of their verb."""
    model, dice = badges.current()["first-lesson"], Random(4)
    made: dict[str, Award] = {}
    for number in range(wanted):
        key = f"rule-{number}"
        rule = dice.choice(KINDS)(dice.choice(COUNTED).value, dice)
        never = rules.Some((rule, rules.Held("nothing")), 2)
        made[key] = replace(model, key=key, badge=key, points=0, rule=never)
    return made


KINDS: tuple[Callable[[str, Random], Rule], ...] = (
    lambda verb, dice: rules.Count(verb, dice.randrange(1, FAR)),
    lambda verb, dice: rules.Count(verb, dice.randrange(1, FAR), dice.choice(THEMES)),
    lambda verb, dice: rules.Count(
        verb, FAR, None, Period(START, START + timedelta(dice.randrange(30, 900)))
    ),
    lambda verb, dice: rules.Within(verb, 15, dice.choice((7, 14, 31))),
    lambda verb, dice: rules.Run(verb, dice.choice((5, 20, 60))),
    lambda verb, dice: rules.Distinct(verb, dice.randrange(1, 9)),
)


def one(app: Flask, behind: int) -> dict[str, object]:
    """Somebody with so many deeds does fifty more, a minute on each working day."""
    person = _hired()
    behind_them = history(person.id, behind)
    write(behind_them)
    services.rebuild(person.id)
    services.catch_up(person.id, datetime.now(UTC), START)
    db.session.commit()
    page = folio.open_page(person.id)
    plan, last = badges.in_force(), max(each.day for each in behind_them)
    rules_us = [_counted(plan, dict(page.tallies), page.awards, last, day) for day in range(1, 51)]
    whole, sent = [], []
    statements: list[str] = []
    listener = lambda *found: statements.append(found[2])  # noqa: E731
    event.listen(db.engine, "before_cursor_execute", listener)
    for number in range(1, 51):
        done = act(person.id, last + timedelta(number), Verb.ROUND_DONE, THEMES[number % 6])
        statements.clear()
        begun = perf_counter()
        services.record(done)
        whole.append((perf_counter() - begun) * 1e6)
        sent.append(len(statements))
        db.session.commit()
    event.remove(db.engine, "before_cursor_execute", listener)
    return {
        "rules_us": round(median(rules_us), 1),
        "recorded_us": round(median(whole), 1),
        "statements": f"{min(sent)} to {max(sent)}, {median(sent):g} most often",
        "tallies": len(page.tallies),
        "tallies_bytes": len(json.dumps(page.tallies)),
    }


def _counted(
    plan: Plan, tallies: dict[str, int], held: list[str], last: date, number: int
) -> float:
    """Counting a deed and looking at the rules of its verb; the best of five."""
    around = Around(lambda _day: Calendar(), lambda *_asked: {})
    day, took = last + timedelta(number), []
    for _ in range(5):
        fresh = dict(tallies)
        begun = perf_counter()
        watching.take(fresh, "round_done", "ai", {"right": 2}, day, plan.watched, around)
        plan.met("round_done", Facts(fresh, frozenset(held)))
        took.append((perf_counter() - begun) * 1e6)
    return min(took)


def rehearsal(sample: int) -> dict[str, object]:
    """Three rules that read much: a row of working days, a busy week, and a count."""
    started = perf_counter()
    crowd = [_hired().id for _ in range(min(sample, SAMPLE))]
    for person_id in crowd:
        write(history(person_id, DEEDS_EACH))
    _hire(sample - len(crowd))
    spread(db.session.connection(), crowd[0], len(crowd), sample)
    db.session.commit()
    written = perf_counter() - started
    model = badges.current()["first-lesson"]
    trial = [
        replace(model, key=key, rule=rule)
        for key, rule in (
            ("row", rules.Run("round_done", 20)),
            ("week", rules.Within("lesson_done", 5, 7)),
            ("count", rules.Count("round_done", 100)),
        )
    ]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun, ran = perf_counter(), process_time()
    found = trying.rehearse(trial, START)
    took, spent = perf_counter() - begun, process_time() - ran
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "people_in_the_sample": found.looked,
        "deeds_each": DEEDS_EACH,
        "seconds_to_write_them": round(written, 1),
        "database_mib": round(_bytes() / 2**20, 1),
        "seconds": round(took, 1),
        "seconds_of_cpu": round(spent, 1),
        f"minutes_of_cpu_for_{COMPANY}": round(spent / found.looked * COMPANY / 60, 1),
        "microseconds_a_deed": round(took / found.looked / DEEDS_EACH * 1e6, 2),
        f"minutes_for_{COMPANY}_at_this_pace": round(took / found.looked * COMPANY / 60, 1),
        "memory_more_mib": round((after - before) / 1024, 1),
        "memory_most_mib": round(after / 1024, 1),
        "reached": {award.key: told.people for award, told in found.reached},
    }


def _hire(wanted: int) -> None:
    """So many more people, without deeds as yet."""
    for number in range(wanted):
        _hired()
        if number % SAMPLE == 0:
            db.session.expunge_all()


def _bytes() -> int:
    """What the database takes on the disk, its log included."""
    file = Path(str(db.engine.url.database))
    return sum(each.stat().st_size for each in file.parent.glob(f"{file.name}*"))


_numbers = iter(range(1, 10_000_000))


def _hired() -> Person:
    number = next(_numbers)
    person = people.open_account(
        Newcomer(f"p{number}@aurore.example", "Ada", f"N{number}", START), datetime.now(UTC)
    )
    db.session.flush()
    return person


if __name__ == "__main__":
    main()
