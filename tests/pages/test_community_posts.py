"""A group's posts, one post with its comments, and what one may do with them."""

import pytest
from flask import Flask

from academy.community.ranks import Act
from academy.people.models import Person
from tests.circles import CLOSED, delete, like, make_group, mark, message, move, reply, say
from tests.conftest import Counting
from tests.factories import make_person
from tests.pages.conftest import Behind, forge, on_sqlite_only
from tests.visitor import Page, Visitor


@pytest.fixture
def bob(behind: Behind) -> Person:
    """Who animates the group, and writes in it."""
    with behind():
        return make_person()


@pytest.fixture
def group(behind: Behind, bob: Person, ada: Person) -> int:
    """An open group with Ada in it."""
    with behind():
        return make_group(bob, ada)


@pytest.fixture
def post(behind: Behind, bob: Person, group: int) -> int:
    with behind():
        return say(bob, group, "Which *pen* for which paper?", question=True)


@pytest.fixture
def eve(app: Flask, behind: Behind) -> Visitor:
    """Somebody who does not belong to the group."""
    with behind():
        return Visitor(app).as_person(make_person())


def other(app: Flask, person: Person) -> Visitor:
    return Visitor(app).as_person(person)


def publish(visitor: Visitor, group: int, text: str, status: int = 200, **more: str) -> Page:
    page = visitor.get(f"/groups/{group}")
    return visitor.submit(page, f"/groups/{group}/posts", {"text": text, **more}, status)


def test_a_member_publishes_and_reads_it_at_once(reader: Visitor, group: int) -> None:
    page = publish(reader, group, "**Recto**, then verso.\r\nAlways.")

    assert page.all(".said-text") == ["Recto , then verso. Always."]
    assert page.html.select_one(".said-text strong") is not None
    assert page.all(".message-by strong") == ["You"]


def test_what_is_typed_never_becomes_a_tag(reader: Visitor, group: int) -> None:
    page = publish(reader, group, "<script>alert(1)</script> <img src=x onerror=alert(1)>")

    assert page.all(".said-text") == ["<script>alert(1)</script> <img src=x onerror=alert(1)>"]
    assert page.html.select(".said-text script, .said-text img") == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Write something first."),
        (" \r\n ", "Write something first."),
        ("x" * 5001, "At most 5000 characters."),
    ],
)
def test_an_empty_or_endless_post_is_not_published(
    reader: Visitor, group: int, text: str, said: str
) -> None:
    page = publish(reader, group, text, 400)

    assert page.all(".field-error") == [said]
    assert page.html.select(".message") == []


def test_sending_the_same_form_twice_publishes_once(reader: Visitor, group: int) -> None:
    form = reader.get(f"/groups/{group}")

    for _ in range(2):
        page = reader.submit(form, f"/groups/{group}/posts", {"text": "Once"})

    assert page.all(".said-text") == ["Once"]


def test_too_many_posts_are_slowed_down_and_the_text_is_kept(reader: Visitor, group: int) -> None:
    for number in range(12):
        publish(reader, group, f"Post {number}")

    page = publish(reader, group, "The thirteenth", 429)

    assert page.all("textarea") == ["The thirteenth"]
    assert page.all(".field-error")[0].startswith("That is a lot in a short time.")


def test_who_does_not_belong_reads_an_open_group_and_writes_nothing(
    eve: Visitor, group: int, post: int
) -> None:
    page = eve.get(f"/groups/{group}")
    assert page.all(".said-text") == ["Which pen for which paper?"]
    assert page.html.select(".composer, .like") == []

    forge(eve, f"/groups/{group}/posts", {"text": "Hello"}, 403)
    forge(eve, f"/groups/{group}/posts/{post}/comments", {"text": "Hello"}, 403)
    forge(eve, f"/groups/{group}/messages/{post}/like", {"wanted": "yes"}, 403)


GETS = [
    "posts/{post}",
    *(f"messages/{{post}}/{act}" for act in ("edit", "delete", "report", "hide")),
]
POSTS = [
    "posts",
    "posts/{post}/comments",
    *(
        f"messages/{{post}}/{act}"
        for act in ("edit", "delete", "like", "answer", "report", "hide", "keep", "show")
    ),
]
EVERYTHING = {"text": "x", "wanted": "yes", "reason": "rude"}


@on_sqlite_only
def test_behind_a_closed_door_there_is_no_address(
    eve: Visitor, behind: Behind, bob: Person
) -> None:
    with behind():
        closed = make_group(bob, visibility=CLOSED)
        post = say(bob, closed)

    for path in GETS:
        eve.get(f"/groups/{closed}/{path.format(post=post)}", 404)
    for path in POSTS:
        forge(eve, f"/groups/{closed}/{path.format(post=post)}", EVERYTHING, 404)
    with behind():
        assert (message(post).like_count, message(post).report_count) == (0, 0)


