"""A speed meeting while it is held, on both databases."""

import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from academy import create_app
from academy.database import db
from academy.mentoring.live import attendance, guests, jobs, notes, queries, services
from academy.mentoring.live.attendance import MeetingOver, NoSuchSeat
from academy.mentoring.live.notes import NotMet, Word
from academy.mentoring.live.services import Counted, NobodyToMeet, NoSuchMeeting, NotAnnounced
from academy.mentoring.programmes.rules import Side
from academy.mentoring.rotation.clock import Phase, Pressed, Reading
from academy.mentoring.speed.models import Presence, Press, Reply, Seat, Stage, Talk
from academy.mentoring.wishes.models import Avoidance, Liking, Wish
from academy.people.models import Person
from tests.conftest import MONDAY
from tests.factories import make_person
from tests.halls import Meeting, announced, later, seated, sit

pytestmark = pytest.mark.usefixtures("context")

ROUND = 340
"""Seconds from one talk to the next: five minutes, ten seconds of note, half a minute of change."""


def reading(meeting: Meeting, at: datetime) -> Reading:
    return queries.floor(meeting.row).reading(at)


def mark(meeting: Meeting, person: Person, presence: Presence, at: datetime) -> bool:
    changed = attendance.mark(meeting.number, person.id, presence, at)
    db.session.commit()
    return changed


def met(meeting: Meeting) -> list[tuple[int, int]]:
    """Every pair, as often as it sits together."""
    return [pair for pairs in meeting.rounds().values() for pair in pairs]


def talks_of(meeting: Meeting, person: Person) -> dict[int, int]:
    """By round, the other."""
    return {
        number: other
        for number, pairs in meeting.rounds().items()
        for pair in pairs
        if person.id in pair
        for other in pair
        if other != person.id
    }


def test_everybody_meets_everybody_once_at_tables_that_stay() -> None:
    meeting = announced(3, 3)

    assert meeting.start() is Counted.DONE

    assert meeting.row.state == Stage.RUNNING
    assert meeting.row.rounds == 3
    assert meeting.row.plan == 1
    everybody = {(one.id, two.id) for one in meeting.mentors for two in meeting.mentees}
    assert sorted(met(meeting)) == sorted(everybody)
    tables = db.session.execute(select(Talk.mentor_id, Talk.table_number)).all()
    assert len(set(tables)) == 3
    assert reading(meeting, MONDAY).phase is Phase.MEETING


def test_start_pressed_twice_starts_once() -> None:
    meeting = announced()

    meeting.start()
    before = meeting.rounds()
    assert meeting.start(later(1)) is Counted.AGAIN
    assert meeting.start(later(1), press=2) is Counted.MEANWHILE

    assert meeting.rounds() == before
    assert db.session.scalar(select(func.count()).select_from(Press)) == 1


def test_fewer_rounds_than_people_when_the_organiser_says_so() -> None:
    meeting = announced(4, 4)

    meeting.start(rounds=2)

    assert sorted(meeting.rounds()) == [1, 2]


def test_more_rounds_than_people_are_as_many_as_there_are_people() -> None:
    meeting = announced(2, 3)

    meeting.start(rounds=50)

    assert meeting.row.rounds == 3


@pytest.mark.parametrize("state", [Stage.PLANNED, Stage.CANCELLED])
def test_only_an_announced_meeting_starts(state: Stage) -> None:
    meeting = announced(state=state)

    with pytest.raises(NotAnnounced):
        meeting.start()
    with pytest.raises(NotAnnounced):
        services.open_doors(meeting.number)
    with pytest.raises(MeetingOver):
        mark(meeting, meeting.mentors[0], Presence.PRESENT, MONDAY)


def test_a_meeting_that_does_not_exist_is_said_so() -> None:
    with pytest.raises(NoSuchMeeting):
        services.start(7, 1, None, make_person().id, MONDAY)


def test_an_odd_programme_with_one_person_cannot_start_and_says_why() -> None:
    meeting = announced(1, 0)

    with pytest.raises(NobodyToMeet):
        meeting.start()
    db.session.rollback()

    assert meeting.row.state == Stage.ANNOUNCED


