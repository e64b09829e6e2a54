"""Nights on a real database: one fit a night, versions that all follow, minds that can be made again."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import event, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from academy import create_app, database
from academy.catalog import releases
from academy.catalog.marking import Mark
from academy.catalog.tree import Words
from academy.database import db
from academy.folio import queries as folio
from academy.mastery import lines, minds, numbers, packing, shelves
from academy.mastery.figures.editions import edition
from academy.mastery.figures.models import QuestionPace, QuestionTally
from academy.mastery.lines import SHIPPED, Hardness, Numbers
from academy.mastery.mind import EPOCH
from academy.mastery.models import Answer, Context
from academy.mastery.nights import histories, jobs, services
from academy.mastery.nights.laying import Given
from academy.mastery.nights.making import Verdict
from academy.mastery.nights.models import EngineNumbers
from academy.mastery.services import Marked, Sitting, take
from academy.mastery.tutor import Outcome
from academy.people.models import Person
from academy.post.jobs import EXTENSION
from tests import evenings
from tests.conftest import MONDAY, Counting
from tests.evenings import SHORT, upside_down
from tests.factories import make_person
from tests.services.crowd import all_at_once
from tests.services.packs import fresh_worker
from tests.services.test_release_pickup import eventually

LONG_AGO = MONDAY - timedelta(days=30)
NIGHT = MONDAY.replace(hour=3, minute=20)
NEXT_NIGHT = NIGHT + timedelta(days=1)
NO_FIT = replace(SHORT, answers=10**9)
Run = Callable[..., Result]
_contexts = count(1)


@pytest.fixture(autouse=True)
def held(app: Flask) -> Iterator[numbers.Held]:
    """A worker that has just started on an empty database."""
    before = app.extensions[numbers.HELD]
    with app.app_context():
        fresh = app.extensions[numbers.HELD] = numbers.Held(db.engine)
    yield fresh
    app.extensions[numbers.HELD] = before


def _leave() -> None:
    """An academy of one test closes its connections."""
    db.session.remove()
    db.engine.dispose()


@pytest.fixture
def run(app: Flask) -> Run:
    """`flask academy ...`, with the status it should end with."""

    def command(*words: str, status: int = 0) -> Result:
        done = app.test_cli_runner().invoke(args=["academy", *words])
        assert done.exit_code == status, done.output
        return done

    return command


def company(people: int = 35, each: int = 20, seed: int = 1) -> list[Person]:
    """People for whom the authors' levels are all wrong, and their answers."""
    catalog = evenings.asked_of_everybody()
    lived = evenings.histories(catalog, upside_down(catalog), people, each, seed, LONG_AGO)
    staff = [make_person() for _ in lived]
    for person, history in zip(staff, lived, strict=True):
        remember(person, history)
    return staff


def remember(person: Person, history: list[Given], release: str = "") -> None:
    rows = [
        {
            "person_id": person.id,
            "context": "round",
            "context_id": next(_contexts),
            "slot": 1,
            "question": given.question,
            "notion": given.notion,
            "release": release or releases.current().release,
            "given": {},
            "right": given.outcome is Outcome.RIGHT,
            "score": float(given.outcome is Outcome.RIGHT),
            "dont_know": given.outcome is Outcome.DONT_KNOW,
            "at": EPOCH + timedelta(days=given.at),
        }
        for given in history
    ]
    db.session.execute(insert(Answer), rows)
    db.session.commit()


def put(by: Numbers, night: Any = None) -> int:
    """As a night does: these numbers go into force."""
    old = numbers.in_force()
    version = services.keep(Verdict(numbers=by), old, night, MONDAY)
    db.session.commit()
    assert version is not None
    return version


