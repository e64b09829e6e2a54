"""A lesson: its entry in module.yaml, its two texts, its picture."""

import re
from dataclasses import dataclass
from typing import Final

from academy.catalog.draft import Draft
from academy.catalog.folder import read_text
from academy.catalog.lines import Entries, read_lines
from academy.catalog.record import Record
from academy.catalog.rendering import lesson_html, minutes, safe_svg
from academy.catalog.tags import ADMONITIONS
from academy.catalog.tree import LANGUAGES, Lesson, Source, Words
from academy.catalog.twins import refuse_twins

_FENCE: Final = "---"
_CODE: Final = re.compile(r"(`+).+?\1|\\.")
_HTML: Final = re.compile(r"</?[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>|<!--")
_IMAGE: Final = re.compile(r"!\[")
_ADMONITION: Final = re.compile(r"!!!\s*(\S*)(.*)")
_ADDRESS: Final = re.compile(r"https?://[^\s/]+\S*")


@dataclass(frozen=True, slots=True)
class Version:
    """A lesson in one language."""

    title: str
    summary: str
    picture_alt: str
    body: str


_NOTHING: Final = Version("", "", "", "")


def read_lesson(draft: Draft, folder: str, module: str, record: Record) -> Lesson:
    """The lesson a row of `lessons` announces; mistakes are in the draft's findings."""
    record.allow(("key", "picture", "check", "best_before", "sources"))
    key = record.key()
    picture = _picture(draft, folder, key, record) if record.has("picture") else None
    fr, en = (
        _version(draft, f"{folder}/{key}.{language}.md", picture is not None) if key else _NOTHING
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


def _version(draft: Draft, path: str, pictured: bool) -> Version:
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
    _inspect(draft, path, body, first)
    if not body.strip():
        draft.findings.note(path, first, "The lesson is empty", "Write it")
    return _titled(draft, path, head, body, pictured)


def _titled(draft: Draft, path: str, head: str, body: str, pictured: bool) -> Version:
    before = len(draft.findings.mistakes)
    entries = read_lines(head, path, draft.findings, offset=1)
    if not isinstance(entries, Entries):
        if len(draft.findings.mistakes) == before:
            draft.findings.note(path, 2, "The front matter is not a mapping", 'Write `title: "…"`')
        return _NOTHING
    record = Record(entries, path, draft.findings)
    record.allow(("title", "summary", "picture_alt"))
    if record.has("picture_alt") and not pictured:
        record.note(
            "There is no picture",
            "Add `picture:` in module.yaml or remove this line",
            "picture_alt",
        )
    alternative = record.text("picture_alt") if pictured else ""
    return Version(record.text("title"), record.text("summary"), alternative, body)


def _inspect(draft: Draft, path: str, body: str, first: int) -> None:
    """Notes what a lesson may not hold: HTML, images, top headings, unknown admonitions."""
    for number, row in enumerate(body.split("\n"), first):
        for problem, remedy in _faults(_CODE.sub("", row)):
            draft.findings.note(path, number, problem, remedy)


def _faults(row: str) -> list[tuple[str, str]]:
    faults = []
    if _HTML.search(row):
        faults.append(("HTML is not allowed in a lesson", "Write it in Markdown"))
    if _IMAGE.search(row):
        faults.append(("Images are not allowed in the text", "Use the lesson's `picture`"))
    if row.startswith("# "):
        faults.append(("The heading is too high", "Start headings at `##`"))
    box = _ADMONITION.match(row)
    if box and (box[1] not in ADMONITIONS or not box[2].strip()):
        known = ", ".join(sorted(ADMONITIONS))
        faults.append(
            (
                "This admonition has no known kind or no title",
                f"Write one of {known}, then a title in quotes",
            )
        )
    return faults
