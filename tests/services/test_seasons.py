"""Seasons: what has yet to appear is asked of nobody, opened by nobody, and makes nothing impossible."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count

import pytest
from flask import Flask

from academy.catalog import releases, seasons
from academy.catalog.timetable import Rhythm, Season
from academy.catalog.tree import Catalog, Words
from academy.daily import asking
from academy.daily.asking import Facts
from academy.daily.path.knowledge import knowledge
from academy.daily.path.pages import overview
from academy.learning import queries
from academy.learning import services as study
from academy.learning.opening import NotThereYet
from academy.learning.services import Learner
from academy.mastery import minds
from academy.settings import Settings
from tests.conftest import MONDAY
from tests.factories import (
    TODAY,
    do_round,
    learner,
    make_person,
    open_quiz,
    read_lesson,
    sail,
    sit_quiz,
)
from tests.services import packs
from tests.services.editions import publish

W = Words("mots", "words")
LATER = TODAY + timedelta(days=7)
MODULE = "inventions"

_numbers = count(1)


@pytest.fixture(autouse=True)
def fresh_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Editions made by hand share a name; answers about one are not those about another."""
    monkeypatch.setattr(seasons, "_timetables", {})
    monkeypatch.setattr(seasons, "_appeared", {})


def waiting(app: Flask, monkeypatch: pytest.MonkeyPatch, *lessons: str, day: date = LATER) -> None:
    """The shipped content, with these lessons still to appear."""
    season = Season("late", W, W, day, 0, Rhythm.ONCE, 1, lessons)
    catalog = replace(
        releases.current(), release=f"waiting-{next(_numbers)}", seasons={"late": season}
    )
    publish(app, monkeypatch, catalog)


def lessons_of(catalog: Catalog, module: str = MODULE) -> tuple[str, ...]:
    return catalog.modules[module].lessons


def askable(learner: Learner) -> set[str]:
    """The notions the minute may ask about."""
    catalog = releases.current()
    facts = asking.chooser(learner, catalog, minds.stranger(), Facts(), MONDAY, 1)
    return {notion.key for notion in facts.shelf.notions}


