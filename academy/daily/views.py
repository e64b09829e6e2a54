"""The minute: one question per screen, the answer draws its explanation."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock, database, proxies
from academy.catalog import releases, sheets
from academy.catalog.marking import Unmarkable
from academy.catalog.tree import Catalog, Words
from academy.daily import queries, services
from academy.daily.pages import explanation as drawn_explanation
from academy.daily.pages import report
from academy.daily.queries import Drawn
from academy.daily.words import again, next_minute, why
from academy.folio.queries import Page
from academy.learning import forms
from academy.learning import queries as learning
from academy.learning.alone import Alone, Fields
from academy.learning.cards import LessonCard
from academy.learning.services import Learner
from academy.learning.words import REFUSED
from academy.mastery import queries as mastery
from academy.mastery.models import Context
from academy.mastery.queries import Given
from academy.people.sessions import bringing, brought, me
from academy.people.workdays import queries as workdays
from academy.rewards import queries as rewards
from academy.rewards.queries import Balances
from academy.rewards.shown import EarnedView, earned_view
from academy.web import frames, pieces
from academy.web.guards import signed_in
from academy.web.words import language

bp = Blueprint("daily", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class QuestionPage:
    asked: Alone
    ink: str
    notion_name: Words
    why: str


@dataclass(frozen=True, slots=True)
class ExplainedPage:
    """What the page is kept by; all else are parts of it (`daily/pieces.html`)."""

    outcome: str
    ink: str


@dataclass(frozen=True, slots=True)
class KeptIdea:
    """What a round was about: the sentence to keep, and when it comes again."""

    name: Words
    keep: Words
    again: str


@dataclass(frozen=True, slots=True)
class DonePage:
    outcomes: tuple[str, ...]
    kept: tuple[KeptIdea, ...]
    earned: EarnedView
    lesson: LessonCard | None
    balance: Balances
    next_round: str


@dataclass(frozen=True, slots=True)
class EmptyPage:
    words: str


@bp.get("/minute")
@signed_in
@bringing(queries.TODAYS, lambda: queries.near(clock.now()))
def minute() -> ResponseReturnValue:
    """Today's round: its next question, or what it brought once it is done."""
    learner, at = _learner(), clock.now()
    drawn, page = queries.of_day(learner.person_id, brought(), learner.today)
    if drawn is None or not services.is_askable(drawn):
        database.about_to_write()
        drawn = services.draw_with(learner, drawn, page, at)
        database.commit()
    if drawn is None:
        words = _("There is no question in the academy for you today. The lessons are open.")
        return render_template("daily/empty.html", page=EmptyPage(words))
    if drawn.finished_at is not None:
        return render_template("daily/done.html", page=_done_page(drawn))
    if drawn.shown <= drawn.answered:
        database.about_to_write()
        services.show(drawn, at)
        database.commit()
    return frames.render("daily/question.html", page=_question_page(drawn, releases.current()))


@bp.get("/minute/<int:number>/<int:slot>")
@signed_in
def explanation(number: int, slot: int) -> ResponseReturnValue:
    """The explanation again (after changing the language, say); a question not answered is asked."""
    drawn = _mine(me().id, queries.round_numbered(number), slot)
    if slot > drawn.answered:
        return redirect(url_for("daily.minute"))
    return _explained(drawn, _given(drawn, slot))


@bp.post("/minute/<int:number>/<int:slot>")
@signed_in
@bringing(queries.ANSWERED, lambda: {"number": (proxies.asked().view_args or {})["number"]})
def answer(number: int, slot: int) -> ResponseReturnValue:
    """One tap: the answer is graded and the explanation drawn. Posting it again changes nothing."""
    asked, learner = forms.posted(slot), _learner()
    drawn, page = _in_hand(learner, number, slot, asked.release)
    try:
        mark = services.answer(learner, drawn, asked, clock.now(), page)
    except Unmarkable as unmarkable:
        database.rollback()
        sheet = releases.named(asked.release) or releases.current()
        again = _question_page(drawn, sheet, str(REFUSED[unmarkable.reason]), asked.fields)
        return frames.render("daily/question.html", page=again), 400
    database.commit()
    if mark is None:  # answered before, here or in another tab
        return _explained(drawn, _given(drawn, slot))
    given = Given(
        slot,
        drawn.questions[slot - 1],
        mark.given,
        mark.right,
        mark.score,
        mark.dont_know,
        asked.release,
    )
    return _explained(drawn, given)


def _learner() -> Learner:
    person = me()
    return Learner(person.id, clock.day_in(person.zone, clock.now()), person.needs)


