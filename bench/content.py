"""What the shipped content holds, and how fair its questions are: `python -m bench.content [FOLDER]`."""

import re
import sys
from collections import Counter
from html import unescape
from pathlib import Path
from statistics import median
from time import process_time

from scipy.stats import chisquare

from academy.catalog.pack import read_pack
from academy.catalog.tree import LANGUAGES, Catalog, Choice, Question, QuestionType, Theme
from academy.settings import ROOT

CHOSEN = (QuestionType.SINGLE, QuestionType.SITUATION)


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", html))


def of(catalog: Catalog, theme: Theme) -> list[Question]:
    return [each for each in catalog.questions.values() if each.module in theme.modules]


def table(catalog: Catalog) -> None:
    print("| theme | modules | lessons | notions | questions | minutes, median | words fr, en |")
    print("|---|---|---|---|---|---|---|")
    for theme in catalog.themes.values():
        lessons = [each for each in catalog.lessons.values() if each.module in theme.modules]
        notions = {each.notion for each in of(catalog, theme)}
        words = [
            sum(len(plain(each.body_html.said(language)).split()) for each in lessons)
            for language in LANGUAGES
        ]
        middle = median(each.minutes for each in lessons)
        print(
            f"| {theme.title.en} | {len(theme.modules)} | {len(lessons)} | {len(notions)} "
            f"| {len(of(catalog, theme))} | {middle:g} | {words[0]:,}, {words[1]:,} |"
        )


def shares(catalog: Catalog) -> None:
    every = list(catalog.questions.values())
    for name, counted in (
        ("type", Counter(each.type.value for each in every)),
        ("difficulty", Counter(str(each.difficulty) for each in every)),
    ):
        said = ", ".join(f"{key} {count / len(every):.0%}" for key, count in counted.most_common())
        print(f"By {name}: {said}.")


def bias(catalog: Catalog) -> None:
    """Where the right option stands among four, and how often it is the longest."""
    bodies = [
        each.body
        for each in catalog.questions.values()
        if each.type in CHOSEN and isinstance(each.body, Choice)
    ]
    four = [body for body in bodies if len(body.options) == 4]
    places = Counter([option.grade for option in body.options].index(100) for body in four)
    p = chisquare([places[place] for place in range(4)]).pvalue
    print(
        f"Right option among four, by place: {[places[place] for place in range(4)]}, p = {p:.2f}."
    )
    for language in LANGUAGES:
        right = 0
        for body in bodies:
            longest = max(body.options, key=lambda one: len(plain(one.text_html.said(language))))
            right += longest.grade == 100
        chance = sum(1 / len(body.options) for body in bodies) / len(bodies)
        print(
            f"The longest option is right, {language}: {right / len(bodies):.1%}; by chance {chance:.1%}."
        )


def main() -> None:
    folder = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "content"
    began = process_time()
    catalog = read_pack(folder)
    spent = process_time() - began
    table(catalog)
    print(
        f"\n{len(catalog.modules)} modules, {len(catalog.lessons)} lessons, {len(catalog.notions)} notions, "
        f"{len(catalog.questions)} questions; read in {spent:.2f} s of CPU."
    )
    shares(catalog)
    for name in ("digcomp", "pix"):
        tags = Counter(tag for notion in catalog.notions.values() for tag in getattr(notion, name))
        least = ", ".join(f"{tag} {count}" for tag, count in sorted(tags.items()))
        print(f"Notions by {name} competence ({len(tags)}): {least}.")
    bias(catalog)


if __name__ == "__main__":
    main()
