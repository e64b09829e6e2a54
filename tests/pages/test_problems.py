"""Reporting a problem without leaving one's way; following it; the queue of the authors."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from flask import Flask

from academy.catalog import releases
from academy.catalog.tree import Catalog
from academy.database import db
from academy.people.models import Person, Role
from academy.reports.kinds import Outcome, Trouble
from academy.reports.models import LONGEST_WORDS
from tests.conftest import MONDAY, Counting
from tests.factories import do_round, draw, make_person, open_quiz, read_lesson
from tests.pages.conftest import Behind, forge
from tests.problems import LESSON, QUESTION, decide, last_decision, reopen, tell
from tests.services.packs import fresh_worker, publish, shipped, without_question
from tests.visitor import Visitor

FORM = f"/problems/question/{QUESTION.key}/report"
CASE = f"/problems/question/{QUESTION.key}"
LESSON_PAGE = f"/lessons/{LESSON.key}"


@pytest.fixture
def catalog(app: Flask) -> Catalog:
    with app.app_context():
        return releases.current()


@pytest.fixture
def tom(behind: Behind) -> Person:
    with behind():
        return make_person(Role.AUTHOR)


@pytest.fixture
def author(app: Flask, tom: Person) -> Visitor:
    return Visitor(app).as_person(tom)


def test_a_lesson_is_reported_and_one_is_back_on_it(reader: Visitor, catalog: Catalog) -> None:
    form = reader.get(reader.get(LESSON_PAGE).link("Report a problem"))
    assert form.all(".report-subject") == [catalog.lessons[LESSON.key].title.en]

    after = reader.submit(form, "/report", {"trouble": "outdated", "words": "Since 2025."})

    assert after.url == LESSON_PAGE
    assert after.all(".toast p") == [
        "Thank you, it is noted. Somewhere, an author has just sneezed."
    ]
    mine = reader.get("/my-reports")
    assert mine.all(".report-state") == ["Waiting for an author"]
    assert mine.all(".report-said") == ["Since 2025."]


def test_a_second_report_edits_the_first(reader: Visitor) -> None:
    reader.submit(reader.get(FORM), "/report", {"trouble": "wrong", "words": "No."})

    form = reader.get(FORM)
    checked = form.html.select("input[name=trouble][checked]")
    assert [each["value"] for each in checked] == ["wrong"]
    assert "You reported this already" in form.text
    after = reader.submit(form, "/report", {"trouble": "unclear", "words": "Hm."})

    assert after.all(".toast p") == [
        "Your report was changed. The author will never know you hesitated."
    ]
    assert after.all(".report-said") == ["Hm."]


def test_beside_answers_that_are_not_sent_the_form_opens_in_its_own_tab(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    for path in ("/minute", f"{LESSON_PAGE}/check"):
        for link in reader.get(path).html.select(".report-link"):
            assert link["target"] == "_blank"
            assert "(new tab)" in link.text
            assert "Your answers are still in the other tab" in reader.get(str(link["href"])).text


def test_every_question_of_a_check_has_its_own_link(reader: Visitor, catalog: Catalog) -> None:
    links = reader.get(f"{LESSON_PAGE}/check").html.select(".report-link")

    asked = catalog.lessons[LESSON.key].check
    assert [str(link["href"]) for link in links] == [
        f"/problems/question/{key}/report?release={catalog.release}" for key in asked
    ]


def test_the_explanation_of_the_minute_leads_to_the_form_and_back_to_itself(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        drawn = do_round(ada)
    path = f"/minute/{drawn.id}/1"

    form = reader.get(reader.get(path).link("Report a problem"))
    after = reader.submit(form, "/report", {"trouble": "unclear"})

    assert after.url == path
    assert after.html.select(".review")


def test_reporting_a_question_of_the_minute_answers_nothing(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    with behind():
        drawn = draw(ada)

    form = reader.get(reader.get("/minute").link("Report a problem"))
    reader.submit(form, "/report", {"trouble": "access"})

    assert f"/minute/{drawn.id}/1" in str(reader.get("/minute").html.select("form"))


def test_each_answer_of_a_result_has_its_link(reader: Visitor, behind: Behind, ada: Person) -> None:
    with behind():
        number = read_lesson(ada, LESSON.key)

    page = reader.get(f"/attempts/{number}/result")

    assert len(page.html.select(".folded-body .report-link")) == len(page.html.select(".folded"))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Say what is the matter: one tick is enough."),
        ({"trouble": "boring"}, "Say what is the matter: one tick is enough."),
        ({"trouble": "other", "words": " \n"}, "Say in a few words what it is"),
        ({"trouble": "wrong", "words": "x" * (LONGEST_WORDS + 1)}, "At most 1000 characters."),
    ],
)
def test_a_report_that_says_too_little_or_too_much_is_kept_on_the_page(
    reader: Visitor, fields: dict[str, str], words: str
) -> None:
    page = reader.submit(reader.get(FORM), "/report", fields, 400)

    assert words in page.text
    assert reader.get("/my-reports").all(".report") == []


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "x"]
)
def test_the_way_back_stays_in_the_academy(reader: Visitor, back: str) -> None:
    form = reader.get(f"{FORM}?back={back}")

    assert "elsewhere" not in str(form.html.select("a"))
    assert "javascript:" not in str(form.html.select("a"))
    assert forge(reader, FORM, {"trouble": "wrong", "back": back}, 200).url == "/my-reports"


@pytest.mark.parametrize(
    "path",
    [
        "/problems/question/nothing/report",
        "/problems/notion/web-internet/report",
        "/problems/lesson/%00/report",
        f"/problems/lesson/{QUESTION.key}/report",
        f"/problems/lesson/{'a' * 61}/report",
    ],
)
def test_only_what_the_academy_holds_is_reported(reader: Visitor, path: str) -> None:
    page = reader.get(path, 404)

    assert page.title == "There is nothing at this address"
    assert page.html.select("[name=trouble]") == []


def test_a_question_withdrawn_while_it_was_asked_is_reported_as_it_was_read(
    app: Flask, reader: Visitor, behind: Behind, ada: Person, author: Visitor
) -> None:
    with fresh_worker(app):
        read = publish(app, shipped())
        with behind():
            quiz = open_quiz(ada, "changes")
        publish(app, without_question(shipped(), quiz.questions[0]))

        link = str(reader.get(f"/attempts/{quiz.id}").html.select(".report-link")[0]["href"])
        form = reader.get(link)
        after = reader.submit(form, "/report", {"trouble": "wrong", "words": "Two are right."})

        assert form.all(".report-subject") != [quiz.questions[0]]
        assert after.all(".report-said") == ["Two are right."]
        told = author.get(f"/problems/question/{quiz.questions[0]}").all(".report-foot")
        assert f"read in English · in release {read}, replaced since" in " ".join(told)


@pytest.mark.parametrize("release", ["", "gone", "\x00", "x" * 300])
def test_what_was_read_in_a_release_that_is_gone_is_looked_for_in_the_one_in_force(
    app: Flask, reader: Visitor, release: str
) -> None:
    with fresh_worker(app):
        publish(app, shipped())
        form = reader.get(f"{FORM}?{urlencode({'release': release})}")
        publish(app, without_question(shipped(), QUESTION.key))

        forged = {"trouble": "wrong", "release": release.strip("\x00")}
        page = forge(reader, FORM, forged, 410)

    assert form.all(".report-subject") != [QUESTION.key]
    assert "withdrawn from the academy" in page.text


def test_too_many_reports_wait_a_little(reader: Visitor, behind: Behind, ada: Person) -> None:
    for _ in range(20):
        forge(reader, FORM, {"trouble": "wrong"}, 200)

    page = forge(reader, FORM, {"trouble": "wrong"}, 429)

    assert "the authors have only two hands" in page.text


def test_nobody_reads_the_reports_of_somebody_else(
    app: Flask, behind: Behind, ada: Person, author: Visitor
) -> None:
    with behind():
        tell(ada, words="Only for authors.")
        bob = make_person()

    assert Visitor(app).as_person(bob).get("/my-reports").all(".report") == []
    for path in ("/problems", "/problems/decided", CASE):
        Visitor(app).as_person(bob).get(path, 403)
    assert author.get("/my-reports").all(".report") == []


def test_an_author_reads_what_was_said_with_the_question_and_its_answer_but_not_by_whom(
    behind: Behind, ada: Person, author: Visitor, catalog: Catalog
) -> None:
    with behind():
        tell(ada, words="Which cloud?", trouble=Trouble.WRONG)

    queue = author.get("/problems")
    assert queue.all(".report-count strong") == ["1 report"]
    page = author.get(str(queue.html.select(".report-subject a")[0]["href"]))

    assert page.all(".report-tick strong") == ["It is wrong"]
    assert page.all(".report-said") == ["Which cloud?"]
    assert QUESTION.key in page.text
    assert page.all(".seen-tag") == ["The right answer"]
    assert ada.family_name not in page.text
    assert page.link("Read the lesson") == "/lessons/chain-of-blocks"


def test_a_decision_is_read_by_the_reporter(
    behind: Behind, reader: Visitor, ada: Person, author: Visitor, tom: Person
) -> None:
    with behind():
        tell(ada)
    case = author.get(CASE)
    ticked = [str(box["value"]) for box in case.html.select("input[name=report][checked]")]

    after = author.submit(
        case, CASE, {"report": ticked, "outcome": "dismissed", "note": "It is all there."}
    )

    assert after.all(".toast p") == ["1 report answered. Whoever wrote it will read your words."]
    assert "Nothing waits here any more." in after.text
    mine = reader.get("/my-reports")
    assert mine.all(".report-state") == ["It stays as it is"]
    assert mine.all(".report-answer .report-words") == ["It is all there."]
    assert tom.family_name not in mine.text
    assert author.get("/problems").all(".empty h2") == ["Nothing waits"]
    assert author.get("/problems/decided").all(".report .report-words") == ["It is all there."]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"outcome": "mended", "note": "Done."}, "Tick the reports you answer."),
        ({"outcome": "mended", "note": " "}, "They took the trouble to write"),
        ({"outcome": "burnt", "note": "Done."}, "Say whether it was mended or dismissed."),
        ({"outcome": "mended", "note": "x" * 1001}, "At most 1000 characters."),
        ({"outcome": "mended", "note": "Done.", "report": "1"}, "Tick the reports you answer."),
    ],
)
def test_a_decision_that_lacks_something_decides_nothing(
    behind: Behind, ada: Person, author: Visitor, fields: dict[str, str], words: str
) -> None:
    with behind():
        tell(ada)
    page = author.get(CASE)
    box = page.html.select_one("input[name=report]")
    assert box is not None
    if "Tick" not in words:
        fields = {**fields, "report": str(box["value"])}

    refused = author.submit(page, CASE, fields, 400)

    assert words in refused.text
    assert author.get("/problems").all(".report-count strong") == ["1 report"]


def test_a_decision_on_what_changed_meanwhile_is_not_taken(
    behind: Behind, ada: Person, author: Visitor
) -> None:
    with behind():
        tell(ada)
    page = author.get(CASE)
    box = page.html.select_one("input[name=report]")
    assert box is not None
    with behind():
        tell(ada, words="On second thoughts.")

    after = author.submit(
        page, CASE, {"report": str(box["value"]), "outcome": "mended", "note": "Done."}
    )

    assert "somebody answered before you, or the words were changed" in after.text
    assert after.all(".report-said") == ["On second thoughts."]


def test_what_was_decided_can_be_reopened(
    behind: Behind, ada: Person, author: Visitor, tom: Person, reader: Visitor
) -> None:
    with behind():
        tell(ada)
        decide(tom)

    after = author.submit(author.get(CASE), "/reopen")

    assert after.all(".report-tick strong") == ["It is unclear"]
    assert "Reopened since." in after.text
    assert reader.get("/my-reports").all(".report-state") == ["Waiting for an author"]


def test_reopening_is_for_authors(
    behind: Behind, reader: Visitor, ada: Person, tom: Person
) -> None:
    with behind():
        tell(ada)
        decide(tom)
        number = last_decision().id

    forge(reader, f"/problems/decisions/{number}/reopen", {}, 403)

    with behind():
        assert last_decision().id == number
        assert not last_decision().reopened


def test_a_mended_problem_names_the_release_that_mends_it(
    app: Flask, behind: Behind, ada: Person, reader: Visitor, tom: Person
) -> None:
    with fresh_worker(app):
        publish(app, shipped())
        with behind():
            tell(ada)
            tell(ada, LESSON)
            decide(tom)
        key = publish(app, without_question(shipped(), "phish-domain-1"))
        with behind():
            decide(tom, LESSON)

        states = reader.get("/my-reports").all(".report-state")

    assert states == [f"Mended in release {key}", "Mended: it comes with the next release"]


def test_what_left_the_academy_stays_in_the_queue_by_its_key(
    app: Flask, behind: Behind, ada: Person, author: Visitor, reader: Visitor
) -> None:
    with fresh_worker(app):
        publish(app, shipped())
        with behind():
            tell(ada)
        publish(app, without_question(shipped(), QUESTION.key))

        assert author.get("/problems").all(".report-subject") == [QUESTION.key]
        page = author.get(CASE)
        assert "It has left the academy since" in page.text
        assert len(page.html.select("input[name=report]")) == 1
        assert "It has left the academy since." in reader.get("/my-reports").text
        author.get("/problems/question/never-was", 404)


def test_a_mended_report_is_told_in_the_history(
    behind: Behind, ada: Person, reader: Visitor, tom: Person, catalog: Catalog
) -> None:
    with behind():
        tell(ada)
        decide(tom)

    name = catalog.notions[catalog.questions[QUESTION.key].notion].name.en
    assert f"What you reported was mended: {name}" in reader.get("/history").text


def test_what_people_write_is_shown_as_they_wrote_it(
    behind: Behind, ada: Person, author: Visitor
) -> None:
    with behind():
        tell(ada, words="<script>alert(1)</script>\nline two")

    page = author.get(CASE)

    assert page.html.select("main script") == []
    assert "<script>alert(1)</script>" in page.text


def test_words_are_marked_with_the_language_they_were_written_in(
    app: Flask, behind: Behind, ada: Person
) -> None:
    with behind():
        tell(ada, words="Which cloud?")
        tom = make_person(Role.AUTHOR, language="fr")
        ada.language = "fr"
        db.session.commit()

    for person, path in ((ada, "/my-reports"), (tom, CASE)):
        page = Visitor(app, "fr").as_person(person).get(path)
        said = page.html.select(".report-said")
        assert [(each["lang"], each.text) for each in said] == [("en", "Which cloud?")]


@pytest.mark.parametrize("path", ["/my-reports", "/problems", "/problems/decided", CASE])
def test_the_lists_are_read_in_few_statements_however_long(
    behind: Behind, ada: Person, author: Visitor, tom: Person, count_statements: Counting, path: str
) -> None:
    with behind():
        tell(tom)
        tell(tom, LESSON)
        decide(tom, LESSON, Outcome.DISMISSED)
    counted = []
    for more in (0, 25):
        with behind():
            for _ in range(more):
                person = make_person()
                tell(person)
                tell(person, LESSON)
            decide(tom, LESSON)
            reopen(tom, LESSON)
            db.session.commit()
        with count_statements() as statements:
            author.get(path)
        counted.append(len(statements))

    expected = {"/my-reports": 2, "/problems": 3, "/problems/decided": 2, CASE: 4}[path]
    assert counted == [expected, expected]


def test_an_older_page_follows_the_first(
    behind: Behind, ada: Person, reader: Visitor, author: Visitor, tom: Person
) -> None:
    with behind():
        for day in range(22):
            tell(ada, at=MONDAY + timedelta(days=day))
            decide(tom, outcome=Outcome.DISMISSED)

    mine, decided = reader.get("/my-reports"), author.get("/problems/decided")

    assert len(mine.all(".report")) == len(decided.all(".report")) == 20
    assert len(reader.get(mine.link("Older")).all(".report")) == 2
    assert len(author.get(decided.link("Older")).all(".report")) == 2