def harder(by: float) -> Numbers:
    """Every question by so much, and a model of its own."""
    items = shelves.itemised(releases.current(), SHIPPED)
    population = SHIPPED.model.population._replace(bias=by, gain_wrong=0.2)
    memory = replace(SHIPPED.model.memory, growth=6.0, learns=0.4)
    model = replace(SHIPPED.model, population=population, memory=memory)
    return Numbers(
        0, model, {key: Hardness(item.difficulty + by, 0.3) for key, item in items.items()}
    )


def found() -> list[EngineNumbers]:
    rows = select(EngineNumbers).order_by(EngineNumbers.id)
    return list(db.session.scalars(rows.execution_options(populate_existing=True)))


def damage(version: int, kept: Any) -> None:
    db.session.execute(
        update(EngineNumbers).where(EngineNumbers.id == version - 1).values(numbers=kept)
    )
    db.session.commit()


def test_after_a_night_the_numbers_follow_the_answers(context: Flask) -> None:
    company()

    jobs.fit_tonight(NIGHT, SHORT)

    (line,) = found()
    assert line.accepted
    assert (line.answers, line.people, line.held_out, line.night) == (700, 35, 140, NIGHT.date())
    for before, after in (
        (line.loss_before, line.loss_after),
        (line.handed_before, line.handed_after),
        (line.memory_before, line.memory_after),
    ):
        assert 0 < (after or 0) < (before or 0)
    by, truth = numbers.in_force(), upside_down(evenings.asked_of_everybody())
    assert by.version == line.version >= 2
    hard = [by.hardness[key].difficulty for key, level in truth.items() if level > 0]
    easy = [by.hardness[key].difficulty for key, level in truth.items() if level < 0]
    assert sum(hard) / len(hard) > sum(easy) / len(easy) + 0.5
    items = shelves.items(releases.current(), by)
    assert items.keys() == by.hardness.keys()


def test_two_versions_of_one_number_are_never_taken_for_each_other(context: Flask) -> None:
    """Two databases in one process, or one put back from a copy: both made a version 9."""
    catalog = releases.current()
    here, there = (replace(harder(by), version=9) for by in (0.5, 1.5))
    every_lesson = catalog.lessons.keys()

    easy, hard = shelves.items(catalog, here), shelves.items(catalog, there)
    mild, wild = (shelves.shelf_of(catalog, by, (), every_lesson) for by in (here, there))

    assert all(hard[key].difficulty > item.difficulty + 0.9 for key, item in easy.items())
    assert wild.notions[0].difficulty > mild.notions[0].difficulty + 0.9
    assert shelves.items(catalog, replace(here)) is easy


def test_a_night_is_fitted_once(context: Flask, count_statements: Counting) -> None:
    for _retry in range(2):
        jobs.fit_tonight(NIGHT, NO_FIT)
    with count_statements() as statements:
        jobs.fit_tonight(NIGHT + timedelta(hours=3), NO_FIT)

    assert len(found()) == 1
    assert len(statements) == 1
    jobs.fit_tonight(NEXT_NIGHT, NO_FIT)
    assert len(found()) == 2


def test_two_workers_in_the_same_night_leave_one_line(app: Flask) -> None:
    with app.app_context():
        company(12, 30)

    all_at_once(app, lambda _number: jobs.fit(NIGHT.date(), NIGHT, SHORT), crowd=2)

    with app.app_context():
        (line,) = found()
        assert line.accepted
        assert numbers.in_force().version == line.version