def test_a_lesson_has_appeared_from_its_day_on(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting(context, monkeypatch, "thing-that-talks")
    catalog = releases.current()

    there = [
        "thing-that-talks" in seasons.appeared(catalog, LATER + timedelta(days=n))
        for n in (-1, 0, 1)
    ]

    assert there == [False, True, True]
    assert len(seasons.appeared(catalog, TODAY)) == len(catalog.lessons) - 1


def test_asking_again_costs_a_look_up(context: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting(context, monkeypatch, "thing-that-talks")
    catalog = releases.current()

    assert seasons.appeared(catalog, TODAY) is seasons.appeared(catalog, TODAY)
    for number in range(seasons.MOST_KEPT + 5):
        seasons.appeared(catalog, TODAY + timedelta(days=number))
    assert len(seasons._appeared) <= seasons.MOST_KEPT


def test_nothing_that_has_yet_to_appear_is_asked_by_the_minute(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting(context, monkeypatch, *lessons_of(releases.current()))

    before, after = askable(Learner(1, TODAY)), askable(Learner(1, LATER))

    assert after - before == set(releases.current().modules[MODULE].notions)


def test_when_everything_else_is_hidden_the_minute_asks_what_is_there(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [key for key in releases.current().lessons if key != "phish-fake-plumber"]
    waiting(context, monkeypatch, *others)

    drawn = do_round(make_person())

    assert releases.current().notions[drawn.notion].lesson == "phish-fake-plumber"


def test_a_check_is_refused_until_its_lesson_appears(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting(context, monkeypatch, "thing-that-talks")
    ada = make_person()

    with pytest.raises(NotThereYet):
        read_lesson(ada, "thing-that-talks")
    assert queries.standings(ada.id) == {}

    read_lesson(ada, "thing-that-talks", MONDAY + timedelta(days=7))
    assert len(queries.standings(ada.id)) == 1


def test_the_quiz_of_a_module_asks_only_about_what_has_appeared(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, *others = lessons_of(releases.current())
    waiting(context, monkeypatch, *others)
    ada, catalog = make_person(), releases.current()

    attempt = open_quiz(ada, MODULE)

    asked = {catalog.notions[catalog.questions[key].notion].lesson for key in attempt.questions}
    assert asked == {first}
    assert len(attempt.questions) == queries.questions_there(catalog.modules[MODULE], TODAY) > 0


def test_a_quiz_passed_over_what_was_there_stays_passed(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting(context, monkeypatch, *lessons_of(releases.current())[1:])
    ada = make_person()

    sit_quiz(ada, MODULE)
    sit_quiz(ada, MODULE, MONDAY + timedelta(days=8), right=False)

    assert queries.is_passed(queries.standings(ada.id), MODULE)


def test_the_quiz_of_a_module_without_any_lesson_is_closed(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting(context, monkeypatch, *lessons_of(releases.current()))
    ada = make_person()
    module = releases.current().modules[MODULE]

    with pytest.raises(NotThereYet):
        study.open_quiz(Learner(ada.id, TODAY), module, MONDAY)

    assert open_quiz(ada, MODULE, MONDAY + timedelta(days=7)).questions


def test_the_path_the_cards_and_the_figures_leave_out_what_is_to_come(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = queries.path(releases.current())[0].key
    waiting(context, monkeypatch, first, *lessons_of(releases.current()))
    known, theme = queries.standings(make_person().id), releases.current().themes["culture"]

    ahead = queries.next_lessons(known, 99, TODAY)
    card, then = (queries.theme_card(theme, known, (), day) for day in (TODAY, LATER))
    closed = [each.quiz.state for each in queries.module_cards("culture", known, TODAY)]

    assert first not in {each.key for each in ahead}
    assert len(ahead) == len(queries.path(releases.current())) - 5
    assert (then.lessons - card.lessons, then.quizzes - card.quizzes) == (5, 1)
    assert closed == ["new", "new", "new", "closed", "new"]


def test_what_appeared_lately_is_new_until_it_is_read(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting(context, monkeypatch, "thing-that-talks", "chain-of-blocks", day=TODAY)
    ada = make_person()
    read_lesson(ada, "chain-of-blocks")
    known = queries.standings(ada.id)

    assert [each.key for each in queries.new_lessons(known, TODAY)] == ["thing-that-talks"]
    assert queries.new_lessons(known, TODAY + timedelta(days=14)) == ()


def test_a_lesson_leads_to_neighbours_that_are_there(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, three, _four = lessons_of(releases.current())
    waiting(context, monkeypatch, two)
    lessons = releases.current().lessons

    page = queries.lesson_place(lessons[three], {}, TODAY)

    assert page.previous is not None
    assert page.previous.key == one
    assert page.position == 3


@contextmanager
def no_day_set(app: Flask) -> Iterator[None]:
    """An academy whose operators set no opening day."""
    config: Settings = app.config["SETTINGS"]
    app.config["SETTINGS"] = replace(config, opened_on=None)
    try:
        yield
    finally:
        app.config["SETTINGS"] = config


def test_the_academy_opens_with_its_first_release_and_stays_opened(
    app: Flask, now: Callable[[datetime], None]
) -> None:
    shipped = packs.shipped()
    with packs.fresh_worker(app) as worker, no_day_set(app):
        with app.app_context():
            assert releases.opened_on() is None
            table = seasons.timetable(packs.pack(shipped).catalog)
            assert table.days == {}

        packs.publish(app, shipped, MONDAY - timedelta(days=60))
        packs.publish(app, packs.reworded(shipped, "thing-that-talks"), MONDAY)

        with app.app_context():
            assert releases.opened_on() == TODAY - timedelta(days=60)
            there = seasons.appeared(releases.current(), TODAY)
            hidden = releases.current().lessons.keys() - there
        assert worker.opened_on == TODAY - timedelta(days=60)
        assert hidden
        assert hidden < after_the_opening(app)


def test_a_day_set_by_the_operators_comes_first(context: Flask) -> None:
    context.config["SETTINGS"], config = (
        replace(context.config["SETTINGS"], opened_on=TODAY),
        context.config["SETTINGS"],
    )
    try:
        hidden = releases.current().lessons.keys() - seasons.appeared(releases.current(), TODAY)
    finally:
        context.config["SETTINGS"] = config

    assert hidden == after_the_opening(context)
    assert hidden > set(lessons_of(releases.current()))


def after_the_opening(app: Flask) -> set[str]:
    with app.app_context():
        catalog = releases.current()
        return catalog.lessons.keys() - set(catalog.seasons["opening"].lessons)


def test_a_voyage_asks_about_nothing_that_has_yet_to_appear(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = lessons_of(releases.current())
    waiting(context, monkeypatch, *hidden)

    sailing = sail(make_person())

    catalog = releases.current()
    assert sailing.answered == 12
    assert {catalog.notions[step["notion"]].lesson for step in sailing.steps}.isdisjoint(hidden)


def test_the_map_shows_no_notion_that_has_yet_to_appear(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = lessons_of(releases.current())
    waiting(context, monkeypatch, *hidden)

    known = knowledge(learner(make_person()), MONDAY)

    catalog = releases.current()
    assert known.stands
    assert {catalog.notions[key].lesson for key in known.stands}.isdisjoint(hidden)
    with context.test_request_context():
        page = overview(known)
    assert sum(sheet.picture.count("<g ") for sheet in page.sheets) == len(known.stands)
