"""Opens a content pack: every file is read and checked, then held in memory, frozen.

The format is told in docs/authors.md.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from academy.catalog import films
from academy.catalog.bonds import check_bonds, questions_by_notion
from academy.catalog.draft import Draft
from academy.catalog.findings import BrokenPack, Findings, Mistake
from academy.catalog.folder import read_files, release_of
from academy.catalog.module_reader import LAST, read_module
from academy.catalog.season_reader import FILE as SEASONS
from academy.catalog.season_reader import read_seasons
from academy.catalog.tags import Ink, is_key
from academy.catalog.track_reader import FOLDER as TRACKS
from academy.catalog.track_reader import read_tracks
from academy.catalog.tree import Catalog, Theme

__all__ = ["BrokenPack", "Mistake", "open_pack", "read_pack"]

THEME_FILE: Final = "theme.yaml"
NOT_THEMES: Final = (TRACKS, SEASONS)
"""What else the pack may hold."""


def read_pack(folder: Path) -> Catalog:
    """The pack in `folder`. Raises BrokenPack with every mistake found in it."""
    findings = Findings()
    told, _films = films.set_aside(read_files(folder, findings), findings)
    return open_pack(told, findings)


def open_pack(files: dict[str, bytes], findings: Findings) -> Catalog:
    """The pack made of `files`. Raises BrokenPack with every mistake, those found before included.

    Nothing in it holds the bytes of a film.
    """
    with _collector_at_rest():
        told = {path: films.stub(path, content) for path, content in files.items()}
        return _read(Draft(told, findings))


def _read(draft: Draft) -> Catalog:
    findings = draft.findings
    folders = _folders(draft)
    if not folders:
        findings.note(".", 1, "There is no theme in this folder", "Check the path of the pack")
    for theme, modules in folders.items():
        for module, paths in modules.items():
            read_module(draft, theme, module, paths)
        _read_theme(draft, theme)
    read_tracks(draft)
    read_seasons(draft)
    check_bonds(draft)
    if findings.mistakes:
        raise BrokenPack(findings.mistakes)
    return _catalog(draft)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """So many new objects and no cycle among them: looking for cycles takes a third of the time."""
    working = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if working:
            gc.enable()


def _folders(draft: Draft) -> dict[str, dict[str, list[str]]]:
    """The files of each module folder of each theme folder; files anywhere else are mistakes."""
    folders: dict[str, dict[str, list[str]]] = {}
    for path in draft.files:
        if path.startswith(NOT_THEMES):
            continue
        match path.split("/"):
            case [theme, name] if is_key(theme) and name == THEME_FILE:
                folders.setdefault(theme, {})
            case [theme, module, _] if is_key(theme) and is_key(module):
                folders.setdefault(theme, {}).setdefault(module, []).append(path)
            case _:
                draft.findings.note(
                    path,
                    1,
                    "This file has no place here",
                    "Move it to a module folder, or remove it",
                )
    return folders


def _read_theme(draft: Draft, key: str) -> None:
    record = draft.mapping(f"{key}/{THEME_FILE}")
    if record is None:
        return
    record.allow(("order", "ink", "fr", "en"))
    both = record.both("title", "summary")
    modules = [module for module in draft.modules.values() if module.theme == key]
    modules.sort(key=lambda module: (module.order, module.key))
    theme = Theme(
        key=key,
        order=record.whole("order", 1, LAST),
        ink=record.member("ink", Ink) or Ink.CULTURE,
        title=both.plain("title"),
        summary=both.plain("summary"),
        modules=tuple(module.key for module in modules),
    )
    draft.add("theme", draft.themes, theme, record)


def _catalog(draft: Draft) -> Catalog:
    return Catalog(
        release=release_of(draft.files),
        themes=draft.themes,
        modules=draft.modules,
        lessons=draft.lessons,
        notions=draft.notions,
        questions=draft.questions,
        questions_of=questions_by_notion(draft.questions.values()),
        pictures=draft.pictures,
        tracks=dict(sorted(draft.tracks.items(), key=lambda each: (each[1].order, each[0]))),
        seasons=draft.seasons,
        captions=draft.captions,
    )
