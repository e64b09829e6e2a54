"""What deeds bring: paid once, counted, explained; awards at their thresholds."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from academy.database import db
from academy.deeds.models import Deed
from academy.deeds.services import Act
from academy.deeds.verbs import Verb
from academy.folio import services as folio
from academy.folio.models import Folio
from academy.people import services as people
from academy.people.models import Person
from academy.rewards import badges, queries, rules, services
from academy.rewards.models import Grant, LedgerEntry
from academy.rewards.queries import Balances
from academy.rewards.services import NOTHING, Earned
from academy.rewards.tariff import Pay
from tests.conftest import MONDAY
from tests.factories import TODAY, make_person, make_site
from tests.services.editions import award

_subjects = count(1)
THEMES = ("culture", "ai", "data")


def act(
    person: Person, verb: Verb = Verb.LESSON_DONE, theme: str = "culture", **result: int
) -> Act:
    """A deed never done before."""
    subject = f"subject-{next(_subjects)}"
    return Act(person.id, verb, subject, MONDAY, TODAY, f"{verb}:{subject}", theme, result)


def recorded(acts: Sequence[Act]) -> list[Earned]:
    earned = [services.record(each) for each in acts]
    db.session.commit()
    return earned


def whatever_the_day(tallies: dict[str, int]) -> dict[str, int]:
    """The tallies without what is kept of days, for rules that ask for it."""
    return {name: n for name, n in tallies.items() if "#" not in name and "@" not in name}


def keys(earned: Earned) -> list[str]:
    return [award.key for award in earned.awards]


def test_a_deed_pays_what_the_tariff_says_and_the_awards_it_brings(context: Flask) -> None:
    ada = make_person()

    (earned,) = recorded([act(ada, Verb.ROUND_DONE, right=2, dont_know=0)])

    assert keys(earned) == ["first-minute"]
    assert earned.pay == Pay(points=5 + 2 * 2 + 5, stars=1, keys=2)
    assert queries.balances(ada.id) == Balances(14, 1, 2, 1, 2)


def test_a_deed_recorded_again_brings_nothing(context: Flask) -> None:
    ada, deed = make_person(), act(make_person())
    deed = replace(deed, person_id=ada.id)
    recorded([deed])
    before = queries.balances(ada.id), queries.tallies(ada.id)

    (again,) = recorded([replace(deed, at=MONDAY + timedelta(days=1))])

    assert again == NOTHING
    assert (queries.balances(ada.id), queries.tallies(ada.id)) == before


def test_one_persons_deeds_are_not_anothers(context: Flask) -> None:
    ada, bob = make_person(), make_person()

    recorded([act(ada)])

    assert queries.balances(bob.id) == Balances()
    assert queries.tallies(bob.id) == {}
    assert queries.held(bob.id) == frozenset()


def test_tallies_count_by_verb_by_theme_and_by_figure(context: Flask) -> None:
    ada = make_person()

    recorded(
        [
            act(ada, theme="ai"),
            act(ada, theme="culture", right=2),
            act(ada, Verb.ROUND_DONE, "ai", right=1, dont_know=1),
        ]
    )

    assert whatever_the_day(queries.tallies(ada.id)) == {
        "lesson_done": 2,
        "lesson_done/ai": 1,
        "lesson_done/culture": 1,
        "lesson_done.right": 2,
        "round_done": 1,
        "round_done/ai": 1,
        "round_done.right": 1,
        "round_done.dont_know": 1,
    }


def test_tallies_grow_with_verbs_and_themes_and_not_with_the_deeds(context: Flask) -> None:
    ada = make_person()
    acts = [(verb, theme) for verb in (Verb.LESSON_DONE, Verb.ROUND_DONE) for theme in THEMES]

    for _deed in range(30):
        recorded([act(ada, verb, theme, right=1, dont_know=1) for verb, theme in acts])

    plain = whatever_the_day(queries.tallies(ada.id))
    assert len(plain) == len(acts) + 2 * len(("done", "right", "dont_know"))
    page = folio.open_page(ada.id)
    assert len(page.awards) == len(set(page.awards)) > 0


@pytest.mark.parametrize(
    ("verb", "theme", "needed", "award"),
    [
        (Verb.LESSON_DONE, "culture", 1, "first-lesson"),
        (Verb.LESSON_DONE, "culture", 4, "reader-bronze"),
        (Verb.LESSON_DONE, "culture", 12, "reader-silver"),
        (Verb.ROUND_DONE, "culture", 5, "regular-bronze"),
        (Verb.ROUND_DONE, "culture", 20, "regular-silver"),
        (Verb.QUIZ_PASSED, "ai", 1, "visa-ai"),
        (Verb.QUIZ_PASSED, "culture", 3, "visa-culture"),
        (Verb.QUIZ_FLAWLESS, "ai", 1, "flawless"),
    ],
)
def test_an_award_is_granted_at_its_threshold_and_not_before(
    context: Flask, verb: Verb, theme: str, needed: int, award: str
) -> None:
    ada = make_person()

    earned = recorded([act(ada, verb, theme) for _ in range(needed + 1)])

    assert [award in keys(each) for each in earned] == [False] * (needed - 1) + [True, False]


def test_a_visa_counts_its_own_theme_only(context: Flask) -> None:
    ada = make_person()

    recorded([act(ada, Verb.QUIZ_PASSED, "security") for _ in range(3)])

    assert {key for key in queries.held(ada.id) if key.startswith("visa")} == {"visa-security"}


def test_the_passport_asks_for_five_quizzes_and_three_themes(context: Flask) -> None:
    ada = make_person()
    themes = ["culture", "culture", "culture", "culture", "security", "ai"]

    earned = recorded([act(ada, Verb.QUIZ_PASSED, theme) for theme in themes])

    assert ["passport" in keys(each) for each in earned] == [False] * 5 + [True]


def test_several_medals_may_come_at_once(context: Flask) -> None:
    ada = make_person()

    (earned,) = recorded([act(ada, Verb.ROUND_DONE, right=50)])

    assert keys(earned) == ["first-minute", "keyring-bronze", "keyring-silver"]


def test_an_award_may_complete_another_at_once(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    collector = award("collector", rules.Held("first-lesson"), points=7)
    monkeypatch.setitem(
        context.extensions, badges._SHELF, {"collector": collector, **badges.current()}
    )
    ada = make_person()

    (earned,) = recorded([act(ada)])

    assert keys(earned) == ["first-lesson", "collector"]
    assert earned.pay.points == 10 + 5 + 7


def test_a_grant_remembers_its_rule_its_deed_its_day_and_the_place(context: Flask) -> None:
    ada = make_person()
    people.post(ada, make_site(site="Lyon"), "sales", TODAY)

    recorded([act(ada), act(ada)])

    grant = db.session.scalars(select(Grant).where(Grant.person_id == ada.id)).one()
    first = db.session.scalars(select(Deed.id).order_by(Deed.id)).first()
    assert (grant.award, grant.version) == (
        "first-lesson",
        badges.current()["first-lesson"].version,
    )
    assert (grant.deed_id, grant.granted_at, grant.granted_on) == (first, MONDAY, TODAY)
    assert grant.place == "Lyon"


def test_an_award_is_granted_once_even_when_its_rule_changes(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    recorded([act(ada)])
    stricter = replace(
        badges.current()["first-lesson"], rule=rules.Count("lesson_done", 2), version="another"
    )
    monkeypatch.setitem(
        context.extensions, badges._SHELF, {**badges.current(), "first-lesson": stricter}
    )

    earned = recorded([act(ada), act(ada)])

    assert [keys(each) for each in earned] == [[], []]
    assert "first-lesson" in queries.held(ada.id)


def test_a_new_award_is_granted_with_the_next_deed_it_counts(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    recorded([act(ada), act(ada)])
    fresh = award("fresh", rules.Count("lesson_done", 2))
    monkeypatch.setitem(context.extensions, badges._SHELF, {**badges.current(), "fresh": fresh})

    other, earned = recorded([act(ada, Verb.ROUND_DONE), act(ada)])

    assert "fresh" not in keys(other)
    assert "fresh" in keys(earned)


@pytest.mark.parametrize(
    "wrong", [{"stars": -1}, {"keys": -1}, {"points": -1}, {"stars": 9_999}, {"stars_ever": 0}]
)
def test_the_database_refuses_a_balance_below_nothing_or_above_what_was_earned(
    context: Flask, wrong: dict[str, int]
) -> None:
    recorded([act(make_person(), Verb.ROUND_DONE, right=2)])

    with pytest.raises(IntegrityError):
        db.session.execute(update(Folio).values(wrong))


def test_a_star_is_spent_once_and_a_deed_brings_none_back(context: Flask) -> None:
    """As a shop does: in one statement, whatever anybody does meanwhile."""
    ada = make_person()
    recorded([act(ada, Verb.ROUND_DONE), act(ada, Verb.ROUND_DONE)])
    buy = (
        update(Folio)
        .where(Folio.person_id == ada.id, Folio.stars >= 2)
        .values(stars=Folio.stars - 2)
        .returning(Folio.stars)
    )

    page = folio.open_page(ada.id)
    bought = [db.session.execute(buy).scalar() for _ in range(2)]
    services.record_on(page, act(ada, Verb.ROUND_DONE))
    folio.keep(page)

    assert bought == [0, None]
    assert (queries.balances(ada.id).stars, queries.balances(ada.id).stars_ever) == (1, 3)


@pytest.mark.parametrize("wrong", [{"amount": 0}, {"amount": -5}, {"currency": "euro"}])
def test_the_ledger_refuses_what_pays_nothing_or_in_no_known_currency(
    context: Flask, wrong: dict[str, object]
) -> None:
    recorded([act(make_person(), Verb.ROUND_DONE)])
    line = update(LedgerEntry).where(LedgerEntry.currency == "point")

    with pytest.raises(IntegrityError):
        db.session.execute(line.values(wrong))
