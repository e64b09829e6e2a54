"""What is right is nowhere in the page before the answer is given."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from bs4 import BeautifulSoup, Tag

from academy.catalog import releases
from academy.catalog.tree import (
    Catalog,
    Choice,
    Cloze,
    Matching,
    Numeric,
    Ordering,
    Question,
    QuestionType,
    Short,
)
from academy.daily.models import Round
from academy.database import db
from academy.learning.models import Attempt, Kind
from academy.people.models import Person
from tests.conftest import MONDAY
from tests.factories import make_person, pin_round
from tests.pages.conftest import Behind, on_sqlite_only
from tests.visitor import Visitor

SEED = 20261122

pytestmark = [on_sqlite_only, pytest.mark.parametrize("language", ["fr", "en"])]


def secrets_of(question: Question, catalog: Catalog, language: str) -> list[str]:
    """The words that give a question away, as they would read on a page."""
    texts = [question.explain_html, catalog.notions[question.notion].keep]
    match question.body:
        case Choice(options):
            texts += [option.why_html for option in options]
        case Numeric() as body:
            texts += [known.why_html for known in body.wrong]
        case Short() as body:
            texts += [known.why_html for known in body.wrong]
    return [words for text in texts if (words := plain(text.said(language)))]


def keys_of(question: Question) -> set[str]:
    """What the author calls the parts of the answer."""
    match question.body:
        case Choice(options):
            return {option.key for option in options}
        case Ordering(items):
            return {item.key for item in items}
        case Matching(pairs, extra):
            return {pair.key for pair in pairs} | {item.key for item in extra}
        case Cloze(_text, blanks):
            return {blank.key for blank in blanks}
        case _:
            return set()


def plain(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def values(sheet: Tag) -> Iterator[str]:
    """Every word of the attributes that say something of what is shown."""
    for tag in [sheet, *sheet.select("*")]:
        for name, value in tag.attrs.items():
            if name in ("name", "value") or name.startswith("data-"):
                yield from str(value).split()


def give_away(sheet: Tag, question: Question, catalog: Catalog, language: str) -> list[str]:
    """What the sheet tells and should not."""
    text = plain(str(sheet))
    told = [words for words in secrets_of(question, catalog, language) if words in text]
    return told + sorted(keys_of(question) & set(values(sheet)))


def named_by_seed(sheet: Tag) -> list[str]:
    """The tokens of the sheet's options, in the order drawn."""
    return [str(found["value"]) for found in sheet.select("[name$=choice]")]


@pytest.fixture
def person(behind: Behind, language: str) -> Person:
    with behind():
        return make_person(language=language)


@pytest.fixture
def catalog(behind: Behind) -> Catalog:
    with behind():
        return releases.current()


def test_no_quiz_page_tells_an_answer(
    visitor: Visitor, behind: Behind, person: Person, catalog: Catalog, language: str
) -> None:
    with behind():
        attempt = Attempt(
            person_id=person.id,
            kind=Kind.QUIZ,
            subject="changes",
            number=1,
            questions=list(catalog.questions),
            seed=SEED,
            release=catalog.release,
            started_at=MONDAY,
        )
        db.session.add(attempt)
        db.session.commit()

    page = visitor.as_person(person).get(f"/attempts/{attempt.id}")

    sheets = page.html.select("fieldset.ask")
    assert len(sheets) == len(catalog.questions)
    for sheet, question in zip(sheets, catalog.questions.values(), strict=True):
        assert give_away(sheet, question, catalog, language) == [], question.key


def test_no_minute_tells_an_answer(
    visitor: Visitor, behind: Behind, person: Person, catalog: Catalog, language: str
) -> None:
    with behind():
        drawn = pin_round(person, *catalog.questions.values(), seed=SEED)
    visitor.as_person(person)

    for slot, question in enumerate(catalog.questions.values()):
        with behind():
            db.session.get_one(Round, drawn.id).answered = slot
            db.session.commit()
        answer = visitor.client.get("/minute")
        main = BeautifulSoup(answer.text, "html.parser").select_one("main")
        assert main is not None
        assert give_away(main, question, catalog, language) == [], question.key


def test_the_tokens_of_a_page_are_places_on_the_page(
    visitor: Visitor, behind: Behind, person: Person, catalog: Catalog, language: str
) -> None:
    """They say nothing of the author's order: the first one shown is always called 0."""
    visitor.as_person(person)
    for key, lesson in catalog.lessons.items():
        page = visitor.client.get(f"/lessons/{key}/check")
        sheets = BeautifulSoup(page.text, "html.parser").select("fieldset.ask")
        for sheet, question in zip(sheets, lesson.check, strict=True):
            tokens = named_by_seed(sheet)
            assert tokens == [str(place) for place in range(len(tokens))], question


def test_the_right_option_moves_from_person_to_person(
    visitor: Visitor, behind: Behind, catalog: Catalog, language: str
) -> None:
    lesson, question = next(
        (lesson, question)
        for lesson in catalog.lessons.values()
        for question in (catalog.questions[lesson.check[0]],)
        if question.type is QuestionType.SINGLE and isinstance(question.body, Choice)
    )
    assert isinstance(question.body, Choice)
    right = plain(
        next(each.text_html.said(language) for each in question.body.options if each.grade == 100)
    )

    places = set()
    for _ in range(12):
        with behind():
            visitor.as_person(make_person(language=language))
        page = visitor.client.get(f"/lessons/{lesson.key}/check")
        sheet = BeautifulSoup(page.text, "html.parser").select("fieldset.ask")[0]
        texts = [plain(str(found)) for found in sheet.select(".options .option-text")]
        places.add(texts.index(right))

    assert len(places) > 1
