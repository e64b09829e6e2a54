"""The organiser's board: figures and names of pairs, never a word of theirs; ending a pair; the table."""

import csv
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from io import StringIO

import pytest

from academy.database import db
from academy.mentoring.board.summing import table
from academy.mentoring.pairs import services
from academy.mentoring.pairs.models import Health
from academy.mentoring.programmes.rules import Side
from academy.mentoring.speed.models import Presence, Reply, Seat, SpeedMeeting, Stage, Talk
from academy.mentoring.wishes.models import Ballot
from academy.people import audit
from academy.people import services as people
from academy.people.models import Person, Role
from tests import programmes
from tests.conftest import MONDAY
from tests.factories import make_person, make_site
from tests.pages.conftest import Behind, forge
from tests.pairs import begin, feel, meet, of, publish
from tests.visitor import Visitor

Counting = Callable[[], AbstractContextManager[list[str]]]
Clock = Callable[[datetime], None]


@pytest.fixture
def sofia(behind: Behind) -> Person:
    with behind():
        return make_person(Role.ORGANISER)


@pytest.fixture
def programme(behind: Behind, sofia: Person) -> int:
    with behind():
        return programmes.call(sofia)


def people_of(count: int) -> list[Person]:
    return [make_person() for _each in range(count)]


def test_the_board_shows_how_far_people_came_and_how_pairs_are(
    visitor: Visitor, behind: Behind, sofia: Person, programme: int, now: Clock
) -> None:
    with behind():
        ines, hugo, zoe, max_, eve = people_of(5)
        for person in (ines, hugo, zoe):
            programmes.volunteer(person, programme, side=Side.MENTOR)
        _speed_meeting(programme, came=[ines, hugo], stayed_away=[zoe])
        db.session.add(
            Ballot(programme_id=programme, person_id=ines.id, saved_at=MONDAY, handed_in_at=MONDAY)
        )
        on_track = begin(programme, ines, hugo)
        asks = begin(programme, zoe, max_)
        publish(programme, eve, hugo)
        meet(ines, on_track, date(2026, 3, 12), words="Secret words.")
        meet(ines, on_track, date(2026, 4, 3))
        services.ask_another(asks, MONDAY)
        db.session.commit()
    now(MONDAY + timedelta(days=36))

    page = visitor.as_person(sofia).get(f"/mentoring/programmes/{programme}")
    page = visitor.get(page.link("Board"))
    figures = page.all(".funnel strong")
    assert figures == ["6", "3", "3", "2", "1", "5", "4", "2 / 2", "10", "–"]
    assert "1 speed meeting announced, 1 held." in page.text
    assert page.all(".health li") == [
        "Asks for another match · 1",
        "Silent · 0",
        "Not signed yet · 1",
        "On track · 1",
        "Closed with thanks · 0",
        "Ended early · 0",
    ]
    assert "Secret words." not in page.text
    assert f"Ada {zoe.family_name} → Ada {max_.family_name}" in page.all(".line-title")[0]


