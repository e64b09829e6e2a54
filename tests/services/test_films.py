"""Films: kept once for all releases, given piece by piece, whole or not at all."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from academy import database
from academy.catalog import releases, screening, services
from academy.catalog.films import PIECE
from academy.catalog.findings import BrokenPack, Findings
from academy.catalog.models import FilmPiece, KeptFilm, Release
from academy.catalog.releases import Worker
from academy.database import db
from academy.settings import ROOT
from tests.films import FOLDER, LESSON, film, with_film
from tests.services.packs import fresh_worker, in_force, publish, reworded, served, shipped

CONTENT = ROOT / "content"


@pytest.fixture(autouse=True)
def fresh(app: Flask) -> Iterator[Worker]:
    with fresh_worker(app) as worker:
        yield worker


def name_of(app: Flask) -> str:
    with app.app_context():
        video = releases.current().lessons[LESSON].video
    assert video is not None
    assert video.film is not None
    return video.film.name


def given(app: Flask, name: str, first: int, end: int) -> list[bytes]:
    with app.app_context():
        return list(screening.pieces(db.engine, name, first, end))


def counted(app: Flask) -> tuple[int, int]:
    """How many films and how many pieces are kept."""
    with app.app_context():
        return (
            db.session.scalar(select(func.count()).select_from(KeptFilm)) or 0,
            db.session.scalar(select(func.count()).select_from(FilmPiece)) or 0,
        )


@pytest.mark.parametrize(
    ("first", "end"),
    [
        (0, 700_000),
        (0, 1),
        (PIECE - 1, PIECE + 1),
        (PIECE, 2 * PIECE),
        (699_999, 700_000),
        (10, 600_000),
    ],
)
def test_any_part_of_a_film_comes_back_as_it_was(app: Flask, first: int, end: int) -> None:
    publish(app, with_film(shipped()))

    pieces = given(app, name_of(app), first, end)

    assert b"".join(pieces) == film()[first:end]
    assert max(map(len, pieces)) <= PIECE


def test_the_film_is_not_in_the_archive_and_is_kept_once_for_all_releases(app: Flask) -> None:
    publish(app, with_film(shipped()))
    before = counted(app)
    publish(app, reworded(with_film(shipped()), "web-versus-internet"))

    with app.app_context():
        sizes = list(db.session.scalars(select(Release.size)))
    assert counted(app) == before == (2, 3 + 1)
    assert max(sizes) < 1_300_000  # the words and pictures; the film alone is 700,000


def test_a_film_that_lost_a_piece_is_mended_by_publishing_it_again(app: Flask) -> None:
    publish(app, with_film(shipped()))
    name = name_of(app)
    with app.app_context():
        database.may_write()
        db.session.execute(delete(FilmPiece).where(FilmPiece.film == name, FilmPiece.number == 1))
        db.session.commit()

    publish(app, reworded(with_film(shipped()), "web-versus-internet"))

    assert b"".join(given(app, name, 0, 700_000)) == film()


def test_a_worker_that_starts_reads_a_release_with_a_film(app: Flask) -> None:
    key = publish(app, with_film(shipped()))
    worker: Worker = app.extensions[releases._WORKER]
    worker.recent.clear()
    worker.line = 0

    releases.refresh(app)

    assert served(app) == in_force(app) == key


def test_an_author_cannot_publish_the_words_for_a_film_without_the_film(app: Flask) -> None:
    stub = b"academy film " + b"a" * 64 + b" 10\n"

    with app.app_context(), pytest.raises(BrokenPack, match="This is not a film"):
        services.read(with_film(shipped(), stub), Findings())


def test_before_the_first_publication_a_film_comes_from_the_folder(app: Flask) -> None:
    with app.app_context():
        database.may_write()
        content = (CONTENT / "culture/platforms/cookie-who-remembers.webm").read_bytes()
        publish(app, shipped())
        shown = releases.current().lessons["cookie-who-remembers"].video
        assert shown is not None
        assert shown.film is not None
        name = shown.film.name
        db.session.execute(delete(FilmPiece))
        db.session.execute(delete(KeptFilm))
        db.session.commit()

        found = screening.film(name, CONTENT)
        elsewhere = screening.film(name, CONTENT / FOLDER)

    assert found is not None
    assert (found[0].size, found[1]) == (len(content), content)
    assert elsewhere is None


def test_what_no_lesson_shows_and_nobody_kept_is_not_there(context: Flask) -> None:
    assert screening.film("a" * 64, CONTENT) is None


def test_a_file_of_the_folder_that_was_changed_is_not_given_for_the_film(
    app: Flask, tmp_path_factory: pytest.TempPathFactory
) -> None:
    publish(app, shipped())
    with app.app_context():
        database.may_write()
        shown = releases.current().lessons["cookie-who-remembers"].video
        assert shown is not None
        assert shown.film is not None
        folder = tmp_path_factory.mktemp("changed")
        (folder / shown.film.path).parent.mkdir(parents=True)
        (folder / shown.film.path).write_bytes(b"another film")
        db.session.execute(delete(FilmPiece))
        db.session.execute(delete(KeptFilm))
        db.session.commit()

        assert screening.film(shown.film.name, folder) is None
