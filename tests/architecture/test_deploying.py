"""What `compose.yaml` promises: nothing unnamed, nothing secret in it, nothing that cannot be watched."""

import re
from typing import Any

import click
import pytest
import yaml

from academy.cli import academy
from academy.settings import SECRETS
from tests.architecture.sources import ROOT
from tests.architecture.test_settings import read_variables

COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
ENDS = {"prepare", "backup"}
"""What does its work and ends."""
TAG = re.compile(r"[a-z]+(/[a-z]+)*:\d+(\.\d+)+")

each_service = pytest.mark.parametrize("name", sorted(SERVICES))


def test_all_of_it_is_there() -> None:
    assert set(SERVICES) == {"proxy", "prepare", "web", "worker", "database", "backup"}


@each_service
def test_a_service_is_of_one_version_and_cannot_write_but_where_it_must(name: str) -> None:
    service = SERVICES[name]

    assert TAG.fullmatch(service["image"]), "an exact version, without a registry's name"
    assert service["read_only"] is True
    assert "no-new-privileges:true" in service["security_opt"]
    assert not service.get("privileged")
    assert name == "proxy" or "ports" not in service, "only the proxy is reached from outside"
    for volume in service.get("volumes", []):
        source, _target, *mode = volume.split(":")
        assert source in COMPOSE["volumes"] or mode == ["ro"], volume


@each_service
def test_a_service_is_watched_started_again_and_keeps_its_log_short(name: str) -> None:
    service = SERVICES[name]

    assert service["logging"]["options"].keys() >= {"max-size", "max-file"}
    if name in ENDS:
        assert service["restart"] == "no"
    else:
        assert service["restart"] == "unless-stopped"
        assert {"test", "interval", "timeout", "retries"} <= service["healthcheck"].keys()


@each_service
def test_secrets_come_in_files(name: str) -> None:
    service = SERVICES[name]
    settings: dict[str, str] = service.get("environment", {})

    for variable, value in settings.items():
        bare = variable.removesuffix("_FILE")
        if bare in SECRETS or "PASSWORD" in variable or "SECRET" in variable:
            assert variable.endswith("_FILE"), variable
            assert value.removeprefix("/run/secrets/") in service["secrets"]
        if variable.startswith("ACADEMY_") and name != "proxy":
            assert bare in read_variables(), f"nobody reads {variable}"
    assert set(service.get("secrets", [])) <= COMPOSE["secrets"].keys()


def test_no_secret_is_in_the_repository() -> None:
    files = {secret["file"] for secret in COMPOSE["secrets"].values()}

    assert all(set(secret) == {"file"} for secret in COMPOSE["secrets"].values())
    assert {file.rpartition("/")[0] for file in files} == {"./docs/deploy/secrets"}
    assert "docs/deploy/secrets/" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


def test_one_waits_for_what_it_needs() -> None:
    def waits(name: str) -> dict[str, str]:
        found: dict[str, dict[str, str]] = SERVICES[name].get("depends_on", {})
        return {other: how["condition"] for other, how in found.items()}

    assert waits("proxy") == {"web": "service_healthy"}
    assert waits("prepare") == waits("backup") == {"database": "service_healthy"}
    assert waits("web") == waits("worker") == {"prepare": "service_completed_successfully"}
    assert "outside" not in SERVICES["database"]["networks"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}


@pytest.mark.usefixtures("sqlite_app")  # which gathers the commands
@pytest.mark.parametrize("name", ["prepare", "web", "worker"])
def test_what_is_started_is_a_command_of_ours(name: str) -> None:
    flask, group, word, *options = SERVICES[name]["command"]
    command = academy.commands[word]

    assert (flask, group) == ("flask", "academy")
    command.make_context(word, list(options), resilient_parsing=False)
    assert isinstance(command, click.Command)


def test_there_is_time_to_close() -> None:
    options = SERVICES["web"]["command"]
    drain = int(options[options.index("--drain") + 1])

    assert SERVICES["web"]["stop_grace_period"] == "60s"
    assert drain + 40 < 60  # the supervisor gives its children forty seconds


def test_the_image_is_built_from_the_lock_and_runs_as_nobody_in_particular() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8")

    assert re.search(r"^FROM python:3\.11-[a-z-]+$", lines, re.MULTILINE)
    assert "--require-hashes -r requirements.txt" in lines
    assert re.search(r"^USER academy$", lines, re.MULTILINE)
    assert not re.search(r"https?://|ADD |curl|wget|SECRET|PASSWORD", lines)


def test_the_proxy_believes_no_stranger_and_hides_what_machines_ask() -> None:
    lines = (ROOT / "docs" / "deploy" / "Caddyfile").read_text(encoding="utf-8")

    assert "@machines path /metrics /ready" in lines
    assert "respond @machines 404" in lines
    assert "header_up X-Request-ID {http.request.uuid}" in lines
    assert "health_uri /ready" in lines
    assert SERVICES["web"]["environment"]["ACADEMY_TRUSTED_PROXIES"] == "1"
