"""What a lesson's page shows of its video, and what the page may load for it."""

from collections.abc import Collection
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from academy.catalog.tree import LANGUAGES, Lesson, Words
from academy.web.words import language

NAMES = {"fr": "Français", "en": "English"}
A_MINUTE = 60


@dataclass(frozen=True, slots=True)
class Track:
    """Captions in one language; `chosen` are those of the page."""

    language: str
    name: str
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class VideoView:
    """Our own film has a `url`; somebody else's has a `host` and an `address`, when it may be opened."""

    title: Words
    lasts: str
    transcript_html: Words
    poster_url: str
    url: str
    type: str
    tracks: tuple[Track, ...]
    host: str
    address: str

    @property
    def sources(self) -> dict[str, str]:
        """What the page needs beyond what every page may load."""
        if self.url:
            return {"media-src": "'self'"}
        return {"frame-src": f"https://{self.host}"} if self.address else {}


def video_of(lesson: Lesson, allowed: Collection[str]) -> VideoView | None:
    """The lesson's video; that of a host which is not allowed keeps its transcript only."""
    video = lesson.video
    if video is None:
        return None
    film = video.film
    return VideoView(
        title=video.title,
        lasts=lasts(video.seconds),
        transcript_html=video.transcript_html,
        poster_url=_poster(lesson),
        url=url_for("learning.films.film", name=film.name) if film else "",
        type=film.type if film else "",
        tracks=_tracks(lesson.key) if film else (),
        host=video.host,
        address=video.address if video.address and video.host in allowed else "",
    )


def lasts(seconds: int) -> str:
    """How long it takes, in words."""
    minutes, rest = divmod(seconds, A_MINUTE)
    if not minutes:
        return _("%(count)s s", count=rest)
    if not rest:
        return _("%(count)s min", count=minutes)
    return _("%(minutes)s min %(seconds)s s", minutes=minutes, seconds=rest)


def _poster(lesson: Lesson) -> str:
    """The lesson's own picture; without one, a drawing that suits every film."""
    if lesson.picture:
        return url_for("learning.picture", lesson=lesson.key)
    return url_for("static", filename="img/film.svg")


def _tracks(lesson: str) -> tuple[Track, ...]:
    return tuple(
        Track(
            each,
            NAMES[each],
            url_for("learning.films.captions", lesson=lesson, language=each),
            each == language(),
        )
        for each in LANGUAGES
    )
