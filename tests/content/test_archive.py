"""Zip archives of packs: written to be read back the same, read with suspicion."""

import stat
import struct
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from academy.catalog import archive
from academy.catalog.archive import packed, unpacked
from academy.catalog.findings import Findings
from academy.catalog.folder import LARGEST, read_files, release_of
from academy.catalog.pack import open_pack
from academy.settings import ROOT

THEME = {"culture/theme.yaml": b"order: 1"}
ZERO = b"\x00"


def read(data: bytes) -> tuple[dict[str, bytes], list[str]]:
    """The files, and the problems with the paths they are at."""
    findings = Findings()
    files = unpacked(data, findings)
    return files, [f"{each.path}: {each.problem}" for each in findings.mistakes]


def zipped(*entries: tuple[str | ZipInfo, bytes]) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as made:
        for name, content in entries:
            made.writestr(name, content)
    return stream.getvalue()


def entry(name: str, mode: int = 0, method: int = ZIP_DEFLATED) -> ZipInfo:
    info = ZipInfo(name)
    info.external_attr, info.compress_type = mode << 16, method
    return info


def refusal(data: bytes) -> str:
    """What is told of an archive of which nothing was read."""
    files, told = read(data)
    assert files == {}
    assert told
    return "\n".join(told)


names = st.from_regex(r"[a-z0-9.-]{1,12}(/[a-zé0-9 _-]{1,12}){0,3}", fullmatch=True).filter(
    lambda name: not {".", "..", ""} & set(name.split("/"))
)
packs = st.dictionaries(names, st.binary(max_size=200), max_size=8).map(lambda more: more | THEME)


@given(packs)
@settings(deadline=None)
def test_what_is_packed_is_read_back_the_same(files: dict[str, bytes]) -> None:
    found, problems = read(packed(files))

    assert problems == []
    assert found == files
    assert release_of(found) == release_of(files)


def test_the_same_files_make_the_same_archive_in_any_order() -> None:
    files = {"b/x.md": b"2", "a/x.md": b"1", **THEME}

    assert packed(files) == packed(dict(reversed(files.items())))


def test_the_shipped_pack_is_the_same_from_an_archive_and_from_its_folder() -> None:
    findings = Findings()
    files = read_files(ROOT / "content", findings)
    found, problems = read(packed(files))

    assert problems == []
    assert list(found) == list(files), "the same order: modules and themes come in it"
    assert open_pack(found, findings) == open_pack(files, findings)


@pytest.mark.parametrize("top", ["content", "my pack (2)"])
def test_a_pack_in_a_single_folder_is_taken_out_of_it(top: str) -> None:
    data = zipped((f"{top}/", b""), (f"{top}/culture/", b""), (f"{top}/culture/theme.yaml", b"x"))

    assert read(data) == ({"culture/theme.yaml": b"x"}, [])


def test_a_single_theme_is_not_taken_for_such_a_folder() -> None:
    assert read(zipped(("culture/theme.yaml", b"x"), ("culture/data/module.yaml", b"y")))[
        0
    ].keys() == {
        "culture/theme.yaml",
        "culture/data/module.yaml",
    }


def test_what_desktops_leave_behind_is_not_read() -> None:
    data = zipped(
        ("pack/culture/theme.yaml", b"x"),
        ("pack/.DS_Store", b"junk"),
        ("__MACOSX/pack/culture/._theme.yaml", b"junk"),
        ("pack/culture/Thumbs.db", b"junk"),
    )

    assert read(data) == ({"culture/theme.yaml": b"x"}, [])


