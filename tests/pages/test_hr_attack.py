"""An attack on everybody's passport: every figure that human resources can take along, week after week.

The attacker knows who works where on every day, and how figures are rounded, but not the salt. Nobody is
found out if, for each person, there is a world that fits all that was ever told in which they are the other
way round: whether it exists is a whole-number program.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import StringIO

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp
from sqlalchemy import select

from academy.database import db
from academy.deeds.models import Deed
from academy.hr.campaigns.rules import Population
from academy.hr.rollup import services as rollup
from academy.hr.rollup.models import HrReader
from academy.hr.rollup.rounding import BASE
from academy.hr.waves import jobs as waves
from academy.hr.waves import services
from academy.hr.waves.models import Wave, WaveMember
from academy.hr.waves.rules import Move, Verdict
from academy.hr.waves.services import Decision, Plan
from academy.people import services as people
from academy.people.models import Entity, EntityKind, Person, Role
from academy.rewards.models import Grant
from tests.conftest import MONDAY
from tests.factories import make_person, read_lesson
from tests.figures import SINCE
from tests.pages.conftest import Behind, on_sqlite_only, token
from tests.visitor import Visitor

WEEKS = 8
PARENTS = {"Lyon": "Aurore", "Brest": "Aurore", "Ovens": "Lyon", "Vans": "Lyon", "Shop": "Brest"}
TRADES = {"baker": "baker", "driver": "driver", "nurse": "nurse"}
PERCENT = {"Passport": "h", "Have begun": "b"}
TELLS = {f"{column} (%)": which for column, which in PERCENT.items()}
OPENED = {1: "Lyon", 4: "Brest"}
NO_WAVE = "Before the waves, or in none yet"
SEASON = {"Came in it (%)": "b", "Earned the passport in it (%)": "h"}
"""All of them began, and earned it, in one season, before which nothing was counted."""


@dataclass
class World:
    """Who works where in which trade, as the attacker knows it, and the secrets they are after."""

    numbers: dict[str, int]
    team: dict[int, str] = field(default_factory=dict)
    trade: dict[int, str] = field(default_factory=dict)
    holders: set[int] = field(default_factory=set)
    past: dict[date, dict[int, str]] = field(default_factory=dict)
    wave: dict[date, dict[int, str]] = field(default_factory=dict)
    on_waves: dict[date, dict[str, int]] = field(default_factory=dict)
    """By wave, how many hold a passport, as the page of waves tells it."""

    def within(self, entity: str, day: date) -> frozenset[int]:
        return frozenset(
            person for person, team in self.past[day].items() if entity in (team, *above(team))
        )


@dataclass(frozen=True)
class Fact:
    """Of these people, between so many and so many hold it (`h`), or have begun (`b`)."""

    which: str
    people: frozenset[int]
    low: int
    high: int


def above(entity: str) -> Iterator[str]:
    while entity in PARENTS:
        entity = PARENTS[entity]
        yield entity


@pytest.fixture
def world(behind: Behind) -> World:
    """Forty people: two sites, three teams, three trades; half of them hold a passport."""
    dice = np.random.default_rng(20261127)
    with behind():
        db.session.add(HrReader(id=1, reached=0, salt="27" * 32))  # the same dice in each run
        made: dict[str, Entity] = {}
        for name in ("Aurore", *PARENTS):
            kind = {"Aurore": EntityKind.COMPANY, "Lyon": EntityKind.SITE, "Brest": EntityKind.SITE}
            parent = made.get(PARENTS.get(name, ""))
            made[name] = people.open_entity(
                name.lower(), kind.get(name, EntityKind.TEAM), name, SINCE, parent
            )
        db.session.flush()
        world = World({name: entity.id for name, entity in made.items()})
        for number in range(40):
            person = make_person()
            team = ("Ovens", "Vans", "Shop", "Brest", "Aurore")[number % 5]
            trade = list(TRADES)[int(dice.integers(0, 3))]
            people.post(person, made[team], trade, SINCE)
            world.team[person.id], world.trade[person.id] = team, trade
            if dice.random() < 0.75:
                read_lesson(person, "cloud-has-an-address", MONDAY)
                if dice.random() < 0.65:
                    hold(person.id)
                    world.holders.add(person.id)
        db.session.commit()
    return world


def hold(person: int) -> None:
    """A passport, granted by the lesson they did."""
    deed = db.session.scalars(select(Deed.id).where(Deed.person_id == person).limit(1)).one()
    grant = Grant(
        person_id=person,
        award="passport",
        version="1",
        deed_id=deed,
        granted_at=MONDAY,
        granted_on=MONDAY.date(),
    )
    db.session.add(grant)


def open_a_wave(world: World, at: datetime) -> None:
    """In the second week Lyon, in the fifth Brest; who worked there once stays in its wave."""
    week = (at - MONDAY).days // 7
    if week not in OPENED:
        return
    by, name = next(iter(world.team)), OPENED[week]
    names = {"name_fr": name, "name_en": name, "opens_on": None}
    plan = Plan(names, Population((world.numbers[name],)))
    number = services.declare(plan, name, by, at)
    services.decide(number, Decision(Verdict.GO, "Ready."), name, by, at)
    services.move(number, 1, Move.OPEN, by, at, at.date())
    db.session.commit()


def live_on(world: World, behind: Behind, at: datetime, dice: np.random.Generator) -> None:
    """Somebody moves, and the figures are counted."""
    day = at.date()
    with behind():
        if day > MONDAY.date():
            mover = int(dice.choice(list(world.team)))
            there = str(dice.choice(["Ovens", "Vans", "Shop", "Brest", "Aurore"]))
            entity = db.session.get_one(Entity, world.numbers[there])
            people.post(db.session.get_one(Person, mover), entity, world.trade[mover], day)
            world.team[mover] = there
            db.session.commit()
        open_a_wave(world, at)
        waves.look_after(at)
        rollup.advance(at)
        waves.look_after(at)
        world.on_waves[day] = {
            each.name_en: each.figures["passport"]
            for each in db.session.scalars(select(Wave))
            if "passport" in each.figures
        }
        came = select(WaveMember.person_id, Wave.name_en).join(Wave)
        rows = db.session.execute(came.where(WaveMember.entered_on.is_not(None)))
        world.wave[day] = {row.person_id: row.name_en for row in rows}
    world.past[day] = dict(world.team)


def taken(visitor: Visitor, entity: int) -> list[list[str]]:
    fields = {"csrf_token": token(visitor), "format": "csv"}
    answer = visitor.client.post(f"/hr/entities/{entity}/file", data=fields)
    assert answer.status_code == 200
    return list(csv.reader(StringIO(answer.data.decode("utf-8-sig"))))


def facts(world: World, entity: str, day: date, told: list[list[str]]) -> Iterator[Fact]:
    """What each number says of whom."""
    here = world.within(entity, day)
    alone = frozenset(each for each in here if world.past[day][each] == entity)
    for title, line, column, figure in told[2:]:
        who: frozenset[int] | None = None
        if title == "In short" and line in PERCENT:
            who, which = here, PERCENT[line]
        elif title == "What is under it" and column in TELLS:
            which = TELLS[column]
            who = alone if line.startswith("In no entity") else world.within(line, day)
        elif title == "By trade" and column in TELLS:
            which = TELLS[column]
            who = frozenset(each for each in here if world.trade[each] == line)
        elif title == "By wave" and column in TELLS:
            which, waves = TELLS[column], world.wave[day]
            who = frozenset(each for each in here if waves.get(each, NO_WAVE) == line)
        elif title == "Season by season" and column in SEASON:
            who, which = here, SEASON[column]
        if who and figure.isdigit():
            counts = possible(int(figure), len(who))
            yield Fact(which, who, counts[0], counts[-1])


def of_waves(world: World, day: date) -> Iterator[Fact]:
    """What the page of waves says."""
    for name, told in world.on_waves[day].items():
        who = frozenset(each for each, wave in world.wave[day].items() if wave == name)
        low, high = max(0, told - BASE + 1), min(len(who), told + BASE - 1)
        yield Fact("h", who, low, high)


def possible(share: int, people: int) -> list[int]:
    """The counts that may stand behind a share: less than five away from a multiple of five."""
    told = [
        count
        for count in range(0, people + 1, BASE)
        if round(min(100.0, 100 * count / people)) == share
    ]
    assert told, (share, people)
    return [max(0, told[0] - BASE + 1), min(people, told[-1] + BASE - 1)]


def fits(world: World, known: set[Fact], person: int, holds: bool) -> bool:
    """Is there a world with all these facts in which this person holds a passport, or does not?"""
    place = {each: number for number, each in enumerate(world.team)}
    many = len(place)
    rows, low, high = [], [], []
    for fact in known:
        row = np.zeros(2 * many)
        row[[place[each] + (many if fact.which == "b" else 0) for each in fact.people]] = 1
        rows.append(row)
        low.append(fact.low)
        high.append(fact.high)
    for number in range(many):  # whoever holds a passport has begun
        row = np.zeros(2 * many)
        row[number], row[many + number] = -1, 1
        rows.append(row)
        low.append(0)
        high.append(1)
    least, most = np.zeros(2 * many), np.ones(2 * many)
    least[place[person]] = most[place[person]] = holds
    found = milp(
        np.zeros(2 * many),
        constraints=LinearConstraint(np.array(rows), np.array(low), np.array(high)),
        integrality=np.ones(2 * many),
        bounds=Bounds(least, most),
    )
    return bool(found.success)


@on_sqlite_only
def test_nobodys_passport_is_found_out_from_all_that_is_told_for_weeks(
    visitor: Visitor, behind: Behind, now: Callable[[datetime], None], world: World
) -> None:
    with behind():
        helen = make_person()
        people.grant(helen, [Role.HR], SINCE)
        db.session.commit()
        visitor.as_person(db.session.get_one(Person, helen.id))
    dice, known, numbers = np.random.default_rng(7), set[Fact](), 0
    seasons = by_wave = 0
    for week in range(WEEKS):
        at = MONDAY + timedelta(weeks=week)
        now(at)
        live_on(world, behind, at, dice)
        known.update(of_waves(world, at.date()))
        for entity, number in world.numbers.items():
            told = taken(visitor, number)
            found = list(facts(world, entity, at.date(), told))
            numbers += len(found)
            seasons += any(line[0] == "Season by season" for line in told)
            by_wave += sum(line[0] == "By wave" and line[3].isdigit() for line in told)
            known.update(found)

    assert by_wave > 50
    assert sum(map(len, world.on_waves.values())) > WEEKS
    assert numbers > 200
    assert seasons > WEEKS
    assert all(fits(world, known, each, each in world.holders) for each in list(world.team)[:3])
    found_out = [
        each for each in world.team if not fits(world, known, each, each not in world.holders)
    ]
    assert found_out == []


@on_sqlite_only
def test_the_same_attack_finds_people_out_where_figures_are_exact(world: World) -> None:
    """The attack is a real one: of exact figures before and after each move it makes passports known."""
    dice, known = np.random.default_rng(7), set[Fact]()
    day = MONDAY.date()
    for week in range(WEEKS):
        day = MONDAY.date() + timedelta(weeks=week)
        mover = int(dice.choice(list(world.team)))
        world.team[mover] = str(dice.choice(["Ovens", "Vans", "Shop", "Brest", "Aurore"]))
        world.past[day] = dict(world.team)
        for entity in world.numbers:
            who = world.within(entity, day)
            held = len(who & world.holders)
            known.add(Fact("h", who, held, held))

    found_out = [
        each for each in world.team if not fits(world, known, each, each not in world.holders)
    ]
    assert found_out