def _in_hand(learner: Learner, number: int, slot: int, release: str) -> tuple[Drawn, Page | None]:
    """The person's own round and their page, both locked: as a rule they came along with the person."""
    if not releases.is_held(release):
        database.rollback()  # an old pack takes a while to read: nobody waits for it meanwhile
        releases.named(release)
    elif found := queries.answered(learner.person_id, brought()):
        return _mine(learner.person_id, found[0], slot), found[1]
    return _mine(learner.person_id, queries.round_numbered(number, for_update=True), slot), None


def _mine(person_id: int, drawn: Drawn | None, slot: int) -> Drawn:
    """The person's own round; somebody else's does not exist for them."""
    if drawn is None or drawn.person_id != person_id or not 1 <= slot <= len(drawn.questions):
        abort(404)
    return drawn


def _question_page(
    drawn: Drawn,
    catalog: Catalog,
    error: str | None = None,
    filled: Fields | None = None,
) -> QuestionPage:
    """The question that is next, as this release asks it."""
    slot = drawn.answered + 1
    question = catalog.questions[drawn.questions[slot - 1]]
    notion = catalog.notions[question.notion]
    asked = Alone(
        slot,
        len(drawn.questions),
        sheets.present(question, language(), drawn.seed),
        url_for("daily.answer", number=drawn.id, slot=slot),
        catalog.release,
        error,
        filled or {},
    )
    return QuestionPage(asked, _ink(catalog, notion.key), notion.name, why(drawn.about(slot)))


def _given(drawn: Drawn, slot: int) -> Given | None:
    """What was answered at this slot."""
    answers = mastery.answers_in(Context.ROUND, drawn.id)
    return next((each for each in answers if each.slot == slot), None)


def _explained(drawn: Drawn, given: Given | None) -> ResponseReturnValue:
    """By the release it was asked from; by the one in force when that is gone."""
    if given is None:
        return redirect(url_for("daily.minute"))
    catalog = releases.named(given.release) or releases.current()
    question = catalog.questions.get(given.question)
    if question is None:
        return redirect(url_for("daily.minute"))
    last = given.slot == len(drawn.questions)
    notion = catalog.notions[question.notion]
    told = drawn_explanation(catalog, question, given)
    page = ExplainedPage(told.outcome, _ink(catalog, notion.key))
    when, draw = _again(drawn, given.slot), pieces.pen("daily/pieces.html")
    lesson = None if given.right else _lesson(drawn, question.notion)
    parts = {
        "head": draw("head", page.ink, given.slot, len(drawn.questions), notion.name),
        "explanation": told.html,
        "next": draw("next", last),
        "again": draw("again", when) if when else "",
        "lesson": draw("lesson", lesson.key, lesson.title) if lesson else "",
        "earned": draw("won", earned_view(drawn.earned)) if last else "",
        "report": report(draw, question.key, catalog.release),
    }
    return frames.render("daily/explained.html", page, parts, page=page)


def _done_page(drawn: Drawn) -> DonePage:
    notions = releases.current().notions
    return DonePage(
        outcomes=tuple(_outcome(given) for given in mastery.answers_in(Context.ROUND, drawn.id)),
        kept=tuple(
            KeptIdea(notions[each.notion].name, notions[each.notion].keep, again(each))
            for each in drawn.choices
            if each.notion in notions
        ),
        earned=earned_view(drawn.earned),
        lesson=_lesson(drawn, drawn.notion, learning.standings(me().id)),
        balance=rewards.balances(me().id),
        next_round=next_minute(_next_day()),
    )


def _next_day() -> date | None:
    """The person's next working day."""
    today = _learner().today
    return workdays.calendar_of(me().id, today).next_working_day(today)


def _outcome(given: Given) -> str:
    if given.dont_know:
        return "dont_know"
    return "right" if given.right else "wrong"


def _ink(catalog: Catalog, key: str) -> str:
    notion = catalog.notions.get(key)
    return catalog.themes[catalog.modules[notion.module].theme].ink if notion else "culture"


def _again(drawn: Drawn, slot: int) -> str:
    """When the idea comes again, told after its last question."""
    about = drawn.about(slot)
    more = slot < len(drawn.questions) and drawn.about(slot + 1) is about
    return "" if more else again(about)


def _lesson(drawn: Drawn, key: str, known: learning.Standings | None = None) -> LessonCard | None:
    """The lesson that teaches the notion."""
    catalog = releases.current()
    notion = catalog.notions.get(key)
    if notion is None:
        return None
    return learning.lesson_card(catalog.lessons[notion.lesson], known or {}, drawn.day)
