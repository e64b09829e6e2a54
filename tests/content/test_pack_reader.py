"""Reading a pack: each mistake is told with its file, its line and what to do."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from academy.catalog.pack import BrokenPack, Mistake, read_pack
from academy.catalog.tree import Choice, Cloze

THEME = """\
order: 1
ink: culture
fr: {title: "Culture", summary: "Ce qui change."}
en: {title: "Culture", summary: "What changes."}
"""
MODULE = """\
order: 2
fr: {title: "Les données", summary: "D'où elles viennent."}
en: {title: "Data", summary: "Where it comes from."}
quiz: {questions: 2, pass: 70}
lessons:
  - key: datum
    picture: datum.svg
    check: [fact-1, fact-2]
    best_before: 2027-12-31
    sources:
      - {title: "RGPD, article 4", url: "https://eur-lex.europa.eu/eli/reg/2016/679/oj"}
notions:
  - key: fact
    lesson: datum
    fr: {name: "Un fait", keep: "Une donnée est un fait noté."}
    en: {name: "A fact", keep: "A datum is a recorded fact."}
    digcomp: ["1.3"]
    pix: ["1.2"]
    requires: []
  - key: sense
    lesson: datum
    fr: {name: "Le sens", keep: "Le sens vient après."}
    en: {name: "Meaning", keep: "Meaning comes later."}
    digcomp: []
    pix: []
    requires: [fact]
"""
LESSON = """\
---
title: "Un chiffre"
summary: "Pourquoi 42 ne dit rien."
picture_alt: "Trois thermomètres."
---
## Le matin

