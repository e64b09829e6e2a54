"""Names of backups, and which of them are kept. Pure."""

import re
from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

_NAME = re.compile(r"academy-(\d{8}T\d{6}Z)\.zip(\.age)?")
_MOMENT = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Rule:
    """How many days, weeks and months keep their newest backup; empty ones do not count."""

    days: int = 7
    weeks: int = 4
    months: int = 12


def name(at: datetime, sealed: bool) -> str:
    """One a second; in the order of time."""
    return f"academy-{at.astimezone(UTC).strftime(_MOMENT)}.zip{'.age' if sealed else ''}"


def moment(file: str) -> datetime | None:
    """When the backup of this name was made; None for any other file."""
    found = _NAME.fullmatch(file)
    if found is None:
        return None
    try:
        return datetime.strptime(found[1], _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None


def newest_first(files: Iterable[str]) -> list[str]:
    """The backups among these files."""
    return sorted((file for file in files if moment(file)), reverse=True)


def kept(moments: Collection[datetime], rule: Rule) -> set[datetime]:
    """The newest of all, of each of the last days, weeks and months (UTC) that have any.

    What goes one night would go in any later one, so pruning each night or once a year leaves the same.
    """
    newest = sorted(moments, reverse=True)
    return (
        set(newest[:1])
        | _newest_of_each(newest, lambda at: at.date(), rule.days)
        | _newest_of_each(newest, lambda at: at.isocalendar()[:2], rule.weeks)
        | _newest_of_each(newest, lambda at: (at.year, at.month), rule.months)
    )


def surplus(files: Iterable[str], rule: Rule) -> list[str]:
    """The backups that may go; files of any other name stay."""
    made = {file: at for file in files if (at := moment(file))}
    staying = kept(set(made.values()), rule)
    return sorted(file for file, at in made.items() if at not in staying)


def _newest_of_each(
    newest: list[datetime], of: Callable[[datetime], Hashable], most: int
) -> set[datetime]:
    found: dict[Hashable, datetime] = {}
    for at in newest:
        found.setdefault(of(at), at)
    return set(list(found.values())[:most])
