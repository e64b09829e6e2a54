"""Founding groups, coming and going: nobody empties the animators' seats."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from academy.community.groups import queries, services
from academy.community.groups.services import LastAnimator, Removed, Room, TooFast
from academy.community.jobs import replace_absent_animators
from academy.community.models import Group, Membership
from academy.community.naming import Said
from academy.community.ranks import Act, Rank
from academy.database import db
from academy.people.directory import services as directory
from academy.people.models import Person, Role
from tests.circles import CLOSED, HIDDEN, OPEN, charter, make_group, move, rank
from tests.conftest import MONDAY, Counting
from tests.factories import make_person
from tests.services.crowd import all_at_once


def seats(number: int) -> tuple[int, int]:
    group = queries.locked(number)
    return group.member_count, group.animator_count


def join(person: Person, number: int) -> Rank | None:
    group = queries.group_seen(person.id, number)
    assert group is not None
    return services.join(person.id, group, MONDAY)


def test_the_founder_animates_the_group(context: Flask) -> None:
    ada = make_person()

    number = make_group(ada)

    assert rank(ada, number) is Rank.ANIMATOR
    assert seats(number) == (1, 1)


def test_the_same_form_founds_one_group(context: Flask) -> None:
    ada = make_person()

    numbers = {services.found(ada.id, charter(), "form", MONDAY) for _ in range(3)}

    assert len(numbers) == 1
    assert db.session.scalar(select(func.count()).select_from(Group)) == 1


def test_two_people_may_found_groups_of_the_same_name(context: Flask) -> None:
    ada, bob = make_person(), make_person()

    assert services.found(ada.id, charter(), "form", MONDAY) != services.found(
        bob.id, charter(), "form", MONDAY
    )


def test_ten_groups_a_day_are_enough(context: Flask) -> None:
    ada = make_person()
    for form in range(10):
        services.found(ada.id, charter(), f"form {form}", MONDAY)

    with pytest.raises(TooFast):
        services.found(ada.id, charter(), "one more", MONDAY)


def test_anybody_joins_an_open_group_once(context: Flask) -> None:
    ada, bob = make_person(), make_person()
    number = make_group(ada)

    assert [join(bob, number) for _ in range(2)] == [Rank.MEMBER, Rank.MEMBER]
    assert seats(number) == (2, 1)


def test_one_asks_to_join_a_closed_group_and_waits(context: Flask) -> None:
    ada, bob = make_person(), make_person()
    number = make_group(ada, visibility=CLOSED)

    assert join(bob, number) is Rank.ASKED
    assert [member.person_id for member in queries.asking(number)] == [bob.id]
    assert seats(number) == (1, 1)


@pytest.mark.parametrize(("what", "after"), [(Act.ACCEPT, Rank.MEMBER), (Act.REFUSE, None)])
def test_an_animator_answers_who_asks(context: Flask, what: Act, after: Rank | None) -> None:
    ada, bob = make_person(), make_person()
    number = make_group(ada, visibility=CLOSED)
    join(bob, number)

    assert [move(what, bob, number) for _ in range(2)] == [after, after]
    assert seats(number) == (2 if after else 1, 1)


def test_accepting_somebody_who_took_the_request_back_changes_nothing(context: Flask) -> None:
    ada, bob = make_person(), make_person()
    number = make_group(ada, visibility=CLOSED)
    join(bob, number)
    move(Act.LEAVE, bob, number)

    assert move(Act.ACCEPT, bob, number) is None


def test_the_last_animator_cannot_go(context: Flask) -> None:
    ada, bob = make_person(), make_person()
    number = make_group(ada, bob)

    for what in (Act.LEAVE, Act.STEP_DOWN, Act.REMOVE):
        with pytest.raises(LastAnimator):
            services.act(what, ada.id, number, MONDAY)
        db.session.rollback()

    assert rank(ada, number) is Rank.ANIMATOR
    assert seats(number) == (2, 1)


def test_an_animator_goes_once_another_is_named(context: Flask) -> None:
    ada, bob = make_person(), make_person()
    number = make_group(ada, bob)
    move(Act.APPOINT, bob, number)

    assert move(Act.LEAVE, ada, number) is None
    assert seats(number) == (1, 1)


def test_of_all_animators_leaving_at_once_one_stays(app: Flask) -> None:
    with app.app_context():
        people = [make_person() for _ in range(6)]
        number = make_group(people[0], *people[1:])
        for person in people[1:]:
            move(Act.APPOINT, person, number)

    def leave(which: int) -> bool:
        try:
            services.act(Act.LEAVE, people[which].id, number, MONDAY)
        except LastAnimator:
            db.session.rollback()
            return False
        return True

    left = all_at_once(app, leave, crowd=6)

    with app.app_context():
        assert sum(left) == 5
        assert seats(number) == (1, 1)


def test_a_crowd_that_joins_at_once_is_counted_exactly(app: Flask) -> None:
    with app.app_context():
        people = [make_person() for _ in range(5)]
        number = make_group(make_person())

    all_at_once(app, lambda which: join(people[which % 5], number), crowd=15)

    with app.app_context():
        assert seats(number) == (6, 1)


def test_the_database_keeps_the_last_seat_too(context: Flask) -> None:
    number = make_group(make_person())

    with pytest.raises(IntegrityError):
        db.session.execute(update(Group).where(Group.id == number).values(animator_count=0))


def test_somebody_removed_does_not_come_back_alone(context: Flask) -> None:
    ada, bob = make_person(), make_person()
    number = make_group(ada, bob)
    move(Act.REMOVE, bob, number)

    with pytest.raises(Removed):
        join(bob, number)
    assert services.add(ada.id, bob.email, number, MONDAY)

    assert rank(bob, number) is Rank.MEMBER


def test_adding_by_address_forgives_capitals_and_says_when_nobody_is_there(context: Flask) -> None:
    ada, bob = make_person(), make_person()
    number = make_group(ada, visibility=HIDDEN)

    assert services.add(ada.id, f" {bob.email.upper()} ", number, MONDAY)
    assert not services.add(ada.id, "nobody@aurore.example", number, MONDAY)
    assert seats(number) == (2, 1)


def test_looking_addresses_up_is_slowed_down(context: Flask) -> None:
    ada = make_person()
    number = make_group(ada)
    for guess in range(60):
        services.add(ada.id, f"guess{guess}@aurore.example", number, MONDAY)

    with pytest.raises(TooFast):
        services.add(ada.id, "one.more@aurore.example", number, MONDAY)
    assert not services.add(ada.id, "later@aurore.example", number, MONDAY + timedelta(hours=1))


def test_a_hidden_group_exists_for_its_members_only(context: Flask) -> None:
    ada, bob, eve = make_person(), make_person(), make_person()
    number = make_group(ada, bob, visibility=HIDDEN)

    assert queries.group_seen(bob.id, number) is not None
    assert queries.group_seen(eve.id, number) is None
    assert queries.to_discover(eve.id).groups == ()
    move(Act.REMOVE, bob, number)
    assert queries.group_seen(bob.id, number) is None
    assert queries.mine(bob.id).groups == ()


def test_lists_show_mine_apart_from_those_to_discover(context: Flask) -> None:
    ada, bob = make_person(), make_person()
    mine = make_group(ada, bob, name="Mine")
    make_group(ada, visibility=HIDDEN, name="Secret")
    asked = make_group(ada, visibility=CLOSED, name="Asked")
    other = make_group(ada, visibility=CLOSED, name="Other")
    join(bob, asked)

    assert [group.id for group in queries.mine(bob.id).groups] == [asked, mine]
    assert [group.id for group in queries.to_discover(bob.id).groups] == [other]


def test_lists_are_read_page_by_page(context: Flask) -> None:
    ada, bob = make_person(), make_person()
    founded = [services.found(ada.id, charter(), f"{n}", MONDAY) for n in range(10)]
    founded += [
        services.found(ada.id, charter(), f"{n}", MONDAY + timedelta(days=1)) for n in range(10, 15)
    ]

    first = queries.to_discover(bob.id)
    second = queries.to_discover(bob.id, first.older)

    assert second.older is None
    assert [group.id for page in (first, second) for group in page.groups] == founded[::-1]


def test_members_are_listed_the_latest_first_without_those_who_animate(context: Flask) -> None:
    ada, bob, eve = make_person(), make_person(), make_person()
    number = make_group(ada, bob, eve)

    members, older = queries.members(number, None)

    assert [member.person_id for member in members] == [eve.id, bob.id]
    assert older is None
    assert [member.person_id for member in queries.animators(number)] == [ada.id]


def test_many_members_are_listed_page_by_page(context: Flask) -> None:
    people = [make_person() for _ in range(queries.PEOPLE + 3)]
    number = make_group(make_person(), *people)

    first, cursor = queries.members(number, None)
    second, end = queries.members(number, cursor)

    assert end is None
    assert [member.person_id for member in [*first, *second]] == [
        person.id for person in reversed(people)
    ]


def test_new_words_change_the_words_and_nothing_else(context: Flask) -> None:
    ada = make_person()
    number = make_group(ada, visibility=CLOSED)
    words = services.Charter(OPEN, "ai", Said("Papier", "Paper"), Said("Pourquoi", "Why"))

    services.amend(number, words)

    group = queries.group_seen(ada.id, number)
    assert group is not None
    assert (group.name, group.purpose, group.ink) == (words.name, words.purpose, "ai")
    assert group.visibility is CLOSED


def test_a_feature_opens_its_private_room_once(context: Flask) -> None:
    ada, bob = make_person(), make_person()
    room = Room("mentoring", "programme:7")

    numbers = {services.open_room(room, charter(), (ada.id, bob.id), MONDAY) for _ in range(2)}

    (number,) = numbers
    group = queries.group_seen(ada.id, number)
    assert group is not None
    assert group.visibility is HIDDEN
    assert seats(number) == (2, 2)


def test_many_who_open_the_same_room_at_once_get_the_same(app: Flask) -> None:
    with app.app_context():
        ada = make_person()
    room = Room("mentoring", "programme:7")

    numbers = all_at_once(
        app, lambda _which: services.open_room(room, charter(), (ada.id,), MONDAY), crowd=8
    )

    with app.app_context():
        assert len(set(numbers)) == 1
        assert db.session.scalar(select(func.count()).select_from(Membership)) == 1


def absent(*people: Person) -> None:
    for person in people:
        directory.close_account(db.session.get_one(Person, person.id), None, MONDAY)
    db.session.commit()


def test_where_every_animators_account_is_closed_who_was_there_longest_takes_over(
    context: Flask,
) -> None:
    ada, bob, cleo, dan = (make_person() for _ in range(4))
    make_person(Role.ADMIN)
    number = make_group(ada, bob, cleo, dan)
    absent(ada, bob)

    for _hour in range(2):
        replace_absent_animators(MONDAY)

    assert [rank(each, number) for each in (ada, bob, cleo, dan)] == [
        Rank.ANIMATOR,
        Rank.MEMBER,
        Rank.ANIMATOR,
        Rank.MEMBER,
    ]
    assert seats(number) == (4, 2)


def test_a_group_whose_animator_can_act_or_where_nobody_can_stays_as_it_is(
    context: Flask,
) -> None:
    ada, bob, cleo = (make_person() for _ in range(3))
    make_person(Role.ADMIN)
    led, empty = make_group(ada, bob), make_group(cleo)
    move(Act.APPOINT, bob, led)
    absent(ada, cleo)

    replace_absent_animators(MONDAY)

    assert seats(led) == (2, 2)
    assert seats(empty) == (1, 1)


def test_looking_for_absent_animators_takes_one_statement_when_there_are_none(
    context: Flask, count_statements: Counting
) -> None:
    for _ in range(5):
        make_group(make_person(), make_person())

    with count_statements() as statements:
        replace_absent_animators(MONDAY)

    assert len(statements) == 1