Un *texte* avec [un lien](https://example.org).

!!! tip "À retenir"
    Peu de choses.
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1"/></svg>'
SINGLE = """\
- key: fact-1
  notion: fact
  type: single
  difficulty: 2
  fr: {ask: "Quoi ?", explain: "Parce que."}
  en: {ask: "What?", explain: "Because."}
  options:
    - {key: a, fr: {text: "un", why: "non"}, en: {text: "one", why: "no"}}
    - {key: b, right: true, fr: {text: "deux", why: "oui"}, en: {text: "two", why: "yes"}}
    - {key: c, fr: {text: "trois", why: "non"}, en: {text: "three", why: "no"}}
"""
HEAD = """\
- key: fact-2
  notion: fact
  type: %s
  difficulty: 3
  fr: {ask: "Quoi ?", explain: "Parce que."}
  en: {ask: "What?", explain: "Because."}
"""
TRUE_FALSE = """\
- key: fact-2
  notion: fact
  type: true_false
  difficulty: 1
  answer: false
  fr: {ask: "Oui.", explain: "Non.", if_true: "Hélas.", if_false: "Bravo."}
  en: {ask: "Yes.", explain: "No.", if_true: "Alas.", if_false: "Well done."}
"""
SENSE = """\
- key: sense-1
  notion: sense
  type: short
  difficulty: 3
  fr: {ask: "Quoi ?", explain: "Parce que."}
  en: {ask: "What?", explain: "Because."}
  accept: {fr: ["hameçonnage"], en: ["phishing"]}
"""
SITUATION = (
    HEAD % "situation"
    + """\
  options:
    - {key: a, grade: 100, fr: {text: "un", why: "oui"}, en: {text: "one", why: "yes"}}
    - {key: b, grade: 50, fr: {text: "deux", why: "bof"}, en: {text: "two", why: "meh"}}
    - {key: c, grade: 0, fr: {text: "trois", why: "non"}, en: {text: "three", why: "no"}}
"""
)
MULTIPLE = (
    HEAD % "multiple"
    + """\
  options:
    - {key: a, right: true, fr: {text: "un", why: "oui"}, en: {text: "one", why: "yes"}}
    - {key: b, fr: {text: "deux", why: "non"}, en: {text: "two", why: "no"}}
    - {key: c, fr: {text: "trois", why: "non"}, en: {text: "three", why: "no"}}
"""
)
ORDERING = (
    HEAD % "ordering"
    + """\
  items:
    - {key: a, fr: "un", en: "one"}
    - {key: b, fr: "deux", en: "two"}
    - {key: c, fr: "trois", en: "three"}
"""
)
MATCHING = (
    HEAD % "matching"
    + """\
  pairs:
    - {key: a, fr: {left: "un", right: "1"}, en: {left: "one", right: "1"}}
    - {key: b, fr: {left: "deux", right: "2"}, en: {left: "two", right: "2"}}
    - {key: c, fr: {left: "trois", right: "3"}, en: {left: "three", right: "3"}}
  extra:
    - {key: x, fr: "4", en: "4"}
"""
)
NUMERIC = (
    HEAD % "numeric"
    + """\
  answer: 72
  tolerance: 2
  unit: {fr: "heures", en: "hours"}
  wrong:
    - {value: 24, fr: "Non.", en: "No."}
"""
)
SHORT = (
    HEAD % "short"
    + """\
  accept: {fr: ["hameçonnage"], en: ["phishing"]}
  wrong:
    - {fr: {said: ["spam"], why: "Non."}, en: {said: ["spam"], why: "No."}}
"""
)
CLOZE = """\
- key: fact-2
  notion: fact
  type: cloze
  difficulty: 3
  fr: {ask: "Complétez.", text: "Le {who} décide.", explain: "Voilà."}
  en: {ask: "Complete.", text: "The {who} decides.", explain: "There."}
  blanks:
    - key: who
      fr: {right: "responsable", wrong: ["stagiaire", "robot"]}
      en: {right: "controller", wrong: ["trainee", "robot"]}
"""
FIRST = SINGLE.count("\n")
"""Lines before the second question."""

Writer = Callable[[Path], None]
Mend = tuple[str, str, str]
"""A file, what stands in it, and what is written instead."""

MODULE_YAML, QUESTIONS = "culture/data/module.yaml", "culture/data/questions.yaml"
FRENCH = "culture/data/datum.fr.md"


def pack(folder: Path, *mends: Mend, second: str = TRUE_FALSE) -> Path:
    """A small pack without mistakes, then mended in places."""
    files = {
        "culture/theme.yaml": THEME,
        MODULE_YAML: MODULE,
        QUESTIONS: SINGLE + second + SENSE,
        FRENCH: LESSON,
        "culture/data/datum.en.md": LESSON,
        "culture/data/datum.svg": PICTURE,
    }
    for path, old, new in mends:
        assert old in files[path], old
        files[path] = files[path].replace(old, new, 1)
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder


def mistakes_in(folder: Path) -> tuple[Mistake, ...]:
    with pytest.raises(BrokenPack) as broken:
        read_pack(folder)
    return broken.value.mistakes


def mistakes_if_any(folder: Path) -> tuple[Mistake, ...]:
    try:
        read_pack(folder)
    except BrokenPack as broken:
        return broken.mistakes
    return ()


def test_a_sound_pack_is_read_whole(tmp_path: Path) -> None:
    catalog = read_pack(pack(tmp_path))

    assert catalog.themes["culture"].modules == ("data",)
    assert catalog.modules["data"].quiz.pass_mark == 70
    assert catalog.lessons["datum"].minutes == 1
    assert "<em>texte</em>" in catalog.lessons["datum"].body_html.fr
    assert catalog.questions_of == {"fact": ("fact-1", "fact-2"), "sense": ("sense-1",)}
    assert catalog.notions["sense"].requires == ("fact",)
    assert catalog.pictures == {"datum.svg": PICTURE.encode()}


def test_true_or_false_becomes_a_choice_of_two(tmp_path: Path) -> None:
    body = read_pack(pack(tmp_path)).questions["fact-2"].body

    assert isinstance(body, Choice)
    assert [(one.key, one.text_html.fr, one.grade) for one in body.options] == [
        ("true", "Vrai", 0),
        ("false", "Faux", 100),
    ]
    assert body.options[1].why_html.en == "Well done."


@pytest.mark.parametrize(
    "second", [TRUE_FALSE, MULTIPLE, SITUATION, ORDERING, MATCHING, NUMERIC, SHORT, CLOZE]
)
def test_every_type_is_read(tmp_path: Path, second: str) -> None:
    question = read_pack(pack(tmp_path, second=second)).questions["fact-2"]

    assert f"type: {question.type}\n" in second


def test_the_first_word_of_a_blank_is_the_right_one(tmp_path: Path) -> None:
    body = read_pack(pack(tmp_path, second=CLOZE)).questions["fact-2"].body

    assert isinstance(body, Cloze)
    assert body.blanks[0].choices["en"] == ("controller", "trainee", "robot")


def test_the_same_files_have_the_same_release_and_others_another(tmp_path: Path) -> None:
    first = read_pack(pack(tmp_path / "one")).release
    same = read_pack(pack(tmp_path / "two")).release
    other = read_pack(pack(tmp_path / "three", (FRENCH, "Peu", "Très peu"))).release

    assert first == same != other
    assert len(first) == 12


IN_THEME = [
    ("order: 1\n", "", 1, "`order` is missing", "Add `order:` (a number)"),
    ("order: 1", 'order: "1"', 1, "must be a number, not text", "Write a whole number"),
    ("order: 1", "order: 10000", 1, "`order` is 10000", "from 1 to 9999"),
    ("ink: culture", "ink: cultur", 2, "cannot be `cultur`", "Did you mean `culture`"),
    ("ink: culture", "ink: pink", 2, "cannot be `pink`", "Use one of culture, together"),
    ("ink:", "inc:", 2, "`inc` is not known", "Did you mean `ink`"),
    ("order: 1", "order: 1\norder: 2", 2, "`order` is written twice", "Keep one"),
    ("order: 1", "order: &a 1", 1, "Anchors", "Write the words out"),
    ("order: 1", "order: !!python/name:os.system 1", 1, "The tag", "Remove it"),
    ("order: 1", "7: 1", 1, "name of an entry must be a word", "Write a name"),
    ("ink: culture", "ink:\n\tculture", 3, "not YAML", "with spaces, not with tabs"),
    ("ink: culture", "ink: [culture", 3, "not YAML", "Check the indentation"),
    (THEME, "", 1, "empty or of another shape", "Write a mapping"),
    (THEME, "- a\n", 1, "empty or of another shape", "Write a mapping"),
    (THEME, "[" * 50_000, 1, "nested too deep", "Check the indentation"),
]
IN_MODULE = [
    ("questions: 2", "questions: 4", 4, "draws 4 questions of 3", "Draw at most 3"),
    ("pass: 70", "pass: 101", 4, "`pass` is 101", "from 1 to 100"),
    ("pass: 70", "pass: 0", 4, "`pass` is 0", "from 1 to 100"),
    ("lessons:", "track: heads\nlessons:", 5, "`track` names `heads`", "Write a key that exists"),
    ("lessons:", "track: Heads\nlessons:", 5, "`Heads` is not a key", "lower-case words"),
    ('en: {title: "Data", ', "en: {", 3, "`title` is missing", "Add `title:`"),
    ('en: {title: "Data"', 'en: {title: ""', 3, "`title` is empty", "Write the words"),
    ('title: "Data"', "title: 7", 3, "must be text, not a number", "double quotes"),
    (
        '{title: "Data", summary: "Where it comes from."}',
        "Data",
        3,
        "must be a mapping, not text",
        "Write `en:` and its entries",
    ),
    ("key: datum", "key: Datum", 6, "`Datum` is not a key", "lower-case words"),
    ("key: datum", f"key: {'a' * 61}", 6, "is not a key", "at most 60"),
    ("picture: datum.svg", "picture: other.svg", 7, "cannot be `other.svg`", "Name it `datum.svg`"),
    ("check: [fact-1, fact-2]", "check: [fact-1]", 8, "has 1 entries", "Write 2 to 3"),
    ("fact-2]", "fact-9]", 8, "`fact-9`, which does not exist", "Did you mean `fact-"),
    ("fact-2]", "fact-1]", 8, "`fact-1` stands there twice", "Change one"),
    ("2027-12-31", '"soon"', 9, "must be a day, not text", "year-month-day"),
    ("2027-12-31", "2027-02-31", 9, "must be a day, not text", "a day that exists"),
    ("https://eur", "eur", 11, "not a web address", "Start it with https://"),
    ("lesson: datum", "lesson: date", 14, "`date`, which does not exist", "Did you mean `datum`"),
    ('["1.3"]', '["1.4"]', 17, "`1.4` is not a competence", "Use one of 1.1 to 5.4"),
    ('["1.3"]', "[1.3]", 17, "must be text", "double quotes"),
    ('pix: ["1.2"]', 'pix: ["1.4"]', 18, "`1.4` is not a competence", "Use one of 1.1 to 5.2"),
    ("requires: []", "requires: [sens]", 19, "does not exist", "Did you mean `sense`"),
    ("requires: []", "requires: [sense]", 19, "turns in a loop: fact, sense", "Remove one"),
    ("requires: [fact]", "requires: [sense]", 26, "turns in a loop: sense", "Remove one"),
    ("requires: []", "requires: fact", 19, "must be a list, not text", "a list below it"),
    ("- key: sense", "- key: fact", 20, "`fact` exists already", "Choose another key"),
    ("- key: sense", "- key: nobody", 20, "No question tests `nobody`", "Write one"),
    ("    picture: datum.svg\n", "", 1, "Nothing announces this file", "Name it in module.yaml"),
]
IN_LESSON = [
    ("---\ntitle", "title", 1, "title and summary are missing", "two lines of three hyphens"),
    ('title: "Un chiffre"', "title: 'a", 4, "not YAML", "Check"),
    ('title: "Un chiffre"', "titre: x", 2, "`titre` is not known", "Did you mean `title`"),
    ('picture_alt: "Trois thermomètres."\n', "", 2, "`picture_alt` is missing", "Add"),
    ("Un *texte*", "Un <b>texte</b>", 8, "HTML is not allowed", "Write it in Markdown"),
    ("Un *texte*", "![Un](x.png)", 8, "Images are not allowed", "Use the lesson's `picture`"),
    ("## Le matin", "# Le matin", 6, "heading is too high", "Start headings at `##`"),
    ("!!! tip", "!!! danger", 10, "no known kind or no title", "example, note, tip, warning"),
    ("## " + LESSON.partition("## ")[2], "\n", 6, "lesson is empty", "Write it"),
]
IN_QUESTION = [
    (SINGLE, "difficulty: 2", "difficulty: 6", 4, "`difficulty` is 6", "from 1 to 5"),
    (SINGLE, "difficulty: 2", "difficulty: true", 4, "not true or false", "whole number"),
    (SINGLE, "difficulty: 2", f"difficulty: {'9' * 400}", 4, "must be a number", "from 1 to 5"),
    (SINGLE, "type: single", "type: singel", 3, "cannot be `singel`", "Did you mean `single`"),
    (SINGLE, "notion: fact", "notion: fakt", 2, "does not exist", "Did you mean `fact`"),
    (SINGLE, "options:", "optoins:", 7, "`optoins` is not known", "Did you mean `options`"),
    (SINGLE, "right: true, ", "", 7, "0 options are right", "Mark exactly one"),
    (SINGLE, "{key: a,", "{key: a, right: true,", 7, "2 options are right", "exactly one"),
    (SINGLE, "{key: a,", "{key: b,", 7, "key `b` stands there twice", "Change one"),
    (SINGLE, '"un"', '"deux"', 7, "text `deux` stands there twice", "Change one"),
    (SINGLE, "right: true", "right: yes", 9, "must be true or false", "without quotes"),
    (SINGLE, SINGLE.splitlines()[7] + "\n", "", 7, "has 2 entries", "Write 3 to 5"),
    (SINGLE, '"un", why: "non"', '"un"', 8, "`why` is missing", "Add `why:`"),
    (SINGLE, '"un"', '"\\0"', 8, "control character", "Remove it"),
    (SINGLE, "- {key: a", "- a\n    - {key: z", 8, "must be a mapping", "`name: value`"),
    (MULTIPLE, "right: true, ", "", 7, "0 of 3 options are right", "leave at least one wrong"),
    (MULTIPLE, "key: b", "key: b, rihgt: true", 9, "`rihgt` is not known", "`right`"),
    (
        SINGLE,
        "  en: {ask",
        "  not_for: [blond]\n  en: {ask",
        6,
        "cannot be `blond`",
        "Did you mean `blind`",
    ),
    (SITUATION, "grade: 50", "grade: 100", 7, "2 options have grade 100", "exactly one"),
    (SITUATION, "grade: 50", "grade: -1", 9, "`grade` is -1", "from 0 to 100"),
    (SITUATION, "grade: 100", "grade: 99", 7, "0 options have grade 100", "exactly one"),
    (TRUE_FALSE, "answer: false", 'answer: "false"', 5, "must be true or false", "true or false"),
    (TRUE_FALSE, ', if_true: "Alas."', "", 7, "`if_true` is missing", "Add"),
    (ORDERING, '"deux"', '"un"', 7, "text `un` stands there twice", "Change one"),
    (ORDERING, ORDERING.splitlines()[9], "", 7, "has 2 entries", "Write 3 to 6"),
    (MATCHING, 'fr: "4"', 'fr: "3"', 7, "text `3` stands there twice", "Change one"),
    (MATCHING, "key: x", "key: a", 7, "key `a` stands there twice", "Change one"),
    (MATCHING, 'right: "1"}}', "}}", 8, "`right` is missing", "Add"),
    (NUMERIC, "answer: 72", "answer: .nan", 7, "`answer` is nan", "Write a number"),
    (NUMERIC, "answer: 72", "answer: 1e999", 7, "`answer` is inf", "Write a number"),
    (NUMERIC, "answer: 72", 'answer: "72"', 7, "must be a number, not text", "Write a number"),
    (NUMERIC, "tolerance: 2", "tolerance: -1", 8, "`tolerance` is -1", "from 0 to"),
    (NUMERIC, "value: 24", "value: 73", 11, "73 counts as right", "out of tolerance"),
    (NUMERIC, ', en: "hours"', "", 9, "`en` is missing", "Add"),
    (SHORT, '["phishing"]', "[]", 7, "has 0 entries", "at least 1"),
    (SHORT, '"spam"', '"Le Hameçonnage !"', 9, "also accepted as right", "Remove it"),
    (SHORT, '["phishing"]', '["?!"]', 7, "no letters", "Write a word"),
    (CLOZE, "Le {who}", "Le {qui}", 5, "gap `qui` is missing in `blanks`", "same gaps"),
    (CLOZE, "The {who}", "The", 6, "gap `who` is missing in the text", "same gaps"),
    (CLOZE, "Le {who}", "Le {who} {who}", 5, "gap `who` stands there twice", "Change one"),
    (CLOZE, "Le {who}", "Le {who} {Qui}", 5, "brace is not part of a gap", "Write gaps as"),
    (CLOZE, '["trainee", "robot"]', '["trainee"]', 10, "not as many words", "Even them out"),
    (CLOZE, '"trainee"', '"Robot"', 10, "word `robot` stands there twice", "Change one"),
    (CLOZE, '"trainee"', '"controller"', 10, "`controller` stands there twice", "Change one"),
]


def assert_told(
    mistakes: tuple[Mistake, ...], path: str, line: int, problem: str, remedy: str
) -> None:
    told = [one for one in mistakes if problem in one.problem and remedy in one.remedy]
    assert (path, line) in [(one.path, one.line) for one in told], "\n".join(map(str, mistakes))


@pytest.mark.parametrize(("old", "new", "line", "problem", "remedy"), IN_THEME)
def test_a_mistake_in_a_theme_is_told(
    tmp_path: Path, old: str, new: str, line: int, problem: str, remedy: str
) -> None:
    mistakes = mistakes_in(pack(tmp_path, ("culture/theme.yaml", old, new)))

    assert_told(mistakes, "culture/theme.yaml", line, problem, remedy)


@pytest.mark.parametrize(("old", "new", "line", "problem", "remedy"), IN_MODULE)
def test_a_mistake_in_a_module_is_told(
    tmp_path: Path, old: str, new: str, line: int, problem: str, remedy: str
) -> None:
    mistakes = mistakes_in(pack(tmp_path, (MODULE_YAML, old, new)))

    path = "culture/data/datum.svg" if problem.startswith("Nothing") else MODULE_YAML
    assert_told(mistakes, path, line, problem, remedy)


@pytest.mark.parametrize(("old", "new", "line", "problem", "remedy"), IN_LESSON)
def test_a_mistake_in_a_lesson_is_told(
    tmp_path: Path, old: str, new: str, line: int, problem: str, remedy: str
) -> None:
    mistakes = mistakes_in(pack(tmp_path, (FRENCH, old, new)))

    assert_told(mistakes, FRENCH, line, problem, remedy)


@pytest.mark.parametrize(("written", "old", "new", "line", "problem", "remedy"), IN_QUESTION)
def test_a_mistake_in_a_question_is_told(
    tmp_path: Path, written: str, old: str, new: str, line: int, problem: str, remedy: str
) -> None:
    mend = (QUESTIONS, written, written.replace(old, new, 1))
    second = TRUE_FALSE if written is SINGLE else written
    mistakes = mistakes_in(pack(tmp_path, mend, second=second))

    assert_told(mistakes, QUESTIONS, line if written is SINGLE else line + FIRST, problem, remedy)


def test_every_option_right_leaves_nothing_to_choose(tmp_path: Path) -> None:
    written = MULTIPLE.replace("key: b", "key: b, right: true").replace(
        "key: c", "key: c, right: true"
    )

    mistakes = mistakes_in(pack(tmp_path, second=written))

    assert_told(mistakes, QUESTIONS, FIRST + 7, "3 of 3 options", "leave at least one wrong")


def put(path: str, content: bytes) -> Writer:
    def write(folder: Path) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)

    return write


