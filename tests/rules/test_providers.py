"""Providers as the environment tells them: what is read, and what stops the start."""

from pathlib import Path

import pytest

from academy import providers, settings
from academy.providers import BrokenProvider, Reading
from academy.settings import BrokenSetting

TOLD = {
    "ACADEMY_OIDC": "entra",
    "ACADEMY_OIDC_ENTRA_ISSUER": "https://login.example/tenant/v2.0",
    "ACADEMY_OIDC_ENTRA_CLIENT_ID": "academy",
    "ACADEMY_OIDC_ENTRA_DOMAINS": "Aurore.example, papers.example",
}


def told(**more: str) -> dict[str, str]:
    return TOLD | {f"ACADEMY_OIDC_ENTRA_{part}": value for part, value in more.items()}


def test_what_is_needed_is_enough() -> None:
    (entra,) = providers.read(TOLD)

    assert (entra.key, entra.client_secret, entra.passwords, entra.creates) == (
        "entra",
        "",
        True,
        False,
    )
    assert entra.domains == {"aurore.example", "papers.example"}
    assert (entra.scope, entra.verified_claim) == ("openid email profile", "email_verified")
    assert entra.said("fr") == entra.said("en") == "Entra"
    assert entra.speaks_for("Ada@AURORE.example")
    assert not entra.speaks_for("ada@evil-aurore.example")


def test_everything_that_may_be_said_is_read() -> None:
    environ = told(
        CLIENT_SECRET="hush",
        LABEL_FR="mon compte",
        LABEL_EN="my account",
        VERIFIED_CLAIM="xms_edov",
        SCOPE="openid email groups",
        PASSWORDS="0",
        CREATE="1",
        ENTITY_CLAIM="department",
        ENTITIES="Paper mills=mills; R&D = lab ;a=b=c;",
        ENTITY="head",
        JOB="sales",
    )

    (entra,) = providers.read(environ)

    assert entra.entity == Reading(
        "department", {"Paper mills": "mills", "R&D": "lab", "a=b": "c"}, "head"
    )
    assert entra.job == Reading("", {}, "sales")
    assert (entra.said("fr"), entra.said("en")) == ("mon compte", "my account")
    assert (entra.scope, entra.verified_claim) == ("openid email groups", "xms_edov")
    assert not entra.passwords
    assert "hush" not in repr(entra)


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("hush\n")

    assert providers.read(told(CLIENT_SECRET_FILE=str(file)))[0].client_secret == "hush"
    with pytest.raises(BrokenProvider, match="ENTRA_CLIENT_SECRET_FILE"):
        providers.read(told(CLIENT_SECRET_FILE=str(tmp_path / "nothing")))


def test_http_is_for_this_machine_alone() -> None:
    assert providers.read(told(ISSUER="http://127.0.0.1:8080/realms/a"))


@pytest.mark.parametrize(
    "more",
    [
        {"ISSUER": ""},
        {"CLIENT_ID": ""},
        {"DOMAINS": ""},
        {"ISSUER": "http://login.example"},
        {"ISSUER": "https://login.example?a=1"},
        {"ISSUER": "login.example"},
        {"DOMAINS": "*"},
        {"DOMAINS": "@aurore.example"},
        {"CREATE": "1"},
        {"ENTITIES": "mills"},
        {"ISUER": "https://login.example"},
    ],
)
def test_what_cannot_be_used_stops_the_start(more: dict[str, str]) -> None:
    with pytest.raises(BrokenProvider, match="ACADEMY_OIDC_ENTRA_"):
        providers.read(told(**more))


@pytest.mark.parametrize("names", ["Entra", "entra,entra", "en_tra", "é"])
def test_a_name_is_small_letters_and_digits_once(names: str) -> None:
    with pytest.raises(BrokenProvider, match="ACADEMY_OIDC"):
        providers.read(TOLD | {"ACADEMY_OIDC": names})


def test_providers_are_settings(tmp_path: Path) -> None:
    environ = told() | {"ACADEMY_HOME": str(tmp_path), "ACADEMY_DEMO": "1"}

    assert [each.key for each in settings.read(environ).providers] == ["entra"]
    assert settings.read({**environ, "ACADEMY_OIDC": ""}).providers == ()
    with pytest.raises(BrokenSetting, match="ENTRA_ISSUER"):
        settings.read({**environ, "ACADEMY_OIDC_ENTRA_ISSUER": ""})
