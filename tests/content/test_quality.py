"""What makes the shipped content worth a year, as far as a machine can tell."""

import re
from collections import Counter
from datetime import date, timedelta
from html import unescape
from itertools import combinations
from math import ceil
from pathlib import Path
from urllib.parse import urlsplit

import pyphen
import pytest
from scipy.stats import binomtest, chisquare

from academy.catalog.pack import read_pack
from academy.catalog.timetable import timetable
from academy.catalog.tree import LANGUAGES, Catalog, Choice, Language, Question, QuestionType

CONTENT = Path(__file__).parents[2] / "content"
DIGCOMP = {
    f"{area}.{competence}"
    for area, competences in {1: 3, 2: 6, 3: 4, 4: 4, 5: 4}.items()
    for competence in range(1, competences + 1)
}
"""DigComp 2.2, JRC128415: five areas, twenty-one competences."""
PIX = {
    f"{domain}.{competence}"
    for domain, competences in {1: 3, 2: 4, 3: 4, 4: 3, 5: 2}.items()
    for competence in range(1, competences + 1)
}
"""CRCN, arrêté du 30 août 2019: five domains, sixteen competences."""
WEEKS = 40
SURELY = 0.01
EASY = 60
SYLLABLES = {"fr": pyphen.Pyphen(lang="fr_FR"), "en": pyphen.Pyphen(lang="en_GB")}
CHOSEN = (QuestionType.SINGLE, QuestionType.SITUATION)
EMPTY_OPTIONS = re.compile(
    r"toutes les réponses|tout cela|aucune de ces.*|je ne sais pas"
    r"|all of the above|none of the above|i don.t know",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return read_pack(CONTENT)


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))


def chosen(catalog: Catalog) -> list[tuple[Question, Choice]]:
    return [
        (question, question.body)
        for question in catalog.questions.values()
        if question.type in CHOSEN and isinstance(question.body, Choice)
    ]


def ease(text: str, language: Language) -> float:
    """Reading ease: Flesch (1948) for English, Kandel and Moles (1958) for French.

    Syllables are those of hyphenation, a few less than one hears: the figure is some points high.
    """
    words = re.findall(r"[^\W\d_]+", text)
    sentences = max(1, len(re.findall(r"[.!?:;]+(?:\s|$)", text)))
    syllables = sum(len(SYLLABLES[language].positions(word)) + 1 for word in words)
    long, heavy = len(words) / sentences, syllables / len(words)
    if language == "en":
        return 206.835 - 1.015 * long - 84.6 * heavy
    return 207 - 1.015 * long - 73.6 * heavy


def test_there_is_a_year_of_it(catalog: Catalog) -> None:
    assert len(catalog.themes) == 6
    assert all(len(theme.modules) >= 4 for theme in catalog.themes.values())
    assert len(catalog.modules) >= 24
    assert len(catalog.lessons) >= 96
    assert len(catalog.notions) >= 200
    assert len(catalog.questions) >= 640


def test_each_module_has_four_lessons_a_quiz_and_questions_of_seven_kinds(catalog: Catalog) -> None:
    for module in catalog.modules.values():
        mine = [each for each in catalog.questions.values() if each.module == module.key]
        assert len(module.lessons) == 4, module.key
        assert len(mine) >= 27, module.key
        assert len({each.type for each in mine}) >= 7, module.key


def test_every_competence_of_both_frameworks_is_taught(catalog: Catalog) -> None:
    assert {tag for notion in catalog.notions.values() for tag in notion.digcomp} == DIGCOMP
    assert {tag for notion in catalog.notions.values() for tag in notion.pix} == PIX


def test_all_of_it_appears_within_forty_weeks(catalog: Catalog) -> None:
    opening = date(2026, 1, 5)
    days = timetable(catalog.seasons.values(), opening).days
    planned = {lesson for season in catalog.seasons.values() for lesson in season.lessons}

    assert planned == catalog.lessons.keys()
    assert max(days.values()) < opening + timedelta(weeks=WEEKS + 1)
    assert max(Counter(days.values()).values()) <= 2  # a week


@pytest.mark.parametrize("language", LANGUAGES)
def test_lessons_read_easily(catalog: Catalog, language: Language) -> None:
    hard = {
        lesson.key: round(found)
        for lesson in catalog.lessons.values()
        if (found := ease(plain(lesson.body_html.said(language)), language)) < EASY
    }
    assert hard == {}