def test_two_who_avoid_one_another_never_sit_together_whoever_said_so() -> None:
    meeting = announced(3, 3)
    mentor, mentee = meeting.mentors[0], meeting.mentees[2]
    avoid(meeting, mentee, mentor)

    meeting.start()
    mark(meeting, meeting.mentors[1], Presence.ABSENT, later(20))

    assert (mentor.id, mentee.id) not in met(meeting)


def test_a_meeting_of_two_who_avoid_one_another_does_not_start() -> None:
    meeting = announced(1, 1)
    avoid(meeting, meeting.mentors[0], meeting.mentees[0])

    with pytest.raises(NobodyToMeet):
        meeting.start()


def test_who_met_in_another_meeting_does_not_meet_again() -> None:
    first = announced(2, 2)
    first.start()
    first.press(Pressed.ENDED, later(ROUND + 60), 2)
    second = seated(first.row.programme_id, first.organiser, first.mentees, first.mentors)
    third = make_person()
    sit(second.number, third, Side.MENTEE)
    db.session.commit()

    second.start(later(4000))

    assert {two for _one, two in met(second)} == {third.id}


def test_who_has_not_answered_counts_once_they_are_here() -> None:
    meeting = announced(2, 2)
    newcomer, waiting = make_person(), make_person()
    sit(meeting.number, newcomer, Side.MENTEE, Reply.INVITED)
    sit(meeting.number, waiting, Side.MENTEE, Reply.WAITING)
    db.session.commit()
    mark(meeting, waiting, Presence.PRESENT, MONDAY)

    meeting.start()

    assert talks_of(meeting, newcomer) == {}
    assert len(talks_of(meeting, waiting)) == 2


def test_open_doors_says_that_everybody_who_said_yes_is_here_once() -> None:
    meeting = announced(2, 2)
    mark(meeting, meeting.mentors[0], Presence.ABSENT, MONDAY)

    assert services.open_doors(meeting.number) == 3
    assert services.open_doors(meeting.number) == 0
    assert meeting.seat(meeting.mentors[0]).presence == Presence.ABSENT
    assert meeting.seat(meeting.mentors[1]).presence == Presence.PRESENT


def test_before_the_start_who_has_left_is_merely_absent() -> None:
    meeting = announced()

    assert mark(meeting, meeting.mentors[0], Presence.LEFT, MONDAY)
    assert not mark(meeting, meeting.mentors[0], Presence.ABSENT, MONDAY)

    assert meeting.seat(meeting.mentors[0]).presence == Presence.ABSENT


def test_a_no_show_is_repaired_at_once_and_whoever_is_left_alone_talks() -> None:
    meeting = announced(3, 4)
    meeting.start()
    missing = meeting.mentors[0]

    assert mark(meeting, missing, Presence.ABSENT, later(30))

    assert talks_of(meeting, missing) == {}
    rounds = meeting.rounds()
    assert len(rounds[1]) == 2
    assert len(met(meeting)) == len(set(met(meeting))) == 8
    assert meeting.row.plan > 1


def test_somebody_left_alone_talks_to_who_had_a_break_in_the_same_round() -> None:
    meeting = announced(3, 4)
    meeting.start()
    alone = meeting.mentees[0]
    while 1 not in talks_of(meeting, alone):
        alone = meeting.mentees[meeting.mentees.index(alone) + 1]
    before = talks_of(meeting, alone)[1]

    mark(meeting, alone, Presence.ABSENT, later(30))

    assert before in {pair[0] for pair in meeting.rounds()[1]}


def test_a_no_show_noticed_late_has_talked_to_nobody() -> None:
    meeting = announced(3, 3)
    meeting.start()
    missing = meeting.mentees[0]

    mark(meeting, missing, Presence.ABSENT, later(ROUND + 20))

    assert talks_of(meeting, missing) == {}
    assert meeting.seat(missing).presence == Presence.ABSENT