def test_a_folder_is_read_without_them_too(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").write_bytes(b"junk")
    (tmp_path / "theme.yaml").write_bytes(b"x")

    assert read_files(tmp_path, Findings()) == {"theme.yaml": b"x"}


@pytest.mark.parametrize(
    "name",
    ["/etc/passwd", "../up.yaml", "culture/../../up.yaml", "culture//x.yaml", "./x.yaml", "a/./b"],
)
def test_a_path_that_leaves_the_folder_is_refused(name: str) -> None:
    assert "leaves the folder" in refusal(zipped((name, b"x"), *THEME.items()))


@pytest.mark.parametrize("name", ["C:\\x.yaml", "culture\\x.yaml", "c:x", "a\nb", "a\x1bb", "a?b"])
def test_a_path_with_a_strange_sign_is_refused(name: str) -> None:
    assert "no path needs" in refusal(zipped((name, b"x"), *THEME.items()))


def test_a_name_cut_short_by_a_nul_is_refused() -> None:
    data = zipped(("cultureX/theme.yaml", b"x")).replace(b"cultureX", b"culture\x00")

    assert refusal(data)


@pytest.mark.parametrize(
    ("mode", "problem"),
    [
        (stat.S_IFLNK | 0o777, "a link"),
        (stat.S_IFIFO | 0o600, "not a plain file"),
        (stat.S_IFCHR | 0o600, "not a plain file"),
        (stat.S_IFSOCK | 0o600, "not a plain file"),
    ],
)
def test_links_and_devices_are_refused(mode: int, problem: str) -> None:
    assert problem in refusal(
        zipped((entry("culture/link.md", mode), b"/etc/passwd"), *THEME.items())
    )


def test_the_same_name_twice_is_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped(("culture/theme.yaml", b"x"), ("culture/theme.yaml", b"y"))

    assert "culture/theme.yaml: The archive holds this file 2 times" in refusal(data)


def test_an_encrypted_file_is_refused() -> None:
    data = bytearray(zipped(("culture/theme.yaml", b"x")))
    for place in (data.find(b"PK\x03\x04") + 6, data.find(b"PK\x01\x02") + 8):
        data[place] |= 1

    assert "encrypted" in refusal(bytes(data))


def test_an_unusual_compression_is_refused() -> None:
    assert "unusual way" in refusal(zipped((entry("culture/x.md", 0, ZIP_BZIP2), b"x")))


def test_a_bomb_is_refused_before_it_is_opened() -> None:
    assert "more than 100 times" in refusal(
        zipped(*((f"culture/{n}.md", ZERO * LARGEST) for n in range(3)))
    )


def test_a_file_larger_than_any_lesson_is_refused() -> None:
    assert f"larger than {LARGEST}" in refusal(zipped(("culture/x.md", ZERO * (LARGEST + 1))))


def test_too_much_in_all_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_BYTES", 1000)

    assert "would weigh 1600 bytes" in refusal(
        zipped(*((f"culture/{n}.md", b"abcdefgh" * 100) for n in range(2)))
    )
    noise = b"".join(sha256(bytes([n])).digest() for n in range(64))
    assert "larger than 1000 bytes" in refusal(zipped(("culture/x.md", noise)))


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MOST_FILES", 10)
    monkeypatch.setattr(archive, "_INDEX_BYTES_PER_FILE", 100)
    many = zipped(*((f"c/{n}.md", b"x") for n in range(11)))

    assert "more than 10 files" in refusal(many)
    assert ".: The archive holds more" in refusal(
        zipped(*((f"c/{'n' * 50}{n}.md", b"x") for n in range(30)))
    )
    assert "more than 10 files" in refusal(b"PK\x06\x07" + bytes(16) + many[-22:])


def test_a_file_that_yields_more_than_it_announced_is_refused() -> None:
    data = bytearray(zipped(("culture/x.md", b"y" * 1000)))
    for place in (data.find(b"PK\x03\x04") + 22, data.find(b"PK\x01\x02") + 24):
        data[place : place + 4] = struct.pack("<L", 10)

    assert "damaged" in refusal(bytes(data))


@given(st.integers(0, 400), st.integers(0, 255))
@settings(deadline=None, max_examples=150)
def test_an_archive_with_a_wrong_byte_is_read_or_refused_but_never_worse(
    place: int, byte: int
) -> None:
    data = bytearray(packed({"culture/data/x.md": b"words " * 20, **THEME}))
    data[place % len(data)] = byte

    files, problems = read(bytes(data))

    assert bool(files) != bool(problems)


@given(st.binary(max_size=300))
@settings(deadline=None)
def test_what_is_no_archive_is_refused(data: bytes) -> None:
    assert refusal(data)