def remove(path: str) -> Writer:
    return lambda folder: (folder / path).unlink()


def link(path: str, target: str) -> Writer:
    return lambda folder: (folder / path).symlink_to(target)


SVG = "culture/data/datum.svg"
IN_TREE = [
    (remove("culture/theme.yaml"), "culture/theme.yaml", "file is missing", "Write it"),
    (remove(QUESTIONS), QUESTIONS, "file is missing", "Write it"),
    (remove(MODULE_YAML), MODULE_YAML, "file is missing", "Write it"),
    (remove(FRENCH), FRENCH, "file is missing", "Write it"),
    (remove(SVG), MODULE_YAML, "picture `datum.svg` does not exist", "Draw it"),
    (put(FRENCH, b""), FRENCH, "title and summary are missing", "three hyphens"),
    (put(FRENCH, b"---\n\n---\n## A\n"), FRENCH, "front matter is not a mapping", "Write `title"),
    (put(FRENCH, b"---\ntitle: \xff"), FRENCH, "not UTF-8", "Save the file as UTF-8"),
    (put(QUESTIONS, b"\xfe\xff\x00"), QUESTIONS, "not UTF-8", "Save the file as UTF-8"),
    (put(QUESTIONS, b"a: 1"), QUESTIONS, "of another shape", "Write a list"),
    (put(QUESTIONS, b"- 1\n- [a]\n"), QUESTIONS, "must be a mapping", "`name: value`"),
    (put("culture/data/notes.txt", b"x"), "culture/data/notes.txt", "Nothing announces", "remove"),
    (put("culture/data/old/x.md", b"x"), "culture/data/old/x.md", "no place here", "Move it"),
    (put("README.md", b"x"), "README.md", "no place here", "Move it"),
    (put("Culture/theme.yaml", b"x"), "Culture/theme.yaml", "no place here", "Move it"),
    (put("culture/x/module.yaml", b"{}"), "culture/x/module.yaml", "`lessons` is missing", "Add"),
    (put(SVG, b"<svg/>"), SVG, "picture is not safe", "plain SVG shapes"),
    (put(SVG, b"not xml"), SVG, "it is not XML", "plain SVG shapes"),
    (put("culture/data/big.md", b" " * 5_000_001), "culture/data/big.md", "larger than", "Remove"),
    (link("culture/data/out.md", "/etc/hostname"), "culture/data/out.md", "points out", "Remove"),
    (link("culture/data/out", "/etc"), "culture/data/out", "points out", "Remove"),
    (link("culture/data/loop", "loop"), "culture/data/loop", "nowhere", "Remove"),
    (link("culture/data/gone", "nobody"), "culture/data/gone", "not a plain file", "Remove"),
    (
        lambda folder: os.mkfifo(folder / "culture/data/pipe"),
        "culture/data/pipe",
        "not a plain file",
        "Remove",
    ),
]


