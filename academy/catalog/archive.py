"""A pack as one zip file: written the same way every time, read with suspicion.

Nothing is unpacked to disk. What an archive says of itself is checked before a byte is inflated, and no
file yields more than it announced.
"""

import stat
import struct
import zlib
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from academy.catalog.findings import Findings
from academy.catalog.folder import is_litter, largest

MOST_BYTES: Final = 200_000_000
"""What all the files of a pack may weigh together, and what an archive may."""
MOST_FILES: Final = 20_000
MOST_SHRUNK: Final = 100
"""How many times larger than the archive its content may be: text shrinks five times, a bomb a thousand."""

_INDEX_BYTES_PER_FILE: Final = 500
_END: Final = b"PK\x05\x06"
_END_64: Final = b"PK\x06\x07"
_END_BYTES: Final = 22
_LOCATOR_BYTES: Final = 20
_LONGEST_COMMENT: Final = 65_535
_ENCRYPTED: Final = 1


def packed(files: dict[str, bytes]) -> bytes:
    """The files as a zip archive, in the same order and with the same date every time."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = ZipInfo(name)  # dated 1980
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, files[name])
    return stream.getvalue()


def unpacked(archive: bytes, findings: Findings) -> dict[str, bytes]:
    """Path to content, sorted by path; an archive that cannot be trusted is noted, and nothing is read."""
    refused = _outside(archive)
    if refused:
        findings.note(".", 1, *refused)
        return {}
    try:
        with ZipFile(BytesIO(archive)) as opened:
            return _read(opened, len(archive), findings)
    except (
        BadZipFile,
        zlib.error,
        NotImplementedError,
        EOFError,
        ValueError,
        struct.error,
    ) as error:
        findings.note(".", 1, f"The archive is damaged ({error})", "Make it again")
        return {}


def _outside(archive: bytes) -> tuple[str, str] | None:
    """Why the archive is not even opened: its index is read whole, so its size is checked first."""
    if len(archive) > MOST_BYTES:
        return f"The archive is larger than {MOST_BYTES} bytes", "Publish a smaller pack"
    end = archive.rfind(_END, max(0, len(archive) - _END_BYTES - _LONGEST_COMMENT))
    if end < 0 or len(archive) < end + _END_BYTES:
        return "This is not a zip archive", "Give a folder, or a .zip file of one"
    (index,) = struct.unpack_from("<L", archive, end + 12)
    giant = archive.startswith(_END_64, max(0, end - _LOCATOR_BYTES))
    if giant or index > MOST_FILES * _INDEX_BYTES_PER_FILE:
        return f"The archive holds more than {MOST_FILES} files", "Publish a smaller pack"
    return None


def _read(opened: ZipFile, weight: int, findings: Findings) -> dict[str, bytes]:
    entries = [entry for entry in opened.infolist() if not is_litter(entry.filename)]
    before = len(findings.mistakes)
    for path, problem, remedy in (*_together(entries, weight), *_each(entries)):
        findings.note(path, 1, problem, remedy)
    if len(findings.mistakes) > before:
        return {}
    top = _single_top(entries)
    names = {entry.filename.removeprefix(top): entry for entry in entries if not entry.is_dir()}
    return {
        name: opened.read(names[name]) for name in sorted(names, key=lambda one: one.split("/"))
    }


def _together(entries: list[ZipInfo], weight: int) -> Iterator[tuple[str, str, str]]:
    """What is wrong with all the entries together."""
    size = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_FILES:
        yield ".", f"The archive holds more than {MOST_FILES} files", "Publish a smaller pack"
    if size > MOST_BYTES:
        yield ".", f"Unpacked, it would weigh {size} bytes", f"Keep it under {MOST_BYTES}"
    elif size > MOST_SHRUNK * weight:
        yield ".", f"It would grow more than {MOST_SHRUNK} times", "Zip plain text files"
    for name, times in Counter(entry.filename for entry in entries).items():
        if times > 1:
            yield _shown(name), f"The archive holds this file {times} times", "Make it again"


def _each(entries: list[ZipInfo]) -> Iterator[tuple[str, str, str]]:
    """What is wrong with each entry, the first reason of each."""
    for entry in entries:
        problem = _refusal(entry)
        if problem:
            yield (
                _shown(entry.filename),
                problem,
                "Remove it, or put a plain text file in its place",
            )


def _refusal(entry: ZipInfo) -> str:
    """Why an entry is not read; empty when it is."""
    parts = entry.filename.rstrip("/").split("/")
    mode, most = entry.external_attr >> 16, largest(entry.filename)
    reasons = {
        "Its path leaves the folder": not all(parts) or not {".", ".."}.isdisjoint(parts),
        "Its path holds a sign no path needs": not _is_plain(entry.orig_filename),
        "This is a link": stat.S_ISLNK(mode),
        "This is not a plain file": bool(stat.S_IFMT(mode)) and not _is_usual(mode),
        "The file is encrypted": bool(entry.flag_bits & _ENCRYPTED),
        "It is compressed in an unusual way": entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED),
        f"The file is larger than {most} bytes": entry.file_size > most,
    }
    return next((reason for reason, true in reasons.items() if true), "")


def _is_plain(name: str) -> bool:
    return name.isprintable() and not set(name) & set('\\:*?"<>|')


def _is_usual(mode: int) -> bool:
    return stat.S_ISREG(mode) or stat.S_ISDIR(mode) or stat.S_ISLNK(mode)


def _single_top(entries: list[ZipInfo]) -> str:
    """The folder that holds everything, with its slash, when it is not itself a theme; else nothing."""
    names = [entry.filename for entry in entries]
    tops = {name.partition("/")[0] for name in names}
    top = "".join(tops) + "/"
    inside = len(tops) == 1 and all(name.startswith(top) for name in names)
    return top if inside and f"{top}theme.yaml" not in names else ""


def _shown(name: str) -> str:
    return name.encode("utf-8", "backslashreplace").decode()[:200] or "."
