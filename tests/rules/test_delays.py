"""How long a letter waits before it is tried again."""

from datetime import timedelta

import pytest

from academy.post.delays import LONGEST, TRIES, before_next

WAITS = [before_next(tries) for tries in range(1, TRIES)]


def test_each_wait_is_twice_the_one_before_up_to_six_hours() -> None:
    assert WAITS[:4] == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8)]
    assert max(wait for wait in WAITS if wait) == LONGEST == timedelta(hours=6)


def test_a_letter_outlives_a_night_without_a_mail_server() -> None:
    assert sum((wait for wait in WAITS if wait), timedelta()) > timedelta(hours=18)


def test_after_the_last_try_nobody_waits_any_more() -> None:
    assert before_next(TRIES) is None
    assert before_next(TRIES + 1) is None


def test_what_was_never_tried_has_no_next_time() -> None:
    with pytest.raises(ValueError, match="nothing has been tried"):
        before_next(0)
