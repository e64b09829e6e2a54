"""Each of the nine ways of asking, on the page of the minute: right, unknown, refused."""

import pytest

from academy.catalog import releases
from academy.catalog.tree import Question, QuestionType
from academy.daily import pages
from academy.daily.pages import Explanation
from academy.people.models import Person
from academy.seed import right_fields
from academy.web.pieces import Shelf
from tests.factories import DONT_KNOW, pin_round
from tests.pages.conftest import Behind
from tests.visitor import Visitor

SEED = 7
NO_ANSWER = "Choose an answer, or say that you don’t know."
EVERY_TYPE = pytest.mark.parametrize("kind", list(QuestionType))


def crafted(behind: Behind, person: Person, kind: QuestionType) -> Question:
    """A round of today that asks one question of this kind."""
    with behind():
        catalog = releases.current()
        question = next(each for each in catalog.questions.values() if each.type is kind)
        pin_round(person, question, seed=SEED)
        return question


@EVERY_TYPE
def test_a_right_answer_is_found_right(
    reader: Visitor, behind: Behind, ada: Person, kind: QuestionType
) -> None:
    question = crafted(behind, ada, kind)
    page = reader.get("/minute")

    after = reader.submit(page, "/minute/", right_fields(question, SEED))

    assert len(page.html.select(f"fieldset.ask-{kind}")) == 1
    assert after.title == "That’s right"
    assert question.explain_html.en in after.response.text


@EVERY_TYPE
def test_not_knowing_shows_the_answer(
    reader: Visitor, behind: Behind, ada: Person, kind: QuestionType
) -> None:
    question = crafted(behind, ada, kind)

    after = reader.submit(reader.get("/minute"), "/minute/", DONT_KNOW)

    assert after.title == "You did not know: now you will"
    assert question.explain_html.en in after.response.text


@EVERY_TYPE
def test_no_answer_is_refused_beside_the_question(
    reader: Visitor, behind: Behind, ada: Person, kind: QuestionType
) -> None:
    crafted(behind, ada, kind)

    page = reader.submit(reader.get("/minute"), "/minute/", {}, 400)

    assert page.all(".field-error") == [NO_ANSWER]


@EVERY_TYPE
def test_every_field_is_named_for_those_who_listen(
    reader: Visitor, behind: Behind, ada: Person, kind: QuestionType
) -> None:
    crafted(behind, ada, kind)

    form = reader.get("/minute").form("/minute/").element

    for field in form.select("input:not([type=hidden]), select"):
        labelled = field.get("aria-label") or field.find_parent("label")
        assert labelled or form.select_one(f"label[for={field['id']}]"), str(field)


@pytest.mark.parametrize(
    ("kind", "fields", "said"),
    [
        ("single", {"choice": "99"}, "This answer does not belong to this question."),
        ("single", {"choice": ["0", "1"]}, "Choose one answer only."),
        ("multiple", {"choice": ["0", "x"]}, "This answer does not belong to this question."),
        ("ordering", {"item-0": "1"}, "Fill in every line, or say that you don’t know."),
        ("matching", {"pair-0": "1"}, "Fill in every line, or say that you don’t know."),
        ("cloze", {"blank-0": "1"}, "Fill in every line, or say that you don’t know."),
        ("numeric", {"number": "many"}, "Type a number in figures, for example 12 or 3.5."),
        ("numeric", {"number": "NaN"}, "Type a number in figures, for example 12 or 3.5."),
        ("numeric", {"number": "9" * 61}, "That is too long: a word or two are enough."),
        ("short", {"text": "a" * 201}, "That is too long: a word or two are enough."),
        ("short", {"text": "\u200f"}, NO_ANSWER),
    ],
)
def test_an_answer_that_cannot_be_marked_says_why_and_is_kept_in_its_field(
    reader: Visitor,
    behind: Behind,
    ada: Person,
    kind: str,
    fields: dict[str, str | list[str]],
    said: str,
) -> None:
    crafted(behind, ada, QuestionType(kind))

    page = reader.submit(reader.get("/minute"), "/minute/", fields, 400)

    assert [error.startswith(said) for error in page.all(".field-error")] == [True]


def test_two_lines_in_the_same_place_are_refused_and_stay_as_they_were_put(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    crafted(behind, ada, QuestionType.ORDERING)
    page = reader.get("/minute")
    fields = {str(select["name"]): "1" for select in page.html.select(".order-select")}

    page = reader.submit(page, "/minute/", fields, 400)

    assert page.all(".field-error") == ["Two lines have the same place: give each its own."]
    assert page.all(".order-select option[selected]") == ["1"] * len(fields)


def test_a_number_typed_wrong_is_kept_in_its_field(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    crafted(behind, ada, QuestionType.NUMERIC)

    page = reader.submit(reader.get("/minute"), "/minute/", {"number": '"><b>many'}, 400)

    assert page.html.select("input[name=number]")[0]["value"] == '"><b>many'


def test_a_wrong_number_is_shown_beside_the_right_one(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    crafted(behind, ada, QuestionType.NUMERIC)

    page = reader.submit(reader.get("/minute"), "/minute/", {"number": "-12345678"})

    assert page.title == "Not this time"
    assert page.all(".said dt") == ["Your answer", "The answer"]


def test_a_word_typed_is_shown_as_it_was_typed_and_nothing_more(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    crafted(behind, ada, QuestionType.SHORT)

    page = reader.submit(reader.get("/minute"), "/minute/", {"text": "<script>x</script>"})

    assert page.title == "Not this time"
    assert page.all(".said dd")[0] == "<script>x</script>"


@pytest.mark.parametrize("kind", [QuestionType.SHORT, QuestionType.NUMERIC])
def test_what_somebody_typed_is_kept_for_nobody_else(
    reader: Visitor, behind: Behind, ada: Person, kind: QuestionType
) -> None:
    crafted(behind, ada, kind)
    typed = "4711"

    after = reader.submit(reader.get("/minute"), "/minute/", {"text": [typed], "number": [typed]})

    assert typed in after.all(".said dd")[0]
    assert not [html for html in held(pages.explanations) if typed in html]


def test_a_tap_is_explained_once_for_everybody(
    reader: Visitor, behind: Behind, ada: Person
) -> None:
    question = crafted(behind, ada, QuestionType.SINGLE)

    reader.submit(reader.get("/minute"), "/minute/", right_fields(question, SEED))

    assert [html for html in held(pages.explanations) if question.explain_html.en in html]


def held(shelf: Shelf[Explanation]) -> list[str]:
    """All that is kept, and what it is kept by."""
    return [f"{kept.html} {key}" for key, kept in shelf.held.items()]
