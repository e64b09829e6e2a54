"""Packs of files made from the shipped one, as authors edit them, and put in force for real."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from flask import Flask
from sqlalchemy import Engine

from academy import database
from academy.catalog import queries, releases, services
from academy.catalog.findings import Findings
from academy.catalog.folder import read_files
from academy.catalog.models import Origin
from academy.catalog.releases import Worker
from academy.catalog.services import Pack, Publication
from academy.database import db
from academy.settings import ROOT, Settings
from tests.conftest import MONDAY

Files = dict[str, bytes]


MODULES = ("changes", "data", "inventions", "mentoring", "platforms", "doors", "basics")
THEMES = ("ai", "culture", "security")


@cache
def _shipped() -> tuple[tuple[str, bytes], ...]:
    files = read_files(ROOT / "content", Findings())
    files["seasons.yaml"] = _dumped(
        [
            season
            for season in yaml.safe_load(files["seasons.yaml"])
            if season["key"] in ("opening", "cabinet-of-curiosities")
        ]
    )
    return tuple((path, text) for path, text in files.items() if _is_kept(path))


def _is_kept(path: str) -> bool:
    folder, _slash, rest = path.partition("/")
    if folder in THEMES:
        return rest == "theme.yaml" or rest.partition("/")[0] in MODULES
    return path == "seasons.yaml" or (folder == "tracks" and rest != "captains-watch.yaml")


def shipped() -> Files:
    """The files of seven modules that come with the academy: enough, and read four times as fast."""
    return dict(_shipped())


@cache
def _two() -> tuple[tuple[str, bytes], ...]:
    files = shipped()
    for key in MODULES:
        if key not in ("changes", "inventions"):
            files = without_module(files, key)
    held = {path.split("/")[0] for path in files if path.endswith("/module.yaml")}
    return tuple(
        (path, text)
        for path, text in files.items()
        if path.split("/")[0] in {*held, "seasons.yaml"}
    )


def two_modules() -> Files:
    """Enough where only their coming and going matters."""
    return dict(_two())


@cache
def _folder() -> TemporaryDirectory[str]:
    """Removed when the tests end."""
    kept = TemporaryDirectory()
    write(two_modules(), Path(kept.name))
    return kept


def quick(config: Settings) -> Settings:
    """The same academy on two modules: it starts several times as fast."""
    return replace(config, content=Path(_folder().name))


def pack(files: Files) -> Pack:
    return services.read(files, Findings())


def reworded(files: Files, lesson: str, words: str = "Reworded. ") -> Files:
    """The lesson says something more."""
    paths = [path for path in files if path.endswith((f"/{lesson}.fr.md", f"/{lesson}.en.md"))]
    assert len(paths) == 2
    return files | {path: files[path] + f"\n\n{words}\n".encode() for path in paths}


def turned_round(files: Files, key: str) -> Files:
    """What was right about this question is wrong, as when its author mends it."""
    changed = dict(files)
    for path, text in files.items():
        if path.endswith("/questions.yaml"):
            rows = [_turned(row) if row["key"] == key else row for row in yaml.safe_load(text)]
            changed[path] = _dumped(rows)
    return changed


def _turned(row: dict[str, Any]) -> dict[str, Any]:
    """True becomes false; of several options the next one is right."""
    if "options" not in row:
        return row | {"answer": not row["answer"]}
    marks = [
        {name: each[name] for name in ("right", "grade") if name in each} for each in row["options"]
    ]
    bare = [
        {name: value for name, value in each.items() if name not in ("right", "grade")}
        for each in row["options"]
    ]
    turned = zip(bare, marks[-1:] + marks[:-1], strict=True)
    return row | {"options": [each | given for each, given in turned]}


def reworded_question(files: Files, key: str, words: str = "Reworded.") -> Files:
    """The question asks something else, with the same key and options."""
    for path, text in files.items():
        if path.endswith("/questions.yaml"):
            rows = yaml.safe_load(text)
            asked = [row for row in rows if row["key"] == key]
            for row in asked:
                row["fr"]["ask"] = row["en"]["ask"] = words
            if asked:
                return files | {path: _dumped(rows)}
    raise AssertionError("nothing to reword")


def without_question(files: Files, key: str) -> Files:
    """The question withdrawn, and the check of the lesson that asked it made of others."""
    folder, kept = _without(files, lambda question: bool(question["key"] == key))
    return _mended(files | kept, folder)


def without_notion(files: Files, key: str) -> Files:
    """The notion withdrawn with its questions; nothing requires it any more."""
    folder, kept = _without(files, lambda question: bool(question["notion"] == key))
    files = files | kept
    module = yaml.safe_load(files[f"{folder}/module.yaml"])
    module["notions"] = [notion for notion in module["notions"] if notion["key"] != key]
    taught = {notion["lesson"] for notion in module["notions"]}
    gone = {lesson["key"] for lesson in module["lessons"]} - taught
    module["lessons"] = [lesson for lesson in module["lessons"] if lesson["key"] in taught]
    files[f"{folder}/module.yaml"] = _dumped(module)
    files = {path: text for path, text in files.items() if _stem(path) not in gone}
    files = _not_walked(files, gone)
    return _mended(_not_required(files, {key}), folder)


def without_module(files: Files, key: str) -> Files:
    """The whole folder removed, and whatever required its notions freed."""
    module = next(
        yaml.safe_load(text) for path, text in files.items() if f"/{key}/module.y" in path
    )
    notions = {notion["key"] for notion in module["notions"]}
    kept = {path: text for path, text in files.items() if f"/{key}/" not in path}
    lessons = {lesson["key"] for lesson in module["lessons"]}
    return _not_walked(_not_required(kept, notions), {key, *lessons})


def only_module(files: Files, key: str) -> Files:
    """Nothing but this module, and its theme."""
    folders = {path.rsplit("/", 1)[0] for path in files if path.endswith("/module.yaml")}
    for folder in folders:
        if not folder.endswith(f"/{key}"):
            files = without_module(files, folder.rsplit("/", 1)[1])
    themes = {path.split("/")[0] for path in files if f"/{key}/" in path}
    return {path: text for path, text in files.items() if path.split("/")[0] in themes}


def publish(app: Flask, files: Files, at: datetime = MONDAY, **why: Any) -> str:
    """Put a pack in force and let this worker pick it up; gives its key."""
    made = pack(files)
    with app.app_context():
        database.may_write()
        services.publish(made, Publication(**why), at)
        db.session.commit()
    releases.refresh(app)
    return made.catalog.release


def ship(app: Flask, files: Files, at: datetime = MONDAY) -> str:
    return publish(app, files, at, origin=Origin.SHIPPED)


def roll_back(app: Flask, key: str | None = None, at: datetime = MONDAY) -> str:
    with app.app_context():
        database.may_write()
        to = services.earlier(key)
        services.roll_back(to, Publication(), at)
        db.session.commit()
    releases.refresh(app)
    return to.release


def in_force(app: Flask) -> str:
    """What the database says."""
    with app.app_context():
        newest = queries.newest()
        assert newest is not None
        return newest.release_key


def served(app: Flask) -> str:
    """What this worker says."""
    with app.app_context():
        return releases.current().release


@contextmanager
def fresh_worker(app: Flask) -> Iterator[Worker]:
    """A worker that has just started on an empty database; what it held before comes back after."""
    before = app.extensions[releases._SHELF], app.extensions[releases._WORKER]
    with app.app_context():
        engine: Engine = db.engine
    app.extensions[releases._WORKER] = Worker(engine)
    try:
        yield app.extensions[releases._WORKER]
    finally:
        app.extensions[releases._SHELF], app.extensions[releases._WORKER] = before


def write(files: Files, folder: Path) -> Path:
    """The pack as a folder on disk."""
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text)
    return folder


def _without(files: Files, gone: Callable[[dict[str, Any]], bool]) -> tuple[str, Files]:
    """The folder that had such questions, and its questions.yaml without them."""
    for path, text in files.items():
        if path.endswith("/questions.yaml"):
            rows = yaml.safe_load(text)
            kept = [row for row in rows if not gone(row)]
            if len(kept) < len(rows):
                return path.rsplit("/", 1)[0], {path: _dumped(kept)}
    raise AssertionError("nothing to withdraw")


def _mended(files: Files, folder: str) -> Files:
    """Checks ask questions that exist, and the quiz draws no more than there are."""
    rows = yaml.safe_load(files[f"{folder}/questions.yaml"])
    module = yaml.safe_load(files[f"{folder}/module.yaml"])
    lesson_of = {notion["key"]: notion["lesson"] for notion in module["notions"]}
    for lesson in module["lessons"]:
        about = [row["key"] for row in rows if lesson_of.get(row["notion"]) == lesson["key"]]
        kept = [key for key in lesson["check"] if key in about]
        lesson["check"] = (kept + [key for key in about if key not in kept])[: len(lesson["check"])]
    module["quiz"]["questions"] = min(module["quiz"]["questions"], len(rows))
    return files | {f"{folder}/module.yaml": _dumped(module)}


def _not_required(files: Files, gone: set[str]) -> Files:
    freed = dict(files)
    for path, text in files.items():
        if path.endswith("/module.yaml"):
            module = yaml.safe_load(text)
            for notion in module["notions"]:
                notion["requires"] = [key for key in notion.get("requires", ()) if key not in gone]
            freed[path] = _dumped(module)
    return freed


def _not_walked(files: Files, gone: set[str]) -> Files:
    """No track leads to what is gone, and no season lets it appear; empty ones go too."""
    kept = dict(files)
    for path, text in files.items():
        if path.startswith("tracks/"):
            track = yaml.safe_load(text)
            track["steps"] = [step for step in track["steps"] if gone.isdisjoint(step.values())]
            kept[path] = _dumped(track)
            if not track["steps"]:
                del kept[path]
    seasons = yaml.safe_load(files.get("seasons.yaml", b"[]"))
    for season in seasons:
        season["lessons"] = [key for key in season["lessons"] if key not in gone]
    seasons = [season for season in seasons if season["lessons"]]
    return kept | ({"seasons.yaml": _dumped(seasons)} if seasons else {})


def _stem(path: str) -> str:
    return path.rsplit("/", 1)[-1].partition(".")[0]


def _dumped(value: object) -> bytes:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False).encode()
