"""Who may do what to a message."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.community.ranks import Rank
from academy.community.rights import Facts, May, Viewer, may, may_read_hidden

ME, ANOTHER, THIRD = 1, 2, 3
POST = Facts(author_id=ANOTHER, is_post=True)
COMMENT = Facts(author_id=ANOTHER, is_post=False, asks=True, asker_id=THIRD)

viewers = st.builds(Viewer, st.just(ME), st.sampled_from([None, *Rank]), st.booleans())
facts = st.builds(
    Facts,
    st.sampled_from([ME, ANOTHER, None]),
    st.booleans(),
    st.booleans(),
    st.sampled_from([ME, THIRD, None]),
    st.booleans(),
    st.booleans(),
)
member, animator = Viewer(ME, Rank.MEMBER), Viewer(ME, Rank.ANIMATOR)
reader, admin = Viewer(ME, None), Viewer(ME, None, admin=True)


@pytest.mark.parametrize(
    ("viewer", "allowed"),
    [
        (reader, {May.REPORT}),
        (Viewer(ME, Rank.ASKED), {May.REPORT}),
        (Viewer(ME, Rank.REMOVED), {May.REPORT}),
        (member, {May.REPORT, May.LIKE, May.COMMENT}),
        (animator, {May.REPORT, May.LIKE, May.COMMENT, May.HIDE}),
        (admin, {May.REPORT, May.HIDE}),
    ],
)
def test_what_one_may_do_with_somebody_elses_post(viewer: Viewer, allowed: set[May]) -> None:
    assert may(POST, viewer) == allowed


def test_one_edits_deletes_and_comments_ones_own_post() -> None:
    mine = replace(POST, author_id=ME)

    assert may(mine, member) == {May.EDIT, May.DELETE, May.COMMENT}
    assert may(mine, animator) == {May.EDIT, May.DELETE, May.COMMENT}
    assert may(mine, reader) == {May.DELETE}


def test_the_asker_and_the_animators_mark_the_answer() -> None:
    assert May.MARK in may(replace(COMMENT, asker_id=ME), member)
    assert May.MARK in may(COMMENT, animator)
    assert May.MARK not in may(COMMENT, member)
    assert May.MARK not in may(replace(COMMENT, asker_id=ME), reader)
    assert May.MARK not in may(replace(COMMENT, asks=False, asker_id=ME), animator)


@given(facts, viewers)
def test_nothing_is_done_to_what_was_deleted(what: Facts, viewer: Viewer) -> None:
    assert may(replace(what, deleted=True), viewer) == frozenset()


@given(facts, viewers)
def test_nobody_judges_likes_or_reports_their_own_words(what: Facts, viewer: Viewer) -> None:
    mine = may(replace(what, author_id=ME), viewer)

    assert not mine & {May.HIDE, May.SHOW, May.LIKE, May.REPORT}


@given(facts, viewers)
def test_nobody_changes_the_words_of_others(what: Facts, viewer: Viewer) -> None:
    assert not may(replace(what, author_id=ANOTHER), viewer) & {May.EDIT, May.DELETE}


@given(facts, viewers)
def test_only_those_who_moderate_hide_and_show(what: Facts, viewer: Viewer) -> None:
    if may(what, viewer) & {May.HIDE, May.SHOW}:
        assert viewer.admin or viewer.rank is Rank.ANIMATOR


@given(facts, viewers)
def test_what_is_hidden_is_only_shown_again_or_deleted(what: Facts, viewer: Viewer) -> None:
    assert may(replace(what, hidden=True), viewer) <= {May.SHOW, May.DELETE}


def test_what_is_hidden_is_read_by_its_author_and_those_who_moderate() -> None:
    readers = [reader, member, animator, admin]

    assert [may_read_hidden(POST, each) for each in readers] == [False, False, True, True]
    assert may_read_hidden(replace(POST, author_id=ME), reader)
