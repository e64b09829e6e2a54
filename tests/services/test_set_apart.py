"""What is meant for the people of a track: asked of them, proposed to them, and to nobody else."""

from flask import Flask

from academy.catalog import releases, shelf
from academy.daily import asking, queries
from academy.daily.hearing import Word
from academy.daily.path import services as path
from academy.learning import queries as learning
from academy.learning.cards import ThemeCard
from academy.mastery import queries as mastery
from academy.mastery.taste import NEUTRAL
from academy.people.models import Person, Role
from academy.surveys import queries as surveys
from academy.tracks import services as tracks
from tests.conftest import MONDAY
from tests.factories import TODAY, draw, learner, make_person, read_lesson, sit_quiz

MODULE, LESSON, NOTION = "mentoring", "mentor-user-to-user", "mentor-silence"


def asked(person: Person) -> set[str]:
    """The notions that the minute may ask this person."""
    facts = queries.facts_of(person.id, TODAY)
    mind = mastery.mind_of(person.id)
    chooser = asking.chooser(learner(person), releases.current(), mind, facts, MONDAY, 1)
    return {
        each.key
        for each in chooser.shelf.notions
        if not chooser.leanings.get(each.key, NEUTRAL).excluded
    }


def theirs() -> set[str]:
    return set(releases.current().modules[MODULE].notions)


def card(person: Person, theme: str = "culture") -> ThemeCard:
    known = learning.standings(person.id)
    return learning.theme_card(releases.current().themes[theme], known, (), TODAY)


def test_the_minute_asks_mentors_about_mentoring_and_nobody_else(context: Flask) -> None:
    everything = set(releases.current().notions)

    assert asked(make_person(Role.MENTOR)) == everything
    assert asked(make_person()) == everything - theirs()


def test_whoever_follows_the_track_is_asked_until_they_leave_it(context: Flask) -> None:
    ada, track = make_person(), releases.current().tracks["mentors"]

    tracks.follow(ada.id, track, MONDAY)
    assert theirs() <= asked(ada)

    tracks.leave(ada.id, track.key)
    assert theirs().isdisjoint(asked(ada))


def test_a_word_on_what_is_not_theirs_keeps_nothing_else_from_being_asked(context: Flask) -> None:
    ada = make_person()
    path.say(ada.id, NOTION, Word.KNOWN, MONDAY)

    assert asked(ada) == set(releases.current().notions) - theirs()
    assert len(draw(ada).questions) == 2


def test_the_voyage_asks_nobody_about_it(context: Flask) -> None:
    catalog = releases.current()

    offers = surveys.offers(catalog, (), (), catalog.lessons.keys())

    assert {offer.module for offer in offers} == catalog.modules.keys() - {MODULE}


def test_its_lessons_are_no_steps_of_everybodys_path(context: Flask) -> None:
    catalog = releases.current()

    proposed = {lesson.key for lesson in learning.path(catalog)}

    assert proposed == catalog.lessons.keys() - set(catalog.modules[MODULE].lessons)
    assert shelf.set_apart(catalog, {"mentors"}) == frozenset()


def test_a_theme_counts_its_lessons_and_its_quiz_once_they_are_done(context: Flask) -> None:
    ada, lessons = make_person(), releases.current().modules[MODULE].lessons
    before = card(ada)

    for lesson in lessons:
        read_lesson(ada, lesson)
    read = card(ada)
    sit_quiz(ada, MODULE)
    passed = card(ada)

    assert (before.lessons, before.quizzes) == (16, 4)
    assert (read.lessons_done, read.lessons, read.quizzes) == (4, 20, 4)
    assert (passed.quizzes_passed, passed.quizzes) == (1, 5)
