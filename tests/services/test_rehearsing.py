"""A rehearsal fetches no deed, and reaches the very people whom a walk deed by deed would reach."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from flask import Flask

from academy.catalog import releases
from academy.database import db, insert
from academy.deeds.models import Deed
from academy.deeds.verbs import COUNTED, Verb
from academy.people import services as people
from academy.people.calendar import Span
from academy.people.models import Person
from academy.people.workdays import services as workdays
from academy.rewards import badges, rules, services
from academy.rewards.models import Grant
from academy.rewards.publishing import histories, trying
from academy.rewards.publishing.summing import needs
from academy.rewards.watching import plan
from tests.conftest import MONDAY, Counting
from tests.factories import TODAY, make_person, make_site
from tests.services.editions import award

THEMES = (None, "ai", "culture")
RULES: dict[str, rules.Rule] = {
    "count": rules.Count("lesson_done", 12),
    "themed": rules.Count("lesson_done", 5, "ai"),
    "period": rules.Count(
        "lesson_done", 2, "ai", rules.Period(TODAY + timedelta(20), TODAY + timedelta(60))
    ),
    "busy": rules.Within("lesson_done", 4, 7),
    "busy-ai": rules.Within("lesson_done", 2, 5, "ai"),
    "row": rules.Run("round_done", 6),
    "long-row": rules.Run("round_done", 14),
    "themes": rules.Distinct("quiz_passed", 2),
    "right": rules.Sum("round_done", "right", 35),
    "unsure": rules.Sum("round_done", "dont_know", 16),
    "held": rules.Held("first-lesson"),
    "given": rules.Given("given", ("hr",)),
    "stars": rules.Gathered("star", 40),
    "keys": rules.Gathered("key", 60),
    "walked": rules.Walked("managers"),
    "two": rules.Some((rules.Count("round_done", 30), rules.Held("busy")), 2),
}


def lived(person: Person, dice: Random) -> None:
    """Some months of deeds of every kind, told out of order, with what was read of one track."""
    verbs = [verb for verb in Verb if verb in COUNTED and verb is not Verb.ROUND_DONE]
    days = [TODAY + timedelta(number) for number in range(90) if dice.random() < 0.6]
    made: list[tuple[Verb, date, str | None]] = [(Verb.ROUND_DONE, day, None) for day in days]
    made += [
        (dice.choice(verbs), TODAY + timedelta(dice.randrange(90)), None)
        for _ in range(dice.randrange(80))
    ]
    steps = releases.current().tracks["managers"].steps
    for step in steps if dice.random() < 0.5 else steps[1:]:
        verb = Verb.LESSON_DONE if step.kind == "lesson" else Verb.QUIZ_PASSED
        made.append((verb, TODAY, services.deed_of(step)))
    dice.shuffle(made)
    rows = [_row(person, dice, number, *each) for number, each in enumerate(made)]
    if dice.random() < 0.3:
        rows.append(_row(person, dice, 999, Verb.AWARD_GIVEN, TODAY, None) | {"theme": "given"})
    db.session.execute(insert(Deed).values(rows))


def _row(
    person: Person, dice: Random, number: int, verb: Verb, day: date, once: str | None
) -> dict[str, object]:
    result = {"right": dice.randrange(3), "dont_know": dice.randrange(2)}
    return {
        "person_id": person.id,
        "verb": verb.value,
        "subject": once.partition(":")[2] if once else f"subject-{number}",
        "theme": dice.choice(THEMES),
        "at": datetime.combine(day, time(9), UTC),
        "day": day,
        "result": result if verb is Verb.ROUND_DONE else {},
        "once": f"{person.id}:{once or number}",
    }


def company(size: int) -> list[int]:
    """Some of them away for a while, some who hold what a rule waits for, and one who did nothing."""
    dice, site = Random(5), make_site()  # noqa: S311  # a repeatable life
    crowd = [make_person() for _ in range(size)]
    for number, person in enumerate(crowd[:-1]):
        people.post(person, site, "sales", date(2026, 1, 1))
        lived(person, dice)
        services.rebuild(person.id)
        if number % 3 == 0:
            away = Span(TODAY + timedelta(10), TODAY + timedelta(25))
            workdays.declare_leave(person.id, away, TODAY)
    db.session.flush()
    return [each.id for each in crowd]


def test_the_sums_say_what_the_deeds_say(context: Flask, count_statements: Counting) -> None:
    everybody = company(9)
    first = db.session.query(Deed.id).first()
    assert first is not None
    grant = Grant(person_id=everybody[0], award="first-lesson", version="1", deed_id=first[0])
    grant.granted_at, grant.granted_on = MONDAY, TODAY
    db.session.add(grant)
    db.session.commit()
    rules_of, asked = plan(RULES.items()), needs(RULES.values())
    tracks = services.steps_asked(award(key, rule) for key, rule in RULES.items())

    plainly = {
        life.person_id: set(rules_of.met_by(life.facts))
        for life in histories.lives(everybody, rules_of, tracks)
    }
    with count_statements() as sent:
        summed = {
            person_id: set(rules_of.met_by(facts))
            for person_id, facts in histories.summed_up(everybody, rules_of, asked, tracks)
        }

    assert summed == plainly
    reached = {key: sum(key in mine for mine in summed.values()) for key in RULES}
    assert [key for key, number in reached.items() if number in (0, 9)] == [], sorted(
        reached.items()
    )
    assert len(sent) == 8
    assert not any("deed.subject," in statement for statement in sent)


def test_a_rehearsal_of_a_count_asks_for_nothing_it_does_not_need(
    context: Flask, count_statements: Counting
) -> None:
    company(3)
    db.session.commit()
    trial = award("trial", rules.Count("round_done", 1_000))

    with count_statements() as sent:
        found = trying.rehearse([trial], TODAY)

    assert found.looked == 2
    assert badges.current().get("trial") is None
    assert len(sent) == 5  # the people, what they hold, one sum, no place; and that nobody is left
