"""What the pages of the path show, put together from what the engine believes and from the content."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil

from flask import url_for
from flask_babel import ngettext

from academy.catalog import shelf
from academy.catalog.tree import Notion, Theme, Words
from academy.daily import asking
from academy.daily.hearing import Verdict, Word
from academy.daily.path import route, words
from academy.daily.path.knowledge import Knowledge
from academy.daily.path.route import Stop
from academy.daily.standing import Standing
from academy.daily.states import State
from academy.mastery import choosing
from academy.mastery.taste import NEUTRAL, Reason

TOP = 5
MODULES_A_PAGE = 6
ANY_SEED = 0
"""Which questions would be asked is not shown, and what is worth most is no matter of chance."""


@dataclass(frozen=True, slots=True)
class Row:
    """A notion: where it stands or why it comes next, the lesson that helps, what may be said of it."""

    key: str
    name: Words
    ink: str
    state: str
    state_name: str
    sample: str
    words: str
    lesson: str
    lesson_title: Words
    said: bool
    may_know: bool
    may_drop: bool


@dataclass(frozen=True, slots=True)
class Count:
    """So many notions in one state, and the page that lists them all."""

    state: str
    name: str
    sample: str
    number: int
    url: str


@dataclass(frozen=True, slots=True)
class ThemeSheet:
    """One sheet of the map, and the same in words."""

    key: str
    ink: str
    title: Words
    picture: str
    said: str
    posts: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class PathPage:
    counts: tuple[Count, ...]
    coming: tuple[Row, ...]
    fading: tuple[Row, ...]
    mastered: tuple[Row, ...]
    sheets: tuple[ThemeSheet, ...]
    fading_more: int
    mastered_more: int


@dataclass(frozen=True, slots=True)
class Group:
    """The notions of a module."""

    key: str
    title: Words
    ink: str
    said: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ListPage:
    title: Words | str
    ink: str
    groups: tuple[Group, ...]
    before_url: str | None = None
    after_url: str | None = None


def overview(known: Knowledge) -> PathPage:
    """The whole path on one page, however many notions there are."""
    fading = _ordered(known, State.FADING, lambda each: each.now or 0.0)
    mastered = _ordered(known, State.MASTERED, lambda each: -(each.in_a_month or 0.0))
    return PathPage(
        counts=_counts(known),
        coming=_coming(known),
        fading=_rows(known, fading[:TOP]),
        mastered=_rows(known, mastered[:TOP]),
        sheets=tuple(_sheet(known, theme) for theme in shelf.theme_list(known.catalog)),
        fading_more=max(0, len(fading) - TOP),
        mastered_more=max(0, len(mastered) - TOP),
    )


def of_theme(known: Knowledge, theme: Theme) -> ListPage:
    """Every notion of a theme, module by module."""
    return ListPage(theme.title, theme.ink, _groups(known, [theme], known.stands))


def of_state(known: Knowledge, state: State | None, number: int) -> ListPage:
    """The notions in one state, a few modules to a page; None is what is not for this job."""
    title = words.NAMES[state] if state else words.NOT_MINE
    groups = _groups(known, shelf.theme_list(known.catalog), known.in_state(state))
    pages = max(1, ceil(len(groups) / MODULES_A_PAGE))
    here = min(max(1, number), pages)
    return ListPage(
        str(title),
        "",
        groups[(here - 1) * MODULES_A_PAGE : here * MODULES_A_PAGE],
        _state_url(state, page=here - 1) if here > 1 else None,
        _state_url(state, page=here + 1) if here < pages else None,
    )


def _state_url(state: State | None, page: int | None = None) -> str:
    return url_for("path.in_state", state=(state or "not_mine").replace("_", "-"), page=page)


def _coming(known: Knowledge) -> tuple[Row, ...]:
    """First what waits to be confirmed, then what the engine would choose, one after the other."""
    facts = asking.chooser(
        known.learner, known.catalog, known.mind, known.facts, known.at, ANY_SEED
    )
    found = choosing.outlook(facts, TOP)
    if found and facts.leanings.get(found[0].notion, NEUTRAL).claimed:
        heard = {key: said for key, said in known.facts.heard.items() if said.word is Word.NOT_MINE}
        others = replace(known.facts, heard=heard)
        later = asking.chooser(known.learner, known.catalog, known.mind, others, known.at, ANY_SEED)
        found += choosing.outlook(
            later._replace(
                leanings=asking.without(later.leanings, [each.notion for each in found])
            ),
            TOP - len(found),
        )
    return tuple(_row(known, each.notion, each.reason) for each in found)


def _ordered(known: Knowledge, state: State, key: Callable[[Standing], float]) -> list[str]:
    return sorted(known.in_state(state), key=lambda notion: key(known.stands[notion]))


def _counts(known: Knowledge) -> tuple[Count, ...]:
    numbers = known.numbers(known.stands)
    states: list[State | None] = [*State, None]
    return tuple(
        Count(
            state=state or "not_mine",
            name=str(words.NAMES[state] if state else words.NOT_MINE),
            sample=route.sample(state),
            number=numbers[state],
            url=_state_url(state),
        )
        for state in states
        if state or numbers[state]
    )


def _sheet(known: Knowledge, theme: Theme) -> ThemeSheet:
    stops: list[Stop] = []
    posts: list[Words] = []
    for module in shelf.modules_of(known.catalog, theme.key):
        notions = [known.stands[key] for key in module.notions if key in known.stands]
        posts.extend([module.title] if notions else [])
        stops.extend(
            Stop(stands.state, stands.word is not Word.NOT_MINE, None if place else len(posts))
            for place, stands in enumerate(notions)
        )
    keys = [key for key in known.stands if known.theme_of(key) == theme.key]
    return ThemeSheet(
        theme.key,
        theme.ink,
        theme.title,
        route.sheet(stops),
        _said(known, keys),
        tuple(posts),
    )


def _groups(known: Knowledge, themes: Iterable[Theme], chosen: Iterable[str]) -> tuple[Group, ...]:
    wanted = set(chosen)
    found = []
    for theme in themes:
        for module in shelf.modules_of(known.catalog, theme.key):
            keys = [key for key in module.notions if key in wanted]
            if keys:
                rows = _rows(known, keys)
                found.append(Group(module.key, module.title, theme.ink, _said(known, keys), rows))
    return tuple(found)


def _rows(known: Knowledge, keys: Sequence[str]) -> tuple[Row, ...]:
    return tuple(_row(known, key) for key in keys)


def _row(known: Knowledge, key: str, reason: Reason | None = None) -> Row:
    notion, stands = known.catalog.notions[key], known.stands[key]
    said = stands.word is not None and stands.verdict is not Verdict.DENIED
    return Row(
        key=key,
        name=notion.name,
        ink=known.catalog.themes[known.theme_of(key)].ink,
        state=stands.shown or "not_mine",
        state_name=words.name_of(stands),
        sample=route.sample(stands.shown),
        words=_words(known, notion, reason),
        lesson=notion.lesson,
        lesson_title=known.catalog.lessons[notion.lesson].title,
        said=said,
        may_know=not said and stands.state is not State.MASTERED,
        may_drop=not said,
    )


def _words(known: Knowledge, notion: Notion, reason: Reason | None) -> str:
    """Where it stands, or why it comes next."""
    stands = known.stands[notion.key]
    if reason is not None:
        return words.coming(reason, stands, known.at)
    return words.told(stands, notion.lesson in known.facts.read, known.at)


def _said(known: Knowledge, keys: Iterable[str]) -> str:
    """What the picture shows, in figures."""
    numbers = known.numbers(keys)
    said = {
        State.MASTERED: ngettext("%(num)s mastered", "%(num)s mastered", numbers[State.MASTERED]),
        State.FADING: ngettext("%(num)s fading", "%(num)s fading", numbers[State.FADING]),
        State.MET: ngettext("%(num)s not firm yet", "%(num)s not firm yet", numbers[State.MET]),
        State.TO_COME: ngettext("%(num)s to come", "%(num)s to come", numbers[State.TO_COME]),
        None: ngettext("%(num)s not for you", "%(num)s not for you", numbers[None]),
    }
    return ", ".join(words for state, words in said.items() if numbers[state])