def test_every_lesson_is_read_again_one_day_and_names_its_sources(catalog: Catalog) -> None:
    for lesson in catalog.lessons.values():
        assert lesson.best_before is not None, lesson.key
        assert date(2027, 1, 1) <= lesson.best_before <= date(2029, 12, 31), lesson.key
        for source in lesson.sources:
            address = urlsplit(source.url or "https://example.com")
            assert (address.scheme, bool(address.hostname)) == ("https", True), lesson.key
    with_sources = [lesson for lesson in catalog.lessons.values() if lesson.sources]
    assert len(with_sources) >= 0.9 * len(catalog.lessons)


def test_the_right_option_stands_at_every_place_as_often(catalog: Catalog) -> None:
    """Chi-square, for questions of four options: no sign that some place is favoured."""
    places = Counter(
        [option.grade for option in body.options].index(100)
        for _question, body in chosen(catalog)
        if len(body.options) == 4
    )

    assert sum(places.values()) >= 200
    assert chisquare([places[place] for place in range(4)]).pvalue > SURELY, places


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_longest_option_is_not_the_right_one_more_often_than_chance(
    catalog: Catalog, language: Language
) -> None:
    """Binomial, one-sided; where two are as long as one another, it counts for half."""
    right = chance = 0.0
    bodies = [body for _question, body in chosen(catalog)]
    for body in bodies:
        lengths = [len(plain(option.text_html.said(language))) for option in body.options]
        longest = [
            option.grade == 100
            for option, long in zip(body.options, lengths, strict=True)
            if long == max(lengths)
        ]
        right += sum(longest) / len(longest)
        chance += 1 / len(body.options)
    found = binomtest(ceil(right), len(bodies), chance / len(bodies), alternative="greater")

    assert found.pvalue > SURELY, (right, len(bodies))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_questions_ask_nearly_the_same(catalog: Catalog, language: Language) -> None:
    stems = [
        (question.key, set(re.findall(r"\w{3,}", plain(question.ask_html.said(language)).lower())))
        for question in catalog.questions.values()
        if question.type is not QuestionType.CLOZE
    ]
    alike = [
        (one, other)
        for (one, mine), (other, theirs) in combinations(stems, 2)
        if len(mine & theirs) > 0.6 * len(mine | theirs)
    ]

    assert alike == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_option_answers_for_the_others(catalog: Catalog, language: Language) -> None:
    empty = [
        question.key
        for question, body in chosen(catalog)
        for option in body.options
        if EMPTY_OPTIONS.fullmatch(plain(option.text_html.said(language)).strip(" ."))
    ]

    assert empty == []


def test_difficulties_are_spread(catalog: Catalog) -> None:
    for theme in catalog.themes.values():
        mine = Counter(
            each.difficulty for each in catalog.questions.values() if each.module in theme.modules
        )
        asked = sum(mine.values())
        assert len(mine) >= 4, theme.key
        assert max(mine.values()) <= 0.55 * asked, (theme.key, mine)
        assert 2.2 <= sum(level * count for level, count in mine.items()) / asked <= 3.3, theme.key


@pytest.mark.parametrize("answer", [True, False])
def test_what_is_true_is_so_about_as_often_as_what_is_false(catalog: Catalog, answer: bool) -> None:
    statements = [
        question.body.options
        for question in catalog.questions.values()
        if question.type is QuestionType.TRUE_FALSE and isinstance(question.body, Choice)
    ]
    true = sum(options[0].grade == 100 for options in statements)

    assert 0.4 <= (true if answer else len(statements) - true) / len(statements) <= 0.6


def test_french_is_set_as_in_france(catalog: Catalog) -> None:
    """No straight apostrophe, and a space that holds before ; ! ? and inside guillemets."""
    wrong = []
    for key, said in _french(catalog):
        words = re.sub(r"<code>.*?</code>|<pre>.*?</pre>|<a [^>]*>|https?://\S+", " ", said)
        words = plain(words)
        if found := re.search(r"\w'\w|[\w.»)][;!?](?!\w)| [;!?»]|« ", words):
            wrong.append((key, words[max(0, found.start() - 20) : found.end() + 10]))

    assert wrong == []


def _french(catalog: Catalog) -> list[tuple[str, str]]:
    said = [(lesson.key, lesson.body_html.said("fr")) for lesson in catalog.lessons.values()]
    for question in catalog.questions.values():
        said += [
            (question.key, question.ask_html.said("fr")),
            (question.key, question.explain_html.said("fr")),
        ]
    for question, body in chosen(catalog):
        said += [(question.key, one.text_html.said("fr")) for one in body.options]
        said += [(question.key, one.why_html.said("fr")) for one in body.options]
    return said
