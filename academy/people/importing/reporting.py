"""The report of an import, as a file for a spreadsheet."""

import csv
import io
from collections.abc import Iterator

from flask_babel import gettext as _

from academy.people.importing import queries, words
from academy.people.importing.models import Import, ImportRow, Kind, Verdict

FORMULA = ("=", "+", "-", "@", "\t", "\r")
MARK = "\ufeff"


def lines(work: Import) -> Iterator[str]:
    """A line for each row that changes something or is wrong; a mark first, for the accents."""
    yield MARK + _line(
        [
            _("Line"),
            _("Name"),
            _("E-mail"),
            _("What"),
            _("Column"),
            _("What stands there"),
            _("Details"),
        ]
    )
    names = words.VERDICTS[Kind(work.kind)]
    for row, given, family, email in queries.report(work.id):
        name = " ".join(filter(None, (given, family))) or row.said.get("who", "")
        start = [str(row.line or ""), name, email or "", str(names[Verdict(row.verdict)])]
        for rest in _rest(work, row):
            yield _line([*start, *rest])


def _rest(work: Import, row: ImportRow) -> list[list[str]]:
    """One line for each mistake; one for all changes."""
    wrong = words.mistakes(work.kind, row)
    if row.verdict == Verdict.WRONG and wrong:
        return [[column, found, remedy] for column, found, remedy in wrong]
    return [["", "", " · ".join(words.changes(work.kind, row.said))]]


def _line(cells: list[str]) -> str:
    """No cell is taken for a formula by whoever opens it."""
    held = io.StringIO()
    safe = [f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells]
    csv.writer(held, delimiter=";", lineterminator="\r\n").writerow(safe)
    return held.getvalue()
