"""Every request is asked what must be asked of it, whoever registers the question."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Blueprint, Flask, abort

from academy import create_app
from academy.web.guards import public
from tests.conftest import settings
from tests.services.packs import quick


def refuse(*_given: object) -> None:
    abort(418)


@pytest.fixture
def fresh(tmp_path: Path) -> Flask:
    """An academy that no request reached yet: more may be registered."""
    return create_app(quick(settings(tmp_path)))


def test_no_feature_has_checks_of_its_own(fresh: Flask) -> None:
    """Else each request would take Flask's longer way."""
    assert set(fresh.before_request_funcs) == {None}
    assert not fresh.url_value_preprocessors


@pytest.mark.parametrize(
    "register",
    [
        lambda feature: feature.before_request(refuse),
        lambda feature: feature.before_app_request(refuse),
        lambda feature: feature.url_value_preprocessor(refuse),
        lambda feature: feature.app_url_value_preprocessor(refuse),
    ],
    ids=["before_request", "before_app_request", "url_values", "app_url_values"],
)
def test_a_check_that_a_feature_brings_is_asked(
    fresh: Flask, register: Callable[[Blueprint], Any]
) -> None:
    feature = Blueprint("feature", __name__)
    feature.get("/feature")(public(lambda: "open"))
    register(feature)
    fresh.register_blueprint(feature)

    assert fresh.test_client().get("/feature").status_code == 418
