"""Packs with a video, made from the shipped one: films of our own, and players elsewhere."""

from random import Random

from tests.services.packs import Files

LESSON = "speed-of-change"
"""A lesson without any video, and without a picture."""
FOLDER = "culture/changes"
HOST = "video.example.org"
ADDRESS = f"https://{HOST}/videos/embed/0f1e2d"
WEBM = b"\x1a\x45\xdf\xa3"
CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:02.000\nHello.\n"
TRANSCRIPT = b"A hand **waves**.\n"


def film(size: int = 700_000, seed: int = 1) -> bytes:
    """Bytes that begin like a film and repeat nothing."""
    return WEBM + Random(seed).randbytes(size - len(WEBM))  # noqa: S311  # nobody guards this


def with_video(files: Files, video: str, **more: bytes) -> Files:
    """The lesson announces this video, and says it in words; `more` are files by their ending."""
    module = f"{FOLDER}/module.yaml"
    line = f"  - key: {LESSON}\n".encode()
    assert files[module].count(line) == 1
    made = dict(files)
    made[module] = files[module].replace(line, line + f"    video: {video}\n".encode())
    for language in ("fr", "en"):
        path = f"{FOLDER}/{LESSON}.{language}.md"
        made[path] = files[path].replace(b"---\n", b'---\nvideo_title: "A hand"\n', 1)
        made[f"{FOLDER}/{LESSON}.transcript.{language}.md"] = TRANSCRIPT
    return made | {f"{FOLDER}/{LESSON}.{end}": content for end, content in more.items()}


def with_film(files: Files, content: bytes | None = None) -> Files:
    made = with_video(files, f"{{film: {LESSON}.webm, seconds: 3}}")
    made[f"{FOLDER}/{LESSON}.webm"] = film() if content is None else content
    for language in ("fr", "en"):
        made[f"{FOLDER}/{LESSON}.{language}.vtt"] = CAPTIONS
    return made


def with_player(files: Files) -> Files:
    return with_video(files, f'{{address: "{ADDRESS}", seconds: 95}}')
