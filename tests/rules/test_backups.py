"""Backups without a database: sealed files, which ones are kept, what they say of themselves."""

from base64 import b64decode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BufferedReader, BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from academy import settings as read_settings
from academy.backups import age, keeping, manifest
from academy.backups.age import CHUNK, TAG, CannotOpen, Opened, Sealer, is_sealed
from academy.backups.counted import Counted, differences
from academy.backups.keeping import Rule
from academy.backups.manifest import Manifest, NotABackup, Part
from academy.backups.services import passphrase
from academy.settings import BrokenSetting
from tests.conftest import MONDAY
from tests.conftest import settings as academy

SESAME = "open sesame"
OPENED_ELSEWHERE = b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBseUZ4Q29BWWI2SnNuUEg3LzkzOExnIDEwCkVwd2Y5a1ZS"
    "Y25HdTR5YUNZV04yS0tISWQvVFNmVXByWDErN3dLRUhYeG8KLS0tIC8rNFZhNW10bHp1RWVybXNSTk1sVHV5L0pO"
    "bEY5eHlpeDdUTTgrSjA3WVUK6mn28FbERcPqWWeJClti+ObORvd2SXXwBGFXe8hcnqOyp6ltVBTl"
)
"""Written here, and opened by rage, another implementation of age, with the words "a passphrase"."""


