"""The life of a pair, on both databases."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import func, select, update

from academy.community.groups import queries as groups
from academy.community.models import Group, Membership
from academy.database import db
from academy.deeds.models import Deed
from academy.deeds.verbs import Verb
from academy.mentoring.pairs import jobs, queries, rooms, services
from academy.mentoring.pairs.meetings import services as meetings
from academy.mentoring.pairs.meetings.services import (
    AnotherOne,
    Meeting,
    NotThen,
    Offer,
    SlotGone,
    WrittenAlready,
)
from academy.mentoring.pairs.models import Health, MentoringPair, Settled
from academy.mentoring.pairs.services import Agreed, NotLive, ReadAgain, TooEarly
from academy.mentoring.programmes.models import Programme
from academy.notices import queries as notices
from academy.notices.words import said, target
from academy.people import services as people
from academy.people.models import Person, Role
from academy.privacy import services as privacy
from academy.rewards import queries as rewards
from tests import programmes
from tests.conftest import MONDAY
from tests.factories import TODAY, make_person, make_site
from tests.pairs import (
    AGREED,
    appointments,
    begin,
    entries,
    feel,
    meet,
    of,
    propose,
    publish,
    pulses,
    sign,
)
from tests.services.crowd import all_at_once

TUESDAY = MONDAY + timedelta(days=1)
WEEK = timedelta(weeks=1)


@pytest.fixture
def sofia(context: Flask) -> Person:
    return make_person(Role.ORGANISER)


@pytest.fixture
def ines(context: Flask) -> Person:
    return make_person()


@pytest.fixture
def hugo(context: Flask) -> Person:
    return make_person()


@pytest.fixture
def programme(sofia: Person) -> int:
    return programmes.call(sofia)


@pytest.fixture
def live(programme: int, ines: Person, hugo: Person) -> int:
    return begin(programme, ines, hugo)


@pytest.fixture
def heard(context: Flask) -> Callable[[Person], list[str]]:
    """What somebody was told of pairs, the latest first; every notice leads somewhere."""

    def told(person: Person) -> list[str]:
        with context.test_request_context(), force_locale("en"):
            found = notices.page(person.id)[0]
            of_pairs = [each for each in found if each.kind.startswith("pair_")]
            assert all(target(each)[0].startswith("mentoring.") for each in of_pairs)
            return [said(each) for each in of_pairs]

    return told


Heard = Callable[[Person], list[str]]


def deeds(verb: Verb) -> int:
    return db.session.scalar(select(func.count()).where(Deed.verb == verb)) or 0


def test_the_second_signature_begins_the_first_month(
    programme: int, ines: Person, hugo: Person, heard: Heard
) -> None:
    number = publish(programme, ines, hugo)

    assert sign(ines, number).state == Health.NEW
    name = f"{ines.given_name} {ines.family_name}"
    assert heard(hugo) == [f"{name} has signed the agreement of your pair: your turn."]
    pair = sign(hugo, number, TUESDAY)

    assert (pair.state, pair.began_on) == (Health.LIVE, TUESDAY.date())
    assert "the first month of your pair begins" in heard(ines)[0]


def test_a_signature_sent_twice_counts_once(
    programme: int, ines: Person, hugo: Person, heard: Heard
) -> None:
    number = publish(programme, ines, hugo)
    for _twice in range(2):
        services.sign(ines.id, number, 1, AGREED, MONDAY, TODAY)
    for _twice in range(2):
        services.sign(hugo.id, number, 2, AGREED, MONDAY, TODAY)
    db.session.commit()

    assert (of(number).version, of(number).state) == (3, Health.LIVE)
    assert len(heard(hugo)) == 1


def test_other_words_ask_for_the_other_signature_again(
    programme: int, ines: Person, hugo: Person, heard: Heard
) -> None:
    number = publish(programme, ines, hugo)
    sign(ines, number)
    pair = sign(hugo, number, agreed=Agreed("weekly", "On the telephone"))

    assert (pair.state, pair.mentor_signed_at) == (Health.NEW, None)
    assert "proposes another agreement" in heard(ines)[0]
    assert sign(ines, number, agreed=Agreed("weekly", "On the telephone")).state == Health.LIVE


def test_who_read_older_words_signs_nothing(programme: int, ines: Person, hugo: Person) -> None:
    number = publish(programme, ines, hugo)
    sign(ines, number)

    with pytest.raises(ReadAgain):
        services.sign(hugo.id, number, 1, AGREED, MONDAY, TODAY)
    assert of(number).mentee_signed_at is None


def test_nobody_signs_a_pair_that_is_over(live: int, ines: Person, sofia: Person) -> None:
    services.part(live, sofia.id, MONDAY)
    db.session.commit()

    with pytest.raises(NotLive):
        services.sign(ines.id, live, 3, Agreed("weekly", "Elsewhere"), MONDAY, TODAY)
    for act in (
        lambda: services.ask_another(live, MONDAY),
        lambda: services.feel(ines.id, live, 3, MONDAY, TODAY),
        lambda: services.close(ines.id, live, "", MONDAY, TODAY),
        lambda: services.share(ines.id, live, True),
        lambda: propose(ines, live, TUESDAY),
        lambda: meet(ines, live),
    ):
        with pytest.raises(NotLive):
            act()


def test_only_the_mentee_shares(live: int, ines: Person, hugo: Person) -> None:
    with pytest.raises(NotLive):
        services.share(ines.id, live, True)
    services.share(hugo.id, live, True)
    db.session.commit()

    assert of(live).shares


def test_the_other_takes_one_time_and_the_rest_is_let_go(
    live: int, ines: Person, hugo: Person, heard: Heard
) -> None:
    first, second, third = propose(
        ines, live, TUESDAY, TUESDAY + timedelta(days=1), TUESDAY + timedelta(days=2)
    )
    with pytest.raises(AnotherOne):
        meetings.accept(ines.id, live, second, MONDAY)
    for _twice in range(2):
        meetings.accept(hugo.id, live, second, MONDAY)
    db.session.commit()

    assert {each.id: each.state for each in appointments(live)} == {
        first: Settled.CANCELLED,
        second: Settled.AGREED,
        third: Settled.CANCELLED,
    }
    with pytest.raises(SlotGone):
        meetings.accept(hugo.id, live, first, MONDAY)
    assert [each.id for each in queries.slots(live, MONDAY)] == [second]
    assert len([each for each in heard(ines) if "accepts the time" in each]) == 1


def test_the_same_times_sent_twice_are_proposed_once_and_later_ones_replace_them(
    live: int, ines: Person, hugo: Person, heard: Heard
) -> None:
    once = propose(ines, live, TUESDAY, token="same")
    assert propose(ines, live, TUESDAY, token="same") == once
    theirs = propose(hugo, live, TUESDAY + WEEK)
    propose(ines, live, TUESDAY + 2 * WEEK)

    states = [each.state for each in appointments(live)]
    assert states == [Settled.CANCELLED, Settled.PROPOSED, Settled.PROPOSED]
    assert len(theirs) == 2
    assert len([each for each in heard(hugo) if "proposes times" in each]) == 2


def test_a_time_that_has_come_is_no_longer_taken(live: int, ines: Person, hugo: Person) -> None:
    (slot,) = propose(ines, live, TUESDAY)

    with pytest.raises(SlotGone):
        meetings.accept(hugo.id, live, slot, TUESDAY)
    with pytest.raises(SlotGone):
        meetings.accept(hugo.id, live, slot + 1000, MONDAY)
    with pytest.raises(SlotGone):
        meetings.cancel(hugo.id, live, slot + 1000, MONDAY)


def test_an_agreed_time_cancelled_twice_is_told_once(
    live: int, ines: Person, hugo: Person, heard: Heard
) -> None:
    (slot,) = propose(ines, live, TUESDAY)
    meetings.accept(hugo.id, live, slot, MONDAY)
    for _twice in range(2):
        meetings.cancel(hugo.id, live, slot, MONDAY)
    db.session.commit()

    assert appointments(live)[0].sequence == 1
    assert len([each for each in heard(ines) if "cannot make the time" in each]) == 1


def test_a_slot_of_another_pair_is_nobodys_here(
    programme: int, live: int, ines: Person, sofia: Person
) -> None:
    other = begin(programme, ines, sofia)
    (slot,) = propose(ines, other, TUESDAY)

    assert queries.slot(slot, live) is None


def test_a_meeting_is_a_deed_for_both_once_a_month(live: int, ines: Person, hugo: Person) -> None:
    meet(ines, live, TODAY)
    meet(hugo, live, date(2026, 3, 20))
    assert deeds(Verb.MENTORING_HELD) == 2
    meet(hugo, live, date(2026, 4, 10))

    assert deeds(Verb.MENTORING_HELD) == 4
    for person in (ines, hugo):
        assert "mentoring-met" in rewards.held(person.id)


def test_the_same_form_twice_and_the_same_day_twice_are_one_meeting(
    live: int, ines: Person, hugo: Person, heard: Heard
) -> None:
    meet(ines, live, token="same")
    meet(ines, live, token="same")
    with pytest.raises(WrittenAlready):
        meet(hugo, live)
    db.session.rollback()

    assert len(entries(live)) == 1
    assert "has written down your mentoring meeting of 2 March 2026" in heard(hugo)[0]


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), TODAY + timedelta(days=1)])
def test_a_meeting_before_the_pair_or_in_the_future_is_refused(
    live: int, ines: Person, day: date
) -> None:
    with pytest.raises(NotThen):
        meet(ines, live, day, at=MONDAY)
    assert entries(live) == []


def test_a_second_answer_in_a_month_replaces_the_first(live: int, ines: Person) -> None:
    feel(ines, live, 1)
    feel(ines, live, 3)
    feel(ines, live, 2, MONDAY + 5 * WEEK)

    assert [(each.month, each.mood) for each in pulses(live)] == [(1, 3), (2, 2)]
    assert queries.mood(live, ines.id, 1) == 3


def test_who_asks_for_another_pair_is_kept_nowhere(
    live: int, ines: Person, hugo: Person, sofia: Person, heard: Heard
) -> None:
    names = [column.name for column in MentoringPair.__table__.c]
    before = {name: getattr(of(live), name) for name in names}
    for _twice in range(2):
        services.ask_another(live, MONDAY)
    db.session.commit()

    pair = of(live)
    changed = {name for name, value in before.items() if getattr(pair, name) != value}
    assert changed == {"other_wanted_at"}
    assert ["would like another match" in each for each in heard(sofia)] == [True]
    assert not any("another" in each for each in heard(ines) + heard(hugo))


def test_an_organiser_in_the_pair_is_not_told_that_it_asks(
    programme: int, ines: Person, sofia: Person, heard: Heard
) -> None:
    number = begin(programme, ines, sofia)
    services.ask_another(number, MONDAY)
    db.session.commit()

    assert not any("another match" in each for each in heard(sofia))


def test_only_organisers_within_reach_hear_of_a_pair(context: Flask, sofia: Person) -> None:
    team = make_site()
    elsewhere = make_site()
    near, far = make_person(), make_person()
    people.grant(near, [Role.ORGANISER], date(2026, 1, 5), team)
    people.grant(far, [Role.ORGANISER], date(2026, 1, 5), elsewhere)
    number = programmes.call(sofia, entity_id=team.id)
    found = db.session.get_one(Programme, number)

    assert queries.organisers(found, TODAY) == {sofia.id, near.id}


def test_a_pair_closed_early_stays_and_one_with_all_its_meetings_is_a_mentorship_completed(
    live: int, ines: Person, hugo: Person, heard: Heard
) -> None:
    for day in (TODAY, date(2026, 4, 10), date(2026, 5, 10), date(2026, 6, 10)):
        meet(ines, live, day)
    with pytest.raises(TooEarly):
        services.close(ines.id, live, "", MONDAY, date(2026, 6, 1))
    end = MONDAY.replace(month=6, day=12)
    for words in ("Thank you, Hugo.", ""):
        services.close(ines.id, live, words, end, end.date())
    services.close(hugo.id, live, "Thank you too.", end, end.date())
    db.session.commit()

    pair = of(live)
    assert (pair.state, pair.mentor_thanks, pair.mentee_thanks) == (
        Health.CLOSED,
        "Thank you, Hugo.",
        "Thank you too.",
    )
    assert deeds(Verb.MENTORSHIP_DONE) == 2
    assert "mentorship" in rewards.held(hugo.id)
    assert "has closed your pair with thanks" in heard(hugo)[0]


def test_a_pair_with_fewer_meetings_closes_without_the_deed(live: int, ines: Person) -> None:
    meet(ines, live)
    end = MONDAY.replace(month=6, day=12)
    services.close(ines.id, live, "", end, end.date())
    db.session.commit()

    assert of(live).state == Health.CLOSED
    assert deeds(Verb.MENTORSHIP_DONE) == 0


def test_silence_is_told_to_the_two_then_to_the_organisers_each_once(
    live: int, ines: Person, hugo: Person, sofia: Person, heard: Heard
) -> None:
    meet(ines, live, words="Secret words.")
    for days in (27, 28, 29, 34):
        jobs.look_after_pairs(MONDAY + timedelta(days=days))
    assert ["Four weeks" in each for each in heard(ines)].count(True) == 1
    assert ["Four weeks" in each for each in heard(hugo)].count(True) == 1
    assert heard(sofia) == []

    for days in (35, 36):
        jobs.look_after_pairs(MONDAY + timedelta(days=days))
    assert heard(sofia) == ["A pair of “Adopt a mentor” has written nothing down for five weeks."]

    meet(hugo, live, TODAY + timedelta(days=36))
    jobs.look_after_pairs(MONDAY + timedelta(days=36 + 35))
    assert len(heard(sofia)) == 2
    assert ["Four weeks" in each for each in heard(ines)].count(True) == 2


def test_a_live_pair_that_never_wrote_is_silent_too(
    live: int, ines: Person, sofia: Person, heard: Heard
) -> None:
    jobs.look_after_pairs(MONDAY + timedelta(days=35))

    assert len(heard(sofia)) == 1
    assert "Four weeks" in heard(ines)[0]


def test_a_pair_nobody_closed_closes_by_itself_and_is_not_called_silent(
    live: int, ines: Person, hugo: Person, sofia: Person, heard: Heard
) -> None:
    for day in (TODAY, date(2026, 4, 10), date(2026, 5, 10), date(2026, 6, 20)):
        meet(ines, live, day)
    jobs.look_after_pairs(MONDAY.replace(month=7, day=29))
    assert of(live).state == Health.LIVE
    jobs.look_after_pairs(MONDAY.replace(month=7, day=30))
    jobs.look_after_pairs(MONDAY.replace(month=8, day=30))

    assert of(live).state == Health.CLOSED
    assert heard(sofia) == []
    assert sum("The months of your pair are over" in each for each in heard(hugo)) == 1


def test_rooms_open_once_for_the_two_and_for_the_mentors(
    programme: int, ines: Person, hugo: Person, sofia: Person
) -> None:
    first = publish(programme, ines, hugo)
    second = publish(programme, ines, sofia)
    third = publish(programme, hugo, sofia)
    for _twice in range(2):
        jobs.look_after_pairs(MONDAY)
        for number in (first, second, third):
            rooms.open_rooms(of(number), MONDAY)
            db.session.commit()

    found = {group.owner_subject: group for group in db.session.scalars(select(Group))}
    mentors = found[f"programme:{programme}:mentors"]
    assert len(found) == 4
    assert {group.visibility for group in found.values()} == {"hidden"}
    assert mentors.member_count == 2
    room = of(first).room_id
    assert room is not None
    members = select(Membership.person_id).where(Membership.group_id == room)
    assert set(db.session.scalars(members)) == {ines.id, hugo.id}
    assert groups.group_seen(sofia.id, room) is None


def test_an_organiser_parts_a_pair_once_and_both_are_told(
    live: int, ines: Person, hugo: Person, sofia: Person, heard: Heard
) -> None:
    for _twice in range(2):
        services.part(live, sofia.id, MONDAY)
    db.session.commit()

    assert of(live).state == Health.PARTED
    for person in (ines, hugo):
        assert sum("nobody is to blame" in each for each in heard(person)) == 1


def test_a_closed_pair_is_not_parted(live: int, ines: Person, sofia: Person) -> None:
    end = MONDAY.replace(month=6, day=12)
    services.close(ines.id, live, "", end, end.date())
    with pytest.raises(NotLive):
        services.part(live, sofia.id, end)


def test_who_leaves_the_company_is_missed_at_once_and_the_other_is_told_kindly(
    live: int, ines: Person, hugo: Person, heard: Heard
) -> None:
    db.session.execute(update(Person).where(Person.id == ines.id).values(active=False))
    db.session.commit()

    seen = queries.seen(live, hugo.id)
    assert seen is not None
    assert (seen.state, of(live).state) == (Health.PARTED, Health.LIVE)

    for _twice in range(2):
        jobs.look_after_pairs(MONDAY)
    assert of(live).state == Health.PARTED
    assert sum("your colleague is no longer there" in each for each in heard(hugo)) == 1
    assert not any("no longer there" in each for each in heard(ines))


def test_who_is_erased_takes_the_pair_along_and_the_other_is_told_kindly(
    live: int, ines: Person, hugo: Person, heard: Heard
) -> None:
    meet(ines, live, words="Secret words.")
    feel(hugo, live, 3)
    privacy.erase(ines.id, MONDAY)
    db.session.commit()

    assert queries.mine(hugo.id) == []
    assert [*entries(live), *appointments(live), *pulses(live)] == []
    assert sum("your colleague is no longer there" in each for each in heard(hugo)) == 1


def test_a_pair_of_others_is_nobodys(live: int, ines: Person, sofia: Person) -> None:
    assert queries.seen(live, sofia.id) is None
    assert queries.mine(sofia.id) == []
    assert [each.pair.id for each in queries.mine(ines.id)] == [live]


def test_the_log_is_paged_by_day(live: int, ines: Person) -> None:
    for day in range(2, 2 + queries.PAGE + 1):
        meet(ines, live, date(2026, 3, day))

    first, older = queries.log(live, None)
    rest, end = queries.log(live, older)
    assert (len(first), len(rest), end) == (queries.PAGE, 1, None)
    assert first[0].held_on == date(2026, 3, 14)


@pytest.fixture
def two(app: Flask) -> tuple[int, int, int]:
    """A pair both have signed and its two people, and no context left open."""
    with app.app_context():
        sofia, ines, hugo = make_person(Role.ORGANISER), make_person(), make_person()
        return begin(programmes.call(sofia), ines, hugo), ines.id, hugo.id


def test_a_meeting_written_by_both_at_the_same_moment_is_one(
    app: Flask, two: tuple[int, int, int]
) -> None:
    number, *people_ids = two

    def written(place: int) -> bool:
        meeting = Meeting(TODAY, 60, [], "")
        try:
            meetings.write(people_ids[place % 2], number, meeting, f"form-{place}", MONDAY, TODAY)
            db.session.commit()
        except WrittenAlready:
            db.session.rollback()
            return False
        return True

    assert all_at_once(app, written).count(True) == 1
    with app.app_context():
        assert len(entries(number)) == 1
        assert deeds(Verb.MENTORING_HELD) == 2


def test_a_time_taken_by_many_tabs_is_agreed_once(app: Flask, two: tuple[int, int, int]) -> None:
    number, ines, hugo = two
    with app.app_context():
        offer = Offer([TUESDAY, TUESDAY + WEEK], 60, "")
        meetings.propose(ines, number, offer, "form", MONDAY)
        db.session.commit()
        slots = [each.id for each in appointments(number)]

    def taken(place: int) -> bool:
        try:
            meetings.accept(hugo, number, slots[place % 2], MONDAY)
            db.session.commit()
        except SlotGone:
            db.session.rollback()
            return False
        return True

    assert any(all_at_once(app, taken))
    with app.app_context():
        assert sorted(each.state for each in appointments(number)) == ["agreed", "cancelled"]