@pytest.mark.parametrize(("spoil", "path", "problem", "remedy"), IN_TREE)
def test_a_mistake_in_the_tree_is_told(
    tmp_path: Path, spoil: Writer, path: str, problem: str, remedy: str
) -> None:
    pack(tmp_path)
    spoil(tmp_path)

    mistakes = mistakes_in(tmp_path)

    told = [one.path for one in mistakes if problem in one.problem and remedy in one.remedy]
    assert path in told, "\n".join(map(str, mistakes))


@pytest.mark.parametrize("folder", ["", "nowhere"])
def test_an_empty_or_missing_folder_holds_no_theme(tmp_path: Path, folder: str) -> None:
    (mistake,) = mistakes_in(tmp_path / folder)

    assert str(mistake) == ".:1: There is no theme in this folder. Check the path of the pack."


def test_a_key_used_in_two_modules_is_told_with_both_places(tmp_path: Path) -> None:
    pack(tmp_path)
    pack(tmp_path / "copy")
    (tmp_path / "copy/culture/data").rename(tmp_path / "culture/facts")
    (tmp_path / "copy/culture/theme.yaml").unlink()

    mistakes = mistakes_in(tmp_path)

    problems = [one.problem for one in mistakes]
    assert f"The lesson `datum` exists already at {MODULE_YAML}:6" in problems
    assert f"The notion `fact` exists already at {MODULE_YAML}:13" in problems
    assert f"The question `fact-1` exists already at {QUESTIONS}:1" in problems


