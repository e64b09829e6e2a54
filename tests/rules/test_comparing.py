"""What changed between two releases: every part is new, changed, withdrawn, or the same."""

from dataclasses import replace
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from academy.catalog.bonds import questions_by_notion
from academy.catalog.comparing import Comparison, Kind, Thing, compare, counts, read, written
from academy.catalog.pack import read_pack
from academy.catalog.tree import Catalog, Question, Words
from academy.settings import ROOT


@cache
def catalog() -> Catalog:
    return read_pack(ROOT / "content")


def harder(question: Question) -> Question:
    return replace(question, difficulty=question.difficulty % 5 + 1)


def edition(without: frozenset[str], changed: frozenset[str]) -> Catalog:
    """The shipped questions, some withdrawn and some made harder."""
    questions = {
        key: harder(question) if key in changed else question
        for key, question in catalog().questions.items()
        if key not in without
    }
    asked = questions_by_notion(questions.values())
    return replace(catalog(), questions=questions, questions_of=asked)


keys = st.frozensets(st.sampled_from(sorted(catalog().questions)), max_size=6)
editions = st.builds(edition, keys, keys)


def named(things: tuple[Thing, ...]) -> set[tuple[Kind, str]]:
    return {(thing.kind, thing.key) for thing in things}


@given(keys, keys)
@settings(max_examples=30, deadline=None)
def test_what_was_withdrawn_and_changed_is_told_and_nothing_else(
    withdrawn: frozenset[str], changed: frozenset[str]
) -> None:
    found = compare(catalog(), edition(withdrawn, changed))

    assert found.new == ()
    assert named(found.withdrawn) == {(Kind.QUESTION, key) for key in withdrawn}
    assert named(found.changed) == {(Kind.QUESTION, key) for key in changed - withdrawn}


@given(editions, editions)
@settings(max_examples=30, deadline=None)
def test_the_other_way_round_new_and_withdrawn_change_places(one: Catalog, two: Catalog) -> None:
    there, back = compare(one, two), compare(two, one)

    assert named(there.new) == named(back.withdrawn)
    assert named(there.withdrawn) == named(back.new)
    assert named(there.changed) == named(back.changed)


@given(editions)
@settings(max_examples=10, deadline=None)
def test_nothing_changes_from_a_release_to_itself(one: Catalog) -> None:
    assert not compare(one, one)


@given(editions, editions)
@settings(max_examples=10, deadline=None)
def test_a_comparison_is_read_back_as_it_was_written(one: Catalog, two: Catalog) -> None:
    found = compare(one, two)

    assert read(written(found)) == found


def test_everything_is_new_to_nobody() -> None:
    nothing = Catalog("", {}, {}, {}, {}, {})

    found = compare(nothing, catalog())

    assert len(found.new) == sum(counts(catalog()).values())
    assert (found.changed, found.withdrawn) == ((), ())
    assert [thing.kind for thing in found.new] == sorted(
        (thing.kind for thing in found.new), key=list(Kind).index
    )


def test_a_module_is_not_changed_by_a_new_lesson_but_by_another_order() -> None:
    module = next(iter(catalog().modules.values()))
    gone = module.lessons[0]
    fewer = replace(
        catalog(),
        lessons={key: lesson for key, lesson in catalog().lessons.items() if key != gone},
        modules={**catalog().modules, module.key: replace(module, lessons=module.lessons[1:])},
    )
    turned = replace(
        catalog(),
        modules={**catalog().modules, module.key: replace(module, lessons=module.lessons[::-1])},
    )

    assert named(compare(fewer, catalog()).new) == {(Kind.LESSON, gone)}
    assert compare(fewer, catalog()).changed == ()
    assert named(compare(catalog(), turned).changed) == {(Kind.MODULE, module.key)}


def test_a_lesson_is_changed_by_its_picture() -> None:
    picture = next(iter(catalog().pictures))
    redrawn = replace(catalog(), pictures={**catalog().pictures, picture: b"<svg/>"})

    assert named(compare(catalog(), redrawn).changed) == {
        (Kind.LESSON, picture.removesuffix(".svg"))
    }


def test_a_question_is_called_by_what_it_asks_in_plain_words() -> None:
    key, question = next(iter(catalog().questions.items()))
    bold = replace(
        question, ask_html=Words("<em>Quoi</em> &lt;x&gt; ?", "What &amp; <code>y</code>?")
    )
    other = replace(catalog(), questions={**catalog().questions, key: bold})

    assert compare(catalog(), other) == Comparison(
        changed=(Thing(Kind.QUESTION, key, Words("Quoi <x> ?", "What & y?")),)
    )


def test_a_track_is_changed_by_its_steps_and_a_season_by_its_days() -> None:
    key, track = next(iter(catalog().tracks.items()))
    name, season = next(iter(catalog().seasons.items()))
    other = replace(
        catalog(),
        tracks={**catalog().tracks, key: replace(track, steps=track.steps[::-1])},
        seasons={**catalog().seasons, name: replace(season, week=season.week + 1)},
    )

    assert named(compare(catalog(), other).changed) == {(Kind.TRACK, key), (Kind.SEASON, name)}
    assert named(compare(other, replace(other, tracks={})).withdrawn) == {
        (Kind.TRACK, known) for known in catalog().tracks
    }
