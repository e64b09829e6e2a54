"""What a night costs that counts who took part, for a whole company.

`python -m bench.participation [--people 170000] [--only SQLite]`, 20,000 make-believe people unless told
otherwise, 1,500 teams on 30 sites. Six in ten did their minute on each working day of three months, one in
ten is on leave, one in ten takes part in the rankings. Seconds are those of one process that has the database
for itself; memory is what it grew by, the package of public holidays included.
"""

import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import func, insert, select

from academy import create_app
from academy.database import db
from academy.deeds.models import Deed
from academy.people.models import Person, Posting
from academy.people.workdays.models import Leave
from academy.rewards.models import LedgerEntry
from academy.rewards.rankings import jobs
from academy.rewards.rankings.models import EntityRate, Entrant
from academy.rewards.regularity import jobs as regularity
from academy.settings import read
from bench.outbox import SECRET, databases
from bench.reminders import chunks, employee, grow, highest, leave, posting

NIGHT = datetime(2026, 3, 28, 2, 50, tzinfo=UTC)  # Friday was counted last
DAYS = 90
LAST = NIGHT.date() - timedelta(days=1)


def main() -> None:
    parser = ArgumentParser()
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--only", choices=["SQLite", "PostgreSQL"])
    asked = parser.parse_args()
    for name, home, url in databases():
        if asked.only in (None, name):
            print(f"{name}, {asked.people} people")
            for what, figure in measured(home, url, asked.people).items():
                print(f"  {what:<52}{figure:>12.2f}")


def measured(home: str, url: str, size: int) -> dict[str, float]:
    app = create_app(
        read(
            {
                "ACADEMY_HOME": home,
                "ACADEMY_DATABASE_URL": url,
                "ACADEMY_SECRET_KEY": SECRET,
                "ACADEMY_PUBLIC_URL": "https://academy.example",
            }
        )
    )
    with app.app_context():
        upgrade()
        live(size)
        rest = highest()
        figures = {
            "the first night: a month, seconds": timed(lambda: jobs.count(NIGHT)),
            "a usual night: seven days again, seconds": timed(lambda: jobs.count(NIGHT)),
            "an hourly look once it is done, ms": 1000
            * timed(lambda: jobs.count_once_a_day(NIGHT)),
            "longest rows of one in 28, seconds": timed(
                lambda: regularity.note_longest_rows(NIGHT)
            ),
            "memory grown by at most, MB": highest(reset=False) - rest,
            "rates told": db.session.scalar(select(func.count()).select_from(EntityRate)) or 0,
        }
        db.session.remove()
        db.engine.dispose()
    return figures


def live(size: int) -> None:
    teams = grow()
    days = [LAST - timedelta(days=n) for n in range(DAYS)]
    working = [day for day in days if day.weekday() < 5]  # Saturday is 5
    for numbers in chunks(size):
        db.session.execute(insert(Person), [employee(number) for number in numbers])
        db.session.execute(insert(Posting), [posting(number, teams) for number in numbers])
        db.session.execute(insert(Leave), [leave(number) for number in numbers if number % 10 == 1])
        entrants = [number for number in numbers if number % 10 == 0]
        db.session.execute(insert(Entrant), [entrant(number) for number in entrants])
        for day in working:
            done = [
                number for number in numbers if (number + day.toordinal()) % 10 < 6
            ]  # six in ten
            db.session.execute(insert(Deed), [minute(number, day) for number in done])
        db.session.commit()
    _pay()


def _pay() -> None:
    """Nine points for each minute of those who take part."""
    theirs = select(Deed.person_id, Deed.id).where(Deed.person_id % 10 == 0)
    values = theirs.add_columns(db.literal("point"), db.literal(9))
    columns = ["person_id", "deed_id", "currency", "amount"]
    db.session.execute(insert(LedgerEntry).from_select(columns, values))
    db.session.commit()


def entrant(number: int) -> dict[str, Any]:
    return {"person_id": number, "joined_at": NIGHT, "month": LAST.replace(day=1), "points": 0}


def minute(number: int, day: date) -> dict[str, Any]:
    return {
        "person_id": number,
        "verb": "round_done",
        "subject": "a-notion",
        "at": datetime(day.year, day.month, day.day, 8, tzinfo=UTC),
        "day": day,
        "once": f"{number}:round:{day}",
    }


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
