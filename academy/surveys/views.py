"""The placement: a voyage of twelve scenes, left and taken up at will, and what it found."""

from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from academy import clock, database
from academy.catalog import releases, seasons, sheets, shelf
from academy.catalog.marking import Unmarkable, review
from academy.catalog.sheet import Review
from academy.catalog.tree import Words
from academy.database import db
from academy.learning import forms
from academy.learning import queries as learning
from academy.learning.alone import Alone, Fields
from academy.learning.cards import LessonCard
from academy.learning.services import Learner
from academy.learning.words import REFUSED
from academy.mastery import queries as mastery
from academy.mastery.models import Context
from academy.people.sessions import me
from academy.rewards.shown import EarnedView, earned_view
from academy.surveys import drawings, placing, queries, services, tale
from academy.surveys.models import Voyage
from academy.surveys.placing import Level
from academy.surveys.profiles import profile
from academy.surveys.tale import Card, Scene
from academy.surveys.words import sail_again, standing
from academy.web.guards import signed_in
from academy.web.words import language

bp = Blueprint("surveys", __name__, template_folder="templates")


@dataclass(frozen=True, slots=True)
class IntroPage:
    """`state` is new, open or again."""

    state: str
    answered: int
    of: int
    picture: str


@dataclass(frozen=True, slots=True)
class ScenePage:
    asked: Alone
    scene: Scene
    picture: str


@dataclass(frozen=True, slots=True)
class ThemeFound:
    title: Words
    ink: str
    words: str
    ruler: str


@dataclass(frozen=True, slots=True)
class ResultPage:
    card: Card
    portrait: str
    themes: tuple[ThemeFound, ...]
    earned: EarnedView
    lesson: LessonCard | None
    reviews: tuple[Review, ...]
    again: str


@bp.get("/placement")
@signed_in
def placement() -> ResponseReturnValue:
    """What the voyage is, and where one is in it."""
    sailing = queries.latest(me().id)
    again = sailing is not None and services.may_sail_again(sailing, _learner().today)
    if sailing is not None and sailing.finished_at is not None and not again:
        return redirect(url_for("surveys.result"))
    under_way = sailing is not None and bool(sailing.steps) and not again
    page = IntroPage(
        state="again" if again else "open" if under_way else "new",
        answered=sailing.answered if sailing and under_way else 0,
        of=_scenes(),
        picture=drawings.scene("roof", sailing.answered if sailing else 0),
    )
    return render_template("surveys/intro.html", page=page)


@bp.post("/placement/start")
@signed_in
def start() -> ResponseReturnValue:
    """Set sail, or go on; clicking twice opens one voyage."""
    services.set_sail(_learner(), clock.now())
    db.session.commit()
    return redirect(url_for("surveys.scene"))


@bp.post("/placement/later")
@signed_in
def later() -> ResponseReturnValue:
    """Not now: the home page stops proposing it."""
    services.put_off(_learner(), clock.now())
    db.session.commit()
    flash(_("The airship waits at its mast. You will find it on your path."), "message")
    return redirect(url_for("home.home"))


@bp.get("/placement/scene")
@signed_in
def scene() -> ResponseReturnValue:
    """The scene one is at."""
    sailing = queries.latest(me().id)
    if sailing is not None and sailing.steps and not services.is_askable(sailing):
        sailing = _mended(sailing)
    if sailing is None or not sailing.steps:
        return redirect(url_for("surveys.placement"))
    if sailing.finished_at is not None:
        return redirect(url_for("surveys.result"))
    return render_template("surveys/scene.html", page=_scene_page(sailing))


