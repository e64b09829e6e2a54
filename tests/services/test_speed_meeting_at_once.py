"""Many hands on one speed meeting at the same moment, on either database."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy.database import Base, db
from academy.mentoring.live import attendance, guests, notes, queries, services
from academy.mentoring.live.notes import Word
from academy.mentoring.live.services import Counted
from academy.mentoring.rotation.clock import Pressed
from academy.mentoring.speed.models import Presence, Press
from academy.mentoring.wishes.models import Liking, Wish
from tests.conftest import MONDAY
from tests.halls import Meeting, announced, later
from tests.services.crowd import all_at_once


@pytest.fixture
def meeting(app: Flask) -> Meeting:
    """Ten and ten, and no context left open."""
    with app.app_context():
        return announced(10, 10)


def rows(app: Flask, table: type[Base]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_meeting_started_by_twenty_starts_once(app: Flask, meeting: Meeting) -> None:
    def start(_number: int) -> Counted:
        return services.start(meeting.number, 1, None, meeting.organiser.id, MONDAY)

    came = all_at_once(app, start)

    assert sorted(came) == sorted([Counted.DONE, *[Counted.AGAIN] * (len(came) - 1)])
    with app.app_context():
        assert sum(map(len, meeting.rounds().values())) == 100


def test_a_minute_given_by_twenty_is_one_minute(app: Flask, meeting: Meeting) -> None:
    with app.app_context():
        meeting.start()

    def press(_number: int) -> Counted:
        by = meeting.organiser.id
        return services.press(meeting.number, 2, Pressed.EXTENDED, by, later(10), 60)

    came = all_at_once(app, press)

    assert came.count(Counted.DONE) == 1
    assert rows(app, Press) == 2
    with app.app_context():
        assert queries.floor(meeting.row).reading(later(10)).left.total_seconds() == 350


def test_many_who_come_and_go_at_once_leave_a_plan_without_anybody_twice(
    app: Flask, meeting: Meeting
) -> None:
    with app.app_context():
        meeting.start()
    everybody = [each.id for each in (*meeting.mentors, *meeting.mentees)]

    def mark(number: int) -> bool:
        person = everybody[number % len(everybody)]
        presence = Presence.ABSENT if number % 3 else Presence.LEFT
        return attendance.mark(meeting.number, person, presence, later(20))

    gone = sum(all_at_once(app, mark))

    with app.app_context():
        pairs = [pair for talks in meeting.rounds().values() for pair in talks]
        here = {each.id for each in queries.guests(meeting.number) if each.counted}
        assert len(here) == len(everybody) - gone
        assert len(pairs) == len(set(pairs))
        assert {person for pair in pairs for person in pair} <= here


def test_a_word_kept_by_twenty_is_one_word(app: Flask, meeting: Meeting) -> None:
    with app.app_context():
        meeting.start()
        mentor = meeting.mentors[0].id
        other = guests.my_talks(meeting.row, mentor)[0].id

    def keep(_number: int) -> None:
        mine = guests.invited(meeting.number, mentor)
        assert mine is not None
        notes.keep(mine, other, Word(Liking.GLADLY, "Patient."), later(305))

    all_at_once(app, keep)

    assert rows(app, Wish) == 1
