"""The video of a lesson: its entry in module.yaml, its file or its address, its captions and transcripts."""

import re
from typing import Final

from academy.catalog import films
from academy.catalog.draft import Draft
from academy.catalog.folder import read_text
from academy.catalog.prose import inspect
from academy.catalog.record import Record
from academy.catalog.rendering import lesson_html
from academy.catalog.tree import LANGUAGES, Film, Video, Words

LONGEST: Final = 3600
"""Seconds. A lesson takes minutes."""
LARGEST_CAPTIONS: Final = 100_000

_ADDRESS: Final = re.compile(r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)+/[\w./~%?=&+-]*", re.ASCII)
_STAMP: Final = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_CUE: Final = re.compile(rf"{_STAMP} --> {_STAMP}(?: [\w:,%. -]+)?")


def read_video(draft: Draft, folder: str, key: str, record: Record, title: Words) -> Video:
    """The video a row of `lessons` announces; mistakes are in the draft's findings."""
    row = record.record("video", ("film", "address", "seconds"))
    seconds = row.whole("seconds", 1, LONGEST)
    film = _film(draft, folder, key, row) if row.has("film") else None
    address = _address(row) if row.has("address") else None
    if row.has("film") == row.has("address"):
        row.note(
            "A video has either `film` or `address`",
            "Name the file that lies here, or the address of a player elsewhere",
        )
    if film:
        for language in LANGUAGES:
            _read_captions(draft, folder, f"{key}.{language}.vtt", seconds)
    return Video(
        title=title,
        seconds=seconds,
        transcript_html=Words(*(_transcript(draft, folder, key, each) for each in LANGUAGES)),
        film=film,
        address=address,
    )


def video_files(key: str, video: Video) -> set[str]:
    """The names of all the files that make the video of this lesson."""
    names = {f"{key}.transcript.{language}.md" for language in LANGUAGES}
    if video.film:
        names |= {video.film.path.rpartition("/")[2]}
        names |= {f"{key}.{language}.vtt" for language in LANGUAGES}
    return names


def _film(draft: Draft, folder: str, key: str, row: Record) -> Film | None:
    name = row.text("film")
    path, kind = f"{folder}/{name}", films.type_of(name)
    kept = films.kept(draft.files[path]) if path in draft.files else None
    if kind is None or name not in (f"{key}.webm", f"{key}.mp4"):
        row.note(
            f"The film cannot be `{name[:60]}`", f"Name it `{key}.webm` or `{key}.mp4`", "film"
        )
    elif kept is None:
        row.note(f"The film `{name}` does not exist", "Put it here, or remove `video:`", "film")
    else:
        return Film(kept.name, kind, kept.size, path)
    return None


def _address(row: Record) -> str | None:
    said = row.text("address")
    if _ADDRESS.fullmatch(said):
        return said
    row.note(
        "`address` is not the address of a player",
        "Write the https:// address that its host gives for embedding",
        "address",
    )
    return None


def _transcript(draft: Draft, folder: str, key: str, language: str) -> str:
    path = f"{folder}/{key}.transcript.{language}.md"
    text = read_text(draft.files, path, draft.findings)
    if text is None:
        return ""
    if not text.strip():
        draft.findings.note(path, 1, "The transcript is empty", "Say all that is seen and heard")
    inspect(draft, path, text, 1)
    return lesson_html(text)


def _read_captions(draft: Draft, folder: str, name: str, seconds: int) -> None:
    """The captions of a film, checked cue by cue: a browser drops what it does not understand."""
    path = f"{folder}/{name}"
    text = read_text(draft.files, path, draft.findings)
    if text is None:
        return
    for line, problem, remedy in _faults(text.split("\n"), len(text), seconds):
        draft.findings.note(path, line, problem, remedy)
    draft.captions[name] = text.encode()


def _faults(lines: list[str], size: int, seconds: int) -> list[tuple[int, str, str]]:
    faults = []
    if size > LARGEST_CAPTIONS:
        faults.append((1, "These captions are too long", f"Keep them under {LARGEST_CAPTIONS}"))
    if lines[0] != "WEBVTT":
        faults.append((1, "These are not captions", "Start the file with the line WEBVTT"))
    times = [(number, line) for number, line in enumerate(lines, 1) if "-->" in line]
    if not times:
        faults.append((1, "There is no caption", "Write one, even for a silent film"))
    before = 0.0
    for number, line in times:
        begins, ends = _span(line)
        if not before <= begins < ends <= seconds + 1:
            faults.append(
                (
                    number,
                    "This caption is not within the film, after the one before",
                    "Write `00:01.000 --> 00:04.000`, in order, up to the end of the film",
                )
            )
        before = max(before, begins)
    return faults


def _span(line: str) -> tuple[float, float]:
    """When a caption begins and ends, in seconds; nowhere when the line cannot be read."""
    found = _CUE.fullmatch(line.strip())
    if found is None:
        return -1.0, -1.0
    first, last = found.groups()[:4], found.groups()[4:]
    return _seconds(*first), _seconds(*last)


def _seconds(hours: str | None, minutes: str, seconds: str, thousandths: str) -> float:
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole + int(thousandths) / 1000