@bp.post("/placement/<int:number>/<int:slot>")
@signed_in
def answer(number: int, slot: int) -> ResponseReturnValue:
    """One answer, and on to the next scene. Posting it again changes nothing."""
    said = forms.posted(slot)
    if not releases.is_held(said.release):
        db.session.rollback()  # an old pack takes a while to read: nobody waits for it meanwhile
        releases.named(said.release)
    sailing = queries.numbered(number, for_update=True)
    if sailing is None or sailing.person_id != me().id or not 1 <= slot <= len(sailing.steps):
        abort(404)
    try:
        services.answer(_learner(), sailing, said, clock.now())
    except Unmarkable as unmarkable:
        db.session.rollback()
        page = _scene_page(sailing, str(REFUSED[unmarkable.reason]), said.fields)
        return render_template("surveys/scene.html", page=page), 400
    db.session.commit()
    arrived = sailing.finished_at is not None
    return redirect(url_for("surveys.result" if arrived else "surveys.scene"))


@bp.get("/placement/result")
@signed_in
def result() -> ResponseReturnValue:
    """What the voyage found. Nobody else ever sees it."""
    sailing = queries.latest(me().id)
    if sailing is None or sailing.finished_at is None:
        return redirect(url_for("surveys.placement"))
    return render_template("surveys/result.html", page=_result_page(sailing))


def _learner() -> Learner:
    return Learner(me().id, clock.day_in(me().zone, clock.now()), me().needs)


def _scenes() -> int:
    """How many scenes a voyage has: fewer than twelve when the bank is smaller than that."""
    catalog = releases.current()
    there = seasons.appeared(catalog, _learner().today)
    return min(placing.WANTED, len(queries.offers(catalog, me().needs, (), there)))


def _mended(sailing: Voyage) -> Voyage | None:
    if sailing.finished_at is not None:
        return sailing
    database.about_to_write()
    database.one_at_a_time(me().id)
    fresh = queries.numbered(sailing.id, for_update=True)
    if fresh is not None:
        services.mended(_learner(), fresh, clock.now())
    db.session.commit()
    return fresh


def _scene_page(
    sailing: Voyage, error: str | None = None, filled: Fields | None = None
) -> ScenePage:
    catalog = releases.current()
    slot, of = sailing.answered + 1, _scenes()
    told = tale.scene(slot, of)
    question = catalog.questions[sailing.steps[-1]["question"]]
    asked = Alone(
        slot,
        max(of, slot),
        sheets.present(question, language(), sailing.seed),
        url_for("surveys.answer", number=sailing.id, slot=slot),
        catalog.release,
        error,
        filled or {},
    )
    return ScenePage(asked, told, drawings.scene(told.picture, slot))


def _result_page(sailing: Voyage) -> ResultPage:
    catalog = releases.current()
    themes = shelf.theme_list(catalog)
    levels = placing.estimate(queries.steps_of(sailing), [theme.key for theme in themes])
    card = tale.cards()[profile({theme.ink: levels[theme.key] for theme in themes})]
    return ResultPage(
        card=card,
        portrait=drawings.portrait(card.picture),
        themes=tuple(
            ThemeFound(
                theme.title,
                theme.ink,
                standing(levels[theme.key]),
                drawings.ruler(levels[theme.key].mean, levels[theme.key].sd),
            )
            for theme in themes
        ),
        earned=earned_view(sailing.earned),
        lesson=_first_lesson(levels),
        reviews=_reviews(sailing),
        again=sail_again(services.again_on(sailing)),
    )


def _first_lesson(levels: dict[str, Level]) -> LessonCard | None:
    """The next unread lesson of the theme one knows least."""
    cards = learning.one_of_each_theme(learning.standings(me().id), None, _learner().today)
    return min(cards, key=lambda card: levels[card.theme].mean, default=None)


def _reviews(sailing: Voyage) -> tuple[Review, ...]:
    """The questions again with their explanations; one withdrawn since is left out."""
    catalog = releases.current()
    return tuple(
        review(
            catalog.questions[given.question],
            language(),
            sailing.seed,
            given.given,
            catalog.notions[catalog.questions[given.question].notion].keep.said(language()),
        )
        for given in mastery.answers_in(Context.PLACEMENT, sailing.id)
        if given.question in catalog.questions
    )
