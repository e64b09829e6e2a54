"""The minute: one question per screen, the answer draws its explanation."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock, database
from academy.catalog import releases, sheets
from academy.catalog.marking import Unmarkable, review
from academy.catalog.sheet import Review, Sheet
from academy.catalog.tree import Words
from academy.daily import queries, services
from academy.daily.models import Round
from academy.daily.services import Asked
from academy.daily.words import again, next_minute, why
from academy.database import db
from academy.learning import queries as learning
from academy.learning.queries import LessonCard
from academy.learning.services import Learner
from academy.learning.words import REFUSED
from academy.mastery import queries as mastery
from academy.mastery.models import Context
from academy.mastery.queries import Given
from academy.people.sessions import me
from academy.people.workdays import queries as workdays
from academy.rewards import queries as rewards
from academy.rewards.queries import Balances
from academy.rewards.shown import EarnedView, earned_view
from academy.web.guards import signed_in
from academy.web.words import language

bp = Blueprint("daily", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class QuestionPage:
    slot: int
    of: int
    ink: str
    notion_name: Words
    sheet: Sheet
    why: str
    action: str
    release: str
    error: str | None
    filled: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class ExplainedPage:
    review: Review
    slot: int
    of: int
    ink: str
    notion_name: Words
    earned: EarnedView
    lesson: LessonCard | None
    next_url: str
    last: bool
    again: str


@dataclass(frozen=True, slots=True)
class DonePage:
    outcomes: tuple[str, ...]
    notion_name: Words
    keep: Words
    earned: EarnedView
    lesson: LessonCard | None
    again: str
    balance: Balances
    next_round: str


@dataclass(frozen=True, slots=True)
class EmptyPage:
    words: str


@bp.get("/minute")
@signed_in
def minute() -> ResponseReturnValue:
    """Today's round: its next question, or what it brought once it is done."""
    drawn = queries.round_of(me().id, _learner().today)
    if drawn is None or not _is_askable(drawn):
        database.about_to_write()
        drawn = services.draw(_learner(), clock.now())
        db.session.commit()
    if drawn is None:
        words = _("There is no question in the academy for you today. The lessons are open.")
        return render_template("daily/empty.html", page=EmptyPage(words))
    if drawn.finished_at is not None:
        return render_template("daily/done.html", page=_done_page(drawn))
    return render_template("daily/question.html", page=_question_page(drawn))


@bp.get("/minute/<int:number>/<int:slot>")
@signed_in
def explanation(number: int, slot: int) -> ResponseReturnValue:
    """The explanation again (after changing the language, say); a question not answered is asked."""
    drawn = _mine(number, slot)
    if slot > drawn.answered:
        return redirect(url_for("daily.minute"))
    return _explained(drawn, _given(drawn, slot))


@bp.post("/minute/<int:number>/<int:slot>")
@signed_in
def answer(number: int, slot: int) -> ResponseReturnValue:
    """One tap: the answer is graded and the explanation drawn. Posting it again changes nothing."""
    drawn = _mine(number, slot, for_update=True)
    fields = dict(request.form.lists())
    asked = Asked(slot, request.form.get("release", ""), language(), fields)
    try:
        mark = services.answer(_learner(), drawn, asked, clock.now())
    except Unmarkable as unmarkable:
        db.session.rollback()
        page = _question_page(drawn, str(REFUSED[unmarkable.reason]), fields)
        return render_template("daily/question.html", page=page), 400
    db.session.commit()
    if mark is None:  # answered before, here or in another tab
        return _explained(drawn, _given(drawn, slot))
    key = drawn.questions[slot - 1]
    return _explained(drawn, Given(slot, key, mark.given, mark.right, mark.score, mark.dont_know))


def _learner() -> Learner:
    return Learner(me().id, clock.day_in(me().zone, clock.now()), me().needs)


def _mine(number: int, slot: int, for_update: bool = False) -> Round:
    """The person's own round; somebody else's does not exist for them."""
    drawn = queries.round_numbered(number, for_update)
    if drawn is None or drawn.person_id != me().id or not 1 <= slot <= len(drawn.questions):
        abort(404)
    return drawn


def _is_askable(drawn: Round) -> bool:
    catalog = releases.current()
    return drawn.finished_at is not None or (
        drawn.notion in catalog.notions
        and all(key in catalog.questions for key in drawn.questions[drawn.answered :])
    )


def _question_page(
    drawn: Round, error: str | None = None, filled: dict[str, list[str]] | None = None
) -> QuestionPage:
    catalog = releases.current()
    slot = drawn.answered + 1
    question = catalog.questions[drawn.questions[slot - 1]]
    notion = catalog.notions[question.notion]
    return QuestionPage(
        slot=slot,
        of=len(drawn.questions),
        ink=_ink(drawn),
        notion_name=notion.name,
        sheet=sheets.present(question, language(), drawn.seed),
        why=why(drawn),
        action=url_for("daily.answer", number=drawn.id, slot=slot),
        release=catalog.release,
        error=error,
        filled=filled or {},
    )


def _given(drawn: Round, slot: int) -> Given | None:
    """What was answered at this slot."""
    answers = mastery.answers_in(Context.ROUND, drawn.id)
    return next((each for each in answers if each.slot == slot), None)


def _explained(drawn: Round, given: Given | None) -> ResponseReturnValue:
    catalog = releases.current()
    if given is None or given.question not in catalog.questions:
        return redirect(url_for("daily.minute"))
    last = given.slot == len(drawn.questions)
    page = ExplainedPage(
        review=_review(drawn, given),
        slot=given.slot,
        of=len(drawn.questions),
        ink=_ink(drawn),
        notion_name=catalog.notions[catalog.questions[given.question].notion].name,
        earned=earned_view(drawn.earned if last else {}),
        lesson=None if given.right else _lesson(drawn, {}),
        next_url=url_for("daily.minute"),
        last=last,
        again=again(drawn) if last else "",
    )
    return render_template("daily/explained.html", page=page)


def _done_page(drawn: Round) -> DonePage:
    notion = releases.current().notions.get(drawn.notion)
    nothing = Words("", "")
    return DonePage(
        outcomes=tuple(_outcome(given) for given in mastery.answers_in(Context.ROUND, drawn.id)),
        notion_name=notion.name if notion else nothing,
        keep=notion.keep if notion else nothing,
        earned=earned_view(drawn.earned),
        lesson=_lesson(drawn, learning.standings(me().id)),
        again=again(drawn) if notion else "",
        balance=rewards.balances(me().id),
        next_round=next_minute(_next_day()),
    )


def _next_day() -> date | None:
    """The person's next working day."""
    today = _learner().today
    return workdays.calendar_of(me().id, today).next_working_day(today)


def _review(drawn: Round, given: Given) -> Review:
    catalog = releases.current()
    question = catalog.questions[given.question]
    keep = catalog.notions[question.notion].keep.said(language())
    return review(question, language(), drawn.seed, given.given, keep)


def _outcome(given: Given) -> str:
    if given.dont_know:
        return "dont_know"
    return "right" if given.right else "wrong"


def _ink(drawn: Round) -> str:
    catalog = releases.current()
    notion = catalog.notions.get(drawn.notion)
    return catalog.themes[catalog.modules[notion.module].theme].ink if notion else "culture"


def _lesson(drawn: Round, known: learning.Standings) -> LessonCard | None:
    """The lesson that teaches the notion of the day."""
    catalog = releases.current()
    notion = catalog.notions.get(drawn.notion)
    if notion is None:
        return None
    return learning.lesson_card(catalog.lessons[notion.lesson], known, drawn.day)
