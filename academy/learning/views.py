"""Themes, lessons, checks and quizzes."""

from typing import NoReturn

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock
from academy.catalog import releases, seasons
from academy.catalog.tree import Catalog, Lesson, Module
from academy.database import db
from academy.learning import opening, pages, queries, results, services, sitting
from academy.learning.bookmarks import queries as shelf
from academy.learning.bookmarks import views as bookmarks
from academy.learning.editions import edition_of, stands
from academy.learning.films import views as films
from academy.learning.films.pages import video_of
from academy.learning.models import Attempt, Kind
from academy.learning.pages import Filled, ThemePage, ThemesPage
from academy.learning.services import Learner
from academy.learning.sitting import Marks
from academy.learning.withdrawn import Withdrawn
from academy.learning.words import REFUSED
from academy.people.sessions import me
from academy.rewards import queries as rewards
from academy.web import headers
from academy.web.guards import public, signed_in
from academy.web.words import language

bp = Blueprint("learning", __name__, template_folder="templates")

A_DAY = 86_400


for part in (bookmarks, films):
    bp.register_blueprint(part.bp)


@bp.get("/themes")
@signed_in
def themes() -> ResponseReturnValue:
    known, today = queries.standings(me().id), _learner().today
    ahead = queries.next_lessons(known, 1, today)
    page = ThemesPage(
        queries.theme_cards(known, rewards.held(me().id), today),
        ahead[0] if ahead else None,
        seasons.timetable(releases.current()).next_day(today),
    )
    return render_template("learning/themes.html", page=page)


@bp.get("/themes/<string:theme>")
@signed_in
def theme(theme: str) -> ResponseReturnValue:
    found = releases.current().themes.get(theme) or abort(404)
    known, today = queries.standings(me().id), _learner().today
    page = ThemePage(
        queries.theme_card(found, known, rewards.held(me().id), today),
        queries.module_cards(theme, known, today),
    )
    return render_template("learning/theme.html", page=page)


@bp.get("/lessons/<string:lesson>")
@signed_in
def lesson(lesson: str) -> ResponseReturnValue:
    found = _lesson(lesson)
    page = pages.LessonPage(
        lesson=queries.lesson_place(found, queries.standings(me().id), _learner().today),
        video=video_of(found, current_app.config["SETTINGS"].video_hosts),
        kept=shelf.is_kept(me().id, lesson),
        picture_url=url_for("learning.picture", lesson=lesson) if found.picture else "",
        check_url=url_for("learning.check", lesson=lesson),
    )
    response = make_response(render_template("learning/lesson.html", page=page))
    if page.video:
        response.headers["Content-Security-Policy"] = headers.policy(page.video.sources)
    return response


@bp.get("/lessons/<string:lesson>/picture.svg")
@public
def picture(lesson: str) -> ResponseReturnValue:
    """A lesson's picture; the content is no secret, and a picture may be cached."""
    drawing = releases.current().pictures.get(f"{lesson}.svg") or abort(404)
    response = Response(drawing, mimetype="image/svg+xml")
    response.cache_control.max_age = A_DAY
    return response


@bp.route("/lessons/<string:lesson>/check", methods=["GET", "POST"])
@signed_in
def check(lesson: str) -> ResponseReturnValue:
    """The two or three questions that close a lesson."""
    if request.method == "POST":
        return _hand_check_in(lesson)
    found = _lesson(lesson)
    known = queries.standing(me().id, Kind.CHECK, lesson)
    number = (known.tries if known else 0) + 1
    return _questions(
        pages.check_page(_learner(), found, number, {}, {}, edition=releases.current())
    )


def _hand_check_in(key: str) -> ResponseReturnValue:
    """The answers are to the questions of the page they came from, whatever was published since."""
    edition = _edition_posted()
    lesson = edition.lessons.get(key) if edition else None
    if edition is None or lesson is None:
        raise services.OutOfDate if key in releases.current().lessons else Withdrawn
    opening.refuse_early(lesson, _learner().today, edition)
    number = request.form.get("number", 0, type=int)
    seed = services.check_seed(me().id, key, number)
    questions = services.check_questions(_learner(), lesson, edition)
    marked = sitting.mark_all(questions, language(), seed, _posted())
    if marked.refused:
        page = pages.check_page(_learner(), lesson, number, _errors(marked), _posted(), edition)
        return _questions(page), 400
    attempt = services.submit_check(
        _learner(), lesson, number, marked.marks, clock.now(), edition=edition
    )
    db.session.commit()
    return redirect(url_for("learning.result", attempt=attempt))