def test_a_late_arrival_is_planned_in_and_nobody_meets_twice() -> None:
    meeting = announced(3, 3)
    late = meeting.mentors[2]
    mark(meeting, late, Presence.ABSENT, MONDAY)
    meeting.start()
    first = meeting.rounds()[1]

    mark(meeting, late, Presence.PRESENT, later(20))

    assert meeting.rounds()[1] >= first
    assert len(talks_of(meeting, late)) == 3
    assert len(met(meeting)) == len(set(met(meeting)))
    assert meeting.seat(late).arrived_in == 1
    tables = db.session.execute(select(Talk.round, Talk.table_number)).all()
    assert len(set(tables)) == len(tables)


def test_who_arrives_at_the_end_of_a_talk_begins_with_the_next_round() -> None:
    meeting = announced(2, 2)
    late = meeting.mentors[1]
    mark(meeting, late, Presence.ABSENT, MONDAY)
    meeting.start()

    mark(meeting, late, Presence.PRESENT, later(280))

    assert sorted(talks_of(meeting, late)) == [2]
    assert meeting.seat(late).arrived_in == 2


def test_who_leaves_early_keeps_the_talks_that_were_held() -> None:
    meeting = announced(3, 3)
    services.open_doors(meeting.number)
    meeting.start()
    gone = meeting.mentees[1]
    first = talks_of(meeting, gone)[1]

    mark(meeting, gone, Presence.LEFT, later(ROUND + 5))

    assert talks_of(meeting, gone) == {1: first}
    assert meeting.seat(gone).left_after == 1
    assert len(met(meeting)) == len(set(met(meeting)))


def test_a_talk_half_over_counts_when_somebody_goes() -> None:
    meeting = announced(2, 2)
    services.open_doors(meeting.number)
    meeting.start()
    gone = meeting.mentees[1]

    mark(meeting, gone, Presence.LEFT, later(200))

    assert sorted(talks_of(meeting, gone)) == [1]
    assert meeting.seat(gone).left_after == 1


def test_who_was_seen_here_is_never_a_no_show() -> None:
    meeting = announced(2, 2)
    services.open_doors(meeting.number)
    meeting.start()

    mark(meeting, meeting.mentees[1], Presence.ABSENT, later(ROUND + 5))

    assert meeting.seat(meeting.mentees[1]).presence == Presence.LEFT
    assert sorted(talks_of(meeting, meeting.mentees[1])) == [1]


def test_who_comes_back_is_planned_in_again() -> None:
    meeting = announced(3, 3)
    services.open_doors(meeting.number)
    meeting.start()
    person = meeting.mentees[1]

    mark(meeting, person, Presence.LEFT, later(200))
    mark(meeting, person, Presence.PRESENT, later(320))

    assert len(talks_of(meeting, person)) == 3
    assert meeting.seat(person).left_after is None
    assert len(met(meeting)) == len(set(met(meeting)))


def test_a_presence_said_twice_changes_nothing() -> None:
    meeting = announced(3, 3)
    meeting.start()
    mark(meeting, meeting.mentees[1], Presence.ABSENT, later(20))
    version, plan = meeting.row.version, meeting.row.plan

    assert not mark(meeting, meeting.mentees[1], Presence.ABSENT, later(21))

    assert (meeting.row.version, meeting.row.plan) == (version, plan)


def test_seeing_somebody_who_was_counted_already_leaves_the_plan_alone() -> None:
    meeting = announced(3, 3)
    meeting.start()
    plan = meeting.row.plan

    assert mark(meeting, meeting.mentees[1], Presence.PRESENT, later(20))

    assert meeting.row.plan == plan


def test_who_is_not_of_the_meeting_has_no_presence() -> None:
    meeting = announced()

    with pytest.raises(NoSuchSeat):
        mark(meeting, make_person(), Presence.PRESENT, MONDAY)


def test_who_leaves_the_company_in_the_middle_is_no_longer_planned() -> None:
    meeting = announced(3, 3)
    meeting.start()
    gone = meeting.mentors[0]
    gone.active = False
    db.session.commit()

    assert attendance.repair(meeting.number, later(310))
    db.session.commit()
    assert not attendance.repair(meeting.number, later(310))

    assert sorted(talks_of(meeting, gone)) == [1]
    assert len(met(meeting)) == len(set(met(meeting))) == 7


