"""One question of each type, and the form somebody who knows would post."""

from academy.catalog.sheets import present
from academy.catalog.shuffling import (
    item_order,
    left_order,
    option_order,
    right_order,
    word_order,
)
from academy.catalog.tree import (
    Blank,
    Body,
    Choice,
    Cloze,
    Item,
    KnownAnswer,
    KnownNumber,
    Matching,
    MatchPair,
    Numeric,
    Option,
    Ordering,
    Question,
    QuestionType,
    Short,
    Words,
)

Form = dict[str, list[str]]


def words(fr: str, en: str = "") -> Words:
    return Words(fr, en or f"{fr} (en)")


def question(kind: QuestionType, body: Body) -> Question:
    return Question(
        f"fact-{kind}", "fact", "data", kind, 2, words("Quoi ?"), words("Parce que."), body
    )


def options(*grades: int) -> Choice:
    return Choice(
        tuple(
            Option(key, words(f"option {key}"), words(f"why {key}"), grade)
            for key, grade in zip("abcdef", grades, strict=False)
        )
    )


SINGLE = question(QuestionType.SINGLE, options(0, 100, 0, 0))
MULTIPLE = question(QuestionType.MULTIPLE, options(100, 0, 100, 0, 0))
SITUATION = question(QuestionType.SITUATION, options(50, 0, 100))
TRUE_FALSE = question(
    QuestionType.TRUE_FALSE,
    Choice(
        (
            Option("true", Words("Vrai", "True"), words("hélas"), 0),
            Option("false", Words("Faux", "False"), words("bravo"), 100),
        )
    ),
)
ORDERING = question(
    QuestionType.ORDERING, Ordering(tuple(Item(key, words(f"item {key}")) for key in "abcd"))
)
MATCHING = question(
    QuestionType.MATCHING,
    Matching(
        tuple(MatchPair(key, words(f"left {key}"), words(f"right {key}")) for key in "abc"),
        (Item("x", words("extra x")),),
    ),
)
NUMERIC = question(
    QuestionType.NUMERIC,
    Numeric(
        1234.5,
        0.5,
        Words("heures", "hours"),
        (KnownNumber(24, words("un jour")), KnownNumber(-1, words("négatif"))),
    ),
)
SHORT = question(
    QuestionType.SHORT,
    Short(
        {"fr": ("hameçonnage", "RGPD"), "en": ("phishing",)},
        (KnownAnswer({"fr": ("phishong",), "en": ("spam",)}, words("presque")),),
    ),
)
CLOZE = question(
    QuestionType.CLOZE,
    Cloze(
        Words("Le {who} décide, le {how} agit.", "By {how} it is done, by {who} decided."),
        (
            Blank("who", {"fr": ("chef", "robot", "chat"), "en": ("boss", "robot", "cat")}),
            Blank("how", {"fr": ("bras", "pied"), "en": ("arm", "foot")}),
        ),
    ),
)
EVERY = (
    SINGLE, MULTIPLE, SITUATION, TRUE_FALSE, ORDERING, MATCHING, NUMERIC, SHORT, CLOZE,
)  # fmt: skip


def right_form(asked: Question, language: str, seed: int) -> Form:
    """The form of somebody who knows, filled into the very fields of the sheet."""
    form = _known(asked, language, seed)
    assert {prompt.field for prompt in present(asked, language, seed).prompts} <= form.keys()
    return form


def _known(asked: Question, language: str, seed: int) -> Form:
    match asked.body:
        case Choice() as body:
            order = option_order(asked, len(body.options), seed)
            rights = [n for n, place in enumerate(order) if body.options[place].grade == 100]
            return {"choice": [str(number) for number in rights]}
        case Ordering() as body:
            order = item_order(asked, len(body.items), seed)
            return {f"item-{number}": [str(place + 1)] for number, place in enumerate(order)}
        case Matching() as body:
            rights = list(right_order(asked, body, seed))
            lefts = left_order(asked, body, seed)
            return {f"pair-{n}": [str(rights.index(place))] for n, place in enumerate(lefts)}
        case Numeric() as body:
            number = f"{body.answer:.6f}".replace(".", "." if language == "en" else ",")
            return {"number": [f"{number} {body.unit.said(language) if body.unit else ''}"]}
        case Short() as body:
            return {"text": [body.accept["en" if language == "en" else "fr"][0]]}
        case Cloze() as body:
            return {
                f"blank-{n}": [str(word_order(asked, n, len(blank.choices["fr"]), seed).index(0))]
                for n, blank in enumerate(body.blanks)
            }
