"""Tracks: the facts they are judged by, following one, and the visa at the end."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy.catalog import releases
from academy.catalog.audience import Manages
from academy.catalog.tracks import StepKind, Track
from academy.database import db
from academy.deeds.models import Deed
from academy.people import services as people
from academy.people.models import Entity, Person, Role
from academy.rewards import badges, queries, shown
from academy.rewards import services as rewards
from academy.rewards.models import Grant
from academy.rewards.rules import Walked
from academy.tracks import queries as tracks
from academy.tracks import services
from academy.tracks.models import Followed
from academy.tracks.services import NotOpen
from tests.conftest import Counting
from tests.factories import TODAY, do_round, make_person, make_site, read_lesson, sit_quiz
from tests.services.editions import award, publish

SAFE, HEADS = "safe-at-work", "managers"
VISA = "visa-track-safe-at-work"
LONG_AGO = date(2020, 1, 1)


def the(key: str) -> Track:
    return releases.current().tracks[key]


def head(person: Person, team: Entity | None = None) -> Person:
    """Gives the person somebody to manage."""
    report = make_person()
    people.post(report, team or make_site(), "sales", LONG_AGO, person)
    db.session.commit()
    return report


def follow(person: Person, track: str = SAFE) -> None:
    services.follow(person.id, the(track), person.created_at)
    db.session.commit()


def walk(person: Person, track: str = SAFE, but_last: bool = False) -> None:
    """Do every step in order."""
    steps = the(track).steps
    for step in steps[: len(steps) - but_last]:
        if step.kind is StepKind.LESSON:
            read_lesson(person, step.key)
        else:
            sit_quiz(person, step.key)


def visas(person: Person) -> set[str]:
    return {key for key in queries.held(person.id) if key.startswith("visa-track-")}


def test_the_facts_of_a_person_come_in_one_statement(
    context: Flask, count_statements: Counting
) -> None:
    ada, _stranger = make_person(Role.MENTOR, Role.HR), make_person(Role.ADMIN)
    team = make_site(site="Lille")
    people.post(ada, team, "sales", LONG_AGO, None)
    head(ada, team)
    follow(ada)
    follow(ada, "first-month")

    with count_statements() as statements:
        found = tracks.situation(ada.id, TODAY)

    assert len(statements) == 1
    assert found.followed == {SAFE, "first-month"}
    assert list(found.facts.entities.values()) == ["Cahiers", "Lille", "France", "Aurore"]
    assert (found.facts.job, found.facts.manages) == ("sales", True)
    assert found.facts.roles == {"mentor", "hr"}
    assert (found.facts.joined_on, found.facts.language) == (date(2026, 1, 5), "en")


def test_somebody_without_a_place_has_facts_too(context: Flask) -> None:
    found = tracks.situation(make_person().id, TODAY)

    assert (found.facts.job, found.facts.country, found.facts.manages) == ("", "", False)
    assert found.facts.entities == {}
    assert found.followed == frozenset()


def test_the_country_is_that_of_the_nearest_site(context: Flask) -> None:
    ada, team = make_person(), make_site()
    people.post(ada, team, "sales", LONG_AGO, None)
    site = db.session.scalars(select(Entity).where(Entity.kind == "site")).one()
    site.country = "BE"
    db.session.flush()

    assert tracks.situation(ada.id, TODAY).facts.country == "BE"


def test_whoever_left_is_managed_by_nobody(context: Flask) -> None:
    ada = make_person()
    report = head(ada)
    assert HEADS in tracks.theirs(ada.id, TODAY)

    report.active = False
    db.session.flush()

    assert HEADS not in tracks.theirs(ada.id, TODAY)


def test_a_role_that_is_over_is_no_fact(context: Flask) -> None:
    ada = make_person(Role.HR)

    assert tracks.situation(ada.id, date(2026, 1, 4)).facts.roles == frozenset()


def test_newcomers_have_their_track_for_forty_five_days(context: Flask) -> None:
    ada = make_person()  # joined on 5 January

    assert "first-month" in tracks.theirs(ada.id, date(2026, 2, 19))
    assert "first-month" not in tracks.theirs(ada.id, date(2026, 2, 20))


def test_following_twice_is_following_once_and_leaving_twice_too(context: Flask) -> None:
    ada, bob = make_person(), make_person()
    follow(bob)

    follow(ada)
    follow(ada)
    assert db.session.scalar(select(func.count()).select_from(Followed)) == 2

    services.leave(ada.id, SAFE)
    services.leave(ada.id, SAFE)
    db.session.commit()
    assert [row.person_id for row in db.session.scalars(select(Followed))] == [bob.id]


def test_a_track_that_is_not_open_cannot_be_chosen(context: Flask) -> None:
    ada = make_person()

    with pytest.raises(NotOpen):
        services.follow(ada.id, the(HEADS), ada.created_at)

    assert tracks.situation(ada.id, TODAY).followed == frozenset()


def test_the_last_step_grants_the_visa_once(context: Flask) -> None:
    ada, _noise = make_person(), make_person()
    follow(ada)
    walk(ada, but_last=True)
    assert visas(ada) == set()

    read_lesson(ada, the(SAFE).steps[-1].key)
    read_lesson(ada, the(SAFE).steps[-1].key)
    do_round(ada)

    assert visas(ada) == {VISA}
    grant = db.session.scalars(select(Grant).where(Grant.award == VISA)).one()
    deed = db.session.get_one(Deed, grant.deed_id)
    assert deed.subject == the(SAFE).steps[-1].key


def test_the_order_of_the_steps_advises_and_locks_nothing(context: Flask) -> None:
    ada = make_person()
    follow(ada)

    for step in reversed(the(SAFE).steps):
        if step.kind is StepKind.LESSON:
            read_lesson(ada, step.key)
        else:
            sit_quiz(ada, step.key)

    assert visas(ada) == {VISA}


def test_a_quiz_failed_is_not_a_step_done(context: Flask) -> None:
    ada = make_person()
    follow(ada)
    for step in the(SAFE).steps:
        if step.kind is StepKind.LESSON:
            read_lesson(ada, step.key)

    sit_quiz(ada, "doors", right=False)
    assert visas(ada) == set()

    sit_quiz(ada, "doors")
    assert visas(ada) == {VISA}


def test_who_had_done_everything_before_gets_the_visa_with_the_next_lesson(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    follow(ada)
    late = badges.current()[VISA]
    shelf = {key: each for key, each in badges.current().items() if key != VISA}
    monkeypatch.setitem(context.extensions, badges._SHELF, shelf)
    walk(ada)
    assert visas(ada) == set()

    monkeypatch.setitem(context.extensions, badges._SHELF, {**shelf, VISA: late})
    do_round(ada)
    assert visas(ada) == set()  # a minute brings nobody further on a track

    read_lesson(ada, "data-quality")

    assert visas(ada) == {VISA}


def test_a_track_that_is_not_theirs_gives_no_visa_until_it_is(context: Flask) -> None:
    ada = make_person()
    walk(ada, HEADS)
    do_round(ada)
    assert visas(ada) == set()

    head(ada)
    sit_quiz(ada, "basics")

    assert visas(ada) == {"visa-track-managers"}


def test_a_visa_stays_when_the_track_is_left_or_withdrawn(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    follow(ada)
    walk(ada)
    services.leave(ada.id, SAFE)
    publish(context, monkeypatch, replace(releases.current(), release="no-tracks", tracks={}))

    do_round(ada)

    assert visas(ada) == {VISA}
    assert VISA in {visa.key for visa in shown.collection(ada.id).visas}


def test_an_award_may_wait_for_the_visa_of_a_track(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    follow(ada)
    both = award("walker", Walked(SAFE))
    monkeypatch.setitem(context.extensions, badges._SHELF, {**badges.current(), "walker": both})

    walk(ada)

    assert {"walker", VISA} <= queries.held(ada.id)


def test_a_track_visa_is_shown_among_the_visas_once_it_is_held(context: Flask) -> None:
    ada = make_person()
    follow(ada)
    walk(ada, but_last=True)
    before = {visa.key for visa in shown.collection(ada.id).visas}

    read_lesson(ada, the(SAFE).steps[-1].key)

    after = {visa.key: visa for visa in shown.collection(ada.id).visas}
    assert set(after) - before == {VISA}
    assert (after[VISA].shape, after["visa-culture"].shape) == ("track", "culture")


def test_rebuilding_changes_nothing_for_who_walked_a_track(context: Flask) -> None:
    ada = make_person()
    follow(ada)
    walk(ada)
    before = queries.tallies(ada.id), queries.balances(ada.id)

    rewards.rebuild(ada.id)

    assert (queries.tallies(ada.id), queries.balances(ada.id)) == before


def test_the_steps_asked_about_are_named_as_their_deeds(context: Flask) -> None:
    ada = make_person()
    walk(ada)
    asked = rewards.steps_asked(badges.current().values())[SAFE]

    assert queries.done(ada.id, {*asked, "lesson:never-read"}) == asked
    assert queries.done(make_person().id, asked) == frozenset()
    assert queries.done(ada.id, ()) == frozenset()


def test_a_track_meant_for_all_needs_no_choice(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, bob = make_person(), make_person()
    head(ada)
    meant = replace(the(SAFE), audience=Manages(), open=False)
    known = {**releases.current().tracks, SAFE: meant}
    publish(context, monkeypatch, replace(releases.current(), release="meant", tracks=known))

    walk(ada)
    walk(bob)

    assert (VISA in visas(ada), VISA in visas(bob)) == (True, False)
    assert TODAY - timedelta(days=45) > bob.joined_on


def test_a_visa_without_award_and_an_award_without_track_are_told(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert badges.unmatched(releases.current().tracks) == []
    shelf = {key: each for key, each in badges.current().items() if key != VISA}
    lost = award("lost", Walked("manager"))
    monkeypatch.setitem(context.extensions, badges._SHELF, {**shelf, "lost": lost})

    first, second = badges.unmatched(releases.current().tracks)

    assert (first.path, first.problem) == (
        "tracks/safe-at-work.yaml",
        f"No award is called `{VISA}`",
    )
    assert second.path == "lost.yaml"
    assert second.remedy == "Did you mean `managers`"


def test_checking_the_content_tells_what_is_without_effect(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        shelf = {key: each for key, each in badges.current().items() if key != VISA}
    monkeypatch.setitem(app.extensions, badges._SHELF, shelf)

    told = app.test_cli_runner().invoke(args=["academy", "check-content"])

    assert told.exit_code == 0
    assert f"without effect: tracks/safe-at-work.yaml:1: No award is called `{VISA}`" in told.output
    assert "6 tracks, 20 seasons." in told.output