@pytest.fixture(autouse=True)
def quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Less work against guessing: these files keep no secret."""
    monkeypatch.setattr(age, "WORK", 10)


def sealed(content: bytes, secret: str = SESAME) -> bytes:
    out = BytesIO()
    sealer = Sealer(out, secret)
    for start in range(0, len(content), 50_000):
        sealer.write(content[start : start + 50_000])
    sealer.close()
    return out.getvalue()


def opened(file: bytes, secret: str = SESAME) -> bytes:
    return BufferedReader(Opened(BytesIO(file), secret)).read()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 200_000])
def test_what_was_sealed_opens_again(size: int) -> None:
    content = bytes(range(256)) * (size // 256 + 1)
    file = sealed(content[:size])

    assert is_sealed(file)
    assert opened(file) == content[:size]


def test_any_place_of_a_sealed_file_can_be_read() -> None:
    content = bytes(n % 251 for n in range(150_000))
    reader = BufferedReader(Opened(BytesIO(sealed(content)), SESAME))

    for place in (149_000, 65_530, 0):
        reader.seek(place)
        assert reader.read(100) == content[place : place + 100]
    reader.seek(-10, 2)
    assert reader.read() == content[-10:]


def test_the_format_is_the_one_that_others_open() -> None:
    assert opened(OPENED_ELSEWHERE, "a passphrase") == b"Zenobie"


def test_another_passphrase_opens_nothing() -> None:
    with pytest.raises(CannotOpen, match="passphrase"):
        opened(sealed(b"secret"), "open barley")


def test_a_chunk_that_is_changed_moved_or_missing_is_noticed() -> None:
    file = sealed(bytes(3 * CHUNK + 5))
    start = len(file) - (3 * (CHUNK + TAG) + 5 + TAG)
    first, second = start + CHUNK + TAG, start + 2 * (CHUNK + TAG)
    flipped = bytearray(file)
    flipped[first + 7] ^= 1
    swapped = file[:start] + file[first:second] + file[start:first] + file[second:]

    for damaged in (bytes(flipped), swapped, file[:second], file[:-1], file[: start + 3], b""):
        with pytest.raises(CannotOpen):
            opened(damaged)


def test_a_header_that_is_changed_is_noticed() -> None:
    file = sealed(b"secret")
    mac = file.index(b"--- ") + 5

    with pytest.raises(CannotOpen, match="beginning"):
        opened(file[:mac] + (b"A" if file[mac : mac + 1] != b"A" else b"B") + file[mac + 1 :])
    with pytest.raises(CannotOpen, match="not sealed"):
        opened(file.replace(b"scrypt", b"X25519", 1))
    with pytest.raises(CannotOpen, match="not sealed"):
        opened(file.replace(b" 10\n", b" 60\n", 1))


NIGHTS = st.lists(st.integers(0, 900), min_size=1, max_size=80, unique=True)
RULES = st.builds(Rule, st.integers(0, 9), st.integers(0, 9), st.integers(0, 14))


def moments(nights: list[int]) -> list[datetime]:
    return [datetime(2025, 1, 1, 1, 5, tzinfo=UTC) + timedelta(days=n) for n in sorted(nights)]


@given(NIGHTS, RULES)
def test_pruning_each_night_leaves_what_pruning_once_leaves(nights: list[int], rule: Rule) -> None:
    all_of_them = moments(nights)
    staying: set[datetime] = set()
    for made in all_of_them:
        staying = keeping.kept(staying | {made}, rule)

    assert staying == keeping.kept(all_of_them, rule)
    assert all_of_them[-1] in staying
    assert len(staying) <= max(1, rule.days + rule.weeks + rule.months)
    assert set(all_of_them[-rule.days :] if rule.days else []) <= staying


def test_a_year_of_nights_leaves_a_week_a_month_and_a_year() -> None:
    files = [keeping.name(at, sealed=False) for at in moments(list(range(400)))]

    gone = set(keeping.surplus([*files, "notes.txt", "academy-99999999T999999Z.zip"], Rule()))

    left = keeping.newest_first(set(files) - gone)
    assert left[:7] == files[:-8:-1]
    assert len(left) == 7 + 2 + 10
    assert left[-1] == "academy-20250331T010500Z.zip"


@settings(max_examples=30)
@given(st.binary(max_size=60) | st.sampled_from([b"{}", b"[]", b"null", b'{"format": 1}']))
def test_nonsense_is_no_manifest(text: bytes) -> None:
    with pytest.raises(NotABackup):
        manifest.read(text)


def test_a_manifest_is_read_as_it_was_written() -> None:
    said = Manifest(
        MONDAY,
        "0.1.0",
        "sqlite",
        "0030",
        "abc",
        {"person": Counted(3, "x")},
        {"database": Part(9, "y")},
    )

    assert manifest.read(said.written().encode()) == said
    assert differences(said.tables, said.tables) == []
    assert differences(said.tables, {"person": Counted(2, "z"), "deed": Counted(0, "")}) == [
        "deed: not saved.",
        "person: 3 rows were saved, 2 are there.",
    ]
    assert differences(said.tables, {"person": Counted(3, "z")}) == [
        "person: a row is another one."
    ]
    assert differences(said.tables, {}) == ["person: missing."]


def test_the_settings_of_backups_are_read_and_nonsense_is_refused(tmp_path: Path) -> None:
    environ = {"ACADEMY_HOME": str(tmp_path), "ACADEMY_DEMO": "1"}
    kept = {"ACADEMY_BACKUPS": str(tmp_path / "b"), "ACADEMY_BACKUPS_KEPT": "3, 2,0"}

    found = read_settings.read(environ | kept | {"ACADEMY_BACKUP_HOUR": "23"})

    assert (found.backups, found.backups_kept, found.backup_hour) == (tmp_path / "b", (3, 2, 0), 23)
    assert read_settings.read(environ).backups is None
    for name, typed in (("ACADEMY_BACKUPS_KEPT", "7,4"), ("ACADEMY_BACKUP_HOUR", "24")):
        with pytest.raises(BrokenSetting, match=name):
            read_settings.read(environ | {name: typed})


def test_the_passphrase_is_not_short(tmp_path: Path) -> None:
    config = academy(tmp_path)

    assert passphrase(config) == ""
    assert passphrase(replace(config, backup_key="sixteen characters")) == "sixteen characters"
    with pytest.raises(BrokenSetting, match="ACADEMY_BACKUP_KEY"):
        passphrase(replace(config, backup_key="short"))
