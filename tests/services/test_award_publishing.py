"""Award rules around the day they come into force: versions, rehearsals, what is owed."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from academy.database import db
from academy.deeds.services import Act
from academy.deeds.verbs import Verb
from academy.passport import jobs
from academy.passport import queries as passports
from academy.people import services as people
from academy.people.calendar import Span
from academy.people.models import Entity, Person
from academy.people.workdays import services as workdays
from academy.post import jobs as post
from academy.rewards import badges, queries, rules, services
from academy.rewards.badges import Award
from academy.rewards.models import AwardRound, AwardVersion, Grant
from academy.rewards.publishing import histories, trying
from academy.rewards.publishing import services as publishing
from academy.rewards.publishing.places import Told
from academy.settings import ROOT
from tests.conftest import MONDAY, Counting
from tests.factories import TODAY, earn_passport, make_person, make_site
from tests.services.editions import award

LATER = MONDAY + timedelta(days=1)


def done(person: Person, *days: int, verb: Verb = Verb.ROUND_DONE, theme: str = "ai") -> None:
    """One such deed on each of these days from Monday on."""
    for number in days:
        day, at = TODAY + timedelta(number), MONDAY + timedelta(number)
        once = f"{verb}:{theme}:{day}"
        services.record(Act(person.id, verb, "subject", at, day, once, theme, {"right": 1}))
    db.session.commit()


def put(app: Flask, monkeypatch: pytest.MonkeyPatch, *awards: Award) -> None:
    """These awards come into force, with the ones there are."""
    shelf = {**badges.current(), **{each.key: each for each in awards}}
    monkeypatch.setitem(app.extensions, badges._SHELF, shelf)


def walk(at: datetime = LATER) -> None:
    assert jobs.walk(at, 1_000)


def told_of(app: Flask, *words: str, code: int = 0) -> str:
    result = app.test_cli_runner().invoke(args=["academy", *words])
    assert result.exit_code == code, result.output
    return str(result.output)


def test_a_new_award_reaches_those_who_had_deserved_it(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, bob = make_person(), make_person()
    done(ada, 0, 1, 2)
    done(bob, 0)
    walk(MONDAY)
    put(context, monkeypatch, award("thrice", rules.Count("round_done", 3), points=7))
    before = queries.balances(ada.id).points

    walk()
    walk()

    assert "thrice" in queries.held(ada.id)
    assert "thrice" not in queries.held(bob.id)
    assert queries.balances(ada.id).points == before + 7
    grant = db.session.scalars(select(Grant).where(Grant.award == "thrice")).one()
    assert (grant.granted_at, grant.granted_on) == (LATER, TODAY + timedelta(1))
    assert len(grant.evidence) == 3


@pytest.mark.parametrize(
    "rule",
    [
        rules.Run("round_done", 4),
        rules.Within("round_done", 4, 7),
        rules.Count("round_done", 3, "ai", rules.Period(TODAY, TODAY + timedelta(2))),
    ],
)
def test_rules_about_days_look_back_over_what_nobody_was_counting(
    context: Flask, monkeypatch: pytest.MonkeyPatch, rule: rules.Rule
) -> None:
    ada = make_person()
    done(ada, 0, 1, 2, 3)
    put(context, monkeypatch, award("days", rule))

    walk()

    assert "days" in queries.held(ada.id)


def test_what_is_kept_goes_on_from_the_walk(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    done(ada, 0, 1, 2)
    put(context, monkeypatch, award("days", rules.Run("round_done", 4)))
    walk()

    done(ada, 3)

    assert "days" in queries.held(ada.id)
    before = queries.tallies(ada.id)
    services.rebuild(ada.id)
    assert queries.tallies(ada.id) == before


def test_leave_and_the_days_off_of_the_site_hold_a_row(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    put(context, monkeypatch, award("days", rules.Run("round_done", 4)))
    away = Span(TODAY + timedelta(2), TODAY + timedelta(20))
    workdays.declare_leave(ada.id, away, TODAY)

    done(ada, 0, 1, 21)
    assert "days" not in queries.held(ada.id)
    done(ada, 22)

    assert "days" in queries.held(ada.id)


def test_a_deed_told_weeks_later_joins_what_was_apart(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looked up in the log, as it is not among the days kept."""
    ada, bob = make_person(), make_person()
    put(
        context,
        monkeypatch,
        award("row", rules.Run("round_done", 5)),
        award("week", rules.Within("round_done", 5, 5, "ai")),
    )
    for person in (ada, bob):
        done(person, 0, 1, 3, 4, *range(70, 300, 14))

    done(ada, 2)

    assert {"row", "week"} <= queries.held(ada.id)
    assert {"row", "week"}.isdisjoint(queries.held(bob.id))