def test_who_is_erased_in_the_middle_leaves_the_others_a_plan() -> None:
    meeting = announced(3, 3)
    meeting.start()
    db.session.execute(delete(Person).where(Person.id == meeting.mentors[0].id))
    db.session.commit()

    mark(meeting, meeting.mentees[0], Presence.PRESENT, later(20))
    attendance.repair(meeting.number, later(20))
    db.session.commit()

    assert len(met(meeting)) == len(set(met(meeting))) == 6


def test_everybody_of_a_side_may_go_and_come_back() -> None:
    meeting = announced(1, 2)
    meeting.start()

    mark(meeting, meeting.mentors[0], Presence.ABSENT, later(10))
    assert met(meeting) == []
    mark(meeting, meeting.mentors[0], Presence.PRESENT, later(20))

    assert len(met(meeting)) == 2


def test_a_button_pressed_twice_counts_once() -> None:
    meeting = announced()
    meeting.start()

    assert meeting.press(Pressed.EXTENDED, later(10), 2, 60) is Counted.DONE
    assert meeting.press(Pressed.EXTENDED, later(11), 2, 60) is Counted.AGAIN

    assert reading(meeting, later(20)).left == timedelta(seconds=340)


def test_of_two_organisers_the_second_is_shown_how_it_stands() -> None:
    meeting = announced()
    meeting.start()

    assert meeting.press(Pressed.PAUSED, later(10), 2) is Counted.DONE
    assert meeting.press(Pressed.MOVED_ON, later(10), 2) is Counted.MEANWHILE

    assert reading(meeting, later(100)).paused
    assert reading(meeting, later(100)).left == timedelta(seconds=290)


def test_what_makes_no_sense_now_changes_nothing() -> None:
    meeting = announced()

    assert meeting.press(Pressed.PAUSED, later(1), 1) is Counted.MEANWHILE
    meeting.start()
    assert meeting.press(Pressed.RESUMED, later(10), 2) is Counted.MEANWHILE

    assert db.session.scalar(select(func.count()).select_from(Press)) == 1


def test_a_pause_stops_the_time_for_everybody() -> None:
    meeting = announced()
    meeting.start()
    meeting.press(Pressed.PAUSED, later(100), 2)
    meeting.press(Pressed.RESUMED, later(1000), 3)

    assert reading(meeting, later(1010)).left == timedelta(seconds=190)


def test_the_end_forgets_the_talks_of_rounds_that_had_not_begun() -> None:
    meeting = announced(3, 3)
    meeting.start()

    assert meeting.press(Pressed.ENDED, later(ROUND + 60), 2) is Counted.DONE

    assert meeting.row.state == Stage.HELD
    assert sorted(meeting.rounds()) == [1, 2]
    with pytest.raises(MeetingOver):
        mark(meeting, meeting.mentors[0], Presence.LEFT, later(ROUND + 70))


def test_an_end_while_people_change_seats_forgets_the_round_they_walk_to() -> None:
    meeting = announced(3, 3)
    meeting.start()

    meeting.press(Pressed.ENDED, later(ROUND - 10), 2)

    assert sorted(meeting.rounds()) == [1]


def test_when_nobody_ends_it_the_clock_does() -> None:
    meeting = announced(2, 2)
    meeting.start()
    over = later(2 * ROUND)

    assert jobs.close_meetings(later(ROUND)) == 0
    assert reading(meeting, over).phase is Phase.AFTER
    with pytest.raises(MeetingOver):
        mark(meeting, meeting.mentors[0], Presence.LEFT, over)
    db.session.rollback()
    assert jobs.close_meetings(over) == 1
    assert jobs.close_meetings(over) == 0

    assert meeting.row.state == Stage.HELD
    assert len(met(meeting)) == 4


def test_a_press_after_the_time_ran_out_closes_the_meeting() -> None:
    meeting = announced(2, 2)
    meeting.start()

    assert meeting.press(Pressed.EXTENDED, later(2 * ROUND), 2, 60) is Counted.MEANWHILE

    assert meeting.row.state == Stage.HELD


