"""What a line of the log looks like, and what it never holds."""

import json
import logging
import sys
from collections.abc import Iterator

import pytest

from academy import logs

SECRET = "ada@aurore.example"


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """The tests' own log comes back."""
    root, server = logging.getLogger(), logging.getLogger("_granian")
    before = root.handlers[:], root.level, server.handlers[:]
    yield
    logs.end()
    root.handlers[:], root.level, server.handlers[:] = before
    logging.getLogger("academy").setLevel(logging.NOTSET)


def failed() -> BaseException:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(f"nobody is called {SECRET}") from error
    except ValueError as error:
        return error


def told(words: bool, form: str = "json") -> str:
    lines = (logs.Objects if form == "json" else logs.Plain)(words)
    error = failed()
    made = logging.LogRecord(
        "academy.x", logging.ERROR, "f.py", 1, "request %s failed", ("7",), None
    )
    made.exc_info = (type(error), error, error.__traceback__)
    with logs.job("night/1a"):
        return lines.format(made)


def test_an_exception_is_told_by_where_it_came_through_and_never_by_its_words() -> None:
    line = json.loads(told(words=False))

    assert (line["level"], line["says"], line["job"]) == ("error", "request 7 failed", "night/1a")
    assert line["at"].endswith("Z")
    assert "in failed" in line["trace"]
    assert line["trace"].index("KeyError") < line["trace"].index("ValueError")
    assert SECRET not in str(line)
    assert "request" not in line  # it belongs to none


def test_where_nobody_is_real_its_words_are_told_too() -> None:
    assert SECRET in json.loads(told(words=True))["trace"]


def test_a_plain_line_says_the_same() -> None:
    first, *trace = told(words=False, form="text").splitlines()

    assert " error academy.x request 7 failed pid=" in first
    assert first.endswith("job=night/1a")
    assert trace[-1] == "ValueError"


def test_a_cause_that_goes_round_in_a_circle_is_told_once() -> None:
    error = failed()
    assert error.__cause__ is not None
    error.__cause__.__cause__ = error

    assert logs.trace(error, words=False).count("\nKeyError\n") == 1


def test_the_code_of_a_database_is_told_with_its_error() -> None:
    error = OSError(SECRET)
    error.sqlstate = "55P03"  # type: ignore[attr-defined]  # as drivers do

    assert logs.kind(error) == "OSError (55P03)"


def test_of_what_the_web_server_says_only_the_first_line_is_told(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("_granian"), "handlers", [])
    logs.begin("json", words=False)
    logging.getLogger("_granian.utils").error("it broke\nTraceback ... %s", SECRET)
    logs.write("as it is\n")
    sys.stderr.flush()

    said = capfd.readouterr().err
    assert json.loads(said.splitlines()[0])["says"] == "it broke"
    assert said.splitlines()[1] == "as it is"
    assert SECRET not in said
