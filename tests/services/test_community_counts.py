"""Figures kept on groups and messages can always be counted again."""

from collections.abc import Callable
from random import Random

import pytest
from flask import Flask
from sqlalchemy import delete as delete_rows
from sqlalchemy import func, select, update

from academy.community import counts
from academy.community.models import Group, Membership, Message
from academy.community.moderation import services as moderation
from academy.community.moderation.services import Verdict
from academy.community.ranks import Act
from academy.database import db
from academy.people.models import Person
from academy.refusal import Refusal
from tests.circles import delete, like, make_group, mark, message, move, reply, report, say, viewer
from tests.conftest import MONDAY
from tests.factories import make_person

Figures = list[tuple[int, ...]]


def kept() -> tuple[Figures, Figures]:
    db.session.expire_all()
    messages = select(
        Message.id, Message.comment_count, Message.like_count, Message.report_count
    ).order_by(Message.id)
    groups = select(Group.id, Group.member_count, Group.animator_count).order_by(Group.id)
    return (
        [tuple(row) for row in db.session.execute(messages)],
        [tuple(row) for row in db.session.execute(groups)],
    )


def judge(who: Person, number: int, dice: Random) -> None:
    found = message(number)
    desk = viewer(who, found.group_id, admin=dice.random() < 0.5)
    match dice.randrange(3):
        case 0:
            moderation.hide(desk, found, Verdict("No.", dice.random() < 0.1), MONDAY)
        case 1:
            moderation.show(desk, found)
        case _:
            moderation.keep(desk, found, MONDAY)
    db.session.commit()


def come_and_go(who: Person, number: int, dice: Random) -> None:
    move(dice.choice([*Act]), who, message(number).group_id)


DEEDS: list[Callable[[Person, int, Random], object]] = [
    lambda who, number, _dice: like(who, number),
    lambda who, number, dice: like(who, number, dice.random() < 0.5),
    lambda who, number, _dice: report(who, number),
    lambda who, number, dice: mark(who, number, dice.random() < 0.8),
    lambda who, number, dice: delete(who, number) if dice.random() < 0.3 else None,
    judge,
    come_and_go,
]


def live(people: list[Person], group: int, dice: Random, steps: int = 130) -> None:
    """Whatever people may do to one another's messages, in any order; what is refused is refused."""
    written = [say(people[0], group, "Why?", question=True)]
    for step in range(steps):
        who, number = dice.choice(people), dice.choice(written)
        try:
            match dice.randrange(5):
                case 0:
                    written.append(say(who, group, f"{step}", question=True))
                case 1:
                    written.append(reply(who, number, f"{step}"))
                case _:
                    dice.choice(DEEDS)(who, number, dice)
        except Refusal:
            db.session.rollback()


def lived(seed: int) -> int:
    """A group after a busy season; gives its number."""
    people = [make_person() for _ in range(5)]
    group = make_group(people[0], *people[1:])
    live(people, group, Random(seed))  # noqa: S311  # a repeatable season
    return group


@pytest.mark.parametrize("seed", range(3))
def test_counted_again_every_figure_is_the_one_kept(context: Flask, seed: int) -> None:
    lived(seed)
    before = kept()

    assert counts.recount() == 0
    assert kept() == before
    assert all(any(row[figure] for row in before[0]) for figure in (1, 2, 3))


def test_counting_again_mends_what_was_damaged(context: Flask) -> None:
    lived(7)
    before = kept()
    db.session.execute(update(Message).values(like_count=99, comment_count=98, report_count=97))
    db.session.execute(update(Group).values(member_count=50, animator_count=50))

    wrong = counts.recount()

    assert kept() == before
    assert wrong == len(before[0]) + len(before[1])


def test_whatever_happened_a_question_has_one_answer_and_a_group_an_animator(
    context: Flask,
) -> None:
    for seed in range(10, 13):
        group = lived(seed)
        answers = select(func.count()).where(Message.answer).group_by(Message.post_id)

        assert set(db.session.scalars(answers)) <= {1}
        assert db.session.get_one(Group, group).animator_count > 0


def test_a_group_whose_last_animator_was_erased_is_left_as_it_is(context: Flask) -> None:
    group = make_group(make_person(), make_person())
    db.session.execute(delete_rows(Membership).where(Membership.rank == "animator"))
    before = kept()

    assert counts.recount() == 0
    assert kept() == before
    assert group


def test_an_operator_counts_again_from_the_terminal(app: Flask) -> None:
    with app.app_context():
        post = say((ada := make_person()), make_group(ada))
        db.session.execute(update(Message).values(like_count=3))
        db.session.commit()

    told = app.test_cli_runner().invoke(args=["academy", "recount-groups"])

    assert told.output == "1 rows mended.\n"
    with app.app_context():
        assert message(post).like_count == 0