@bp.get("/quizzes/<string:module>")
@signed_in
def quiz(module: str) -> ResponseReturnValue:
    """What the quiz is, where one stands, and what has not been read yet."""
    found = _module(module)
    known = queries.standings(me().id)
    return render_template("learning/quiz_intro.html", page=pages.intro(_learner(), found, known))


@bp.post("/quizzes/<string:module>/start")
@signed_in
def start(module: str) -> ResponseReturnValue:
    number = services.open_quiz(_learner(), _module(module), clock.now())
    db.session.commit()
    return redirect(url_for("learning.sit", attempt=number))


@bp.route("/attempts/<int:attempt>", methods=["GET", "POST"])
@signed_in
def sit(attempt: int) -> ResponseReturnValue:
    """All the questions of a quiz on one page."""
    if request.method == "GET":
        return _open_quiz(_attempt(attempt))
    edition = _edition_posted()
    found = _attempt(attempt, for_update=True)
    if found.submitted_at is not None:
        return redirect(url_for("learning.result", attempt=attempt))
    if edition is None or edition.release != found.release:
        raise Withdrawn if found.subject not in releases.current().modules else services.OutOfDate
    marked = sitting.mark_all(services.questions_of(found), language(), found.seed, _posted())
    if marked.refused:
        return _questions(pages.quiz_page(found, _errors(marked), _posted())), 400
    services.submit_quiz(_learner(), found, marked.marks, clock.now())
    db.session.commit()
    return redirect(url_for("learning.result", attempt=attempt))


@bp.get("/attempts/<int:attempt>/result")
@signed_in
def result(attempt: int) -> ResponseReturnValue:
    """Question by question: what was right, why, and what comes next."""
    found = _attempt(attempt)
    if found.submitted_at is None:
        return redirect(url_for("learning.sit", attempt=attempt))
    content = edition_of(found)
    if found.subject not in (content.lessons if found.kind == Kind.CHECK else content.modules):
        raise Withdrawn
    known = queries.standings(me().id)
    if found.kind == Kind.CHECK:
        page = results.check_result(found, known, _learner().today)
    else:
        page = results.quiz_result(found, known, _learner().today)
    return render_template("learning/result.html", page=page)


def _open_quiz(attempt: Attempt) -> ResponseReturnValue:
    """Its questions as they were drawn; those of an edition long gone are drawn again first."""
    if attempt.submitted_at is not None:
        return redirect(url_for("learning.result", attempt=attempt.id))
    if attempt.subject not in releases.current().modules:
        raise Withdrawn
    if stands(attempt, clock.now()):
        return _questions(pages.quiz_page(attempt, {}, {}))
    flash(_("The questions were updated since you opened this quiz: nothing was counted yet."))
    return redirect(url_for("learning.quiz", module=attempt.subject))


def _questions(page: pages.QuestionsPage) -> str:
    return render_template("learning/questions.html", page=page)


def _errors(marked: Marks) -> dict[int, str]:
    return {slot: str(REFUSED[reason]) for slot, reason in marked.refused.items()}


def _learner() -> Learner:
    return Learner(me().id, clock.day_in(me().zone, clock.now()), me().needs)


def _lesson(key: str) -> Lesson:
    """A lesson that has appeared."""
    found = releases.current().lessons.get(key) or _not_here()
    opening.refuse_early(found, _learner().today, releases.current())
    return found


def _module(key: str) -> Module:
    return releases.current().modules.get(key) or _not_here()


def _not_here() -> NoReturn:
    """Whoever posts a form had it from a page of ours: what it was about was there a moment ago."""
    if request.method == "POST":
        raise Withdrawn
    abort(404)


def _attempt(number: int, for_update: bool = False) -> Attempt:
    """The person's own attempt; somebody else's does not exist for them."""
    found = queries.attempt(number, for_update)
    return found if found is not None and found.person_id == me().id else abort(404)


def _posted() -> Filled:
    return dict(request.form.lists())


def _edition_posted() -> Catalog | None:
    """The release the form's questions came from; None when nobody kept it.

    Reading one out of the database takes a moment: nobody waits for this request to write meanwhile.
    """
    key, current = request.form.get("release", ""), releases.current()
    if key == current.release:
        return current
    db.session.rollback()
    return releases.named(key)