def test_the_walk_stops_and_goes_on_from_there(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(histories, "AT_ONCE", 2)
    crowd = [make_person() for _ in range(5)]
    for person in crowd:
        done(person, 0)
    put(context, monkeypatch, award("once", rules.Count("round_done", 1)))

    assert not jobs.walk(LATER, 2)
    under_way = publishing.latest_round()
    assert under_way is not None
    assert (under_way.reached, under_way.people, under_way.ended_at) == (crowd[1].id, 2, None)
    assert ["once" in queries.held(each.id) for each in crowd] == [True, True, False, False, False]

    assert jobs.walk(LATER + timedelta(minutes=5), 100)

    ended = publishing.latest_round()
    assert ended is not None
    assert ended.ended_at is not None
    assert ended.people == 5
    assert all("once" in queries.held(each.id) for each in crowd)


def test_when_nothing_has_changed_one_statement_says_so(
    context: Flask, count_statements: Counting
) -> None:
    done(make_person(), 0)
    walk()

    with count_statements() as sent:
        walk()

    assert len(sent) == 1
    assert len(db.session.scalars(select(AwardRound)).all()) == 1


def test_rules_of_before_in_force_again_are_walked_again(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = badges.current()
    walk()
    put(context, monkeypatch, award("once", rules.Count("round_done", 1)))
    walk()
    monkeypatch.setitem(context.extensions, badges._SHELF, before)

    walk()

    assert len(db.session.scalars(select(AwardRound)).all()) == 3


def test_a_passport_owed_is_issued(context: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = dict(badges.current())
    later = shelf.pop("passport")
    monkeypatch.setitem(context.extensions, badges._SHELF, shelf)
    ada = make_person()
    people.post(ada, make_site(), "sales", TODAY)
    earn_passport(ada)
    db.session.commit()
    assert passports.valid_one(ada.id) is None
    put(context, monkeypatch, later)

    walk()

    assert passports.valid_one(ada.id) is not None


def test_the_worker_walks_every_few_minutes(app: Flask) -> None:
    names = [each.name for each in app.extensions[post.EXTENSION].periodic]

    assert "academy.passport.jobs.grant_what_is_owed" in names


def versions_of(award: str) -> Sequence[AwardVersion]:
    """The oldest first."""
    known = select(AwardVersion).where(AwardVersion.award == award)
    return db.session.scalars(known.order_by(AwardVersion.number)).all()


def test_a_holder_keeps_the_version_earned_and_both_are_told(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    done(ada, 0)
    walk()
    first = badges.current()["first-minute"]
    stricter = rules.Count("round_done", 2)
    put(
        context,
        monkeypatch,
        replace(first, rule=stricter, version=badges.version_of(stricter, first.points)),
    )

    walk()

    old, new = versions_of("first-minute")
    assert (old.number, new.number) == (1, 2)
    assert old.version == first.version != new.version
    assert new.asks == {"en": "2 of 2 daily minutes.", "fr": "Minutes du jour\xa0: 2 sur 2."}
    grant = db.session.scalars(select(Grant).where(Grant.award == "first-minute")).one()
    assert grant.version == old.version


def test_other_words_are_no_other_version(context: Flask) -> None:
    publishing.note_versions(MONDAY)

    assert publishing.note_versions(LATER) == 0
    assert [each.number for each in versions_of("passport")] == [1]


def company(sites: Sequence[tuple[str, int]]) -> None:
    """So many people who did one minute, at each of these sites; one more there did nothing."""
    for site, crowd in sites:
        where = make_site(site=site)
        for number in range(crowd + 1):
            person = make_person()
            people.post(person, where, "sales", date(2026, 1, 1))
            if number:
                done(person, 0)
    db.session.commit()


def test_a_rehearsal_tells_how_many_and_where_and_changes_nothing(context: Flask) -> None:
    company([("Lyon", 6), ("Lille", 5), ("Brest", 2), ("Nantes", 4)])
    trial = award("trial", rules.Count("round_done", 1))

    found = trying.rehearse([trial], TODAY)

    assert found.looked == 17
    assert found.reached == ((trial, Told(17, (("Lyon", 6), ("Lille", 5)), 6)),)
    assert db.session.scalars(select(Grant).where(Grant.award == "trial")).all() == []


def test_a_rehearsal_counts_neither_who_holds_it_nor_whose_track_it_is_not(context: Flask) -> None:
    company([("Lyon", 6)])
    held = badges.current()["first-minute"]
    track = award("walked", rules.Walked("managers"))

    found = trying.rehearse([held, track], TODAY)

    assert [told.people for _award, told in found.reached] == [0, 0]


def test_a_rehearsal_from_a_terminal(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        company([("Lyon", 6), ("Brest", 2)])
    file = tmp_path / "trial.yaml"
    file.write_text(
        'kind: badge\norder: 1\nfr: {title: "A", summary: "B"}\nen: {title: "A", summary: "B"}\n'
        "medals:\n  bronze: {points: 1, rule: {count: round_done, at_least: 1}}\n"
        "  gold: {points: 1, rule: {medal: trial, at_least: bronze}}\n"
    )

    said = told_of(app, "try-badge", str(file))

    assert "trial-bronze: would be granted to 8 people, 8 elsewhere." in said
    assert "trial-gold: would be granted to 8 people" in said
    assert "8 people have done something it counts." in said


def test_a_rehearsal_of_few_people_says_no_more(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        company([("Brest", 2)])
    file = tmp_path / "trial.yaml"
    file.write_text((ROOT / "badges" / "first-minute.yaml").read_text())

    assert "trial: would be granted to fewer than 5 people." in told_of(app, "try-badge", str(file))


def test_a_file_with_mistakes_is_not_rehearsed(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "trial.yaml"
    file.write_text(
        'kind: badge\norder: 1\nfr: {title: "A", summary: "B"}\nen: {title: "A", summary: "B"}\n'
        "points: 1\nrule: {award: first-minut}\n"
    )

    said = told_of(app, "try-badge", str(file), code=1)

    assert "trial.yaml:1: The rule waits for `first-minut`" in said
    assert "Did you mean `first-minute`?" in said


def test_the_award_files_are_checked_from_a_terminal(app: Flask, tmp_path: Path) -> None:
    assert f"{len(badges_of(app))} awards." in told_of(app, "check-badges")
    broken = tmp_path / "odd.yaml"
    broken.write_text(
        'kind: badge\norder: 1\nfr: {title: "A", summary: "B"}\nen: {title: "A", summary: "B"}\n'
        "points: 1\nrule:\n  count: lesson_done\n  within: 90\n  at_least: 3\n"
    )

    said = told_of(app, "check-badges", str(tmp_path), code=1)

    assert "odd.yaml:8: `within` is 90. Write a whole number from 1 to 31." in said
    assert "odd.yaml:1: The picture `odd.svg` is missing." in said


def test_a_theme_or_a_track_that_is_not_there_is_told(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "odd.yaml").write_text(
        'kind: badge\norder: 1\nfr: {title: "A", summary: "B"}\nen: {title: "A", summary: "B"}\n'
        "points: 1\nrule:\n  all:\n    - {count: lesson_done, theme: cultur, at_least: 1}\n"
        "    - {track: manager}\n"
    )
    (tmp_path / "odd.svg").write_bytes((ROOT / "badges" / "honest.svg").read_bytes())

    said = told_of(app, "check-badges", str(tmp_path))

    assert "in the theme `cultur`, which does not exist. Did you mean `culture`?" in said
    assert "waits for the track `manager`, which does not exist" in said


def test_what_is_owed_is_granted_from_a_terminal(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        ada = make_person()
        done(ada, 0)
        put(app, monkeypatch, award("once", rules.Count("round_done", 1)))

    said = told_of(app, "grant-awards")

    assert "1 people looked at, 1 awards granted; everybody was looked at." in said


def test_the_schema_is_printed(app: Flask) -> None:
    assert json.loads(told_of(app, "check-badges", "--schema"))["title"].startswith("An award")


def badges_of(app: Flask) -> dict[str, Award]:
    with app.app_context():
        return dict(badges.current())


def test_nobody_without_a_place_is_counted_somewhere(context: Flask) -> None:
    for _ in range(5):
        done(make_person(), 0)
    trial = award("trial", rules.Count("round_done", 1))

    assert trying.rehearse([trial], TODAY).reached[0][1] == Told(5, (("", 5),), 0)
    assert db.session.scalars(select(Entity)).all() == []