def test_names_of_another_module_are_no_names_here(tmp_path: Path) -> None:
    pack(tmp_path)
    for old in sorted((tmp_path / "culture/data").iterdir()):
        text = old.read_text("utf-8")
        for word, other in (("fact", "deed"), ("sense", "taste"), ("datum", "other")):
            text = text.replace(word, other)
        put(f"culture/more/{old.name.replace('datum', 'other')}", text.encode())(tmp_path)
    assert len(read_pack(tmp_path).questions) == 6
    module, questions = (
        tmp_path / "culture/more/module.yaml",
        tmp_path / "culture/more/questions.yaml",
    )
    module.write_text(
        module.read_text("utf-8").replace("lesson: other", "lesson: datum", 1), "utf-8"
    )
    questions.write_text(
        questions.read_text("utf-8").replace("notion: taste", "notion: sense"), "utf-8"
    )

    mistakes = mistakes_in(tmp_path)

    path = "culture/more/module.yaml"
    assert_told(mistakes, path, 14, "lesson `datum` belongs to another", "a lesson of this module")
    assert_told(mistakes, path, 8, "`deed-1` tests nothing this lesson", "notion of this lesson")
    path = "culture/more/questions.yaml"
    assert_told(mistakes, path, FIRST + 9, "notion `sense` belongs to another", "Move the question")


