"""Every word of a template goes through the translators."""

import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment, nodes

from tests.architecture.sources import ACADEMY, shown

TEMPLATES = sorted(ACADEMY.rglob("templates/**/*.html"))

NAMES_OF_LANGUAGES = {"English", "Français"}
ALLOWED = NAMES_OF_LANGUAGES | {
    "RadioField",
    "SelectField",
    "SelectMultipleField",
    "MultiCheckboxField",
    "BooleanField",
    "ABCDEFGH",
    "nearly",
    "right",
    "unsure",
    "wrong",
}
"""Not words: names of fields and states, letters of options; and a language names itself."""

SPOKEN = "alt|title|aria-label|placeholder|aria-description|label"
BARE_WORD = re.compile(r"[^\W\d_]{2,}")
TRANSLATED = {"_", "gettext", "ngettext", "pgettext"}


@pytest.fixture(scope="module")
def jinja() -> Environment:
    """The templates' own grammar, as the application speaks it."""
    return Environment(extensions=["jinja2.ext.i18n"], autoescape=True)


def visible(source: str) -> str:
    """The source with what is not shown as it stands taken out."""
    source = re.sub(r"{%-?\s*trans\b.*?endtrans\s*-?%}", "", source, flags=re.S)
    source = re.sub(r"<style\b.*?</style>", "", source, flags=re.S)
    return re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "\ufffc", source, flags=re.S)


def bare_words(source: str) -> set[str]:
    """Words that a reader would see, outside any tag."""
    text = re.sub(r"<[^>]*>|&\w+;|\s[\w-]+=\"[^\"]*\"", " ", visible(source))
    return set(BARE_WORD.findall(text)) - ALLOWED


def bare_attributes(source: str) -> set[str]:
    """Words in attributes that are read aloud."""
    found = re.findall(rf'\s(?:{SPOKEN})="([^"]*)"', visible(source))
    return {word for words in found for word in BARE_WORD.findall(words)} - ALLOWED


def bare_constants(tree: nodes.Template) -> set[str]:
    """Texts in expressions that look like a sentence and are given to no translator."""
    translated = {
        id(constant)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in TRANSLATED
        for constant in call.find_all(nodes.Const)
    }
    return {
        constant.value
        for constant in tree.find_all(nodes.Const)
        if id(constant) not in translated
        and isinstance(constant.value, str)
        and re.match(r"[A-ZÀ-Ý][\w’']+", constant.value)
        and constant.value not in ALLOWED
    }


@pytest.mark.parametrize("file", TEMPLATES, ids=shown)
def test_no_word_of_a_template_is_left_in_one_language(file: Path, jinja: Environment) -> None:
    source = file.read_text(encoding="utf-8")

    assert bare_words(source) == set()
    assert bare_attributes(source) == set()
    assert bare_constants(jinja.parse(source)) == set()


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Bonjour</p>", {"Bonjour"}),
        ("<p>{{ _('Hello') }}</p>", set()),
        ("{% trans %}Hello <b>you</b>{% endtrans %}", set()),
        ("{# a remark #}<b class='x'>·</b>&nbsp;", set()),
        ("{% if a %}Yes{% endif %}", {"Yes"}),
    ],
)
def test_the_search_finds_bare_words_and_nothing_else(source: str, found: set[str]) -> None:
    assert bare_words(source) == found


def test_the_search_finds_words_read_aloud_and_sentences_in_expressions(jinja: Environment) -> None:
    assert bare_attributes('<img alt="A cat">') == {"cat"}
    assert bare_attributes('<img alt="{{ words }}" class="cat">') == set()
    assert bare_constants(jinja.parse("{{ button('Save it') }}{{ _('Save it') }}")) == {"Save it"}


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_every_template_can_be_read(app: Flask) -> None:
    for file in TEMPLATES:
        name = file.as_posix().rpartition("/templates/")[2]
        assert app.jinja_env.get_template(name).name == name


PAGES = [file for file in TEMPLATES if "/mail/" not in file.as_posix()]
"""A letter carries its style with it; a page does not."""


@pytest.mark.parametrize("file", PAGES, ids=shown)
def test_a_template_carries_no_style_and_no_script_of_its_own(file: Path) -> None:
    source = file.read_text(encoding="utf-8")

    assert re.findall(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\bsrc=)", source) == []


@pytest.mark.parametrize("file", TEMPLATES, ids=shown)
def test_a_form_that_posts_carries_its_token(file: Path) -> None:
    source = file.read_text(encoding="utf-8")

    for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", source, re.S):
        assert re.search(r"csrf\(\)|csrf_token|hidden_tag\(\)", form), form[:120]
