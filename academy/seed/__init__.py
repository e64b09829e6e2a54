"""A make-believe company, built through the services with fixed dice: the demonstration obeys the rules."""

from datetime import date, datetime
from importlib import import_module
from random import Random
from typing import Any

from sqlalchemy import select

from academy.catalog import releases
from academy.database import db
from academy.hr import jobs as hr
from academy.hr.rollup import services as rollup
from academy.mastery.figures import jobs as figures
from academy.people.models import Person
from academy.people.names import full_name
from academy.post import mail
from academy.post.composing import compose
from academy.post.mail import Reader
from academy.seed import awards, notices
from academy.seed.absences import arrange_absences
from academy.seed.answers import right_fields
from academy.seed.campaigns import run_campaign
from academy.seed.company import (
    CAST,
    EMAIL,
    MONTHS_OF_HISTORY,
    SHARED_PASSWORD,
    Habits,
    grow_tree,
    hire,
)
from academy.seed.edition import publish_first_edition
from academy.seed.gifts import open_shop
from academy.seed.groups import gather
from academy.seed.lessons import keep_and_report
from academy.seed.lives import live
from academy.seed.meetings import compose_meetings
from academy.seed.mentoring import call_for_mentors
from academy.seed.pairs import live_as_pairs
from academy.seed.rankings import open_rankings
from academy.seed.systems import let_payroll_read
from academy.seed.toys import print_one
from academy.seed.tracks import choose_tracks
from academy.seed.voyages import set_out
from academy.seed.waves import open_in_turn
from academy.seed.wishes import say_wishes

__all__ = [
    "CAST",
    "EMAIL",
    "MONTHS_OF_HISTORY",
    "SHARED_PASSWORD",
    "Habits",
    "is_empty",
    "plant",
    "right_fields",
]


def is_empty() -> bool:
    return db.session.scalar(select(Person.id).limit(1)) is None


def plant(now: datetime, extras: int = 54) -> int:
    """Build the company and three months of its life up to yesterday; gives the number of people."""
    dice = Random(7)
    entities = grow_tree(date(2019, 1, 7))
    staff = hire(entities, CAST, extras, dice, now)
    publish_first_edition(next(one for one, _habits in staff if one.given_name == "Tom"), now)
    choose_tracks([person for person, _habits in staff[: len(CAST)]], now - MONTHS_OF_HISTORY)
    db.session.commit()
    releases.remember_opening()
    for person, habits in staff:
        if habits is not None:
            live(person, habits, now, Random(f"{person.email}"))
    _welcome([person for person, _habits in staff[: len(CAST)]], now)
    gather([person for person, _habits in staff], now)
    call_for_mentors([person for person, _habits in staff], now)
    compose_meetings(now)
    say_wishes([person for person, _habits in staff], now)
    live_as_pairs([person for person, _habits in staff], now)
    arrange_absences(entities, [person for person, _habits in staff], now)
    notices.told([person for person, _habits in staff[: len(CAST)]], now)
    keep_and_report({person.email.partition("@")[0]: person.id for person, _habits in staff}, now)
    set_out([person for person, _habits in staff[: len(CAST)]], now)
    open_shop([person for person, _habits in staff], now)
    directories: Any = import_module("academy.seed.directories")  # pydantic, and only to plant
    directories.connect([person for person, _habits in staff], now)
    let_payroll_read(now)
    db.session.commit()
    awards.grant_what_is_owed(now)
    print_one(now)
    figures.count_answers(now)
    open_rankings([person for person, _habits in staff], now)
    rollup.rebuild(now)
    hr_person = next(one for one, _habits in staff if one.given_name == "Hélène")
    asleep = [person for person, habits in staff[len(CAST) :] if habits is None]
    open_in_turn(entities, asleep, hr_person, now)
    run_campaign(hr_person, now)
    hr.count_knowledge(now)
    return len(staff)


def _welcome(personas: list[Person], now: datetime) -> None:
    """A first mail in the mailbox of everybody a visitor may become."""
    for person in personas:
        words = compose("welcome", person.language, given_name=person.given_name)
        reader = Reader(person.email, full_name(person.given_name, person.family_name), person.id)
        mail.put(reader, words, f"welcome:{person.id}", now)
