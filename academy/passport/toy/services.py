"""Keeping the figure somebody chose, and what of theirs has been printed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from flask_babel import lazy_gettext as _

from academy import database
from academy.database import db
from academy.passport.toy import queries
from academy.passport.toy.choosing import carried
from academy.passport.toy.crew.people import figure
from academy.passport.toy.models import ON_THE_FIGURE, PaperToy, PrintedAward
from academy.passport.toy.queries import Choice, OnPaper, Won
from academy.refusal import Refusal


class NothingNew(Refusal):
    """A sheet of stickers needs something won since the last print."""

    def __init__(self) -> None:
        super().__init__(
            _("You have won nothing since your last print: there is no sheet to make."), 409
        )


class NoSuchSheet(Refusal):
    """Sheets are numbered one after the other."""

    def __init__(self) -> None:
        super().__init__(_("You have no sheet of stickers with this number."), 404)


def keep(person_id: int, wanted: Choice, at: datetime) -> None:
    """The figure to show and print from now on; harmless to repeat."""
    values = asdict(wanted) | {"awards": list(wanted.awards), "chosen_at": at}
    statement = database.insert(PaperToy).values(person_id=person_id, **values)
    db.session.execute(
        statement.on_conflict_do_update(index_elements=[PaperToy.person_id], set_=values)
    )


def print_figure(person_id: int, wanted: Choice, at: datetime) -> tuple[Won, ...]:
    """Keep the choice, and remember what the figure carries as printed; gives what it carries."""
    keep(person_id, wanted, at)
    mine = on_figure(queries.held(person_id), wanted)
    _remember(person_id, mine, ON_THE_FIGURE, at)
    return mine


def on_figure(held: Sequence[Won], wanted: Choice) -> tuple[Won, ...]:
    """Those of the awards that find a place on it."""
    known = {won.award.key: won for won in queries.to_wear(held)}
    places = len(figure(wanted.character, wanted.colour).places)
    ranked = [(key, won.rank) for key, won in known.items()]
    return tuple(known[key] for key in carried(ranked, wanted.awards, places))


def print_stickers(person_id: int, number: int, at: datetime) -> tuple[Won, ...]:
    """Sheet so-and-so: made if it is the next one, the same again if it is there.

    What was withdrawn since is not on it any more. Raises NothingNew, NoSuchSheet.
    """
    database.one_at_a_time(person_id)
    printed = queries.on_paper(person_id)
    last = max((each.sheet for each in printed.values()), default=ON_THE_FIGURE)
    held = queries.held(person_id)
    again = tuple(won for won in held if sheet_of(printed, won) == number > ON_THE_FIGURE)
    if again:
        return again
    if number != last + 1:
        raise NoSuchSheet
    fresh = tuple(won for won in queries.to_wear(held) if won.award.key not in printed)
    if not fresh:
        raise NothingNew
    _remember(person_id, fresh, number, at)
    return fresh


def sheet_of(printed: Mapping[str, OnPaper], won: Won) -> int | None:
    found = printed.get(won.award.key)
    return found.sheet if found else None


def _remember(person_id: int, awards: Iterable[Won], sheet: int, at: datetime) -> None:
    """Where each was printed first."""
    rows = [
        {"person_id": person_id, "award": won.award.key, "sheet": sheet, "printed_at": at}
        for won in awards
    ]
    if rows:
        statement = database.insert(PrintedAward).values(rows)
        db.session.execute(statement.on_conflict_do_nothing())