def test_the_fit_itself_keeps_nobody_from_writing(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def meanwhile(*_facts: object) -> Verdict:
        seen.append(db.session().in_transaction())
        return Verdict(reason="nothing")

    monkeypatch.setattr(services, "fitted", meanwhile)

    jobs.fit(NIGHT.date(), NIGHT, SHORT)

    assert seen == [False]


def test_whoever_dies_before_the_commit_leaves_nothing(context: Flask) -> None:
    def killed(*_arguments: object) -> None:
        raise SystemExit

    event.listen(db.session, "before_commit", killed)
    try:
        with pytest.raises(SystemExit):
            jobs.fit_tonight(NIGHT, NO_FIT)
    finally:
        event.remove(db.session, "before_commit", killed)
    db.session.rollback()

    assert found() == []
    jobs.fit_tonight(NIGHT, NO_FIT)
    assert len(found()) == 1


def test_too_few_answers_are_a_line_that_is_not_in_force(context: Flask) -> None:
    company(3, 4)

    jobs.fit_tonight(NIGHT, SHORT)

    (line,) = found()
    assert not line.accepted
    assert line.numbers is None
    assert line.loss_after is None
    assert line.reason.startswith("too few answers: 12")
    assert numbers.in_force() == SHIPPED


def test_times_alone_make_a_version(context: Flask) -> None:
    catalog = releases.current()
    key, question = next(iter(catalog.questions.items()))
    other = list(catalog.questions)[1]
    of = edition(question)
    db.session.add_all(
        [
            QuestionPace(question=key, edition=of, bucket=20, times=10),
            QuestionPace(
                question=other,
                edition=edition(catalog.questions[other]),
                bucket=20,
                times=9,
            ),
        ]
    )
    db.session.commit()

    jobs.fit_tonight(NIGHT, NO_FIT)

    (line,) = found()
    assert line.accepted
    assert "too few" in line.reason
    assert numbers.in_force().seconds == {key: 61.5}
    assert numbers.in_force().model == SHIPPED.model
    jobs.fit_tonight(NEXT_NIGHT, NO_FIT)
    assert not found()[-1].accepted


def live(person: Person, seed: int, answers: int) -> None:
    catalog = releases.current()
    (history,) = evenings.histories(
        catalog, upside_down(catalog, 0.5), 1, answers, seed, MONDAY + timedelta(days=seed)
    )
    for given in history:
        right = given.outcome is Outcome.RIGHT
        mark = Mark(right, float(right), given.outcome is Outcome.DONT_KNOW, {})
        sitting = Sitting(person.id, Context.QUIZ, next(_contexts), catalog.release)
        take(sitting, [Marked(1, given.question, given.notion, mark)], EPOCH + timedelta(given.at))
    db.session.commit()


def kept(person: Person) -> bytes | None:
    page = folio.page_of(person.id)
    assert page is not None
    return page.mind


def test_a_mind_rebuilt_is_the_mind_kept_across_changes_of_version(app: Flask) -> None:
    with app.app_context():
        ada, bob = make_person(), make_person()
        live(ada, 1, 12)
        versions = [1]
        for by in (harder(0.7), harder(-1.3)):
            versions.append(put(by))
            numbers.refresh(app)
            live(ada, len(versions) * 20, 12)
        live(bob, 90, 6)
        told = db.session.scalars(select(Answer.numbers).where(Answer.person_id == ada.id))
        assert sorted(set(told)) == versions
        ours, his = packing.pack(minds.rebuilt(ada.id)), packing.pack(minds.rebuilt(bob.id))
        assert (ours, his) == (kept(ada), kept(bob))

    another = create_app(app.config["SETTINGS"])  # knows nothing but what is in the database
    with another.app_context():
        assert packing.pack(minds.rebuilt(ada.id)) == ours
        assert packing.pack(minds.rebuilt(bob.id)) == his
        _leave()


def test_a_mind_learns_otherwise_by_other_numbers(context: Flask) -> None:
    ada, bob = make_person(), make_person()
    live(ada, 1, 12)
    put(harder(0.7))
    numbers.refresh(context)
    live(bob, 1, 12)

    assert kept(ada) != kept(bob)


def test_rebuilding_reads_each_earlier_version_once(
    context: Flask, count_statements: Counting
) -> None:
    ada = make_person()
    for place in range(3):
        put(harder(0.1 * place))
        numbers.refresh(context)
        live(ada, 1 + 20 * place, 6)

    with count_statements() as first:
        minds.rebuilt(ada.id)
    with count_statements() as second:
        minds.rebuilt(ada.id)

    assert len(first) == 1 + 2
    assert len(second) == 1


def test_few_earlier_versions_are_held(context: Flask, held: numbers.Held) -> None:
    versions = [put_by_hand(harder(0.1 * place)) for place in range(numbers.KEPT + 2)]

    assert all(numbers.numbered(version) for version in versions)

    assert list(held.earlier) == versions[2:]
    assert numbers.numbered(versions[0]) is not None


def put_by_hand(by: Numbers) -> int:
    """A line, whatever is in force."""
    line = EngineNumbers(made_at=MONDAY, accepted=True, numbers=lines.written(by))
    db.session.add(line)
    db.session.commit()
    return line.version


def test_asking_what_is_in_force_is_a_look_in_memory(
    context: Flask, count_statements: Counting
) -> None:
    put(harder(0.5))
    numbers.refresh(context)

    with count_statements() as statements:
        assert numbers.in_force().version > 1
        assert numbers.numbered(1) is SHIPPED
        assert numbers.numbered(numbers.in_force().version) is numbers.in_force()

    assert statements == []


def test_one_request_goes_by_one_version(app: Flask) -> None:
    with app.test_request_context():
        assert numbers.in_force() is SHIPPED
        with app.app_context():
            database.may_write()
            put_by_hand(harder(0.5))
        numbers.refresh(app)
        assert numbers.in_force() is SHIPPED
    with app.test_request_context():
        assert numbers.in_force().version > 1


def test_a_look_that_finds_nothing_new_is_one_statement(
    context: Flask, count_statements: Counting
) -> None:
    put(harder(0.5))
    numbers.refresh(context)

    with count_statements() as statements:
        numbers.refresh(context)

    assert len(statements) == 1


def test_a_worker_that_watches_follows_within_a_look(app: Flask) -> None:
    watch = releases.watch(app, every=0.02)
    try:
        with app.app_context():
            for by in (0.5, -0.5):
                database.may_write()
                version = put_by_hand(harder(by))
                eventually(lambda version=version: numbers.in_force().version == version)  # type: ignore[misc]  # mypy infers no lambda with a default
                assert numbers.in_force() == numbers.numbered(version)
    finally:
        watch.stop()


def test_what_follows_the_releases_and_fails_keeps_nobody_else_from_looking(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    looked: list[Flask] = []

    def broken(_app: Flask) -> None:
        raise ValueError("broken")

    with fresh_worker(app):
        releases.when_looking(app, broken)
        releases.when_looking(app, looked.append)
        releases.Watch(app)._look()

    assert looked == [app]
    assert "broken" in caplog.text


def test_a_worker_that_starts_later_finds_the_newest_version_that_can_be_read(app: Flask) -> None:
    with app.app_context():
        version = put(harder(0.5))

    later = create_app(app.config["SETTINGS"])

    with later.app_context():
        assert numbers.in_force().version == version
        assert numbers.in_force().hardness == harder(0.5).hardness
        database.may_write()
        damage(put(harder(0.6)), {})
        _leave()

    with create_app(app.config["SETTINGS"]).app_context():
        assert numbers.in_force().version == version
        _leave()


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"ability": "none"},
        [],
        lambda good: good | {"hardness": {"key": ["much", 1, ""]}},
        lambda good: good | {"memory": good["memory"] | {"decay": 0.0}},
        lambda good: good | {"ability": good["ability"] | {"of later": 1.0}},
    ],
)
def test_a_line_that_cannot_be_read_is_logged_once_and_left_alone(
    app: Flask, caplog: pytest.LogCaptureFixture, how: Any
) -> None:
    with app.app_context():
        first = put(harder(0.5))
        numbers.refresh(app)
        second = put(harder(0.6))
        damage(second, how(lines.written(harder(0.6))) if callable(how) else how)
        with caplog.at_level(logging.ERROR):
            for _look in range(3):
                numbers.refresh(app)
        assert numbers.in_force().version == first
        assert caplog.text.count("cannot be read") == 1
        assert numbers.numbered(second) is None

    with app.app_context():
        database.may_write()
        third = put_by_hand(harder(0.7))
        numbers.refresh(app)
        assert numbers.in_force().version == third