def test_all_mistakes_are_told_at_once_and_in_order(tmp_path: Path) -> None:
    folder = pack(
        tmp_path,
        ("culture/theme.yaml", "order: 1", "order: x"),
        (QUESTIONS, "difficulty: 2", "difficulty: 9"),
        (QUESTIONS, "type: single", "type: quiz"),
        (MODULE_YAML, "pass: 70", "pass: 700"),
        (FRENCH, "## Le matin", "# Le matin"),
    )

    mistakes = mistakes_in(folder)

    assert list(mistakes) == sorted(mistakes)
    assert {one.path for one in mistakes} >= {"culture/theme.yaml", QUESTIONS, MODULE_YAML, FRENCH}


def test_a_mistake_reads_as_one_line() -> None:
    mistake = Mistake("culture/data/questions.yaml", 12, "`ask` is empty", "Write the words")

    assert str(mistake) == "culture/data/questions.yaml:12: `ask` is empty. Write the words."


def test_windows_line_ends_and_byte_order_marks_are_no_mistakes(tmp_path: Path) -> None:
    folder = pack(tmp_path)
    for path in (FRENCH, QUESTIONS, MODULE_YAML):
        text = (folder / path).read_text("utf-8")
        (folder / path).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    assert len(read_pack(folder).questions) == 3


