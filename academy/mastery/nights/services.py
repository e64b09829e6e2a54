"""New numbers: what a night goes by, the line that says what came of it, and the way back."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select

from academy.catalog import releases
from academy.database import db, insert, table
from academy.mastery import lines, numbers, shelves
from academy.mastery.figures import queries as figures
from academy.mastery.figures.editions import edition
from academy.mastery.figures.rules import FEWEST
from academy.mastery.lines import SHIPPED_VERSION, Numbers
from academy.mastery.nights import histories, making
from academy.mastery.nights.making import Change, Facts, Night, Verdict
from academy.mastery.nights.models import REASON, EngineNumbers

NIGHT: Final = Night()


class NoSuchVersion(Exception):
    """There is none of that number that was in force, or it cannot be read."""


def was_fitted(night: date) -> bool:
    """Is there a line for that night? One statement."""
    line = select(EngineNumbers.id).where(EngineNumbers.night == night)
    return db.session.scalar(line) is not None


def gathered(seed: int, night: Night = NIGHT) -> Facts:
    """Everything a fit goes by, read once: the fit itself asks the database nothing."""
    catalog = releases.current()
    drawn = histories.drawn(seed, night.effort.most, catalog)
    return Facts(
        catalog,
        numbers.in_force(),
        drawn.histories,
        drawn.trades,
        figures.median_times(catalog, FEWEST),
        {key: edition(question) for key, question in catalog.questions.items()},
        lambda by: shelves.itemised(catalog, by),
    )


def fitted(facts: Facts, seed: int, night: Night = NIGHT) -> Verdict:
    return making.made(facts, night, seed)


def keep(verdict: Verdict, old: Numbers, night: date | None, at: datetime) -> int | None:
    """Write the line, and with it put new numbers in force; gives its version, None when that night is there.

    They were weighed against `old`: when somebody went back meanwhile, or pinned what is there, that stays.
    """
    if verdict.numbers is not None and (stays := _stays(old)):
        verdict = replace(verdict, numbers=None, reason=stays)
    return _put(
        night=night,
        made_at=at,
        answers=verdict.answers,
        people=verdict.people,
        held_out=verdict.held_out,
        reason=verdict.reason,
        **_losses("loss", verdict.ability),
        **_losses("handed", verdict.handed),
        **_losses("memory", verdict.memory),
        **_losses("start", verdict.start),
        **_contents(verdict.numbers),
    )


def _stays(old: Numbers) -> str:
    """Why what is in force must stay, if it must."""
    newest = select(EngineNumbers.id, EngineNumbers.pinned).where(EngineNumbers.accepted)
    line = db.session.execute(newest.order_by(EngineNumbers.id.desc()).limit(1)).first()
    if line is not None and line.pinned:
        return "the version in force is pinned"
    in_force = SHIPPED_VERSION if line is None else line.id + SHIPPED_VERSION
    return "" if in_force == old.version else "another version was put in force meanwhile"


def go_back(to: int, reason: str, at: datetime, pin: bool = False) -> int:
    """Put an earlier version in force again, as a new one; `pin` keeps the nights from changing it."""
    earlier = numbers.numbered(to)
    if earlier is None:
        raise NoSuchVersion
    made = _put(made_at=at, reason=reason, back_to=to, pinned=pin, **_contents(earlier))
    return made or 0  # no night is named: there is nothing to collide with


def _losses(name: str, change: Change | None) -> dict[str, float]:
    return (
        {} if change is None else {f"{name}_before": change.before, f"{name}_after": change.after}
    )


def _contents(by: Numbers | None) -> dict[str, Any]:
    return {"accepted": False} if by is None else {"accepted": True, "numbers": lines.written(by)}


def _put(**values: Any) -> int | None:
    line = insert(table(EngineNumbers)).values(**values | {"reason": values["reason"][:REASON]})
    number = db.session.scalar(
        line.on_conflict_do_nothing(index_elements=[EngineNumbers.night]).returning(
            table(EngineNumbers).c.id
        )
    )
    return None if number is None else int(number) + SHIPPED_VERSION
