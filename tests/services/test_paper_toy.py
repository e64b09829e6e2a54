"""The figure somebody keeps, and what of theirs is on paper: each award once, whoever asks how often."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from academy.database import db
from academy.passport.toy import queries, services
from academy.passport.toy.choosing import Paper
from academy.passport.toy.crew.people import Character
from academy.passport.toy.models import PaperToy, PrintedAward
from academy.passport.toy.palette import Colour
from academy.passport.toy.queries import FIRST, Choice, Won
from academy.passport.toy.services import NoSuchSheet, NothingNew
from academy.people.models import Person
from academy.rewards import by_hand
from tests.conftest import MONDAY
from tests.factories import do_round, earn_passport, make_person, read_lesson
from tests.services.crowd import CROWD, all_at_once

LATER = MONDAY + timedelta(days=1)
CAT = Choice(Character.PIXEL, Colour.PLUM, Paper.LETTER, ("flawless",))


def winner() -> Person:
    person = make_person()
    earn_passport(person)
    return person


def keys(worn: tuple[Won, ...]) -> list[str]:
    return [won.award.key for won in worn]


def printed(person: Person) -> dict[str, int]:
    return {award: found.sheet for award, found in queries.on_paper(person.id).items()}


def test_whoever_chose_nothing_begins_with_the_keeper(context: Flask) -> None:
    assert queries.choice(make_person().id) == FIRST


def test_the_last_choice_is_kept_and_there_is_one_each(context: Flask) -> None:
    ada, stranger = make_person(), make_person()

    services.keep(ada.id, FIRST, MONDAY)
    services.keep(ada.id, CAT, LATER)
    db.session.commit()

    assert queries.choice(ada.id) == CAT
    assert queries.choice(stranger.id) == FIRST
    assert db.session.scalar(select(func.count()).select_from(PaperToy)) == 1


def test_a_figure_there_is_no_longer_is_the_one_to_begin_with(context: Flask) -> None:
    ada = make_person()
    db.session.add(
        PaperToy(
            person_id=ada.id, character="ghost", colour="none", paper="a0", awards=[],
            chosen_at=MONDAY,
        )
    )  # fmt: skip
    db.session.commit()

    assert queries.choice(ada.id) == FIRST


def test_the_figure_wears_the_most_precious_and_remembers_them_as_printed(context: Flask) -> None:
    ada = winner()

    worn = services.print_figure(ada.id, FIRST, MONDAY)
    db.session.commit()

    assert keys(worn)[0] == "passport"
    assert printed(ada) == dict.fromkeys(keys(worn), 0)


def test_it_wears_what_was_chosen(context: Flask) -> None:
    ada = winner()

    assert keys(services.print_figure(ada.id, CAT, MONDAY)) == ["flawless"]
    assert printed(ada) == {"flawless": 0}


def test_nobody_wears_what_they_do_not_hold(context: Flask) -> None:
    ada = make_person()
    do_round(ada)

    worn = services.print_figure(ada.id, replace(FIRST, awards=("passport", "owl-gold")), MONDAY)

    assert keys(worn) == ["first-minute"]


def test_whoever_won_nothing_prints_a_bare_figure(context: Flask) -> None:
    ada = make_person()

    assert services.print_figure(ada.id, FIRST, MONDAY) == ()
    assert printed(ada) == {}


def test_a_sheet_holds_what_was_won_since_the_last_print(context: Flask) -> None:
    ada = winner()
    services.print_figure(ada.id, FIRST, MONDAY)
    read_lesson(ada, "cloud-has-an-address")
    left = set(keys(queries.held(ada.id))) - set(printed(ada))

    stickers = services.print_stickers(ada.id, 1, LATER)

    assert set(keys(stickers)) == left
    assert "first-lesson" in left
    assert set(printed(ada)) == set(keys(queries.held(ada.id)))


def test_the_same_sheet_asked_for_again_is_the_same(context: Flask) -> None:
    ada = winner()

    first = services.print_stickers(ada.id, 1, MONDAY)
    do_round(ada)
    again = services.print_stickers(ada.id, 1, LATER)
    second = services.print_stickers(ada.id, 2, LATER)

    assert again == first
    assert keys(second) == ["first-minute"]


def test_printing_the_figure_again_changes_nothing_of_the_sheets(context: Flask) -> None:
    ada = winner()
    services.print_stickers(ada.id, 1, MONDAY)
    before = printed(ada)

    services.print_figure(ada.id, FIRST, LATER)

    assert printed(ada) == before


def test_without_anything_new_there_is_no_next_sheet(context: Flask) -> None:
    ada = winner()
    services.print_stickers(ada.id, 1, MONDAY)

    with pytest.raises(NothingNew):
        services.print_stickers(ada.id, 2, MONDAY)


@pytest.mark.parametrize("number", [0, 2, 99])
def test_sheets_are_numbered_one_after_the_other(context: Flask, number: int) -> None:
    ada = winner()

    with pytest.raises(NoSuchSheet):
        services.print_stickers(ada.id, number, MONDAY)
    assert printed(ada) == {}


def test_what_was_withdrawn_is_on_no_sheet_any_more(context: Flask) -> None:
    ada = make_person()
    do_round(ada)
    read_lesson(ada, "cloud-has-an-address")
    assert set(keys(services.print_stickers(ada.id, 1, MONDAY))) == {"first-minute", "first-lesson"}

    by_hand.revoke(ada.id, "first-minute", "An error", make_person().id, MONDAY)

    assert keys(services.print_stickers(ada.id, 1, LATER)) == ["first-lesson"]
    by_hand.revoke(ada.id, "first-lesson", "An error", make_person().id, MONDAY)
    with pytest.raises(NoSuchSheet):
        services.print_stickers(ada.id, 1, LATER)


def test_twenty_who_ask_for_the_next_sheet_at_once_get_the_same_one(app: Flask) -> None:
    with app.app_context():
        number = winner().id

    sheets = all_at_once(app, lambda _each: keys(services.print_stickers(number, 1, MONDAY)))

    assert len(sheets) == CROWD
    assert all(sheet == sheets[0] for sheet in sheets)
    with app.app_context():
        assert set(queries.on_paper(number)) == set(sheets[0])
        assert {each.sheet for each in queries.on_paper(number).values()} == {1}


def test_a_sheet_has_no_negative_number(context: Flask) -> None:
    ada = make_person()
    db.session.add(PrintedAward(person_id=ada.id, award="gust", sheet=-1, printed_at=MONDAY))

    with pytest.raises(IntegrityError):
        db.session.flush()