@on_sqlite_only
def test_a_message_is_found_under_its_own_group_only(
    app: Flask, behind: Behind, bob: Person, post: int
) -> None:
    with behind():
        another = make_group(bob)
    animator = other(app, bob)

    for path in GETS:
        animator.get(f"/groups/{another}/{path.format(post=post)}", 404)
    for path in POSTS[1:]:
        forge(animator, f"/groups/{another}/{path.format(post=post)}", EVERYTHING, 404)
    with behind():
        assert (message(post).like_count, message(post).report_count) == (0, 0)


def test_a_comment_is_no_page_and_has_no_comments(
    reader: Visitor, behind: Behind, ada: Person, group: int, post: int
) -> None:
    with behind():
        comment = reply(ada, post)

    reader.get(f"/groups/{group}/posts/{comment}", 404)
    forge(reader, f"/groups/{group}/posts/{comment}/comments", {"text": "Deeper"}, 404)
    assert "Deeper" not in reader.get(f"/groups/{group}/posts/{post}").text


def test_a_member_comments_and_the_post_counts_it(reader: Visitor, group: int, post: int) -> None:
    page = reader.submit(
        reader.get(f"/groups/{group}/posts/{post}"), "/comments", {"text": "A soft one."}
    )

    assert page.all("#comments-title") == ["1 comment"]
    assert page.all(".comment .said-text") == ["A soft one."]
    assert "1 comment" in reader.get(f"/groups/{group}").all(".message-foot")[0]


def test_an_empty_comment_is_not_sent(reader: Visitor, group: int, post: int) -> None:
    page = reader.submit(reader.get(f"/groups/{group}/posts/{post}"), "/comments", {}, 400)

    assert page.all(".field-error") == ["Write something first."]


def test_a_long_thread_is_read_page_by_page_and_one_lands_on_ones_own_words(
    reader: Visitor, behind: Behind, bob: Person, group: int, post: int
) -> None:
    with behind():
        for number in range(31):
            reply(bob, post, f"Comment {number}")

    first = reader.get(f"/groups/{group}/posts/{post}")
    second = reader.get(first.link("Later comments"))
    mine = reader.submit(first, "/comments", {"text": "At last"})

    assert len(first.html.select(".comment")) == 30
    assert second.all(".comment .said-text") == ["Comment 30"]
    assert mine.all(".comment .said-text") == ["At last"]
    assert mine.link("Back to the first comments") == f"/groups/{group}/posts/{post}"


def test_a_like_is_given_and_taken_back_where_one_stands(
    reader: Visitor, group: int, post: int
) -> None:
    page = reader.get(f"/groups/{group}")
    given = reader.submit(page, f"{post}/like", {"wanted": "yes"})
    again = reader.submit(page, f"{post}/like", {"wanted": "yes"})
    taken = reader.submit(given, f"{post}/like", {"wanted": "no"})

    assert given.url == f"/groups/{group}"
    assert given.all(".tap-count") == again.all(".tap-count") == ["1"]
    assert taken.all(".tap-count") == []
    pressed = [page.html.select_one(".like")["aria-pressed"] for page in (given, taken)]  # type: ignore[index]
    assert pressed == ["true", "false"]


def test_a_like_never_leads_to_another_site(reader: Visitor, group: int, post: int) -> None:
    page = forge(
        reader,
        f"/groups/{group}/messages/{post}/like",
        {"wanted": "yes", "next": "https://evil.example/"},
        200,
    )

    assert page.url == f"/groups/{group}/posts/{post}"


def test_the_asker_marks_the_answer_and_it_is_read_first(
    app: Flask, behind: Behind, bob: Person, ada: Person, group: int, post: int
) -> None:
    with behind():
        reply(bob, post, "Never mind me.")
        helpful = reply(ada, post, "A soft pencil.")
    asker = other(app, bob)

    page = asker.submit(
        asker.get(f"/groups/{group}/posts/{post}"), f"{helpful}/answer", {"wanted": "yes"}
    )

    assert page.all(".answer-kept .said-text") == ["A soft pencil."]
    assert page.all(".tags .tag") == ["Question", "Answered", "The answer that helped"]
    helper = other(app, ada)
    assert "A colleague’s question answered" in helper.get("/history").text
    assert "Lifeline" in helper.get("/badges").text


def test_only_the_asker_and_the_animators_are_offered_the_mark(
    reader: Visitor, behind: Behind, bob: Person, group: int, post: int
) -> None:
    with behind():
        comment = reply(bob, post)

    assert reader.get(f"/groups/{group}/posts/{post}").html.select("form[action$=answer]") == []
    forge(reader, f"/groups/{group}/messages/{comment}/answer", {"wanted": "yes"}, 403)


