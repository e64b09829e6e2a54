"""Videos of lessons: what stands for a film in a pack, and every mistake an author can make."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.catalog import films
from academy.catalog.findings import BrokenPack, Findings
from academy.catalog.folder import release_of
from academy.catalog.pack import open_pack
from academy.catalog.tree import Catalog
from tests.films import ADDRESS, FOLDER, HOST, LESSON, WEBM, film, with_film, with_player
from tests.services.packs import Files, shipped

MODULE = f"{FOLDER}/module.yaml"
AT = f"{FOLDER}/{LESSON}"


def opened(files: Files) -> Catalog:
    return open_pack(dict(files), Findings())


def mistakes(files: Files) -> list[str]:
    with pytest.raises(BrokenPack) as broken:
        opened(files)
    return [mistake.problem for mistake in broken.value.mistakes]


def test_a_film_of_ours_is_read_with_its_words() -> None:
    catalog = opened(with_film(shipped()))

    video = catalog.lessons[LESSON].video
    assert video is not None
    assert video.film is not None
    assert (video.title.fr, video.seconds, video.host) == ("A hand", 3, "")
    assert video.transcript_html.en == "<p>A hand <strong>waves</strong>.</p>"
    assert (video.film.type, video.film.size, len(video.film.name)) == ("video/webm", 700_000, 64)
    assert catalog.captions[f"{LESSON}.fr.vtt"].startswith(b"WEBVTT")


def test_a_player_elsewhere_is_read_with_its_host() -> None:
    video = opened(with_player(shipped())).lessons[LESSON].video

    assert video is not None
    assert (video.film, video.address, video.host) == (None, ADDRESS, HOST)


def test_no_worker_holds_the_bytes_of_a_film() -> None:
    files = with_film(shipped())
    held = repr(opened(files))

    assert repr(film()[:40])[2:-1] not in held
    assert len(held) < len(repr(opened(shipped()))) + 5_000


def test_the_release_has_one_name_with_its_films_or_with_the_words_for_them() -> None:
    files = with_film(shipped())
    told, kept = films.set_aside(files, Findings())

    assert release_of(told) == release_of(files)
    assert [len(content) for content in kept.values()] == [246_865, 700_000]
    assert release_of(with_film(shipped(), film(seed=2))) != release_of(files)


@given(st.binary(max_size=200))
def test_whatever_a_film_holds_its_words_give_its_name_and_size(content: bytes) -> None:
    told = films.stub("a/b/c.webm", content)
    kept = films.kept(told)

    assert kept is not None
    if films.kept(content) is None:
        assert kept.size == len(content)
    assert films.stub("a/b/c.webm", told) == told
    assert films.stub("a/b/c.md", content) == content


def test_what_only_says_it_is_a_film_is_refused() -> None:
    findings = Findings()
    told = films.stub("a/b/c.webm", WEBM)

    films.set_aside({"a/b/c.webm": told, "a/b/d.webm": b"<html>", "a/b/e.mp4": WEBM}, findings)

    assert [mistake.path for mistake in findings.mistakes] == [
        "a/b/c.webm",
        "a/b/d.webm",
        "a/b/e.mp4",
    ]


def put(path: str, content: bytes) -> Callable[[Files], Files]:
    return lambda files: files | {path: content}


def without(path: str) -> Callable[[Files], Files]:
    return lambda files: {name: content for name, content in files.items() if name != path}


def video(said: str) -> Callable[[Files], Files]:
    def written(files: Files) -> Files:
        old = f"    video: {{film: {LESSON}.webm, seconds: 3}}\n".encode()
        assert old in files[MODULE]
        return files | {MODULE: files[MODULE].replace(old, f"    video: {said}\n".encode())}

    return written


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (without(f"{AT}.transcript.fr.md"), "The file is missing"),
        (put(f"{AT}.transcript.en.md", b" \n"), "The transcript is empty"),
        (put(f"{AT}.transcript.en.md", b"<b>no</b>"), "HTML is not allowed in a lesson"),
        (without(f"{AT}.en.vtt"), "The file is missing"),
        (without(f"{AT}.webm"), f"The film `{LESSON}.webm` does not exist"),
        (put(f"{AT}.fr.vtt", b"Hello"), "These are not captions"),
        (put(f"{AT}.fr.vtt", b"WEBVTT\n"), "There is no caption"),
        (put(f"{AT}.fr.vtt", b"WEBVTT" + b" " * 100_001), "These captions are too long"),
        (video("{seconds: 3}"), "A video has either `film` or `address`"),
        (
            video(f'{{film: {LESSON}.webm, address: "{ADDRESS}", seconds: 3}}'),
            "A video has either `film` or `address`",
        ),
        (video("{film: other.webm, seconds: 3}"), "The film cannot be `other.webm`"),
        (video(f"{{film: {LESSON}.avi, seconds: 3}}"), f"The film cannot be `{LESSON}.avi`"),
        (video(f"{{film: {LESSON}.webm, seconds: 0}}"), "`seconds` is 0"),
        (video(f"{{film: {LESSON}.webm}}"), "`seconds` is missing"),
        (
            video('{address: "http://video.example.org/1", seconds: 3}'),
            "`address` is not the address of a player",
        ),
        (
            video('{address: "https://a.example;script-src/1", seconds: 3}'),
            "`address` is not the address of a player",
        ),
    ],
)
def test_each_mistake_about_a_video_is_told(spoil: Callable[[Files], Files], problem: str) -> None:
    assert problem in mistakes(spoil(with_film(shipped())))


@pytest.mark.parametrize(
    "cue",
    [
        "00:01.000 --> 00:00.500",
        "00:01.000 --> 00:09.000",
        "00:01 --> 00:02",
        "00:01.000 --> 00:02.000 <b>",
        "1:00:01.000 --> 1:00:02.000",
    ],
)
def test_a_caption_outside_the_film_is_told_with_its_line(cue: str) -> None:
    files = with_film(shipped()) | {f"{AT}.fr.vtt": f"WEBVTT\n\n{cue}\nHello.\n".encode()}

    with pytest.raises(BrokenPack) as broken:
        opened(files)

    assert [(one.path, one.line) for one in broken.value.mistakes] == [(f"{AT}.fr.vtt", 3)]


def test_a_title_without_a_video_and_a_video_without_a_title_are_told() -> None:
    files = with_film(shipped())
    untitled = files[f"{AT}.fr.md"].replace(b'video_title: "A hand"\n', b"")

    assert "`video_title` is missing" in mistakes(files | {f"{AT}.fr.md": untitled})
    assert "There is no video" in mistakes(files | {MODULE: shipped()[MODULE]})


def test_a_film_may_be_heavier_than_a_text() -> None:
    assert opened(with_film(shipped(), film(6_000_000))).lessons[LESSON].video is not None
