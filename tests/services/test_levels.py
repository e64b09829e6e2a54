"""Levels are awards: reached by what was ever earned, told as one, certified and worn as one."""

from datetime import timedelta

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select, update

from academy.database import db
from academy.deeds.services import Act
from academy.deeds.verbs import Verb
from academy.folio.models import Folio
from academy.notices.models import Notice
from academy.passport import jobs
from academy.passport import services as passports
from academy.passport.credentials import services as credentials
from academy.passport.toy import queries as toys
from academy.passport.toy import services as toy
from academy.people.models import Person
from academy.rewards import badges, queries, rules, services, shown
from academy.rewards.badges import Award, AwardKind
from academy.rewards.models import Grant
from academy.rewards.publishing import trying
from academy.rewards.rule_words import explain
from tests.conftest import MONDAY
from tests.factories import TODAY, earn_passport, make_person
from tests.services.editions import award

LATER = MONDAY + timedelta(days=40)
FIRST, SECOND, THIRD = "level-doorstep", "level-footpath", "level-bridge"


def minutes(person: Person, count: int, first: int = 0) -> list[str]:
    """So many minutes, a star each; gives the awards they brought."""
    won = []
    for number in range(first, first + count):
        at, day = MONDAY + timedelta(number), TODAY + timedelta(number)
        act = Act(person.id, Verb.ROUND_DONE, "idea", at, day, f"round:{day}", "ai", {"right": 1})
        won += [each.key for each in services.record(act).awards]
    db.session.commit()
    return won


def without_levels(app: Flask, monkeypatch: pytest.MonkeyPatch, *more: Award) -> None:
    shelf = {k: each for k, each in badges.current().items() if each.kind is not AwardKind.LEVEL}
    monkeypatch.setitem(
        app.extensions, badges._SHELF, {**shelf, **{each.key: each for each in more}}
    )


def level(person: Person) -> str:
    found = shown.collection(person.id).level
    return found.key if found else ""


def told(person: Person) -> list[str]:
    mine = select(Notice.data).where(Notice.person_id == person.id).order_by(Notice.id)
    return [data["award"] for data in db.session.scalars(mine) if data["kind"] == "level"]


def test_the_ladder_climbs_and_each_step_asks_for_more_stars(context: Flask) -> None:
    levels = [badges.current()[key] for key in badges.ladder(badges.current().values())]
    asked = [each.rule.at_least for each in levels if isinstance(each.rule, rules.Gathered)]

    assert len(levels) == len(asked) == 10
    assert asked == sorted(set(asked))
    assert [each.title.en.split(" · ")[0] for each in levels] == [
        f"Level {number}" for number in range(1, 11)
    ]


def test_stars_spent_count_for_the_next_level_and_take_none_away(context: Flask) -> None:
    ada, stranger = make_person(), make_person()

    assert FIRST not in minutes(ada, 2)
    assert minutes(ada, 1, 2) == [FIRST]
    db.session.execute(update(Folio).where(Folio.person_id == ada.id).values(stars=0))
    db.session.commit()

    assert level(ada) == FIRST
    assert SECOND in minutes(ada, 7, 3)
    services.rebuild(ada.id)
    db.session.commit()
    mine = shown.collection(ada.id)
    assert (mine.level and mine.level.key, level(stranger)) == (SECOND, "")
    assert mine.next_level is not None
    assert (mine.next_level.have, mine.next_level.need) == (10, 25)
    assert told(ada) == [FIRST, SECOND]


def test_a_ladder_that_comes_later_reaches_everybody_and_is_told_once(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = badges.current()
    without_levels(context, monkeypatch)
    ada, bob = make_person(), make_person()
    minutes(ada, 26)
    minutes(bob, 2)
    db.session.execute(update(Folio).where(Folio.person_id == ada.id).values(stars=1))
    db.session.commit()
    jobs.walk(LATER, 1_000)

    tried = trying.rehearse([whole[SECOND], whole[FIRST]], TODAY)
    monkeypatch.setitem(context.extensions, badges._SHELF, whole)
    jobs.walk(LATER, 1_000)
    jobs.walk(LATER, 1_000)

    assert [said.people for _award, said in tried.reached] == [None, None]  # fewer than five
    assert {FIRST, SECOND, THIRD} <= queries.held(ada.id)
    assert (level(ada), level(bob)) == (THIRD, "")
    assert told(ada) == [THIRD]
    grant = db.session.scalars(select(Grant).where(Grant.award == SECOND)).one()
    assert grant.evidence[0]["verb"] == Verb.ROUND_DONE


def test_a_rule_may_wait_for_a_level_or_a_higher_one(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = rules.on_ladder(rules.Reached(SECOND), badges.ladder(badges.current().values()))
    shelf = {**badges.current(), "guide": award("guide", rule)}
    monkeypatch.setitem(context.extensions, badges._SHELF, shelf)
    ada = make_person()

    assert "guide" not in minutes(ada, 9)
    assert {SECOND, "guide"} <= set(minutes(ada, 1, 9))


def test_only_the_highest_level_is_certified_worn_and_put_on_a_sticker(context: Flask) -> None:
    ada = make_person()
    earn_passport(ada)
    minutes(ada, 4)
    certificate = passports.issue(ada.id, MONDAY, TODAY)
    toy.print_stickers(ada.id, 1, MONDAY)
    minutes(ada, 7, 4)

    assert passports.is_behind(certificate, shown.collection(ada.id))
    said = passports.issue(ada.id, LATER, TODAY).certified["awards"]
    assert [row["key"] for row in said if row["kind"] == "level"] == [SECOND]
    worn = toys.to_wear(toys.held(ada.id))
    assert [won.award.key for won in worn if won.award.kind is AwardKind.LEVEL] == [SECOND]
    assert SECOND in [won.award.key for won in toy.print_stickers(ada.id, 2, LATER)]
    assert FIRST in [won.award.key for won in toy.print_stickers(ada.id, 1, LATER)]


def test_every_level_held_can_be_taken_along(context: Flask) -> None:
    ada = make_person()
    minutes(ada, 10)

    file = credentials.give(ada.id, FIRST, LATER)

    assert (file.said["kind"], file.said["title"]) == ("level", "Level 1 · The doorstep")


def test_what_a_level_asks_for_is_told_in_both_languages(context: Flask) -> None:
    stars, keys = rules.Gathered("star", 200), rules.Gathered("key", 6)
    known = rules.Facts({}, ever={"star": 120, "key": 2})

    with force_locale("en"):
        assert explain(rules.evaluate(stars, known)) == "120 of 200 stars earned, 80 left."
        assert explain(rules.evaluate(keys, known)) == "2 of 6 keys earned, 4 left."
        waits = explain(rules.evaluate(rules.Reached(FIRST), known))
        assert waits == "“Level 1 · The doorstep” to reach, or a higher level."
    with force_locale("fr"):
        said = explain(rules.evaluate(stars, known))
        assert said == "Étoiles gagnées\xa0: 120 sur 200, encore 80."


def test_at_the_top_there_is_no_next_level(context: Flask) -> None:
    shelf = badges.current()
    levels = tuple(shown.won(shelf[key], TODAY) for key in badges.ladder(shelf.values()))

    mine = shown.Collection(None, (), (), levels=levels)

    assert (mine.level, mine.next_level, mine.attested) == (levels[-1], None, (levels[-1],))
