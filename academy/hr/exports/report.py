"""All that is told of an entity on its pages, as tables: nothing that no page says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from academy.hr.dashboards import adoption, coverage, equity, meanings, pages
from academy.hr.dashboards.adoption import AdoptionPage
from academy.hr.dashboards.coverage import CoveragePage, Known
from academy.hr.dashboards.equity import EquityPage
from academy.hr.dashboards.framing import Frame
from academy.hr.dashboards.meanings import Meanings
from academy.hr.dashboards.pages import CompletionPage, Line
from academy.web.words import day as said_day
from academy.web.words import language, moment

Cell = str | int | None
"""None is what is not told."""


@dataclass(frozen=True, slots=True)
class Table:
    """`head` names the columns; the first cell of each row names the row."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Report:
    language: str
    title: str
    entity: str
    as_of: str
    promise: str
    tables: tuple[Table, ...]
    meanings: tuple[tuple[str, str], ...]


def report(frame: Frame) -> Report:
    """The report of an entity on the day of its frame."""
    tables = [
        *_passport(spread := pages.completion(frame, None)),
        *_adoption(use := adoption.page(frame)),
        *_seasons(use),
        *_equity(equity.page(frame)),
        *_knowledge(coverage.page(frame)),
    ]
    return Report(
        language=language(),
        title=_("Figures of “%(name)s”", name=frame.here.name),
        entity=frame.here.name,
        as_of=_when(frame),
        promise=_(
            "How many people there are is exact; every other figure is rounded to a multiple of five "
            "and tells of five people or more: nobody can be worked out of it."
        ),
        tables=tuple(table for table in tables if table.rows),
        meanings=_meanings(
            meanings.PASSPORT,
            meanings.BY_WAVE if spread.by_wave else (),
            meanings.ADOPTION,
            meanings.EQUITY,
            meanings.KNOWLEDGE,
        ),
    )


def _when(frame: Frame) -> str:
    if frame.asked:
        return _("As it was on %(day)s.", day=said_day(frame.day))
    return _("As of %(moment)s.", moment=moment(frame.moment.counted_at))


def _meanings(*groups: Meanings) -> tuple[tuple[str, str], ...]:
    """Each once, in words of the reader's language."""
    found = dict.fromkeys((str(term), str(words)) for group in groups for term, words in group)
    return tuple(found)


def _percent(value: float | None) -> int | None:
    return None if value is None else round(value)


def _head(title: str) -> tuple[str, ...]:
    columns = (_("Passport"), _("Have begun"), _("Came this month"))
    return (title, _("People"), *(_in_percent(column) for column in columns))


def _in_percent(column: str) -> str:
    return _("%(column)s (%%)", column=column)


def _lines(lines: Iterable[Line]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            line.name,
            line.people,
            _percent(line.passport),
            _percent(line.begun),
            _percent(line.month),
        )
        for line in lines
    )


def _passport(page: CompletionPage) -> Iterable[Table]:
    if not page.whole:
        return
    whole = page.whole
    figures = (_("Figure"), _("Of a hundred people"))
    rows = tuple(
        (str(words), _percent(whole.share(name))) for name, words in meanings.SHORT.items()
    )
    yield Table(_("In short"), figures, ((_("People"), whole.people), *rows))
    entity = _("Entity")
    yield Table(_("What is under it"), _head(entity), _lines(page.parts.lines))
    visas = tuple((title, _percent(share)) for title, share in page.visas)
    yield Table(_("Visas"), (_("Visa"), _("Of a hundred people")), visas)
    for _key, title, lines in page.cuts:
        yield Table(title, _head(title), _lines(lines))
    if page.curve:
        head = (_("Day"), _in_percent(_("Passport")), _in_percent(_("Came this month")))
        weeks = tuple(
            (said_day(week.day), _percent(week.passport), _percent(week.month))
            for week in reversed(page.curve.weeks)
        )
        yield Table(_("Week after week"), head, weeks)


def _adoption(page: AdoptionPage) -> Iterable[Table]:
    head = (
        _("Week up to"),
        _("In a month"),
        _("In a week"),
        _("On an ordinary day"),
        _in_percent(_("Stickiness")),
        _("Minutes"),
        _("For the first time"),
        _("Back"),
        _("Lost by then"),
        _("Median time of a minute (s)"),
    )
    rows = tuple(
        (
            said_day(week.day),
            week.month,
            week.week,
            _percent(week.ordinary),
            _percent(week.sticks),
            week.minutes,
            week.new,
            week.back,
            week.lost,
            week.took,
        )
        for week in reversed(page.weeks)
    )
    yield Table(_("Who comes"), head, rows)
    most = page.furthest
    columns = tuple(_("month %(months)s", months=ahead) for ahead in range(most))
    months = tuple((each.name, each.people, *_filled(each.shares, most)) for each in page.months)
    yield Table(_in_percent(_("Who stays")), (_("Began in"), _("People"), *columns), months)


def _seasons(page: AdoptionPage) -> Iterable[Table]:
    head = (
        _("Season"),
        _("From"),
        _("Counted until"),
        _("People"),
        _in_percent(_("Came in it")),
        _in_percent(_("Earned a visa in it")),
        _in_percent(_("Earned the passport in it")),
    )
    rows = tuple(
        (
            each.name,
            said_day(each.first),
            said_day(each.day),
            each.people,
            _percent(each.came),
            _percent(each.visas),
            _percent(each.passport),
        )
        for each in page.seasons
    )
    yield Table(_("Season by season"), head, rows)


def _filled(shares: Sequence[float | None], most: int) -> Iterable[Cell]:
    """Months that have not come yet are empty; those of few beginners are not told."""
    told: list[Cell] = [_percent(share) for share in shares]
    return (*told, *("" if shares else None for _month in range(most - len(told))))


def _equity(page: EquityPage) -> Iterable[Table]:
    rows = tuple(
        (
            f"{cut.title}: {finding.name}",
            found.best.name,
            _percent(100 * found.best.share),
            found.least.name,
            _percent(100 * found.least.share),
            _percent(found.points),
            _percent(found.low),
            _percent(found.high),
        )
        for cut in page.cuts
        for finding in cut.findings
        if (found := finding.spread)
    )
    head = (
        _("Compared"),
        _("Reached best"),
        "%",
        _("Reached least"),
        "%",
        _("points apart"),
        _("from"),
        _("to"),
    )
    yield Table(_("Who is left out"), head, rows)


def _knowledge(page: CoveragePage) -> Iterable[Table]:
    def head(first: str) -> tuple[str, ...]:
        columns = (_in_percent(_("Have met it")), _in_percent(_("Of those, know it")))
        return (first, *columns, _("from"), _("to"))

    themes = tuple(_known(theme.known) for theme in page.themes)
    yield Table(_("What is known"), head(_("Theme")), themes)
    for theme in page.themes:
        yield Table(theme.known.name, head(_("Notion")), tuple(map(_known, theme.notions)))


def _known(known: Known) -> tuple[Cell, ...]:
    if known.share is None:
        return (known.name, _percent(known.met), None, None, None)
    shares = (known.met, known.share, known.low, known.high)
    return (known.name, *(_percent(share) for share in shares))
