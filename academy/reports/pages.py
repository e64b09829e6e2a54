"""What the pages show: reports and decisions, each with the lesson or the question it is about."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from academy.catalog import releases
from academy.catalog.marking import review
from academy.catalog.sheet import Review
from academy.catalog.tree import Catalog, Module
from academy.reports.kinds import About, Kind, Outcome
from academy.reports.queries import Decided, Mine, Report, Waiting
from academy.web.words import language


@dataclass(frozen=True, slots=True)
class SubjectView:
    """A lesson by its title, a question by what it asks; by its key when it is not `here`, in the release."""

    about: About
    kind: str
    html: str
    theme: str
    ink: str
    here: bool
    lesson_url: str

    @property
    def case_url(self) -> str:
        return url_for("reports.case", kind=self.about.kind, subject=self.about.key)


@dataclass(frozen=True, slots=True)
class WaitingRow:
    subject: SubjectView
    waiting: Waiting


@dataclass(frozen=True, slots=True)
class DecidedRow:
    subject: SubjectView
    decided: Decided


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Either what waits or what was decided."""

    decided: bool
    waiting: tuple[WaitingRow, ...]
    decisions: tuple[DecidedRow, ...]
    older_url: str | None
    newer_url: str | None


@dataclass(frozen=True, slots=True)
class CasePage:
    """`more` are open reports beyond those shown; `release` is in force."""

    subject: SubjectView
    review: Review | None
    reports: tuple[Report, ...]
    more: int
    decisions: tuple[Decided, ...]
    release: str


@dataclass(frozen=True, slots=True)
class MineRow:
    """A report of one's own; `state` is waiting, mended or dismissed."""

    subject: SubjectView
    report: Mine
    state: str
    said: str


@dataclass(frozen=True, slots=True)
class MinePage:
    rows: tuple[MineRow, ...]
    older_url: str | None
    newer_url: str | None


def subject_of(about: About, read_in: Catalog | None = None) -> SubjectView:
    """As the release it was read in shows it: the one in force, unless it is said."""
    catalog = read_in or releases.current()
    lesson = catalog.lessons.get(about.key) if about.kind is Kind.LESSON else None
    if lesson:
        html, lesson_key = lesson.title.said(language()), lesson.key
        return _placed(about, catalog, catalog.modules[lesson.module], html, lesson_key)
    question = catalog.questions.get(about.key) if about.kind is Kind.QUESTION else None
    if question:
        html, lesson_key = (
            question.ask_html.said(language()),
            catalog.notions[question.notion].lesson,
        )
        return _placed(about, catalog, catalog.modules[question.module], html, lesson_key)
    return SubjectView(about, _kind(about), about.key, "", "culture", False, "")


def review_of(about: About) -> Review | None:
    """The question with its right answer; nothing for a lesson, or once it has left."""
    catalog = releases.current()
    question = catalog.questions.get(about.key) if about.kind is Kind.QUESTION else None
    if question is None:
        return None
    keep = catalog.notions[question.notion].keep.said(language())
    return review(question, language(), 0, {}, keep)


def mine_row(report: Mine) -> MineRow:
    return MineRow(subject_of(report.about), report, report.outcome or "waiting", _state(report))


def _state(report: Mine) -> str:
    match report.outcome:
        case None:
            return _("Waiting for an author")
        case Outcome.DISMISSED:
            return _("It stays as it is")
        case Outcome.MENDED if report.mended_in == report.release:
            return _("Mended: it comes with the next release")
        case Outcome.MENDED:
            return _("Mended in release %(key)s", key=report.mended_in)


def _placed(about: About, catalog: Catalog, module: Module, html: str, lesson: str) -> SubjectView:
    theme = catalog.themes[module.theme]
    url = url_for("learning.lesson", lesson=lesson)
    return SubjectView(
        about, _kind(about), html, theme.title.said(language()), theme.ink, True, url
    )


def _kind(about: About) -> str:
    return _("Lesson") if about.kind is Kind.LESSON else _("Question")