def test_without_any_line_the_shipped_numbers_are_in_force_again(context: Flask) -> None:
    put(harder(0.5))
    numbers.refresh(context)
    db.session.execute(text("DELETE FROM engine_numbers"))
    db.session.commit()

    numbers.refresh(context)

    assert numbers.in_force() is SHIPPED


def test_going_back_is_a_new_version_with_the_numbers_of_the_old_one(context: Flask) -> None:
    first = put(harder(0.5))
    numbers.refresh(context)
    put(harder(0.6))
    numbers.refresh(context)

    again = services.go_back(first, "the second was a mistake", MONDAY)
    db.session.commit()
    numbers.refresh(context)

    assert numbers.in_force() == replace(harder(0.5), version=again)
    line = found()[-1]
    assert (line.back_to, line.reason, line.night) == (first, "the second was a mistake", None)
    shipped_again = services.go_back(1, "from the start", MONDAY)
    db.session.commit()
    numbers.refresh(context)
    assert numbers.in_force() == replace(SHIPPED, version=shipped_again)


def test_nobody_goes_back_to_what_never_was_in_force(context: Flask) -> None:
    refused = services.keep(Verdict(reason="no"), SHIPPED, None, MONDAY)
    assert refused is not None

    for version in (refused, 99):
        with pytest.raises(services.NoSuchVersion):
            services.go_back(version, "why not", MONDAY)
    assert len(found()) == 1