def test_one_edits_ones_own_words_and_it_shows(
    app: Flask, reader: Visitor, bob: Person, group: int, post: int
) -> None:
    author = other(app, bob)
    form = author.get(f"/groups/{group}/messages/{post}/edit")
    assert form.all("textarea") == ["Which *pen* for which paper?"]

    page = author.submit(form, "/edit", {"text": "Which ink?"})

    assert page.all(".said-text") == ["Which ink?"]
    assert "edited" in reader.get(f"/groups/{group}").all(".message-when")[0]


def test_a_comment_stays_short_when_edited(
    reader: Visitor, behind: Behind, ada: Person, group: int, post: int
) -> None:
    with behind():
        comment = reply(ada, post)
    form = reader.get(f"/groups/{group}/messages/{comment}/edit")

    page = reader.submit(form, "/edit", {"text": "x" * 2001}, 400)

    assert page.all(".field-error") == ["At most 2000 characters."]


def test_the_words_of_others_are_not_edited_or_deleted(
    reader: Visitor, group: int, post: int
) -> None:
    for act in ("edit", "delete"):
        reader.get(f"/groups/{group}/messages/{post}/{act}", 404)
    forge(reader, f"/groups/{group}/messages/{post}/edit", {"text": "Mine"}, 404)
    forge(reader, f"/groups/{group}/messages/{post}/delete", {}, 403)

    assert reader.get(f"/groups/{group}").all(".said-text") == ["Which pen for which paper?"]


def test_deleting_asks_once_and_leaves_the_place(
    app: Flask, reader: Visitor, behind: Behind, bob: Person, ada: Person, group: int, post: int
) -> None:
    with behind():
        reply(ada, post, "It stays.")
    author = other(app, bob)

    asked = author.get(f"/groups/{group}/messages/{post}/delete")
    page = author.submit(asked, "/delete")
    author.submit(asked, "/delete")  # from another tab

    assert asked.title == "Delete your post?"
    assert page.all(".message .gone") == ["Deleted by its author."]
    thread = reader.get(f"/groups/{group}/posts/{post}")
    assert thread.all(".comment .said-text") == ["It stays."]
    assert thread.html.select(".composer") == []


def test_who_left_keeps_their_words_but_not_the_pen(
    reader: Visitor, behind: Behind, ada: Person, group: int
) -> None:
    publish(reader, group, "My parting words")
    with behind():
        move(Act.LEAVE, ada, group)

    page = reader.get(f"/groups/{group}")

    assert page.all(".message-menu a") == ["Delete"]


def test_the_page_says_in_which_language_something_was_written(
    app: Flask, behind: Behind, group: int
) -> None:
    with behind():
        french = make_person(language="fr")
        move(Act.JOIN, french, group)
    frenchman = other(app, french)
    publish(frenchman, group, "Bonjour")

    assert frenchman.get(f"/groups/{group}").html.select(".said-text[lang]") == []
    with behind():
        english = other(app, make_person())
    assert english.get(f"/groups/{group}").html.select(".said-text[lang=fr]") != []


@pytest.mark.parametrize(
    ("path", "statements"), [("/groups/{group}", 4), ("/groups/{group}/posts/{post}", 5)]
)
def test_reading_costs_the_same_however_much_is_said(
    reader: Visitor,
    behind: Behind,
    bob: Person,
    ada: Person,
    group: int,
    post: int,
    count_statements: Counting,
    path: str,
    statements: int,
) -> None:
    with behind():
        for number in range(10):
            other_post = say(bob, group, f"{number}")
            like(ada, other_post)
            comment = reply(bob, post, f"{number}")
        mark(bob, comment)
        delete(bob, other_post)

    with count_statements() as seen:
        reader.get(path.format(group=group, post=post))

    assert len(seen) == statements, seen


@pytest.mark.parametrize(
    ("path", "fields", "statements"),
    [
        ("messages/{post}/like", {"wanted": "yes"}, 8),
        ("posts/{post}/comments", {"text": "Hello"}, 13),  # the author of the post is told
        ("posts", {"text": "Hello"}, 5),
    ],
)
def test_writing_costs_a_few_statements(
    reader: Visitor,
    group: int,
    post: int,
    count_statements: Counting,
    path: str,
    fields: dict[str, str],
    statements: int,
) -> None:
    form = reader.get("/verify").form("/verify").filled(fields)

    with count_statements() as seen:
        reader.client.post(f"/groups/{group}/{path.format(post=post)}", data=form)

    assert len(seen) <= statements, seen
