"""Films, kept and given piece by piece: nobody holds a whole one longer than it takes to write it down."""

from collections.abc import Iterable, Iterator, Mapping
from contextvars import copy_context
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Engine, delete, func, select

from academy import database
from academy.catalog import releases
from academy.catalog.films import PIECE
from academy.catalog.models import FilmPiece, KeptFilm
from academy.catalog.shelf import shown_in
from academy.catalog.tree import Film
from academy.database import db, insert


def keep(shown: Iterable[Film], contents: Mapping[str, bytes]) -> None:
    """Write down the films that are not kept whole yet. The caller commits."""
    films = {film.name: film for film in shown}
    whole = _sizes(films)
    for film in films.values():
        if film.name in contents and whole.get(film.name) != film.size:
            _write(film, contents[film.name])


def film(name: str, folder: Path) -> tuple[KeptFilm, bytes | None] | None:
    """A film by its name: its size and type, and its bytes when only the folder of the start has them.

    That is so before the content is first published; from then on the database has the films.
    """
    kept = db.session.get(KeptFilm, name)
    if kept is not None:
        return kept, None
    shown = next((each for each in shown_in(releases.current()) if each.name == name), None)
    content = _in_folder(folder, shown) if shown else None
    if shown is None or content is None:
        return None
    return KeptFilm(name=name, type=shown.type, size=shown.size), content


def pieces(engine: Engine, name: str, first: int, end: int) -> Iterator[bytes]:
    """The bytes from `first` up to `end`, each piece by a short reading of its own."""
    for number in range(first // PIECE, (end + PIECE - 1) // PIECE):
        content = copy_context().run(_piece, engine, name, number)
        begins = number * PIECE
        yield content[max(0, first - begins) : end - begins]


def _piece(engine: Engine, name: str, number: int) -> bytes:
    database.reading_only()
    wanted = select(FilmPiece.content).where(FilmPiece.film == name, FilmPiece.number == number)
    with engine.connect() as connection:
        content: bytes = connection.execute(wanted).scalar_one()
    return content


def _sizes(names: Iterable[str]) -> dict[str, int]:
    """How many bytes are kept of each of these films."""
    kept = (
        select(FilmPiece.film, func.sum(func.length(FilmPiece.content)))
        .where(FilmPiece.film.in_(list(names)))
        .group_by(FilmPiece.film)
    )
    return {name: int(size) for name, size in db.session.execute(kept)}


def _write(film: Film, content: bytes) -> None:
    """Anew from the first piece: what was there was not whole."""
    db.session.execute(delete(FilmPiece).where(FilmPiece.film == film.name))
    db.session.execute(
        insert(KeptFilm)
        .values(name=film.name, type=film.type, size=film.size)
        .on_conflict_do_nothing(index_elements=[KeptFilm.name])
    )
    for number, begins in enumerate(range(0, len(content), PIECE)):
        db.session.execute(
            insert(FilmPiece).values(
                film=film.name, number=number, content=content[begins : begins + PIECE]
            )
        )


def _in_folder(folder: Path, film: Film) -> bytes | None:
    try:
        content = (folder / film.path).read_bytes()
    except OSError:
        return None
    return content if sha256(content).hexdigest() == film.name else None
