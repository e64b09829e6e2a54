"""Composing speed meetings from volunteers, on both databases."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy.database import db
from academy.mentoring import apart
from academy.mentoring.composition.telling import Why
from academy.mentoring.models import Kind, Progress, Work
from academy.mentoring.programmes import services as programmes
from academy.mentoring.programmes.rules import Side
from academy.mentoring.speed import words
from academy.mentoring.speed.avoiding import services as avoiding
from academy.mentoring.speed.composing import services
from academy.mentoring.speed.composing.services import NothingPlanned, NotLive
from academy.mentoring.speed.models import SpeedMeeting
from academy.mentoring.speed.organising import queries
from academy.mentoring.speed.organising import services as organising
from academy.people import services as people
from academy.people.models import Person, Role
from academy.post import jobs
from tests.conftest import MONDAY, Counting
from tests.factories import TODAY, make_person, make_site
from tests.meetings import NEXT_MONDAY, asked, compose, gather, meetings, seats
from tests.programmes import call, draft, volunteer

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def organiser(context: Flask) -> Person:
    return make_person(Role.ORGANISER)


def together(programme: int) -> list[set[int]]:
    return [set(seats(each)) for each in meetings(programme)]


def test_volunteers_are_put_into_meetings_and_nobody_is_told(organiser: Person) -> None:
    number = call(organiser)
    everybody = gather(number, 4, 4)
    work = compose(number, organiser)

    (meeting,) = meetings(number)
    assert (work.state, work.share, work.said["meetings"]) == (Progress.DONE, 100, 1)
    assert (meeting.state, meeting.starts_at, meeting.place) == ("planned", NEXT_MONDAY, "remote")
    assert (meeting.language, meeting.chairs, meeting.talk_seconds) == ("en", 12, 300)
    assert set(seats(meeting)) == {person.id for person in everybody}
    assert {seat.reply for seat in seats(meeting).values()} == {"placed"}


def test_a_form_sent_twice_composes_once_and_a_second_organiser_sees_the_first(
    organiser: Person,
) -> None:
    number, other = call(organiser), make_person(Role.ORGANISER)
    gather(number)
    first = services.ask(number, Kind.COMPOSE, asked(), "abcdef01", organiser.id, MONDAY)
    assert services.ask(number, Kind.COMPOSE, asked(), "abcdef01", organiser.id, MONDAY) == first
    assert services.ask(number, Kind.COMPOSE, asked(), "abcdef02", other.id, MONDAY) == first
    db.session.commit()
    jobs.drain()
    assert services.ask(number, Kind.COMPOSE, asked(), "abcdef01", organiser.id, MONDAY) == first
    assert services.ask(number, Kind.COMPOSE, asked(), "abcdef02", other.id, MONDAY) != first
    assert len(meetings(number)) == 1


def test_what_nobody_finished_keeps_nobody_from_asking_again(organiser: Person) -> None:
    number = call(organiser)
    first = services.ask(number, Kind.COMPOSE, asked(), "abcdef01", organiser.id, MONDAY)
    later = MONDAY + timedelta(hours=2)
    assert services.ask(number, Kind.COMPOSE, asked(), "abcdef02", organiser.id, later) != first


def test_a_draft_and_a_programme_never_composed_are_refused(organiser: Person) -> None:
    with pytest.raises(NotLive):
        services.ask(draft(organiser), Kind.COMPOSE, asked(), "abcdef01", organiser.id, MONDAY)
    with pytest.raises(NothingPlanned):
        services.ask(call(organiser), Kind.RECOMPOSE, None, "abcdef02", organiser.id, MONDAY)


def test_one_person_alone_gets_no_meeting_and_the_reason_is_said(organiser: Person) -> None:
    number = call(organiser)
    (alone,) = gather(number, 1, 0)
    work = compose(number, organiser)

    assert (work.state, work.said["meetings"], meetings(number)) == (Progress.DONE, 0, [])
    (left,), _more = queries.left_out(number, 0)
    assert left.name.endswith(alone.family_name)
    assert queries.reasons(number)[str(left.id)] == [Why.NOBODY]


def test_an_empty_programme_composes_nothing(organiser: Person) -> None:
    assert compose(call(organiser), organiser).said["meetings"] == 0


def test_each_is_left_out_for_their_own_reason(organiser: Person) -> None:
    number = call(organiser)
    gather(number, 3, 3)
    cases = {
        Why.SLOT: {"slots": ["3-pm"]},
        Why.PLACE: {"places": ["Lyon"]},
        Why.LANGUAGE: {"languages": ["de"]},
    }
    strange = {why: gather(number, 1, 0, **said)[0] for why, said in cases.items()}
    compose(number, organiser)

    people, _more = queries.left_out(number, 0)
    found = {each.name.split()[-1]: queries.reasons(number)[str(each.id)][0] for each in people}
    assert found == {person.family_name: why for why, person in strange.items()}


def test_whoever_is_both_helps_the_side_that_is_short(organiser: Person) -> None:
    number = call(organiser)
    gather(number, 1, 4)
    both = [make_person(), make_person()]
    for person in both:
        volunteer(person, number, side=Side.BOTH, offered=["own:1"], wanted=["theme:culture"])
    compose(number, organiser)

    (meeting,) = meetings(number)
    assert {seats(meeting)[person.id].side for person in both} == {"mentor"}


def test_half_days_are_those_where_somebody_lives(organiser: Person) -> None:
    """10:00 UTC is Monday morning in Paris, and Monday evening in Auckland."""
    number = call(organiser)
    gather(number, 2, 2)
    far = gather(number, 1, 0)[0]
    far.zone = "Pacific/Auckland"
    db.session.commit()
    compose(number, organiser)
    assert all(far.id not in each for each in together(number))


def test_nobody_sits_with_somebody_of_their_line_or_whom_they_avoid(organiser: Person) -> None:
    number = call(organiser)
    boss, junior, middle, *rest = gather(number, 2, 3)
    chief, entity = make_person(), make_site()
    for person, manager in ((junior, chief), (chief, middle), (boss, None)):
        people.post(person, entity, "sales", TODAY, manager)
    db.session.flush()
    avoiding.avoid(rest[0].id, number, boss.id, MONDAY)
    db.session.commit()
    compose(number, organiser, moments=(NEXT_MONDAY, NEXT_MONDAY + timedelta(minutes=30)), fewest=1)

    for each in together(number):
        assert not {junior.id, middle.id} <= each
        assert not {rest[0].id, boss.id} <= each


def test_lines_that_may_meet_and_lines_in_a_circle() -> None:
    managers = {1: 2, 2: 3, 3: 1, 9: 1}
    assert (
        apart.kept_apart(managers, [1, 9], [2, 3], None) == {(1, 2), (1, 3), (9, 2), (9, 3)} | set()
    )
    assert apart.kept_apart({1: 2, 2: 3}, [1], [2, 3], 1) == {(1, 2)}


def test_the_locked_stay_and_others_are_composed_anew(organiser: Person) -> None:
    number = call(organiser)
    everybody = gather(number, 3, 3)
    compose(number, organiser)
    (before,) = meetings(number)
    organising.lock(number, before.id, before.version, everybody[0].id, True, MONDAY)
    db.session.commit()
    compose(number, organiser, moments=(NEXT_MONDAY + timedelta(minutes=30),))

    kept = {each.id: each for each in meetings(number)}
    assert before.id in kept
    assert seats(before.id)[everybody[0].id].locked
    assert kept[before.id].version > before.version or kept[before.id] is before


def test_composing_again_moves_nobody_who_may_stay_and_seats_newcomers(organiser: Person) -> None:
    number = call(organiser)
    gather(number, 3, 3)
    compose(number, organiser)
    (before,) = meetings(number)
    was = set(seats(before))
    late = gather(number, 1, 1)
    compose(number, organiser, Kind.RECOMPOSE)

    (after,) = meetings(number)
    assert after.id == before.id
    assert set(seats(after)) == was | {person.id for person in late}


def test_announced_meetings_stay_and_their_people_are_not_composed_again(organiser: Person) -> None:
    number = call(organiser)
    first = gather(number, 2, 2)
    compose(number, organiser)
    organising.announce_all(number, MONDAY)
    db.session.commit()
    second = gather(number, 2, 2)
    compose(number, organiser)

    assert together(number) == [
        {person.id for person in first},
        {person.id for person in second},
    ]


def test_what_an_organiser_did_meanwhile_is_not_lost(
    organiser: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody locks a seat while the worker composes."""
    number = call(organiser)
    everybody = gather(number, 3, 3)
    compose(number, organiser)
    (before,) = meetings(number)
    begin = services.progress

    def meanwhile(work: int, share: int) -> bool:
        monkeypatch.setattr(services, "progress", begin)
        organising.lock(number, before.id, before.version, everybody[0].id, True, MONDAY)
        return begin(work, share)

    monkeypatch.setattr(services, "progress", meanwhile)
    work = compose(number, organiser)

    assert (work.state, work.said) == (Progress.FAILED, {"why": "changed"})
    assert [each.id for each in meetings(number)] == [before.id]


