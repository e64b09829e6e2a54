"""Watching the video of a lesson: parts of a film, captions, and nobody told before somebody presses."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import delete
from werkzeug.test import TestResponse

from academy.catalog.models import FilmPiece, KeptFilm
from academy.catalog.releases import Worker
from academy.database import db
from tests.films import ADDRESS, HOST, LESSON, film, with_film, with_player
from tests.pages.conftest import Behind, on_sqlite_only
from tests.services.packs import fresh_worker, publish, roll_back, shipped
from tests.visitor import Page, Visitor

PAGE = f"/lessons/{LESSON}"
PLAIN = "/lessons/cloud-has-an-address"


@pytest.fixture(autouse=True)
def first(app: Flask) -> Iterator[Worker]:
    """The shipped content is in force, published for real."""
    with fresh_worker(app) as fresh:
        publish(app, shipped())
        yield fresh


@pytest.fixture
def allowed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    config = replace(app.config["SETTINGS"], video_hosts=frozenset({HOST, "other.example.org"}))
    monkeypatch.setitem(app.config, "SETTINGS", config)


def policy(page: Page) -> dict[str, str]:
    said = page.response.headers["Content-Security-Policy"]
    return dict(part.split(" ", 1) for part in said.split("; "))


def film_url(page: Page) -> str:
    found = page.html.select_one("video source")
    assert found is not None
    return str(found["src"])


def part(reader: Visitor, url: str, wanted: str, **headers: str) -> TestResponse:
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    answer: TestResponse = reader.client.get(url, headers={"Range": wanted, **more})
    return answer


def test_a_lesson_shows_its_film_with_captions_and_its_words(app: Flask, reader: Visitor) -> None:
    publish(app, with_film(shipped()))

    page = reader.get(PAGE)

    tracks = page.html.select("video track")
    assert [(each["srclang"], each.has_attr("default")) for each in tracks] == [
        ("fr", False),
        ("en", True),
    ]
    assert page.all(".film-title") == ["A hand"]
    assert page.all(".film-words .minutes") == ["Video: 3 s"]
    assert page.all(".film-transcript .prose") == ["A hand waves ."]
    assert page.html.select("iframe, [data-player], script[src*=player]") == []
    assert policy(page)["media-src"] == "'self'"
    assert "frame-src" not in policy(page)


def test_the_picture_of_a_lesson_with_a_film_is_its_poster(reader: Visitor) -> None:
    page = reader.get("/lessons/cookie-who-remembers")

    assert [each["poster"] for each in page.html.select("video")] == [
        "/lessons/cookie-who-remembers/picture.svg"
    ]
    assert page.html.select(".reading-picture") == []


def test_a_whole_film_is_given_and_may_be_kept(app: Flask, reader: Visitor) -> None:
    publish(app, with_film(shipped()))
    url = film_url(reader.get(PAGE))

    answer = reader.client.get(url)

    assert (answer.status_code, answer.mimetype, answer.data) == (200, "video/webm", film())
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert answer.headers["Content-Length"] == "700000"
    assert answer.headers["Cache-Control"] == "max-age=31536000, private, immutable"
    again = reader.client.get(url, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    head = reader.client.head(url)
    assert (head.status_code, head.headers["Content-Length"], head.data) == (200, "700000", b"")


@pytest.mark.parametrize(
    ("wanted", "begin", "end"),
    [
        ("bytes=0-", 0, 699_999),
        ("bytes=0-99", 0, 99),
        ("bytes=262143-262144", 262_143, 262_144),
        ("bytes=-100", 699_900, 699_999),
        ("bytes=699999-900000", 699_999, 699_999),
    ],
)
def test_a_player_gets_the_part_it_asks_for(
    app: Flask, reader: Visitor, wanted: str, begin: int, end: int
) -> None:
    publish(app, with_film(shipped()))
    url = film_url(reader.get(PAGE))

    answer = part(reader, url, wanted)

    whole = (begin, end) == (0, 699_999)
    assert answer.status_code == (200 if whole else 206)
    assert answer.data == film()[begin : end + 1]
    if not whole:
        assert answer.headers["Content-Range"] == f"bytes {begin}-{end}/700000"


@on_sqlite_only
@pytest.mark.parametrize("wanted", ["bytes=0-9,20-29", "lines=1-2", "bytes=a-b", "bytes=9-1"])
def test_what_is_no_single_part_gets_the_whole_film(
    app: Flask, reader: Visitor, wanted: str
) -> None:
    publish(app, with_film(shipped()))

    answer = part(reader, film_url(reader.get(PAGE)), wanted)

    assert (answer.status_code, len(answer.data)) == (200, 700_000)


@on_sqlite_only
def test_a_part_beyond_the_end_is_refused_with_the_size(app: Flask, reader: Visitor) -> None:
    publish(app, with_film(shipped()))

    answer = part(reader, film_url(reader.get(PAGE)), "bytes=700000-")

    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == "bytes */700000"


@on_sqlite_only
def test_a_part_of_another_film_is_not_given_as_a_part_of_this_one(
    app: Flask, reader: Visitor
) -> None:
    publish(app, with_film(shipped()))
    url = film_url(reader.get(PAGE))
    etag = reader.client.head(url).headers["ETag"]

    same = part(reader, url, "bytes=0-9", If_Range=etag)
    other = part(reader, url, "bytes=0-9", If_Range='"another"')

    assert (same.status_code, other.status_code) == (206, 200)


def test_a_film_goes_on_when_its_release_is_taken_back_meanwhile(
    app: Flask, reader: Visitor
) -> None:
    publish(app, with_film(shipped()))
    url = film_url(reader.get(PAGE))
    roll_back(app)

    assert reader.client.get(url).data == film()
    assert reader.get(PAGE).html.select("video") == []


def test_before_anything_is_published_the_folder_gives_the_film(
    app: Flask, reader: Visitor, behind: Behind
) -> None:
    url = film_url(reader.get("/lessons/cookie-who-remembers"))
    with behind():
        db.session.execute(delete(FilmPiece))
        db.session.execute(delete(KeptFilm))
        db.session.commit()

    whole = reader.client.get(url).data

    assert len(whole) == 246_865
    assert part(reader, url, "bytes=4-9").data == whole[4:10]


def test_strangers_see_no_film_and_no_captions(app: Flask, reader: Visitor) -> None:
    publish(app, with_film(shipped()))
    url = film_url(reader.get(PAGE))
    stranger = Visitor(app)

    for path in (url, f"{PAGE}/captions/fr.vtt"):
        assert "/sign-in" in stranger.client.get(path).location


def test_captions_are_given_as_captions(app: Flask, reader: Visitor) -> None:
    publish(app, with_film(shipped()))

    answer = reader.client.get(f"{PAGE}/captions/fr.vtt")

    assert (answer.status_code, answer.mimetype) == (200, "text/vtt")
    assert answer.data.startswith(b"WEBVTT")


@pytest.mark.parametrize(
    "path",
    [
        "/films/nothing",
        f"/films/{'a' * 64}",
        "/films/%00",
        f"/films/{'A' * 64}",
        f"{PAGE}/captions/fr.vtt",
        f"{PAGE}/captions/de.vtt",
        "/lessons/nothing/captions/fr.vtt",
    ],
)
def test_what_is_not_kept_is_not_found(reader: Visitor, path: str) -> None:
    assert reader.get(path, 404).status == 404


@pytest.mark.usefixtures("allowed")
def test_a_player_elsewhere_waits_for_somebody_to_press(app: Flask, reader: Visitor) -> None:
    publish(app, with_player(shipped()))

    page = reader.get(PAGE)

    assert page.html.select("iframe, video") == []
    assert page.all("[data-play]") == [f"Play: {HOST} will see your address"]
    link = page.html.select_one("[data-plain]")
    assert link is not None
    assert (link["href"], link["target"]) == (ADDRESS, "_blank")
    assert "noreferrer" in link["rel"]
    loaded = [str(tag.get("src") or tag.get("href")) for tag in page.html.select("[src], link")]
    assert [each for each in loaded if re.match(r"(https?:)?//", each)] == []
    assert page.all(".film-words .minutes") == ["Video: 1 min 35 s"]


@pytest.mark.usefixtures("allowed")
def test_only_that_host_may_be_framed_and_only_on_that_page(app: Flask, reader: Visitor) -> None:
    publish(app, with_player(shipped()))

    assert policy(reader.get(PAGE))["frame-src"] == f"https://{HOST}"
    assert {"frame-src", "media-src"}.isdisjoint(policy(reader.get(PLAIN)))
    assert {"frame-src", "media-src"}.isdisjoint(policy(reader.get("/themes")))


def test_a_host_that_is_not_allowed_is_not_called(app: Flask, reader: Visitor) -> None:
    publish(app, with_player(shipped()))

    page = reader.get(PAGE)

    assert page.html.select("[data-play], [data-plain], iframe, script[src*=player]") == []
    assert ADDRESS not in str(page.html.select(".film a"))
    assert "which this academy does not call" in page.text
    assert page.all(".film-transcript .prose") == ["A hand waves ."]
    assert "frame-src" not in policy(page)
