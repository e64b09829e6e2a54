"""Awards given and withdrawn by somebody: once, written down, told, and with their reasons."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from academy.database import db
from academy.deeds.services import Act
from academy.deeds.verbs import Verb
from academy.notices.models import Notice
from academy.passport import queries as passports
from academy.passport.keeping import services as keeping
from academy.passport.models import Status
from academy.people import audit
from academy.people.models import Person, Role
from academy.rewards import badges, by_hand, evidence, queries, rules, services
from academy.rewards.badges import Award
from academy.rewards.by_hand import Giver, NotToOneself, NotYours
from academy.rewards.models import Grant
from tests.conftest import MONDAY
from tests.factories import TODAY, earn_passport, make_person
from tests.services.crowd import all_at_once
from tests.services.editions import award

REASON = "Somebody else sat the quiz."


def read(person: Person, number: int) -> None:
    once = f"lesson:{number}"
    services.record(Act(person.id, Verb.LESSON_DONE, str(number), MONDAY, TODAY, once, theme="ai"))
    db.session.commit()


@pytest.fixture
def medal(context: Flask, monkeypatch: pytest.MonkeyPatch) -> Award:
    """Given by HR or by organisers."""
    made = award("medal", rules.Given("medal", ("hr", "organiser")), points=30)
    monkeypatch.setitem(context.extensions, badges._SHELF, {**badges.current(), "medal": made})
    return made


def acts(act: audit.Act) -> list[audit.AuditEntry]:
    db.session.commit()
    entry = audit.AuditEntry
    return list(db.session.scalars(select(entry).where(entry.act == act).order_by(entry.id)))


def test_an_award_is_given_once_and_written_down(context: Flask, medal: Award) -> None:
    ada, bob = make_person(), make_person(Role.HR)
    giver = Giver(bob.id, Role.HR)

    first = by_hand.give(ada.id, medal, giver, MONDAY, TODAY)
    again = by_hand.give(ada.id, medal, giver, MONDAY, TODAY)

    assert [each.key for each in first.awards] == ["medal"]
    assert again == services.NOTHING
    assert queries.balances(ada.id).points == 30
    (entry,) = acts(audit.Act.AWARD_GIVEN)
    assert (entry.actor_id, entry.subject) == (bob.id, f"person:{ada.id}")
    assert entry.details == {"award": "medal", "role": "hr"}
    (grant,) = db.session.scalars(select(Grant))
    assert [deed["verb"] for deed in grant.evidence] == ["award_given"]


def test_only_the_roles_named_give_it_and_nobody_to_themselves(
    context: Flask, medal: Award
) -> None:
    ada, bob = make_person(), make_person(Role.HR)

    with pytest.raises(NotYours):
        by_hand.give(ada.id, medal, Giver(bob.id, Role.ADMIN), MONDAY, TODAY)
    with pytest.raises(NotYours):
        by_hand.give(ada.id, badges.current()["passport"], Giver(bob.id, Role.HR), MONDAY, TODAY)
    with pytest.raises(NotToOneself):
        by_hand.give(bob.id, medal, Giver(bob.id, Role.HR), MONDAY, TODAY)

    assert queries.held(ada.id) == queries.held(bob.id) == frozenset()
    assert acts(audit.Act.AWARD_GIVEN) == []


def test_a_gift_may_be_one_condition_of_several(
    context: Flask, medal: Award, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = rules.Some((medal.rule, rules.Count("lesson_done", 1)), 2)
    shelf = {**badges.current(), "medal": replace(medal, rule=both)}
    monkeypatch.setitem(context.extensions, badges._SHELF, shelf)
    ada, bob = make_person(), make_person(Role.HR)

    given = by_hand.give(ada.id, shelf["medal"], Giver(bob.id, Role.HR), MONDAY, TODAY)
    read(ada, 1)

    assert given.awards == ()
    assert "medal" in queries.held(ada.id)


def test_a_withdrawn_award_is_not_held_nor_earned_again(context: Flask) -> None:
    ada, bob = make_person(), make_person(Role.ADMIN)
    read(ada, 1)
    points = queries.balances(ada.id)

    assert by_hand.revoke(ada.id, "first-lesson", REASON, bob.id, MONDAY)
    db.session.commit()
    read(ada, 2)

    assert queries.held(ada.id) == frozenset()
    assert queries.balances(ada.id).points == points.points + 10
    held, withdrawn = queries.all_grants(ada.id)
    assert held == {}
    assert (withdrawn["first-lesson"].reason, withdrawn["first-lesson"].revoked_at) == (
        REASON,
        MONDAY,
    )


def test_it_stays_withdrawn_after_rebuilding_and_after_a_walk(context: Flask) -> None:
    ada, bob = make_person(), make_person(Role.ADMIN)
    read(ada, 1)
    by_hand.revoke(ada.id, "first-lesson", REASON, bob.id, MONDAY)

    services.rebuild(ada.id)
    services.catch_up(ada.id, MONDAY, TODAY)
    db.session.commit()

    assert queries.held(ada.id) == frozenset()


def test_withdrawing_is_done_written_and_told_once(context: Flask) -> None:
    ada, bob = make_person(), make_person(Role.ADMIN)
    read(ada, 1)

    done = [by_hand.revoke(ada.id, "first-lesson", REASON, bob.id, MONDAY) for _ in range(2)]

    assert done == [True, False]
    (entry,) = acts(audit.Act.AWARD_REVOKED)
    assert (entry.actor_id, entry.details) == (bob.id, {"award": "first-lesson"})
    told = db.session.scalars(select(Notice).where(Notice.kind == "withdrawn")).all()
    assert [each.person_id for each in told] == [ada.id]


def test_what_is_not_held_is_not_withdrawn(context: Flask) -> None:
    ada, bob = make_person(), make_person(Role.ADMIN)

    assert not keeping.withdraw(ada.id, "first-lesson", REASON, bob.id, MONDAY)
    assert acts(audit.Act.AWARD_REVOKED) == []


def test_who_withdraws_the_passport_ends_its_certificate(context: Flask) -> None:
    ada, bob = make_person(), make_person(Role.ADMIN)
    earn_passport(ada)
    certificate = passports.valid_one(ada.id)
    assert certificate is not None

    assert keeping.withdraw(ada.id, "passport", REASON, bob.id, MONDAY)
    db.session.commit()

    assert (certificate.status, certificate.end_reason) == (Status.REVOKED, "")


def test_a_certificate_says_what_was_withdrawn_since(context: Flask) -> None:
    ada, bob = make_person(), make_person(Role.ADMIN)
    earn_passport(ada)
    certificate = passports.valid_one(ada.id)
    assert certificate is not None
    said = passports.certified(certificate)
    assert passports.withdrawn_since(certificate, said) == ()

    by_hand.revoke(ada.id, "visa-ai", REASON, bob.id, MONDAY)

    (found,) = passports.withdrawn_since(certificate, said)
    assert (found.title, found.on) == (badges.current()["visa-ai"].title, MONDAY)


@pytest.mark.parametrize(
    "wrong", [{"revoked_at": MONDAY}, {"revoked_reason": "why"}, {"revoked_reason": None}]
)
def test_the_database_refuses_a_withdrawal_without_its_reason(
    context: Flask, wrong: dict[str, object]
) -> None:
    read(make_person(), 1)

    with pytest.raises(IntegrityError):
        db.session.execute(update(Grant).values(wrong))


def test_twenty_who_give_at_once_give_one(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    made = award_in(app, monkeypatch)
    with app.app_context():
        ada, bob = make_person(), make_person(Role.HR)
        person, giver = ada.id, Giver(bob.id, Role.HR)

    given = all_at_once(app, lambda _n: by_hand.give(person, made, giver, MONDAY, TODAY))

    assert sum(len(each.awards) for each in given) == 1
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Grant)) == 1
        assert len(acts(audit.Act.AWARD_GIVEN)) == 1


def award_in(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Award:
    with app.app_context():
        made = award("medal", rules.Given("medal", ("hr",)), points=30)
        monkeypatch.setitem(app.extensions, badges._SHELF, {**badges.current(), "medal": made})
    return made


def test_the_evidence_is_what_counted_and_not_all_of_it(context: Flask) -> None:
    ada = make_person()
    for number in range(30):
        read(ada, number)

    found = {grant.award: grant.evidence for grant in db.session.scalars(select(Grant))}

    assert len(found["first-lesson"]) == 1
    assert len(found["reader-bronze"]) == 4
    assert len(found["reader-gold"]) == evidence.MOST
    assert [deed["subject"] for deed in found["reader-bronze"]] == ["3", "2", "1", "0"]
    assert found["first-lesson"][0]["on"] == TODAY.isoformat()