GARBAGE = st.one_of(
    st.sampled_from(
        [
            "{",
            "[",
            "- ",
            ": ",
            "'",
            '"',
            "|",
            "&a",
            "*a",
            "!!set",
            ".nan",
            "1e999",
            "null",
            "\t",
            "}",
            "{who}",
            "---",
            "\0",
            "\u2028",
            "<<: ",
            "? ",
            "2026-01-01",
            "true",
            "9" * 99,
            "[[[",
            "\n",
        ]
    ),
    st.text(max_size=8),
)


@pytest.mark.parametrize("second", [MULTIPLE, SITUATION, ORDERING, MATCHING, NUMERIC, SHORT, CLOZE])
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_garbage_anywhere_gives_mistakes_and_nothing_else(
    tmp_path: Path, second: str, data: st.DataObject
) -> None:
    folder = pack(tmp_path, second=second)
    path = data.draw(st.sampled_from(["culture/theme.yaml", MODULE_YAML, QUESTIONS, FRENCH]))
    text = (folder / path).read_text("utf-8")
    start = data.draw(st.integers(0, len(text)))
    end = start + data.draw(st.integers(0, 12))
    spoilt = text[:start] + data.draw(GARBAGE) + text[end:]
    (folder / path).write_bytes(spoilt.encode("utf-8", "surrogatepass"))

    for mistake in mistakes_if_any(folder):
        assert mistake.path
        assert mistake.line > 0
        assert mistake.remedy
