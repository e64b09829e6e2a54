"""Voyages: begun once, answered once, mended when the content changes, paid once."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy.catalog import releases
from academy.catalog.marking import Reason, Unmarkable
from academy.catalog.tree import Barrier
from academy.database import db
from academy.learning.alone import Posted
from academy.mastery import minds
from academy.mastery import queries as mastery
from academy.mastery.mind import tag
from academy.mastery.models import Answer, Context
from academy.people.models import Person
from academy.rewards import queries as rewards
from academy.surveys import placing, queries, services
from academy.surveys.models import Voyage
from academy.surveys.services import Changed, NothingToAsk, NotYet
from tests.conftest import MONDAY
from tests.factories import (
    DONT_KNOW,
    TODAY,
    do_round,
    learner,
    live_scene,
    make_person,
    met,
    sail,
    set_sail,
)
from tests.services.editions import closed_to, publish, without_questions

LATER = MONDAY + timedelta(hours=1)
HALF_A_YEAR_LATER = MONDAY + timedelta(days=190)


def said(sailing: Voyage, slot: int | None = None, release: str | None = None) -> Posted:
    slot = sailing.answered + 1 if slot is None else slot
    return Posted(slot, release or releases.current().release, "fr", DONT_KNOW)


def give(person: Person, sailing: Voyage, what: Posted) -> object:
    return services.answer(learner(person), sailing, what, MONDAY)


def questions(sailing: Voyage) -> list[str]:
    return [step["question"] for step in sailing.steps]


def voyages() -> int:
    return db.session.scalar(select(func.count()).select_from(Voyage)) or 0


def answers() -> int:
    return db.session.scalar(select(func.count()).select_from(Answer)) or 0


def test_a_voyage_has_twelve_scenes_spread_over_all_themes(context: Flask) -> None:
    sailing = sail(make_person())

    catalog = releases.current()
    asked = [catalog.questions[key] for key in questions(sailing)]
    themes = [catalog.modules[question.module].theme for question in asked]
    assert sailing.answered == len(set(questions(sailing))) == 12
    assert len(catalog.themes) == 6
    assert {theme: themes.count(theme) for theme in catalog.themes} == dict.fromkeys(
        catalog.themes, 2
    )
    assert all(question.type in queries.QUICK for question in asked)


def test_setting_sail_twice_opens_one_voyage(context: Flask) -> None:
    ada = make_person()

    first, second = set_sail(ada), set_sail(ada, LATER, seed=2)

    assert first.id == second.id
    assert (voyages(), len(first.steps), second.seed) == (1, 1, 1)


def test_an_answer_sent_twice_counts_once(context: Flask) -> None:
    ada = make_person()
    sailing = set_sail(ada)
    live_scene(ada, sailing)
    after = list(sailing.steps)

    again = give(ada, sailing, said(sailing, slot=1))

    assert again is None
    assert (sailing.answered, answers()) == (1, 1)
    assert sailing.steps == after


def test_scenes_are_lived_in_order(context: Flask) -> None:
    ada = make_person()
    sailing = set_sail(ada)

    with pytest.raises(NotYet):
        give(ada, sailing, said(sailing, slot=2))
    assert answers() == 0


def test_an_answer_that_says_nothing_changes_nothing(context: Flask) -> None:
    ada = make_person()
    sailing = set_sail(ada)

    with pytest.raises(Unmarkable) as refused:
        give(ada, sailing, Posted(1, releases.current().release, "fr", {}))

    assert refused.value.reason is Reason.NO_ANSWER
    assert (sailing.answered, answers()) == (0, 0)


def test_the_engine_learns_from_a_voyage_as_from_any_answer(context: Flask) -> None:
    ada = make_person()
    sailing = sail(ada)

    kept = mastery.answers_in(Context.PLACEMENT, sailing.id)
    assert [given.question for given in kept] == questions(sailing)
    assert met(ada) == {tag(step["notion"]) for step in sailing.steps}


def test_the_engine_starts_from_what_the_voyage_showed_in_every_theme(context: Flask) -> None:
    ada, bob = make_person(), make_person()
    sail(ada)
    sail(bob, right=False)

    sharp, blank = mastery.mind_of(ada.id), mastery.mind_of(bob.id)

    assert set(sharp.skills) == set(blank.skills) == {tag(key) for key in releases.current().themes}
    assert sharp.theta > 0 > blank.theta
    assert all(sharp.skills[theme][0] > blank.skills[theme][0] for theme in sharp.skills)
    assert sharp.variance < minds.stranger().variance


def test_a_voyage_pays_once_whatever_was_known(context: Flask) -> None:
    ada, bob = make_person(), make_person()

    sail(ada)
    sail(bob, right=False)

    for person in (ada, bob):
        balances = rewards.balances(person.id)
        assert (balances.points, balances.stars, balances.keys) == (15, 1, 0)


def test_half_a_voyage_is_kept_and_pays_nothing_yet(context: Flask) -> None:
    ada = make_person()
    sail(ada, scenes=5)

    found = queries.latest(ada.id)

    assert found is not None
    assert (found.answered, found.finished_at, len(found.steps)) == (5, None, 6)
    assert rewards.balances(ada.id).points == 0


def test_once_arrived_one_sails_again_after_half_a_year_and_not_before(context: Flask) -> None:
    ada = make_person()
    first = sail(ada, right=False)

    assert set_sail(ada, MONDAY + timedelta(days=181)).id == first.id

    second = sail(ada, HALF_A_YEAR_LATER)
    assert (second.id != first.id, second.number) == (True, 2)
    assert rewards.balances(ada.id).points == 15


def test_a_second_voyage_prefers_questions_never_asked(context: Flask) -> None:
    ada = make_person()
    first = sail(ada)

    assert set(questions(sail(ada, HALF_A_YEAR_LATER))).isdisjoint(questions(first))


def test_what_was_put_off_is_found_again_where_it_was_left(context: Flask) -> None:
    ada, bob = make_person(), make_person()
    sail(ada, scenes=3)

    for person in (ada, bob, ada):
        services.put_off(learner(person), LATER)

    assert voyages() == 2
    assert all(each.put_off_at == LATER for each in db.session.scalars(select(Voyage)))
    back, begun = set_sail(ada, LATER), set_sail(bob, LATER)
    assert (back.answered, back.put_off_at) == (3, None)
    assert (len(begun.steps), begun.number, begun.put_off_at) == (1, 1, None)


def test_a_voyage_that_is_over_cannot_be_put_off(context: Flask) -> None:
    ada = make_person()
    sailing = sail(ada)

    services.put_off(learner(ada), LATER)

    assert sailing.put_off_at is None


def test_questions_that_are_unfair_to_somebody_are_not_asked(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    ada.needs = [Barrier.MOTOR]
    usual = questions(sail(make_person()))
    publish(context, monkeypatch, closed_to(releases.current(), Barrier.MOTOR, *usual))

    assert set(questions(sail(ada))).isdisjoint(usual)


def test_a_withdrawn_question_is_replaced_and_the_answers_stay(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    sailing = sail(ada, scenes=4)
    before, gone = sailing.steps[:4], questions(sailing)[4]
    publish(context, monkeypatch, without_questions(releases.current(), gone))
    assert not services.is_askable(sailing)

    services.mended(learner(ada), sailing, LATER)

    assert sailing.steps[:4] == before
    assert len(sailing.steps) == 5
    assert services.is_askable(sailing)
    assert sail(ada).answered == 12


def test_a_voyage_untouched_by_a_new_release_stays_as_it_is(context: Flask) -> None:
    ada = make_person()
    sailing = sail(ada, scenes=4)
    before = list(sailing.steps)

    services.mended(learner(ada), sailing, LATER)

    assert sailing.steps == before


def test_an_answer_to_an_older_edition_is_refused_and_nothing_is_lost(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    sailing = sail(ada, scenes=2)

    with pytest.raises(Changed):
        give(ada, sailing, said(sailing, release="older-ed"))
    gone = questions(sailing)[2]
    publish(context, monkeypatch, without_questions(releases.current(), gone))
    with pytest.raises(Changed):
        give(ada, sailing, said(sailing))

    assert (sailing.answered, answers()) == (2, 2)


def test_questions_withdrawn_after_the_answer_still_count_in_the_estimate(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    sailing = sail(ada)
    before = placing.estimate(queries.steps_of(sailing), ["ai"])
    publish(context, monkeypatch, without_questions(releases.current(), *questions(sailing)))

    assert placing.estimate(queries.steps_of(sailing), ["ai"]) == before


def test_when_the_bank_runs_dry_the_voyage_arrives_early(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    sailing = sail(ada, scenes=3)
    kept = set(questions(sailing)[:3])
    others = [key for key in releases.current().questions if key not in kept]
    publish(context, monkeypatch, without_questions(releases.current(), *others))

    services.mended(learner(ada), sailing, LATER)

    assert sailing.finished_at == LATER
    assert (len(sailing.steps), sailing.answered) == (3, 3)
    assert rewards.balances(ada.id).points == 15


def test_without_a_question_nobody_sets_sail(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = make_person()
    waiting = set_sail(make_person())
    publish(
        context, monkeypatch, without_questions(releases.current(), *releases.current().questions)
    )

    with pytest.raises(NothingToAsk):
        services.set_sail(learner(ada), MONDAY)
    services.mended(learner(ada), waiting, LATER)

    assert (waiting.steps, waiting.finished_at) == ([], None)


def test_questions_answered_in_the_minute_are_not_asked_again_aboard(context: Flask) -> None:
    ada = make_person()
    drawn = do_round(ada)

    assert set(questions(sail(ada, LATER))).isdisjoint(drawn.questions)


def test_the_day_of_the_next_voyage_is_told(context: Flask) -> None:
    sailing = sail(make_person())

    assert services.again_on(sailing) == TODAY + timedelta(days=182)
    assert not services.may_sail_again(sailing, TODAY)
