"""Reading on in the log, and counting every group. Each step may be done twice, and counts once."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import delete, select

from academy import database
from academy.database import db, fresh
from academy.hr.rollup import counting, log, standing
from academy.hr.rollup.counting import in_parts
from academy.hr.rollup.log import Days
from academy.hr.rollup.models import HrCohort, HrFigures, HrReader, HrStanding
from academy.hr.rollup.standing import Known, Seen, Standing
from academy.people.models import Person

QUIET = timedelta(minutes=10)
"""So long a count stands when nobody did anything since; people who moved meanwhile are counted then."""
_NOWHERE = 2**31 - 1
"""Who begins anew leaves the reader at a place that is nowhere in the log, and nobody else's."""
_THE_ONE = select(HrReader).where(HrReader.id == 1)


class NotNow(Exception):
    """Nothing can be counted for the moment; the worker tries again each minute."""


class Unsettled(NotNow):
    """Somebody has been writing for too long to know where the log ends."""


class Overtaken(NotNow):
    """Somebody else began anew, or read on, since this count began: theirs holds."""


@dataclass(slots=True)
class Hold:
    """Who counts, known by where they left the reader. It is lost as soon as somebody else moves it."""

    reached: int

    def keep(self) -> HrReader:
        """The reader, which nobody moves before the commit. Raises Overtaken."""
        reader = db.session.scalars(fresh(_THE_ONE).with_for_update()).one()
        if reader.reached != self.reached:
            raise Overtaken
        return reader


def advance(at: datetime) -> bool:
    """Read what was added to the log, and count today anew; False when it has to wait a little.

    While nothing is added, the last count stands for ten minutes. Within ten minutes of midnight (UTC) it
    waits, so that a day is complete when it is closed. Overtaken by another count, it leaves the rest to it.
    """
    if (at.hour, at.minute) < (0, 10):
        return False
    try:
        return _advance(at)
    except NotNow:
        db.session.rollback()
        return False


def _advance(at: datetime) -> bool:
    reached, day, counted_at = _place()
    if day is None:
        rebuild(at)
        return True
    ceiling = _settled()
    today = at.astimezone(UTC).date()
    if (reached, day) == (ceiling, today) and counted_at and at - counted_at < QUIET:
        return True
    hold = Hold(reached)
    while reached < ceiling:
        up_to = min(ceiling, reached + log.AT_ONCE)
        day = _read(hold, log.some(reached, up_to), day, today)
        reached = up_to
    _close(hold, day or today, today, today)
    _note(hold, reached, today, at)
    return True


def rebuild(at: datetime) -> None:
    """Everything anew from the log, day by day, as if it had been read as it came.

    Where people stand is held in memory meanwhile, and written down at the end. Stopped in the middle, it
    begins again at the next call. Whoever counts meanwhile is overtaken, and so is this by the next who
    begins anew. Raises Unsettled, before anything is forgotten, and Overtaken.
    """
    ceiling, today = _settled(), at.astimezone(UTC).date()
    hold = _begun_anew()
    known: dict[int, Standing] = {}
    day = _read(hold, log.everything(ceiling), None, today, known)
    _write_down(hold, known)
    _close(hold, day or today, today, today)
    _note(hold, ceiling, today, at)


def _settled() -> int:
    """Up to where the log is whole. Raises Unsettled."""
    ceiling = log.ceiling()
    if ceiling is None:
        raise Unsettled
    return ceiling


def _begun_anew() -> Hold:
    """Nothing is counted, and nobody else counts on. The reader comes first: others lock in that order."""
    reader, hold = _reader(), Hold(-1 - secrets.randbelow(_NOWHERE))
    reader.reached, reader.day = hold.reached, None
    db.session.flush()
    for kept in (HrStanding, HrFigures, HrCohort):
        db.session.execute(delete(kept))
    db.session.commit()
    return hold


def _reader() -> HrReader:
    """The one there is, to be changed; made at the first call."""
    database.about_to_write()
    made = database.insert(HrReader).values(id=1, reached=0, salt=secrets.token_hex(32))
    db.session.execute(made.on_conflict_do_nothing())
    return db.session.scalars(fresh(_THE_ONE).with_for_update()).one()


def _place() -> tuple[int, date | None, datetime | None]:
    reader = _reader()
    place = reader.reached, reader.day, reader.counted_at
    db.session.commit()
    return place


def _note(hold: Hold, reached: int, day: date, at: datetime | None = None) -> None:
    """Where the reader stands; with a moment, its day is counted first, as of then."""
    if at is not None:
        counting.count(day, held=hold.keep)
    database.about_to_write()
    reader = hold.keep()
    reader.reached, reader.day = reached, day
    if at is not None:
        reader.counted_at = at
    db.session.commit()
    hold.reached = reached


def _read(
    hold: Hold, days: Days, day: date | None, today: date, known: dict[int, Standing] | None = None
) -> date | None:
    """Count these days, closing each that is over by then; gives the day under way.

    Reading on, each closed day is noted at the place where it began, so that none is closed anew with what
    came later; beginning anew, nothing is said before the end, and where people stand becomes `known`.
    """
    for written, seen in days:
        if day is not None and written > day:
            _close(hold, day, written, today, known)
            if known is None:
                _note(hold, hold.reached, written)
        _keep(hold, seen, known)
        day = max(day or written, written)
    return day


def _close(hold: Hold, first: date, until: date, today: date, known: Known | None = None) -> None:
    """Count the days from the first until before the last, as they stand now; `today` says which are kept."""
    for ahead in range((until - first).days):
        day = first + timedelta(days=ahead)
        if counting.is_kept(day, today):
            counting.count(day, closed=True, held=hold.keep, known=known)


def _keep(
    hold: Hold, seen: Mapping[int, Iterable[Seen]], known: dict[int, Standing] | None
) -> None:
    """Where these people stand by now: in memory alone when it is all counted anew."""
    if known is not None:
        known.update(_moved(seen, known))
        return
    for people in in_parts(sorted(seen)):
        database.about_to_write()
        hold.keep()
        rows = db.session.scalars(
            select(HrStanding).where(HrStanding.person_id.in_(people)).with_for_update()
        )
        before = {
            row.person_id: Standing(row.first_on, row.last_on, row.before_on, row.round_on)
            for row in rows
        }
        _write(dict(_moved({each: seen[each] for each in people}, before)))
        db.session.commit()


def _moved(seen: Mapping[int, Iterable[Seen]], before: Known) -> Iterator[tuple[int, Standing]]:
    """Those who stand elsewhere now."""
    for person, days in seen.items():
        found = standing.after(before.get(person), days)
        if found is not None and found != before.get(person):
            yield person, found


def _write_down(hold: Hold, known: Known) -> None:
    for people in in_parts(sorted(known)):
        database.about_to_write()
        hold.keep()
        _write({each: known[each] for each in people})
        db.session.commit()


def _write(known: Known) -> None:
    """Of those who were not erased meanwhile."""
    here = db.session.scalars(
        select(Person.id)
        .where(Person.id.in_(known))
        .order_by(Person.id)
        .with_for_update(read=True, key_share=True)
    )
    rows = [{"person_id": each, **asdict(known[each])} for each in here]
    if rows:
        made = database.insert(database.table(HrStanding))
        changed = {name: made.excluded[name] for name in rows[0] if name != "person_id"}
        db.session.execute(
            made.on_conflict_do_update(index_elements=["person_id"], set_=changed), rows
        )
