"""Doors for machines: readiness for whoever sends people here, figures for whoever draws them."""

import hmac

from flask import Blueprint, Flask, Response, current_app, request
from flask.typing import ResponseReturnValue

from academy import clock
from academy.settings import Settings
from academy.watch import figures, readiness
from academy.watch.readiness import Readiness
from academy.web.guards import client_only, public

probes = Blueprint("watch", __name__)
metrics = Blueprint("metrics", __name__)


@probes.get("/ready")
@public
def ready() -> ResponseReturnValue:
    """For load balancers: 503, and why, while people should be sent elsewhere."""
    here: Readiness = current_app.extensions[readiness.EXTENSION]
    reason = here.reason()
    return ({"status": "no", "reason": reason}, 503) if reason else {"status": "ready"}


def with_token() -> ResponseReturnValue | None:
    """Those who show the token of the settings."""
    settings: Settings = current_app.config["SETTINGS"]
    shown = request.headers.get("Authorization", "")
    if hmac.compare_digest(shown.encode(), f"Bearer {settings.metrics_token}".encode()):
        return None
    return Response("", 401, {"WWW-Authenticate": "Bearer"})


@metrics.get("/metrics")
@client_only(with_token)
def exposition() -> ResponseReturnValue:
    """For Prometheus: nothing in it tells one person from another."""
    return Response(figures.exposition(clock.now()), content_type=figures.CONTENT_TYPE)


def init_app(app: Flask, config: Settings) -> None:
    """Without a token there are no figures, and no such address."""
    readiness.init_app(app, config.stopping_file)
    app.register_blueprint(probes)
    if config.metrics_token:
        app.register_blueprint(metrics)