def test_a_server_that_was_killed_goes_on_at_the_right_second(app: Flask) -> None:
    """A round under way, a pause behind it: another application on the same database reads the same time."""
    meeting = announced()
    meeting.start()
    meeting.press(Pressed.PAUSED, later(30), 2)
    meeting.press(Pressed.RESUMED, later(95), 3)
    at = later(ROUND + 65 + 12.25)
    before = reading(meeting, at)
    db.session.rollback()

    again = create_app(app.config["SETTINGS"])
    with again.app_context():
        found = queries.meeting(meeting.number)
        assert found is not None
        after = queries.floor(found).reading(at)
        db.session.remove()
        db.engine.dispose()

    assert after == before
    assert (after.round, after.phase, after.seconds_left) == (2, Phase.MEETING, 288)


def test_twenty_by_twenty_is_planned_anew_in_less_than_a_second() -> None:
    meeting = announced(20, 20)
    meeting.start()
    mark(meeting, meeting.mentors[0], Presence.ABSENT, later(5))  # the solvers are loaded
    started = time.process_time()

    mark(meeting, meeting.mentees[5], Presence.LEFT, later(ROUND + 20))

    assert time.process_time() - started < 1
    assert len(met(meeting)) == len(set(met(meeting)))


def test_what_somebody_notes_is_kept_once_and_may_be_said_differently() -> None:
    meeting = announced(2, 2)
    meeting.start()
    mentor = meeting.mentors[0]
    other = talks_of(meeting, mentor)[1]

    for note in ("Funny.", "Funny.", "Very funny."):
        keep(meeting, mentor, other, Word(Liking.GLADLY, note), later(305))

    found = db.session.scalars(select(Wish)).one()
    assert (found.side, found.liking, found.note) == ("mentor", "gladly", "Very funny.")
    assert (found.rank, found.veto) == (None, False)


def test_a_word_leaves_a_rank_given_elsewhere_alone() -> None:
    meeting = announced(2, 2)
    meeting.start()
    mentee = meeting.mentees[0]
    other = talks_of(meeting, mentee)[1]
    db.session.add(
        Wish(
            programme_id=meeting.row.programme_id,
            person_id=mentee.id,
            other_id=other,
            side="mentee",
            rank=2,
            changed_at=MONDAY,
        )
    )
    db.session.commit()

    keep(meeting, mentee, other, Word(None, "Patient."), later(9000))

    found = db.session.scalars(select(Wish)).one()
    assert (found.rank, found.liking, found.note) == (2, None, "Patient.")


def test_nobody_notes_a_word_about_somebody_they_have_not_met() -> None:
    meeting = announced(2, 2)
    meeting.start()
    mentor = meeting.mentors[0]
    talks = talks_of(meeting, mentor)

    for other, at in ((talks[2], later(305)), (make_person().id, later(9000))):
        with pytest.raises(NotMet):
            keep(meeting, mentor, other, Word(Liking.FINE, ""), at)
        db.session.rollback()

    assert db.session.scalar(select(func.count()).select_from(Wish)) == 0


def test_nobody_waits_two_rounds_in_a_row_where_that_can_be_avoided() -> None:
    meeting = announced(4, 6)
    meeting.start()
    mark(meeting, meeting.mentees[0], Presence.ABSENT, later(10))

    for person in meeting.mentees[1:]:
        talks = sorted(talks_of(meeting, person))
        assert all(two - one <= 2 for one, two in pairwise(talks))


def avoid(meeting: Meeting, person: Person, other: Person) -> None:
    db.session.add(
        Avoidance(
            programme_id=meeting.row.programme_id,
            person_id=person.id,
            other_id=other.id,
            at=datetime(2026, 3, 1, tzinfo=UTC),
        )
    )
    db.session.commit()


def keep(meeting: Meeting, person: Person, other: int, word: Word, at: datetime) -> None:
    mine = guests.invited(meeting.number, person.id)
    assert mine is not None
    notes.keep(mine, other, word, at)
    db.session.commit()


def test_a_seat_alone_makes_no_meeting() -> None:
    meeting = announced(1, 1)

    assert guests.invited(meeting.number, make_person().id) is None
    assert db.session.scalar(select(func.count()).select_from(Seat)) == 2
