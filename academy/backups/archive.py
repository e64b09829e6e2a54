"""A backup as a file: a zip archive with its manifest, sealed if a passphrase is given."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from io import BufferedReader
from pathlib import Path
from shutil import copyfileobj
from typing import Any, BinaryIO, cast
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812  # it is an exception

from academy.backups import age, manifest
from academy.backups.age import Opened, Sealer
from academy.backups.files import PIECE, whole
from academy.backups.manifest import Manifest, NotABackup, Part

MANIFEST = "manifest.json"
DATABASE = "database"
KEYS = "signing-keys.pem"
CREDENTIAL = "credential.json"
BADGES = "badges/"
LEVEL = 1
"""Of compression: see decision 058."""

Pour = Callable[[BinaryIO], object]


@dataclass(slots=True)
class Writing:
    """An archive that is being filled."""

    archive: ZipFile
    parts: dict[str, Part] = field(default_factory=dict)

    def add(self, name: str, pour: Pour) -> None:
        """A part, as long as it may be; nothing of it is held."""
        with self.archive.open(name, "w", force_zip64=True) as out:
            measured = _Measured(cast(BinaryIO, out))
            pour(cast(BinaryIO, measured))
        self.parts[name] = Part(measured.size, measured.hash.hexdigest())


class _Measured:
    """Counts and hashes what goes through."""

    def __init__(self, out: BinaryIO) -> None:
        self._out, self.size, self.hash = out, 0, sha256()

    def write(self, data: bytes) -> int:
        self.size += len(data)
        self.hash.update(data)
        return self._out.write(data)


@contextmanager
def written(file: Path, passphrase: str) -> Iterator[Writing]:
    """Fill it, then it is there; whatever happens, never half of it."""
    with whole(file) as out:
        sealer = Sealer(out, passphrase) if passphrase else None
        into: Any = sealer or out
        with ZipFile(into, "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive:
            yield Writing(archive)
        if sealer:
            sealer.close()


@dataclass(frozen=True, slots=True)
class Backup:
    """An archive that is read."""

    archive: ZipFile
    manifest: Manifest

    def prove(self) -> None:
        """Every part is there, and as it was written. Raises NotABackup."""
        found = set(self.archive.namelist()) - {MANIFEST}
        if found != set(self.manifest.parts):
            raise NotABackup("The parts are not those that were saved.")
        for name, part in self.manifest.parts.items():
            if _measured(self.archive, name) != part:
                raise NotABackup(f"{name} is not as it was saved.")

    def part(self, name: str) -> BinaryIO:
        return cast(BinaryIO, self.archive.open(name))

    def text(self, name: str) -> str:
        return self.archive.read(name).decode() if name in self.manifest.parts else ""

    def badges(self) -> Mapping[str, str]:
        """Files of the company's own award rules, by their place in the folder."""
        names = [name for name in self.manifest.parts if name.startswith(BADGES)]
        return {name.removeprefix(BADGES): name for name in names}


@contextmanager
def opened(file: Path, passphrase: str) -> Iterator[Backup]:
    """Raises NotABackup, CannotOpen."""
    with file.open("rb") as source:
        sealed = age.is_sealed(source.read(len(age.VERSION)))
        source.seek(0)
        if sealed and not passphrase:
            raise NotABackup(
                "This backup is encrypted: set ACADEMY_BACKUP_KEY (or ACADEMY_BACKUP_KEY_FILE)."
            )
        readable = BufferedReader(Opened(source, passphrase), age.CHUNK) if sealed else source
        try:
            with ZipFile(readable) as archive:
                yield Backup(archive, manifest.read(archive.read(MANIFEST)))
        except (BadZipFile, KeyError, EOFError, ZlibError) as error:
            raise NotABackup("The file is damaged, or is no backup of an academy.") from error


def _measured(archive: ZipFile, name: str) -> Part:
    made, size = sha256(), 0
    with archive.open(name) as source:
        while piece := source.read(PIECE):
            made.update(piece)
            size += len(piece)
    return Part(size, made.hexdigest())


def copied_to(source: BinaryIO, file: Path) -> None:
    """A part, out of the archive."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with whole(file) as out:
        copyfileobj(source, out, PIECE)
