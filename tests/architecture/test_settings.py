"""Every setting is told to those who run the academy."""

import re
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import pytest

from academy import settings
from academy.providers import PARTS, PREFIX
from academy.settings import SECRETS, BrokenSetting, MissingSetting, Settings
from tests.architecture.sources import ACADEMY, ROOT

SETTINGS = (ACADEMY / "settings.py").read_text(encoding="utf-8")
VARIABLE = re.compile(r"\bACADEMY_[A-Z_]+\b|(?<=\")PORT(?=\")")

READS = r"os\.getenv|os\.environ\.get|os\.environ\[[^\]]+\](?! =)"


def read_variables() -> set[str]:
    """What `read` asks the environment for."""
    reader = SETTINGS[SETTINGS.index("def read(") :]
    return set(VARIABLE.findall(reader))


def test_every_setting_is_in_the_operators_guide() -> None:
    guide = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")

    missing = {name for name in read_variables() if not re.search(rf"\b{name}\b", guide)}

    assert missing == set()


def test_the_operators_guide_tells_of_no_setting_that_is_gone() -> None:
    guide = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")

    told = set(re.findall(r"\bACADEMY_[A-Z_]+\b", guide)) - {PREFIX}
    of_a_provider = {f"{PREFIX}ENTRA_{part}" for part in PARTS}
    in_files = {f"{name}_FILE" for name in SECRETS}

    assert told - read_variables() - of_a_provider - in_files == set()


def test_every_setting_of_a_provider_is_in_the_operators_guide() -> None:
    guide = (ROOT / "docs" / "operate.md").read_text(encoding="utf-8")

    assert {part for part in PARTS if f"`_{part}`" not in guide} == set()


def test_every_setting_is_explained_where_it_is_declared() -> None:
    declared = SETTINGS[SETTINGS.index("class Settings") : SETTINGS.index("def read(")]
    told = re.findall(r"# (ACADEMY_[A-Z_]+): \w", declared)

    assert len(told) == len(fields(Settings))
    assert set(told) == read_variables() - {"PORT"}


def test_settings_are_read_in_one_place_only() -> None:
    found = [
        file.relative_to(ROOT).as_posix()
        for file in ACADEMY.rglob("*.py")
        if file.name != "settings.py" and re.search(READS, file.read_text("utf-8"))
    ]

    assert found == []


def test_in_production_a_secret_must_be_given(tmp_path: Path) -> None:
    with pytest.raises(MissingSetting, match="ACADEMY_SECRET_KEY"):
        settings.read({"ACADEMY_HOME": str(tmp_path)})


def test_in_the_demonstration_a_secret_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    environ = {"ACADEMY_HOME": str(tmp_path), "ACADEMY_DEMO": "1"}

    first, second = settings.read(environ), settings.read(environ)

    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 40
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_the_opening_is_a_day_or_nothing(tmp_path: Path) -> None:
    environ = {"ACADEMY_HOME": str(tmp_path), "ACADEMY_DEMO": "1"}

    assert settings.read(environ).opened_on is None
    assert settings.read(environ | {"ACADEMY_OPENED_ON": "2027-01-31"}).opened_on == date(
        2027, 1, 31
    )
    with pytest.raises(BrokenSetting, match="ACADEMY_OPENED_ON"):
        settings.read(environ | {"ACADEMY_OPENED_ON": "next spring"})


def test_what_is_set_is_what_is_read(tmp_path: Path) -> None:
    read = settings.read(
        {
            "ACADEMY_HOME": str(tmp_path),
            "ACADEMY_SECRET_KEY": "long",
            "ACADEMY_PUBLIC_URL": "https://academy.example/",
            "ACADEMY_SECURE_COOKIES": "Yes",
            "ACADEMY_TRUSTED_PROXIES": "2",
            "ACADEMY_COMPANY": "Aurore",
            "ACADEMY_PASSWORD_WORDS": "Velin, Bristol,",
            "ACADEMY_SECOND_FACTOR": "staff",
            "ACADEMY_VIDEO_HOSTS": "player.vimeo.com, video.example.org",
        }
    )

    assert read.public_url == "https://academy.example"
    assert (read.secure_cookies, read.trusted_proxies, read.demo) == (True, 2, False)
    assert (read.company, read.secret_key) == ("Aurore", "long")
    assert read.password_words == {"Velin", "Bristol"}
    assert read.second_factor == "staff"
    assert read.video_hosts == {"player.vimeo.com", "video.example.org"}
    assert read.database_url == f"sqlite:///{tmp_path.resolve() / 'academy.sqlite'}"


@pytest.mark.parametrize("hosts", ["https://video.example.org", "a.example;", "*", "localhost"])
def test_a_host_that_is_no_name_of_a_host_is_refused(tmp_path: Path, hosts: str) -> None:
    environ = {"ACADEMY_HOME": str(tmp_path), "ACADEMY_DEMO": "1", "ACADEMY_VIDEO_HOSTS": hosts}

    with pytest.raises(BrokenSetting, match="ACADEMY_VIDEO_HOSTS"):
        settings.read(environ)


def test_a_secret_may_stand_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("long and random\n")
    environ = {
        "ACADEMY_HOME": str(tmp_path),
        "ACADEMY_SECRET_KEY_FILE": str(tmp_path / "secret"),
        "ACADEMY_METRICS_TOKEN_FILE": str(tmp_path / "secret"),
    }

    read = settings.read(environ)

    assert read.secret_key == read.metrics_token == "long and random"
    assert "random" not in repr(replace(read, secret_key=""))
    for broken in (
        {"ACADEMY_SECRET_KEY": "said twice"},
        {"ACADEMY_SMTP_URL_FILE": str(tmp_path / "nothing")},
    ):
        with pytest.raises(BrokenSetting, match="_FILE"):
            settings.read(environ | broken)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ACADEMY_DATABASE_POOL", "0"),
        ("ACADEMY_DATABASE_OVERFLOW", "-1"),
        ("ACADEMY_DATABASE_LOCK_SECONDS", "ten"),
        ("ACADEMY_LOG", "xml"),
        ("ACADEMY_SECOND_FACTOR", "nobody"),
        ("ACADEMY_LEAVERS_KEPT_DAYS", "36501"),
    ],
)
def test_a_word_that_means_nothing_stops_the_start(tmp_path: Path, name: str, said: str) -> None:
    environ = {"ACADEMY_HOME": str(tmp_path), "ACADEMY_DEMO": "1", name: said}

    with pytest.raises(BrokenSetting, match=name):
        settings.read(environ)