def test_satisfaction_is_shown_from_five_people_on(
    visitor: Visitor, behind: Behind, sofia: Person, programme: int
) -> None:
    with behind():
        staff = people_of(6)
        pairs = [begin(programme, staff[place], staff[place + 1]) for place in (0, 2, 4)]
        for place, person in enumerate(staff[:4]):
            feel(person, pairs[place // 2], 3)
    board = f"/mentoring/programmes/{programme}/board"
    page = visitor.as_person(sofia).get(board)
    assert "shown from five answers on" in page.text
    assert "3 / 3" not in page.text

    with behind():
        feel(staff[4], pairs[2], 1)
    page = visitor.get(board)
    assert "2.6 / 3" in page.text
    assert "said by 5 people" in page.text


def test_an_organiser_ends_a_pair_after_being_asked(
    visitor: Visitor, behind: Behind, sofia: Person, programme: int
) -> None:
    with behind():
        ines, hugo = people_of(2)
        number = begin(programme, ines, hugo)
    visitor.as_person(sofia)
    page = visitor.get(f"/mentoring/programmes/{programme}/board")
    page = visitor.get(page.link("End this pair"))
    page = visitor.submit(page, "/part")
    assert "both are told kindly" in page.text
    assert "Ended early · 1" in page.text

    with behind():
        assert of(number).state == Health.PARTED
        acts = [entry.act for entry in audit.entries(audit.Wanted())[0]]
        assert acts[0] == "pair-parted"
    assert "nobody is to blame" in visitor.as_person(ines).get("/notices").text


def test_a_pair_is_ended_in_its_own_programme_and_within_reach_only(
    visitor: Visitor, behind: Behind, sofia: Person, programme: int
) -> None:
    with behind():
        ines, hugo = people_of(2)
        other = programmes.call(sofia)
        number = begin(other, ines, hugo)
        near = make_person()
        people.grant(near, [Role.ORGANISER], date(2026, 1, 5), make_site())
        db.session.commit()
    forge(
        visitor.as_person(sofia), f"/mentoring/programmes/{programme}/pairs/{number}/part", {}, 404
    )
    for path in ("board", "pairs.csv", f"pairs/{number}/part"):
        visitor.as_person(near).get(f"/mentoring/programmes/{other}/{path}", 404)
    with behind():
        assert of(number).state == Health.LIVE


def test_an_organiser_does_not_learn_that_their_own_pair_asks(
    visitor: Visitor, behind: Behind, sofia: Person, programme: int
) -> None:
    with behind():
        number = begin(programme, make_person(), sofia)
        services.ask_another(number, MONDAY)
        db.session.commit()

    page = visitor.as_person(sofia).get(f"/mentoring/programmes/{programme}/board")
    assert "Asks for another match · 0" in page.text


def test_the_table_has_days_and_numbers_and_no_formula(
    visitor: Visitor, behind: Behind, sofia: Person, programme: int
) -> None:
    with behind():
        ines, hugo = people_of(2)
        people.rename(ines, "=SUM(A1)", "Moreau")
        db.session.commit()
        number = begin(programme, ines, hugo)
        meet(ines, number, words="Secret words.")
        feel(ines, number, 1)
    answer = visitor.as_person(sofia).get(f"/mentoring/programmes/{programme}/pairs.csv").response

    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows[0][:4] == ["Pair", "Mentor", "Mentee", "How it is"]
    assert rows[1] == [
        str(number),
        "'=SUM(A1) Moreau",
        f"Ada {hugo.family_name}",
        "On track",
        "2026-03-02",
        "2026-03-02",
        "2026-07-01",
        "1",
        "0",
        "2026-03-02",
        "2026-03-02",
    ]
    assert "Secret" not in answer.text


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@A1", "\tx", "\rx"])
def test_no_cell_begins_a_formula(cell: str) -> None:
    assert f'"\'{cell}"' in table(["a"], [[cell]], ";")


def test_the_board_asks_as_much_for_many_pairs_as_for_none(
    visitor: Visitor, behind: Behind, count_statements: Counting, sofia: Person, programme: int
) -> None:
    visitor.as_person(sofia)
    board = f"/mentoring/programmes/{programme}/board"
    counted = []
    for more in (0, 45):
        with behind():
            mentee = make_person()
            for mentor in people_of(more):
                publish(programme, mentor, mentee)
        with count_statements() as statements:
            page = visitor.get(board)
        counted.append(len(statements))
    assert counted == [8, 8]

    assert len(page.all(".board-pairs li")) == 40
    page = visitor.get(page.link("Older"))
    assert len(page.all(".board-pairs li")) == 5
    assert page.link("Newer") == f"{board}?page=1"
    for turn in ("0", "x", "99", str(2**62)):
        visitor.get(f"{board}?page={turn}")


def _speed_meeting(programme: int, came: list[Person], stayed_away: list[Person]) -> None:
    """One that was held; of those who came, the organiser marked the first alone."""
    meeting = SpeedMeeting(
        programme_id=programme,
        state=Stage.HELD,
        starts_at=MONDAY,
        zone="Europe/Paris",
        place="remote",
        language="en",
        seed=1,
    )
    db.session.add(meeting)
    db.session.flush()
    for person in (*came, *stayed_away):
        presence = Presence.PRESENT if person is came[0] else Presence.EXPECTED
        presence = Presence.ABSENT if person in stayed_away else presence
        db.session.add(
            Seat(
                meeting_id=meeting.id,
                person_id=person.id,
                side=Side.MENTOR,
                reply=Reply.CONFIRMED,
                invited_at=MONDAY,
                presence=presence,
            )
        )
    db.session.add(
        Talk(
            meeting_id=meeting.id,
            round=1,
            table_number=1,
            mentor_id=came[0].id,
            mentee_id=came[1].id,
        )
    )
    db.session.commit()