def test_whoever_withdraws_while_others_are_composed_gets_no_seat(
    organiser: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = call(organiser)
    gone = gather(number, 3, 3)[0]
    begin = services.progress

    def meanwhile(work: int, share: int) -> bool:
        monkeypatch.setattr(services, "progress", begin)
        programmes.step_out(gone.id, number, MONDAY)
        return begin(work, share)

    monkeypatch.setattr(services, "progress", meanwhile)
    compose(number, organiser)
    assert gone.id not in seats(meetings(number)[0])


def test_locks_nobody_can_honour_are_said(organiser: Person) -> None:
    number = call(organiser)
    everybody = gather(number, 2, 2)
    compose(number, organiser)
    for person in (everybody[0], everybody[2]):
        (meeting,) = meetings(number)
        organising.lock(number, meeting.id, meeting.version, person.id, True, MONDAY)
    avoiding.avoid(everybody[0].id, number, everybody[2].id, MONDAY)
    db.session.commit()
    work = compose(number, organiser)
    assert (work.state, work.said) == (Progress.FAILED, {"why": "locks"})
    assert len(meetings(number)) == 1


def test_a_fault_is_said_and_nothing_is_replaced(
    organiser: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = call(organiser)
    gather(number)
    compose(number, organiser)
    monkeypatch.setattr(services, "keep", lambda *_about: 1 / 0)
    work = compose(number, organiser)
    assert (work.state, work.said) == (Progress.FAILED, {"why": "fault"})
    assert len(meetings(number)) == 1


def test_rooms_are_not_given_twice(organiser: Person) -> None:
    number = call(organiser)
    gather(number, 6, 6, places=["Lyon"], languages=["en", "fr"])
    compose(number, organiser, places=("Lyon",), at_once=1, wanted=3, most=3)
    assert len(meetings(number)) == 1
    organising.announce_all(number, MONDAY)
    db.session.commit()
    compose(number, organiser, places=("Lyon",), at_once=1, wanted=3, most=3)
    assert len(meetings(number)) == 1


def test_every_reason_has_words(context: Flask) -> None:
    with context.test_request_context():
        said = {words.why([why], "Europe/Paris") for why in Why}
        where = words.why(
            [Why.TOO_FEW, NEXT_MONDAY.isoformat(), "remote", "en", 1, 2], "Europe/Paris"
        )
    assert len(said) == len(Why)
    assert "1 mentors" not in where or "2 mentees" in where


def test_a_large_pool_is_composed_in_a_bounded_number_of_statements(
    organiser: Person, count_statements: Counting
) -> None:
    def statements(more: int) -> int:
        number = call(organiser)
        gather(number, more, more)
        services.ask(
            number, Kind.COMPOSE, asked(wanted=3, most=4), f"{more:x}000001", organiser.id, MONDAY
        )
        db.session.commit()
        with count_statements() as sent:
            jobs.drain()
        told = [each for each in sent if "SET share=" in each]
        assert db.session.scalar(select(func.count()).select_from(SpeedMeeting)) or 0
        return len(sent) - len(told)

    assert statements(4) == statements(12)
    assert db.session.scalar(select(func.count()).select_from(Work)) == 2
