"""Deeds made up for a few people and given to others inside the database, for benches that need many."""

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sqlalchemy import Connection, insert, text

from academy.database import db, table
from academy.deeds.models import Deed
from academy.deeds.services import Act
from academy.deeds.verbs import Verb

START = date(2026, 1, 5)
THEMES = ("culture", "together", "identity", "security", "ai", "healthy")
A_DAY = 0.8 * 5 / 7 + 0.25 + 0.05
"""Deeds of somebody who is always there."""


def history(
    person_id: int, wanted: int, start: date = START, present: float = 1.0, until: date = date.max
) -> list[Act]:
    """Two minutes in three, a lesson now and then, a quiz sometimes; days pass as people do them.

    `present` is the share of days on which one is there. It ends with so many deeds, or before that day.
    """
    dice, day, acts = Random(person_id), start, list[Act]()
    while len(acts) < wanted and day + timedelta(1) < until:
        day += timedelta(1)
        if present < 1 and dice.random() >= present:
            continue
        if day.weekday() < 5 and dice.random() < 0.8:
            acts.append(act(person_id, day, Verb.ROUND_DONE, dice.choice(THEMES)))
        if dice.random() < 0.25:
            acts.append(act(person_id, day, Verb.LESSON_DONE, dice.choice(THEMES)))
        if dice.random() < 0.05:
            acts.append(act(person_id, day, Verb.QUIZ_PASSED, dice.choice(THEMES)))
    return acts[:wanted]


def act(person_id: int, day: date, verb: Verb, theme: str) -> Act:
    at = datetime.combine(day, time(9), UTC)
    result = {"right": 1, "dont_know": 0} if verb is Verb.ROUND_DONE else {}
    return Act(person_id, verb, "subject", at, day, f"{verb}:{day}", theme, result)


def write(acts: list[Act]) -> None:
    db.session.execute(
        insert(table(Deed)),
        [
            {
                "person_id": each.person_id,
                "verb": each.verb.value,
                "subject": each.subject,
                "theme": each.theme,
                "at": each.at,
                "day": each.day,
                "result": dict(each.result),
                "once": f"{each.person_id}:{each.once}",
            }
            for each in acts
        ],
    )


def spread(to: Connection, first: int, lived: int, count: int) -> None:
    """Those after the first `lived` people do what these did, up to `count` people numbered from `first`.

    Day by day, so that rows lie in the order in which a company writes them. Awards are not given on: the
    others may have their own.
    """
    given = ", ".join(f"'{verb}'" for verb in (Verb.AWARD_EARNED, Verb.AWARD_GIVEN))
    find = "instr" if to.dialect.name == "sqlite" else "strpos"
    to.execute(
        text(
            f"CREATE TABLE deed_model AS SELECT deed.*, substr(once, {find}(once, ':')) AS tail "
            f"FROM deed WHERE person_id >= {first} AND person_id < {first + lived} "
            f"AND verb NOT IN ({given})"
        )
    )
    to.execute(text("CREATE INDEX ix_deed_model ON deed_model (day)"))
    to.execute(text("CREATE TABLE deed_turn (shift integer)"))
    turns = [{"shift": shift} for shift in range(lived, count, lived)]
    if turns:
        to.execute(text("INSERT INTO deed_turn VALUES (:shift)"), turns)
    copied = text(
        "INSERT INTO deed (person_id, verb, subject, theme, at, day, result, once)"
        " SELECT person_id + shift, verb, subject, theme, at, day, result,"
        " (person_id + shift) || tail FROM deed_model CROSS JOIN deed_turn"
        f" WHERE day = :day AND person_id + shift < {first + count} ORDER BY at"
    )
    for day in to.scalars(text("SELECT DISTINCT day FROM deed_model ORDER BY day")).all():
        to.execute(copied, {"day": day})
    for made in ("deed_model", "deed_turn"):
        to.execute(text(f"DROP TABLE {made}"))
