"""What operators do with the keys, from a terminal."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from academy import create_app
from academy.database import db
from academy.passport.credentials import keys, ring, services
from academy.passport.credentials.models import Standing
from academy.settings import BrokenSetting, read
from tests.conftest import MONDAY, settings
from tests.factories import earn_passport, make_person
from tests.services.packs import quick


def run(app: Flask, *words: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["academy", *words])
    return result.exit_code, result.output


def test_keys_are_changed_and_those_before_stay_known(context: Flask) -> None:
    before = {key.kid for key in ring.current().publics}

    code, said = run(context, "rotate-keys")

    now = {key.kid for key in ring.current().publics}
    assert code == 0
    assert before.isdisjoint(now)
    assert all(kid in said for kid in now)
    _code, listed = run(context, "signing-keys")
    assert all(f"* {kid}" in listed for kid in now)
    assert all(f"  {kid}" in listed for kid in before)


def test_a_key_that_signs_now_is_not_withdrawn_before_it_is_changed(context: Flask) -> None:
    kid = ring.current().publics[0].kid

    assert run(context, "withdraw-key", kid)[0] == 1
    assert run(context, "withdraw-key", "none")[0] == 1
    run(context, "rotate-keys")

    assert run(context, "withdraw-key", kid)[0] == 0
    assert kid not in run(context, "signing-keys")[1]


def test_a_file_is_revoked_by_its_address(context: Flask) -> None:
    ada = make_person()
    earn_passport(ada)
    credential = services.give(ada.id, "flawless", MONDAY)
    db.session.commit()
    address = f"https://academy.example/credentials/{credential.ref}"

    assert run(context, "revoke-credential", "--reason", "Why not.", "--", "nothing")[0] == 1
    assert run(context, "revoke-credential", address, "--reason", "Won by mistake.")[0] == 0

    db.session.refresh(credential)
    assert (credential.standing, credential.end_reason) == (Standing.REVOKED, "Won by mistake.")


def test_fresh_keys_are_printed_and_may_be_given_by_the_environment(
    context: Flask, tmp_path: Path
) -> None:
    _code, printed = run(context, "new-signing-keys")
    given = read(
        {"ACADEMY_HOME": str(tmp_path), "ACADEMY_DEMO": "1", "ACADEMY_SIGNING_KEYS": printed}
    )
    app = create_app(replace(quick(settings(tmp_path)), signing_keys=given.signing_keys))

    with app.app_context():
        assert ring.current() == keys.read_pair(printed)
        assert run(app, "rotate-keys")[0] == 1
    assert not (tmp_path / ring.FILE).exists()


def test_keys_in_the_environment_that_cannot_sign_are_refused_at_start(tmp_path: Path) -> None:
    with pytest.raises(BrokenSetting, match="ACADEMY_SIGNING_KEYS"):
        create_app(replace(quick(settings(tmp_path)), signing_keys="a secret"))
