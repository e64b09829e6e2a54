"""The French and English catalogues hold every sentence of the interface, ready to be read."""

import re
from functools import cache
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tests.architecture.sources import ACADEMY, ROOT

LANGUAGES = ("fr", "en")
KEYWORDS = {**DEFAULT_KEYWORDS, "_": None, "lazy_gettext": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}|</?\w+[^>]*>")
COUNT = "%(num)s"

Sentence = str | tuple[str, str]


@cache
def sentences() -> frozenset[Sentence]:
    """Every sentence of the interface: in the code and in the templates."""
    with (ROOT / "babel.cfg").open(encoding="utf-8") as config:
        methods, options = parse_mapping_cfg(config)  # type: ignore[no-untyped-call]  # Babel's own
    found = extract_from_dir(
        str(ACADEMY), methods, options, keywords=KEYWORDS, strip_comment_tags=True
    )
    return frozenset(
        (message[0], message[1]) if isinstance(message, tuple) else message
        for _file, _line, message, _comments, _context in found
    )


@cache
def catalogue(language: str) -> Catalog:
    file = ACADEMY / "web" / "translations" / language / "LC_MESSAGES" / "messages.po"
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def entries(language: str) -> dict[Sentence, Message]:
    return {
        (message.id[0], message.id[1])
        if isinstance(message.id, (list, tuple))
        else message.id: message
        for message in catalogue(language)
        if message.id
    }


def forms(message: Message) -> list[str]:
    said = message.string
    return list(said) if isinstance(said, (list, tuple)) else [said or ""]


def placeholders(sentence: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(sentence))


def test_there_is_something_to_translate() -> None:
    assert len(sentences()) > 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_of_the_interface_is_missing(language: str) -> None:
    assert sorted(map(str, sentences() - entries(language).keys())) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_left_empty_or_in_doubt(language: str) -> None:
    doubtful = [
        key
        for key, message in entries(language).items()
        if key in sentences() and (message.fuzzy or not all(forms(message)))
    ]

    assert doubtful == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_that_is_gone_is_kept(language: str) -> None:
    assert sorted(map(str, entries(language).keys() - sentences())) == []
    assert list(catalogue(language).obsolete) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_filled_in_is_filled_in_everywhere(language: str) -> None:
    """A singular may leave the number out ("one try left"); nothing else may differ."""
    for key, message in entries(language).items():
        said = [form for form in forms(message) if form]
        if isinstance(key, str):
            for form in said:
                assert placeholders(form) == placeholders(key), key
            continue
        singular, plural = key
        for form in said[1:]:
            assert placeholders(form) == placeholders(plural), key
        for form in said[:1]:
            wanted = (placeholders(singular), placeholders(plural))
            numberless = [each for each in placeholders(plural) if each != COUNT]
            assert placeholders(form) in (*wanted, numberless), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plural_has_as_many_forms_as_its_language(language: str) -> None:
    catalog = catalogue(language)

    assert catalog.num_plurals == 2
    for key, message in entries(language).items():
        assert len(forms(message)) == (1 if isinstance(key, str) else 2), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_says_the_same(language: str) -> None:
    file = ACADEMY / "web" / "translations" / language / "LC_MESSAGES" / "messages.mo"
    fresh = BytesIO()
    write_mo(fresh, catalogue(language))

    assert file.read_bytes() == fresh.getvalue(), "run `make words`, then compile"


def test_french_is_french() -> None:
    same = [
        key
        for key, message in entries("fr").items()
        if isinstance(key, str) and " " in key.strip() and forms(message) == [key]
    ]

    assert [key for key in same if re.search(r"[a-z]{3,} [a-z]{3,}", key)] == []
