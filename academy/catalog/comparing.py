"""What changed from one release to another: said by key, in the authors' words. Pure."""

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from enum import StrEnum
from html import unescape
from typing import Any, Final

from academy.catalog.tree import LANGUAGES, Catalog, Lesson, Notion, Question, Words

_TAG: Final = re.compile(r"<[^>]*>")


class Kind(StrEnum):
    """What a release is made of."""

    THEME = "theme"
    MODULE = "module"
    LESSON = "lesson"
    NOTION = "notion"
    QUESTION = "question"
    TRACK = "track"
    SEASON = "season"


@dataclass(frozen=True, slots=True)
class Thing:
    """One part of a release, with what it is called (a question: what it asks)."""

    kind: Kind
    key: str
    words: Words


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the second release has that the first had not, has otherwise, and has no longer."""

    new: tuple[Thing, ...] = ()
    changed: tuple[Thing, ...] = ()
    withdrawn: tuple[Thing, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.withdrawn)


def compare(before: Catalog, after: Catalog) -> Comparison:
    """Themes, modules, lessons, notions, questions, tracks, then seasons, each in the order of its release.

    A part is changed when what it says itself has changed. A module is not because of one of its lessons,
    unless those that stay come in another order.
    """
    stay = frozenset(before.lessons.keys() & after.lessons.keys())
    stay |= before.notions.keys() & after.notions.keys()
    old, new = _parts(before, stay), _parts(after, stay)
    return Comparison(
        new=tuple(_called(after, *name) for name in new if name not in old),
        changed=tuple(
            _called(after, *name) for name in new if name in old and old[name] != new[name]
        ),
        withdrawn=tuple(_called(before, *name) for name in old if name not in new),
    )


def counts(catalog: Catalog) -> dict[str, int]:
    """How many there are of each kind."""
    return {kind.value: len(shelf) for kind, shelf in _shelves(catalog).items()}


def written(comparison: Comparison) -> dict[str, Any]:
    """The comparison as JSON."""
    return {
        name: [[thing.kind, thing.key, thing.words.fr, thing.words.en] for thing in things]
        for name, things in (
            ("new", comparison.new),
            ("changed", comparison.changed),
            ("withdrawn", comparison.withdrawn),
        )
    }


def read(written: Mapping[str, Any]) -> Comparison:
    """The comparison written before."""
    return Comparison(
        **{
            name: tuple(Thing(Kind(kind), key, Words(fr, en)) for kind, key, fr, en in things)
            for name, things in written.items()
        }
    )


def _shelves(catalog: Catalog) -> dict[Kind, Mapping[str, Any]]:
    return {
        Kind.THEME: catalog.themes,
        Kind.MODULE: catalog.modules,
        Kind.LESSON: catalog.lessons,
        Kind.NOTION: catalog.notions,
        Kind.QUESTION: catalog.questions,
        Kind.TRACK: catalog.tracks,
        Kind.SEASON: catalog.seasons,
    }


def _parts(catalog: Catalog, stay: Set[str]) -> dict[tuple[Kind, str], object]:
    """Every part by kind and key, as it is to be compared."""
    return {(kind, key): own for kind, key, own in _owns(catalog, stay)}


def _owns(catalog: Catalog, stay: Set[str]) -> Iterator[tuple[Kind, str, object]]:
    """Each part with what it says itself, and the order of those it holds that `stay`."""
    for theme in catalog.themes.values():
        yield Kind.THEME, theme.key, replace(theme, modules=())
    for module in catalog.modules.values():
        lessons = tuple(key for key in module.lessons if key in stay)
        notions = tuple(key for key in module.notions if key in stay)
        yield Kind.MODULE, module.key, replace(module, lessons=lessons, notions=notions)
    for lesson in catalog.lessons.values():
        yield Kind.LESSON, lesson.key, (lesson, _drawn(catalog, lesson))
    for notion in catalog.notions.values():
        yield Kind.NOTION, notion.key, replace(notion, order=0)
    for question in catalog.questions.values():
        yield Kind.QUESTION, question.key, question
    for track in catalog.tracks.values():
        yield Kind.TRACK, track.key, track
    for season in catalog.seasons.values():
        yield Kind.SEASON, season.key, season


def _drawn(catalog: Catalog, lesson: Lesson) -> tuple[bytes | None, ...]:
    """Its picture and its captions."""
    captions = (f"{lesson.key}.{language}.vtt" for language in LANGUAGES)
    return (catalog.pictures.get(f"{lesson.key}.svg"), *map(catalog.captions.get, captions))


def _called(catalog: Catalog, kind: Kind, key: str) -> Thing:
    match _shelves(catalog)[kind][key]:
        case Question() as question:
            asked = question.ask_html
            return Thing(kind, key, Words(_plain(asked.fr), _plain(asked.en)))
        case Notion() as notion:
            return Thing(kind, key, notion.name)
        case titled:
            return Thing(kind, key, titled.title)


def _plain(html: str) -> str:
    return unescape(_TAG.sub("", html))
