"""Announcing meetings, answers, waiting lists and reminders, on both databases."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from icalendar import Calendar, Component
from sqlalchemy import select, update

from academy.database import db
from academy.mentoring.models import Kind
from academy.mentoring.programmes import services as programmes
from academy.mentoring.speed.avoiding import services as avoiding
from academy.mentoring.speed.avoiding.queries import avoided
from academy.mentoring.speed.inviting import jobs as by_the_clock
from academy.mentoring.speed.inviting import queries, services, telling
from academy.mentoring.speed.inviting.queries import Invited
from academy.mentoring.speed.inviting.services import DoesNotSuit, NotInvited, TooLate
from academy.mentoring.speed.inviting.telling import Cause
from academy.mentoring.speed.models import Seat, SpeedMeeting
from academy.mentoring.speed.organising import services as organising
from academy.mentoring.speed.organising.services import (
    MeetingChanged,
    NoChair,
    NoSuchMeeting,
    NotPossible,
    Over,
    Terms,
)
from academy.notices.models import Notice
from academy.people import services as people
from academy.people.directory import services as directory
from academy.people.models import Person, Role
from academy.post import jobs
from academy.post.models import PostedMail
from academy.privacy import services as privacy
from tests.conftest import MONDAY, Counting
from tests.factories import TODAY, make_person, make_site
from tests.meetings import (
    NEXT_MONDAY,
    announced,
    compose,
    gather,
    meetings,
    replies,
    seats,
)
from tests.programmes import call

pytestmark = pytest.mark.usefixtures("context")
LATER = MONDAY + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _the_worker_looks_last(now: Callable[[datetime], None]) -> None:
    """Whatever was put before is due when it looks."""
    now(NEXT_MONDAY - timedelta(minutes=1))


@pytest.fixture
def organiser(context: Flask) -> Person:
    return make_person(Role.ORGANISER)


def subjects(person: Person) -> list[str]:
    mine = select(PostedMail.subject).where(PostedMail.about == person.id)
    return list(db.session.scalars(mine.order_by(PostedMail.id)))


def told(person: Person) -> list[str]:
    mine = select(Notice.data).where(Notice.person_id == person.id, Notice.kind == "meeting")
    return [data["cause"] for data in db.session.scalars(mine.order_by(Notice.id))]


def done() -> None:
    db.session.commit()
    jobs.drain()


def full(programme: int, organiser: Person, chairs: int = 2) -> SpeedMeeting:
    """An announced meeting whose chairs are all taken."""
    return announced(programme, organiser, wanted=2, fewest=2, most=chairs)


def test_announcing_invites_everybody_once(organiser: Person) -> None:
    number = call(organiser)
    everybody = gather(number, 2, 2)
    meeting = announced(number, organiser)
    organising.announce_all(number, LATER)
    organising.announce(number, meeting.id, meeting.version, LATER)
    done()

    assert meeting.state == "announced"
    assert set(replies(meeting).values()) == {"invited"}
    for person in everybody:
        (subject,) = subjects(person)
        assert subject == "Your invitation: speed meeting, 9 March 2026, 11:00"
        assert told(person) == ["invited"]


def test_announcing_many_meetings_takes_as_many_statements_as_one(
    organiser: Person, count_statements: Counting
) -> None:
    def statements(people: int) -> int:
        number = call(organiser)
        gather(number, people, people)
        compose(number, organiser, wanted=2, fewest=2, most=2)
        with count_statements() as sent:
            assert organising.announce_all(number, MONDAY) == people // 2
        done()
        return len(sent)

    assert statements(2) == statements(6) == 6


def test_the_mail_brings_an_entry_for_the_calendar(organiser: Person) -> None:
    number = call(organiser)
    person = gather(number, 1, 1)[0]
    meeting = announced(number, organiser)
    (found,) = [each for each in queries.invited(meeting.id) if each.email == person.email]
    (event,) = entry(found, Cause.INVITED, "REQUEST").walk("VEVENT")

    assert event["UID"] == f"speed-{seats(meeting)[person.id].id}@localhost"
    assert (event.decoded("SEQUENCE"), event.decoded("DTSTART")) == (1, NEXT_MONDAY)
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(minutes=25)
    assert person.email in str(event["ATTENDEE"])
    (gone,) = entry(found, Cause.CANCELLED, "CANCEL").walk("VEVENT")
    assert (gone["UID"], str(gone["STATUS"])) == (event["UID"], "CANCELLED")
    assert "entry" not in telling.written(found, Cause.REMINDED, MONDAY).payload


def entry(found: Invited, cause: Cause, expected: str) -> Component:
    """What a mail puts into a calendar, read by the library."""
    method, text = telling.written(found, cause, MONDAY).payload["entry"]
    calendar = Calendar.from_ical(text)
    assert method == str(calendar["METHOD"]) == expected
    return calendar


def test_an_answer_given_twice_counts_once(organiser: Person) -> None:
    number = call(organiser)
    mentor, mentee = gather(number, 1, 1)
    meeting = announced(number, organiser)

    for at in (MONDAY, LATER):
        services.confirm(number, meeting.id, mentor.id, at)
        services.decline(number, meeting.id, mentee.id, TODAY, at)
    done()
    found = seats(meeting)
    assert (found[mentor.id].reply, found[mentor.id].replied_at) == ("confirmed", MONDAY)
    assert (found[mentee.id].reply, found[mentee.id].replied_at) == ("declined", MONDAY)
    with pytest.raises(NotInvited):
        services.confirm(number, meeting.id, mentee.id, LATER)


def test_nobody_answers_once_it_has_begun_or_for_another_programme(organiser: Person) -> None:
    number, other = call(organiser), call(organiser)
    person = gather(number, 1, 1)[0]
    meeting = announced(number, organiser)
    for answer in (services.confirm,):
        with pytest.raises(TooLate):
            answer(number, meeting.id, person.id, NEXT_MONDAY)
        with pytest.raises(TooLate):
            answer(other, meeting.id, person.id, MONDAY)
    with pytest.raises(NotInvited):
        services.decline(number, meeting.id, organiser.id, TODAY, MONDAY)


def test_the_first_who_waits_takes_the_chair_of_who_declines(organiser: Person) -> None:
    number = call(organiser)
    everybody = gather(number, 2, 2)
    meeting = full(number, organiser)
    first, second = gather(number, 2, 0)
    assert not services.wait(number, meeting.id, second.id, TODAY, LATER)
    assert not services.wait(number, meeting.id, first.id, TODAY, MONDAY)
    assert not services.wait(number, meeting.id, first.id, TODAY, LATER)
    services.decline(number, meeting.id, everybody[2].id, TODAY, LATER)
    assert replies(meeting)[first.id] == "waiting"

    services.decline(number, meeting.id, everybody[0].id, TODAY, LATER)
    done()
    assert replies(meeting)[first.id] == "invited"
    assert replies(meeting)[second.id] == "waiting"
    assert (told(first), told(second)) == (["promoted"], [])
    assert len(subjects(first)) == 1


def test_a_free_chair_is_taken_at_once_and_waiting_ends_with_a_word(organiser: Person) -> None:
    number = call(organiser)
    gather(number, 2, 2)
    meeting = full(number, organiser, chairs=3)
    first, second = gather(number, 2, 0)
    assert services.wait(number, meeting.id, first.id, TODAY, MONDAY)
    assert services.wait(number, meeting.id, first.id, TODAY, MONDAY)
    assert not services.wait(number, meeting.id, second.id, TODAY, MONDAY)
    services.decline(number, meeting.id, second.id, TODAY, MONDAY)
    assert second.id not in replies(meeting)


def test_whoever_declined_may_come_back_and_gets_a_later_entry(organiser: Person) -> None:
    number = call(organiser)
    person = gather(number, 2, 2)[0]
    meeting = full(number, organiser)
    services.decline(number, meeting.id, person.id, TODAY, MONDAY)
    assert services.wait(number, meeting.id, person.id, TODAY, LATER)
    done()
    assert seats(meeting)[person.id].sequence == 2
    assert told(person) == ["invited", "promoted"]


def test_nobody_joins_a_meeting_that_does_not_suit_or_where_they_must_not_be(
    organiser: Person,
) -> None:
    number = call(organiser)
    everybody = gather(number, 2, 2)
    meeting = full(number, organiser, chairs=4)
    (away,) = gather(number, 1, 0, slots=["4-pm"])
    shy, junior = gather(number, 2, 0)
    avoiding.avoid(everybody[2].id, number, shy.id, MONDAY)
    people.post(junior, make_site(), "sales", TODAY, everybody[3])
    db.session.commit()

    for person in (away, shy, junior, organiser):
        assert services.suitable(number, person.id, TODAY, MONDAY) == []
        with pytest.raises(DoesNotSuit):
            services.wait(number, meeting.id, person.id, TODAY, MONDAY)


def test_who_waits_is_passed_over_where_somebody_sits_they_must_not_meet(organiser: Person) -> None:
    number = call(organiser)
    everybody = gather(number, 2, 2)
    meeting = full(number, organiser)
    shy, other = gather(number, 2, 0)
    for at, person in ((MONDAY, shy), (LATER, other)):
        services.wait(number, meeting.id, person.id, TODAY, at)
    avoiding.avoid(shy.id, number, everybody[2].id, MONDAY)
    services.decline(number, meeting.id, everybody[0].id, TODAY, LATER)
    assert (replies(meeting)[shy.id], replies(meeting)[other.id]) == ("waiting", "invited")


def test_whoever_withdraws_makes_room_and_their_calendar_is_told(organiser: Person) -> None:
    number = call(organiser)
    everybody = gather(number, 2, 2)
    meeting = full(number, organiser)
    (waiting,) = gather(number, 1, 0)
    services.wait(number, meeting.id, waiting.id, TODAY, MONDAY)

    avoiding.avoid(everybody[0].id, number, everybody[1].id, MONDAY)
    for _ in range(2):
        programmes.step_out(everybody[0].id, number, MONDAY)
        services.leave(number, everybody[0].id, TODAY, LATER)
    done()
    assert everybody[0].id not in replies(meeting)
    assert replies(meeting)[waiting.id] == "invited"
    assert avoided(everybody[0].id, number) == []
    assert subjects(everybody[0])[1:] == ["Cancelled: the speed meeting of 9 March 2026, 11:00"]


def test_whoever_leaves_the_company_or_is_erased_makes_room_by_the_clock(
    organiser: Person,
) -> None:
    number = call(organiser)
    everybody = gather(number, 2, 2)
    meeting = full(number, organiser)
    first, second = gather(number, 1, 1)
    for person in (first, second):
        services.wait(number, meeting.id, person.id, TODAY, MONDAY)
    directory.close_account(everybody[0], organiser.id, MONDAY)
    privacy.erase(everybody[2].id, MONDAY, organiser.id)
    db.session.commit()
    by_the_clock.free_and_fill(LATER)
    by_the_clock.free_and_fill(LATER)
    done()

    assert everybody[0].id not in replies(meeting)
    assert replies(meeting)[first.id] == replies(meeting)[second.id] == "invited"
    assert ["speed meeting" in each for each in subjects(everybody[0])] == [True, False]


def test_planned_seats_come_free_too(organiser: Person) -> None:
    number = call(organiser)
    everybody = gather(number, 2, 2)
    compose(number, organiser)
    directory.close_account(everybody[0], organiser.id, MONDAY)
    db.session.commit()
    by_the_clock.free_and_fill(LATER)
    assert set(replies(meetings(number)[0])) == {person.id for person in everybody[1:]}


def test_reminders_leave_once_on_the_working_day_before(organiser: Person) -> None:
    """The meeting is on a Monday: the Friday before, at nine where they live."""
    number = call(organiser)
    comes, silent, declines = gather(number, 2, 1)
    meeting = announced(number, organiser)
    services.confirm(number, meeting.id, comes.id, MONDAY)
    services.decline(number, meeting.id, declines.id, TODAY, MONDAY)
    done()
    friday = datetime(2026, 3, 6, 8, 0, tzinfo=MONDAY.tzinfo)

    assert by_the_clock.remind(friday - timedelta(minutes=15)) == 0
    assert by_the_clock.remind(friday) == 2
    assert by_the_clock.remind(friday) == 0
    assert by_the_clock.remind(NEXT_MONDAY) == 0
    jobs.drain()
    for person in (comes, silent):
        assert subjects(person)[-1] == "Soon: your speed meeting, 9 March 2026, 11:00"
        assert told(person)[-1] == "reminded"
    assert told(declines) == ["invited"]


def test_another_time_is_told_and_asks_again(context: Flask, organiser: Person) -> None:
    number = call(organiser)
    mentor, mentee = gather(number, 1, 1)
    meeting = announced(number, organiser)
    services.confirm(number, meeting.id, mentor.id, MONDAY)
    db.session.commit()
    terms = Terms(NEXT_MONDAY + timedelta(hours=1), "Europe/Paris", "Lyon", "Room 4", 12)
    organising.change(number, meeting.id, meeting.version, terms, LATER)
    organising.change(number, meeting.id, 1, terms, LATER)
    done()

    assert set(replies(meeting).values()) == {"invited"}
    assert subjects(mentor)[-1] == "Your speed meeting has changed: 9 March 2026, 12:00"
    assert told(mentee) == ["invited", "changed"]


def test_another_room_is_told_and_asks_nobody_again(organiser: Person) -> None:
    number = call(organiser)
    mentor, _mentee = gather(number, 1, 1)
    meeting = announced(number, organiser)
    services.confirm(number, meeting.id, mentor.id, MONDAY)
    db.session.commit()
    terms = Terms(NEXT_MONDAY, "Europe/Paris", "remote", "https://meet.example/4", 12)
    organising.change(number, meeting.id, meeting.version, terms, LATER)
    done()
    assert replies(meeting)[mentor.id] == "confirmed"
    assert told(mentor) == ["invited", "changed"]


def test_a_meeting_is_cancelled_once_and_its_people_may_be_placed_again(organiser: Person) -> None:
    number = call(organiser)
    mentor, _mentee = gather(number, 1, 1)
    meeting = announced(number, organiser)
    version = meeting.version
    for _ in range(2):
        organising.cancel(number, meeting.id, version, LATER)
    done()
    assert told(mentor) == ["invited", "cancelled"]
    with pytest.raises(TooLate):
        services.confirm(number, meeting.id, mentor.id, LATER)
    compose(number, organiser)
    assert mentor.id in seats(meetings(number)[-1])


def test_a_meeting_cancelled_before_the_worker_looked_is_told_as_cancelled(
    organiser: Person,
) -> None:
    number = call(organiser)
    mentor, _mentee = gather(number, 1, 1)
    compose(number, organiser)
    (meeting,) = meetings(number)
    organising.announce(number, meeting.id, meeting.version, MONDAY)
    db.session.flush()
    db.session.refresh(meeting)
    organising.cancel(number, meeting.id, meeting.version, MONDAY)
    done()
    assert subjects(mentor) == ["Cancelled: the speed meeting of 9 March 2026, 11:00"]


def test_two_organisers_at_once_the_second_reads_again(organiser: Person) -> None:
    number = call(organiser)
    everybody = gather(number, 2, 2)
    compose(number, organiser)
    (meeting,) = meetings(number)
    read = meeting.version
    organising.lock(number, meeting.id, read, everybody[0].id, True, MONDAY)
    organising.lock(number, meeting.id, read, everybody[0].id, True, MONDAY)
    db.session.commit()

    with pytest.raises(MeetingChanged):
        organising.lock(number, meeting.id, read, everybody[1].id, True, MONDAY)
    with pytest.raises(MeetingChanged):
        organising.cancel(number, meeting.id, read, MONDAY)
    with pytest.raises(MeetingChanged):
        organising.announce(number, meeting.id, read, MONDAY)
    with pytest.raises(MeetingChanged):
        organising.lock(number, meeting.id, read + 1, organiser.id, True, MONDAY)
    with pytest.raises(NoSuchMeeting):
        organising.cancel(number, meeting.id + 1, read, MONDAY)
    with pytest.raises(Over):
        organising.cancel(number, meeting.id, read + 1, NEXT_MONDAY)


def test_somebody_is_moved_once_and_told_if_they_were_invited(organiser: Person) -> None:
    number = call(organiser)
    everybody = gather(number, 4, 4)
    compose(number, organiser, wanted=2, fewest=2, most=3)
    here, there = meetings(number)
    mover = next(person for person in everybody if person.id in seats(here))
    versions = here.version
    for _ in range(2):
        organising.move(number, here.id, versions, mover.id, there.id, TODAY, MONDAY)
    db.session.commit()
    assert mover.id in seats(there)
    assert told(mover) == []

    organising.announce_all(number, MONDAY)
    done()
    (here, there) = meetings(number)
    organising.move(number, there.id, there.version, mover.id, here.id, TODAY, LATER)
    done()
    assert seats(here)[mover.id].sequence == 2
    assert told(mover) == ["invited", "changed"]


def test_nobody_is_moved_to_a_full_meeting_or_beside_whom_they_must_not_meet(
    organiser: Person,
) -> None:
    number = call(organiser)
    everybody = gather(number, 4, 4)
    compose(number, organiser, wanted=2, fewest=2, most=2)
    here, there = meetings(number)
    mover = next(each for each in everybody[:4] if each.id in seats(here))
    with pytest.raises(NoChair):
        organising.move(number, here.id, here.version, mover.id, there.id, TODAY, MONDAY)
    across = next(each for each in everybody[4:] if each.id in seats(there))
    avoiding.avoid(across.id, number, mover.id, MONDAY)
    db.session.execute(update(SpeedMeeting).values(chairs=3))
    db.session.commit()
    (here, there) = meetings(number)
    with pytest.raises(NotPossible):
        organising.move(number, here.id, here.version, mover.id, there.id, TODAY, MONDAY)
    organising.announce(number, here.id, here.version, MONDAY)
    db.session.commit()
    (here, there) = meetings(number)
    with pytest.raises(Over):
        organising.move(number, here.id, here.version, mover.id, there.id, TODAY, MONDAY)


def test_a_chair_left_by_who_is_moved_goes_to_who_waits(organiser: Person) -> None:
    number = call(organiser)
    everybody = gather(number, 4, 4)
    announced(number, organiser, wanted=2, fewest=2, most=2)
    here, there = meetings(number)
    (waiting,) = gather(number, 1, 0)
    for each in (here, there):
        services.wait(number, each.id, waiting.id, TODAY, MONDAY)
    db.session.execute(update(SpeedMeeting).where(SpeedMeeting.id == there.id).values(chairs=3))
    db.session.execute(
        update(Seat)
        .where(Seat.meeting_id == there.id, Seat.reply == "waiting")
        .values(reply="declined")
    )
    db.session.commit()
    mover = next(each for each in everybody[:4] if each.id in seats(here))
    (here, there) = meetings(number)
    organising.move(number, here.id, here.version, mover.id, there.id, TODAY, LATER)
    done()
    assert replies(here)[waiting.id] == "invited"


def test_naming_somebody_is_for_volunteers_and_not_endless(organiser: Person) -> None:
    number = call(organiser)
    ada, *others = gather(number, 1, 21)
    for _ in range(2):
        avoiding.avoid(ada.id, number, others[0].id, MONDAY)
    for person in (ada, organiser):
        with pytest.raises(avoiding.NotThere):
            avoiding.avoid(ada.id, number, person.id, MONDAY)
    for other in others[1:20]:
        avoiding.avoid(ada.id, number, other.id, MONDAY)
    with pytest.raises(avoiding.TooMany):
        avoiding.avoid(ada.id, number, others[20].id, MONDAY)
    avoiding.meet(ada.id, number, others[0].id)
    avoiding.avoid(ada.id, number, others[20].id, MONDAY)


def test_seats_taken_again_after_recomposing_never_reuse_a_number(organiser: Person) -> None:
    number = call(organiser)
    gather(number, 1, 1)
    compose(number, organiser)
    before = {seat.id for seat in seats(meetings(number)[0]).values()}
    compose(number, organiser, Kind.RECOMPOSE)
    assert not before & {seat.id for seat in seats(meetings(number)[0]).values()}
