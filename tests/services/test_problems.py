"""Reporting a problem, deciding about it, thinking again: once each, whoever does it and how often."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import func, select

from academy import database
from academy.catalog import releases
from academy.database import db
from academy.deeds.models import Deed
from academy.deeds.verbs import Verb
from academy.notices import queries as notices
from academy.notices.words import said
from academy.people import audit
from academy.people.models import Person, Role
from academy.reports import queries, services
from academy.reports.kinds import THANKED_A_MONTH, About, Kind, Outcome, Ticket, Trouble
from academy.reports.models import Problem
from academy.reports.services import TooMany, Verdict
from academy.rewards import queries as rewards
from academy.rewards import services as ledger
from tests.conftest import MONDAY
from tests.factories import make_person
from tests.problems import LESSON, QUESTION, decide, last_decision, reopen, reported, tell


@pytest.fixture
def ada(context: Flask) -> Person:
    return make_person()


@pytest.fixture
def tom(context: Flask) -> Person:
    return make_person(Role.AUTHOR)


def points(person: Person) -> int:
    return rewards.balances(person.id).points


def waiting(about: About = QUESTION) -> list[queries.Report]:
    return queries.open_reports(about)[0]


def questions(count: int) -> list[About]:
    keys = list(releases.current().questions)[:count]
    return [About(Kind.QUESTION, key) for key in keys]


def test_a_second_report_on_the_same_thing_edits_the_first(ada: Person) -> None:
    tell(ada, words="Which cloud?")
    tell(ada, words="Whose cloud?", trouble=Trouble.WRONG)

    (report,) = waiting()
    assert (report.words, report.trouble, report.ticket.edition) == (
        "Whose cloud?",
        Trouble.WRONG,
        2,
    )


def test_different_people_and_things_are_different_reports(ada: Person, tom: Person) -> None:
    tell(ada)
    tell(tom)
    tell(ada, LESSON)

    assert (len(waiting()), len(waiting(LESSON))) == (2, 1)


def test_a_report_names_the_release_it_was_made_on(ada: Person) -> None:
    tell(ada)

    assert [report.release for report in waiting()] == [releases.current().release]


def test_the_queue_puts_first_what_most_people_report(ada: Person, tom: Person) -> None:
    tell(ada, LESSON)
    tell(ada, trouble=Trouble.WRONG)
    tell(tom)

    found, more = queries.waiting(1)

    assert [(each.about, each.count) for each in found] == [(QUESTION, 2), (LESSON, 1)]
    assert set(found[0].troubles) == {(Trouble.WRONG, 1), (Trouble.UNCLEAR, 1)}
    assert not more


def test_the_queue_is_turned_page_by_page(ada: Person) -> None:
    abouts = questions(queries.PAGE + 1)
    for hour, about in enumerate(abouts):
        tell(ada, about, at=MONDAY + timedelta(hours=hour))

    first, more = queries.waiting(1)
    rest, none = queries.waiting(2)

    assert [each.about for each in (*first, *rest)] == abouts
    assert (len(first), more, none) == (queries.PAGE, True, False)


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.MENDED, "A problem you reported is mended. Thank you!"),
        (Outcome.DISMISSED, "An author has answered a problem you reported."),
    ],
)
def test_who_reported_is_told_that_there_is_an_answer_and_the_author_is_not(
    context: Flask, ada: Person, tom: Person, outcome: Outcome, words: str
) -> None:
    tell(ada)
    tell(tom)

    decide(tom, outcome=outcome)
    decide(tom, outcome=outcome)

    with context.test_request_context(), force_locale("en"):
        told = [said(each) for each in notices.page(ada.id)[0] if each.kind == "answered"]
    assert told == [words]
    assert [each.kind for each in notices.page(tom.id)[0]] == []


def test_a_decision_answers_what_was_ticked_and_nothing_else(ada: Person, tom: Person) -> None:
    tell(ada)
    tell(tom)
    first = waiting()[0].ticket

    verdict = Verdict(Outcome.DISMISSED, "It says so above.", frozenset({first}))
    assert services.decide(tom.id, QUESTION, verdict, MONDAY) == 1

    (mine,) = queries.mine(ada.id)[0]
    (other,) = queries.mine(tom.id)[0]
    assert (mine.outcome, mine.note) == (Outcome.DISMISSED, "It says so above.")
    assert (other.outcome, other.note) == (None, "")


def test_a_report_changed_since_it_was_read_is_not_answered(ada: Person, tom: Person) -> None:
    tell(ada)
    ticket = waiting()[0].ticket
    tell(ada, words="Something else.")

    verdict = Verdict(Outcome.MENDED, "Done.", frozenset({ticket}))

    assert services.decide(tom.id, QUESTION, verdict, MONDAY) == 0
    assert len(waiting()) == 1
    assert queries.decisions() == ([], False)


def test_a_decision_posted_twice_counts_once(ada: Person, tom: Person) -> None:
    tell(ada)
    verdict = Verdict(Outcome.MENDED, "Done.", frozenset({waiting()[0].ticket}))

    answered = [services.decide(tom.id, QUESTION, verdict, MONDAY) for _ in range(2)]

    assert answered == [1, 0]
    assert last_decision().answered == 1
    assert points(ada) == 5


def test_reports_on_something_else_are_not_answered_by_mistake(ada: Person, tom: Person) -> None:
    tell(ada, LESSON)
    verdict = Verdict(Outcome.MENDED, "Done.", frozenset({waiting(LESSON)[0].ticket}))

    assert services.decide(tom.id, QUESTION, verdict, MONDAY) == 0
    assert services.decide(tom.id, QUESTION, Verdict(Outcome.MENDED, "x", frozenset()), MONDAY) == 0


def test_a_mended_report_is_a_deed_and_a_dismissed_one_is_not(ada: Person, tom: Person) -> None:
    tell(ada)
    tell(ada, LESSON)
    decide(tom)
    decide(tom, LESSON, Outcome.DISMISSED)

    mine = select(Deed).where(Deed.person_id == ada.id, Deed.verb != Verb.AWARD_EARNED)
    deeds = db.session.scalars(mine).all()

    assert [(each.verb, each.subject, each.theme) for each in deeds] == [
        (Verb.REPORT_MENDED, QUESTION.key, "culture")
    ]
    assert rewards.balances(ada.id).stars == rewards.balances(ada.id).keys == 0


def test_nobody_is_paid_for_their_own_decision(tom: Person) -> None:
    tell(tom)

    assert decide(tom) == 1
    assert points(tom) == 0


def test_the_same_thing_pays_once_however_often_it_is_reported(ada: Person, tom: Person) -> None:
    for _ in range(3):
        tell(ada)
        decide(tom)
    reopen(tom)
    decide(tom)

    assert points(ada) == 5


def test_so_many_reports_pay_in_a_month_and_the_next_month_again(ada: Person, tom: Person) -> None:
    *some, last = questions(THANKED_A_MONTH + 2)
    for about in some:
        tell(ada, about)
        decide(tom, about)
    tell(ada, last)
    decide(tom, last, at=MONDAY + timedelta(days=31))

    assert points(ada) == 5 * (THANKED_A_MONTH + 1)
    before = points(ada)
    ledger.rebuild(ada.id)
    assert points(ada) == before


def test_what_is_reopened_waits_again(ada: Person, tom: Person) -> None:
    tell(ada)
    decide(tom)
    reopen(tom)

    assert len(waiting()) == 1
    assert last_decision().reopened
    assert queries.mine(ada.id)[0][0].outcome is None


def test_reopening_twice_changes_nothing_more(ada: Person, tom: Person) -> None:
    tell(ada)
    decide(tom)
    reopen(tom)
    reopen(tom)

    acts = [entry.act for entry in audit.entries(audit.Wanted())[0]]
    assert acts == [audit.Act.PROBLEM_REOPENED, audit.Act.PROBLEM_MENDED]
    assert services.reopen(tom.id, 999_999, MONDAY) is None


def test_who_reported_anew_keeps_the_newer_report(ada: Person, tom: Person) -> None:
    tell(ada, words="First.")
    tell(tom, words="Me too.")
    decide(tom)
    tell(ada, words="Still.")

    reopen(tom)

    assert {report.words for report in waiting()} == {"Still.", "Me too."}


def test_decisions_are_written_in_the_audit_log_without_names(ada: Person, tom: Person) -> None:
    tell(ada)
    decide(tom, outcome=Outcome.DISMISSED)

    (entry,) = audit.entries(audit.Wanted())[0]

    assert (entry.act, entry.subject) == (audit.Act.PROBLEM_DISMISSED, str(QUESTION))
    assert (entry.actor_id, entry.details) == (tom.id, {"reports": 1})


def test_more_than_twenty_in_an_hour_are_refused(ada: Person) -> None:
    for about in questions(20):
        tell(ada, about)

    with pytest.raises(TooMany):
        tell(ada, LESSON)
    db.session.rollback()
    tell(ada, LESSON, at=MONDAY + timedelta(hours=1))
    assert len(waiting(LESSON)) == 1


def test_one_reads_only_ones_own_reports(ada: Person, tom: Person) -> None:
    tell(ada)
    tell(tom, LESSON)

    assert [each.about for each in queries.mine(ada.id)[0]] == [QUESTION]


def at_once(app: Flask, *deeds: object) -> list[object]:
    """Each in a thread of its own, committed."""

    def run(deed: object) -> object:
        with app.app_context():
            database.may_write()
            done = deed()  # type: ignore[operator]  # a deed is called
            db.session.commit()
            return done

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def test_the_same_report_sent_by_four_tabs_at_once_is_one(app: Flask) -> None:
    with app.app_context():
        database.may_write()
        ada = make_person()
        told = reported(Trouble.WRONG, "No.")

    def report() -> None:
        services.tell(ada.id, QUESTION, told, MONDAY)

    at_once(app, *[report] * 4)

    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Problem)) == 1


def test_two_authors_who_decide_at_once_answer_once(app: Flask) -> None:
    with app.app_context():
        database.may_write()
        tom, eve = make_person(Role.AUTHOR), make_person(Role.AUTHOR)
        people = [make_person() for _ in range(3)]
        for person in people:
            tell(person)
        read = frozenset(report.ticket for report in waiting())

    def by(author: Person, outcome: Outcome) -> object:
        return lambda: services.decide(author.id, QUESTION, Verdict(outcome, "So.", read), MONDAY)

    answered = at_once(app, by(tom, Outcome.MENDED), by(eve, Outcome.DISMISSED))

    assert sorted(map(str, answered)) == ["0", "3"]
    with app.app_context():
        assert len(queries.decisions()[0]) == 1


def test_a_report_rewritten_while_it_is_answered_is_one_or_the_other(app: Flask) -> None:
    with app.app_context():
        database.may_write()
        tom, ada = make_person(Role.AUTHOR), make_person()
        tell(ada)
        read = frozenset({Ticket(waiting()[0].ticket.report, 1)})

    def rewrite() -> None:
        services.tell(ada.id, QUESTION, reported(Trouble.OTHER, "More."), MONDAY)

    def answer() -> int:
        return services.decide(tom.id, QUESTION, Verdict(Outcome.MENDED, "So.", read), MONDAY)

    _none, answered = at_once(app, rewrite, answer)

    with app.app_context():
        (report,) = waiting()
        assert report.words == "More."
        assert report.ticket.edition == (1 if answered else 2)
