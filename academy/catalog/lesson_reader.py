"""A lesson: its entry in module.yaml, its two texts, its picture and its video."""

import re
from dataclasses import dataclass
from typing import Final

from academy.catalog.draft import Draft
from academy.catalog.folder import read_text
from academy.catalog.lines import Entries, read_lines
from academy.catalog.prose import inspect
from academy.catalog.record import Record
from academy.catalog.rendering import lesson_html, minutes, safe_svg
from academy.catalog.tree import LANGUAGES, Lesson, Source, Words
from academy.catalog.twins import refuse_twins
from academy.catalog.video_reader import read_video

_FENCE: Final = "---"
_ADDRESS: Final = re.compile(r"https?://[^\s/]+\S*")


@dataclass(frozen=True, slots=True)
class Version:
    """A lesson in one language."""

    title: str
    summary: str
    picture_alt: str
    video_title: str
    body: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What the lesson shows besides its text: each of them has words of its own in the text's head."""

    picture: bool
    video: bool


_NOTHING: Final = Version("", "", "", "", "")


def read_lesson(draft: Draft, folder: str, module: str, record: Record) -> Lesson:
    """The lesson a row of `lessons` announces; mistakes are in the draft's findings."""
    record.allow(("key", "picture", "video", "check", "best_before", "sources"))
    key = record.key()
    picture = _picture(draft, folder, key, record) if record.has("picture") else None
    shown = Shown(picture is not None, record.has("video"))
    fr, en = (
        _version(draft, f"{folder}/{key}.{language}.md", shown) if key else _NOTHING
        for language in LANGUAGES
    )
    check = record.texts("check", 2, 3)
    refuse_twins(record, "check", check, "question")
    return Lesson(
        key=key,
        module=module,
        title=Words(fr.title, en.title),
        summary=Words(fr.summary, en.summary),
        body_html=Words(lesson_html(fr.body), lesson_html(en.body)),
        minutes=max(minutes(fr.body, "fr"), minutes(en.body, "en")),
        check=check,
        best_before=record.day("best_before"),
        sources=tuple(_source(row) for row in record.records("sources")),
        picture=picture,
        picture_alt=Words(fr.picture_alt, en.picture_alt) if picture else None,
        video=read_video(draft, folder, key, record, Words(fr.video_title, en.video_title))
        if shown.video
        else None,
    )


def _source(row: Record) -> Source:
    row.allow(("title", "url"))
    url = row.optional_text("url")
    if url and not _ADDRESS.fullmatch(url):
        row.note("`url` is not a web address", "Start it with https:// or leave it out", "url")
    return Source(row.text("title"), url)


def _picture(draft: Draft, folder: str, key: str, record: Record) -> str:
    """The picture's name; its bytes go to the draft once they are safe."""
    name = record.text("picture")
    if name != f"{key}.svg":
        record.note(f"The picture cannot be `{name[:60]}`", f"Name it `{key}.svg`", "picture")
    elif f"{folder}/{name}" not in draft.files:
        record.note(
            f"The picture `{name}` does not exist", "Draw it or remove this line", "picture"
        )
    else:
        try:
            draft.pictures[name] = safe_svg(draft.files[f"{folder}/{name}"])
        except ValueError as reason:
            draft.findings.note(
                f"{folder}/{name}",
                1,
                f"The picture is not safe: {reason}",
                "Draw it with plain SVG shapes",
            )
    return name


def _version(draft: Draft, path: str, shown: Shown) -> Version:
    text = read_text(draft.files, path, draft.findings)
    if text is None:
        return _NOTHING
    head, fence, body = text.removeprefix(f"{_FENCE}\n").partition(f"\n{_FENCE}\n")
    if not text.startswith(f"{_FENCE}\n") or not fence:
        draft.findings.note(
            path,
            1,
            "The title and summary are missing",
            "Start the file with them between two lines of three hyphens",
        )
        return _NOTHING
    first = head.count("\n") + 4
    inspect(draft, path, body, first)
    if not body.strip():
        draft.findings.note(path, first, "The lesson is empty", "Write it")
    return _titled(draft, path, head, body, shown)


def _titled(draft: Draft, path: str, head: str, body: str, shown: Shown) -> Version:
    before = len(draft.findings.mistakes)
    entries = read_lines(head, path, draft.findings, offset=1)
    if not isinstance(entries, Entries):
        if len(draft.findings.mistakes) == before:
            draft.findings.note(path, 2, "The front matter is not a mapping", 'Write `title: "…"`')
        return _NOTHING
    record = Record(entries, path, draft.findings)
    record.allow(("title", "summary", "picture_alt", "video_title"))
    for name, there, what in (
        ("picture_alt", shown.picture, "picture"),
        ("video_title", shown.video, "video"),
    ):
        if record.has(name) and not there:
            record.note(
                f"There is no {what}", f"Add `{what}:` in module.yaml or remove this line", name
            )
    return Version(
        record.text("title"),
        record.text("summary"),
        record.text("picture_alt") if shown.picture else "",
        record.text("video_title") if shown.video else "",
        body,
    )
