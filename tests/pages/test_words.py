"""How dates and lines are said, in the language of the page."""

from datetime import date

import pytest
from flask import Flask
from flask_babel import force_locale

from academy.web.words import bare, day, day_within, weekday


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "fr",
            ["1er janvier 2027", "11 janvier 2027", "vendredi 1er janvier", "1er", "1er janvier"],
        ),
        ("en", ["1 January 2027", "11 January 2027", "Friday 1 January", "1", "1 January"]),
    ],
)
def test_the_first_of_a_month_is_said_as_each_language_does(
    app: Flask, language: str, said: list[str]
) -> None:
    first = date(2027, 1, 1)
    with app.test_request_context(), force_locale(language):
        assert [
            day(first),
            day(date(2027, 1, 11)),
            weekday(first),
            day_within(first, "d"),
            day_within(first, "d MMMM"),
        ] == said


def test_a_bare_line_keeps_the_spaces_that_hold_a_sign_to_its_word() -> None:
    assert bare("<p>Un  <strong>mot</strong>\n&amp; un\u00a0?</p>\n") == "Un mot & un\u00a0?"