def test_what_is_pinned_stays_until_somebody_goes_back_without_a_pin(context: Flask) -> None:
    services.go_back(1, "an exam is on", MONDAY, pin=True)
    db.session.commit()
    numbers.refresh(context)
    pinned = numbers.in_force()

    services.keep(Verdict(numbers=harder(0.5)), pinned, None, MONDAY)
    assert not found()[-1].accepted
    assert "pinned" in found()[-1].reason

    services.go_back(1, "the exam is over", MONDAY)
    db.session.commit()
    numbers.refresh(context)
    services.keep(Verdict(numbers=harder(0.5)), numbers.in_force(), None, MONDAY)
    assert found()[-1].accepted


def test_numbers_weighed_against_others_than_those_in_force_are_not_put(context: Flask) -> None:
    services.go_back(1, "while the fit was running", MONDAY)

    services.keep(Verdict(numbers=harder(0.5)), SHIPPED, NIGHT.date(), MONDAY)

    assert not found()[-1].accepted
    assert "meanwhile" in found()[-1].reason


def test_the_database_keeps_what_a_line_promises(context: Flask) -> None:
    good = {"made_at": MONDAY, "accepted": False}
    for bad in (
        {"accepted": True},
        {"pinned": True},
        {"answers": 1, "held_out": 2},
        {"held_out": -1},
    ):
        with pytest.raises(IntegrityError):
            db.session.execute(insert(EngineNumbers).values(**good | bad))
        db.session.rollback()


def test_histories_are_drawn_by_lot_whole_and_up_to_so_many_answers(context: Flask) -> None:
    company(12, 10)
    make_person()
    catalog = releases.current()

    some = histories.drawn(1, 45, catalog).histories

    assert [len(history) for history in some] == [10] * 5
    assert histories.drawn(1, 45, catalog).histories == some
    assert histories.drawn(2, 45, catalog).histories != some
    everybody = histories.drawn(1, 1000, catalog).histories
    assert len(everybody) == 12
    assert all(given.stands for history in everybody for given in history)
    assert [given.at for given in some[0]] == sorted(given.at for given in some[0])


def test_of_a_long_history_the_newest_answers_are_drawn(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(histories, "LONGEST", 4)
    company(1, 10)

    (history,) = histories.drawn(1, 100, releases.current()).histories

    at = db.session.scalars(select(Answer.at).order_by(Answer.id))
    newest = [(moment - EPOCH).total_seconds() / 86400 for moment in list(at)[-4:]]
    assert [given.at for given in history] == pytest.approx(newest)


def test_reading_does_not_grow_with_what_others_answered(
    context: Flask, count_statements: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(histories, "AT_ONCE", 5)
    company(30, 4)

    with count_statements() as statements:
        histories.drawn(1, 20, releases.current())

    assert len(statements) == 3  # who is there, five of them, which questions changed


def test_sqlite_reads_them_through_the_index_on_the_person(context: Flask) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL plans by what is in the table")
    statement = histories._newest_of([1, 2, 3]).compile(
        db.engine, compile_kwargs={"literal_binds": True}
    )

    plan = db.session.execute(text(f"EXPLAIN QUERY PLAN {statement}")).all()

    assert any("ix_answer_person_at" in row[-1] for row in plan)
    assert not any("SCAN answer" in row[-1] for row in plan)


def test_answers_to_another_edition_tell_of_people_only(app: Flask) -> None:
    with fresh_worker(app) as worker, app.app_context():
        now = releases.current()
        question = next(iter(now.questions.values()))
        of_old = replace(question, ask_html=Words("Autre chose ?", "Something else?"))
        before = replace(now, release="before", questions={**now.questions, question.key: of_old})
        worker.recent[before.release] = before
        given = Given(question.key, question.notion, True, Outcome.RIGHT, 1.0)
        ada = make_person()
        for release in ("before", now.release, "gone"):
            remember(ada, [given], release)
        counted = {"question": question.key, "answered": "a", "right": True, "times": 1}
        for each in ("one", "two"):
            sums = {"expected_of": 0, "expected": 0.0, "squares": 0.0}
            db.session.add(QuestionTally(**counted, **sums, edition=each))
        db.session.commit()

        (history,) = histories.drawn(1, 10, now).histories

        assert [given.stands for given in history] == [False, True, False]


def test_the_worker_fits_every_night(app: Flask) -> None:
    desk = app.extensions[EXTENSION]

    (times,) = [each.times for each in desk.periodic if each.job is jobs.fit_tonight]

    assert times == {"hour": "3", "minute": "20"}


def test_an_operator_fits_lists_and_goes_back(app: Flask, run: Run) -> None:
    with app.app_context():
        version = put(harder(0.5), NIGHT.date())

    fitted = run("fit-engine").output
    assert "by hand  0 answers of 0 people, 0 held out  too few answers: 0, at least" in fitted
    assert f"In force: version {version}." in fitted

    back = run("engine-back", "1", "--reason", "it asks hard questions only", "--pin").output
    assert "Version 1 is in force again, as version" in back
    listed = run("engine-numbers").output.splitlines()
    assert listed[0].startswith("*")
    assert "back to 1, pinned  it asks hard questions only" in listed[0]
    assert "night" in listed[2]
    assert f"   {version}  2026-03-02 10:00 UTC" in listed[2]

    missing = run("engine-back", "77", "--reason", "no", status=1).output
    assert "There is no version 77" in missing
    run("engine-back", "1", status=2)


def test_a_list_tells_the_figures(app: Flask, run: Run) -> None:
    with app.app_context():
        line = EngineNumbers(made_at=MONDAY, night=NIGHT.date(), accepted=False, reason="refused")
        line.loss_before, line.loss_after = 0.53124, 0.52889
        line.memory_before, line.memory_after = 0.6, 0.7
        db.session.add(line)
        db.session.commit()

    listed = run("engine-numbers").output

    assert "ability 0.5312 > 0.5289  memory 0.6000 > 0.7000  refused" in listed
    assert "minds kept" not in listed
    assert "In force: version 1." in listed
