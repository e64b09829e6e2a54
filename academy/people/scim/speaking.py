"""What a directory asks, and the answer to it. Loaded when the first directory speaks, never at the start."""

from flask import current_app, request
from scim2_models import SCIMException
from scim2_server.handler import ScimHandler
from scim2_server.requests import ScimRequest
from scim2_server.responses import ScimResponse

from academy import clock
from academy.database import db
from academy.people.provisioning.clients import Speaker
from academy.people.provisioning.facts import Writer
from academy.people.scim.service import Service
from academy.people.scim.shape import PROVIDER
from academy.people.scim.storage import Storage
from academy.people.scim.views import ROOT

BULK = "Bulk"


def answered(path: str, speaker: Speaker) -> ScimResponse:
    """What was asked is done when the caller commits; what is refused is undone here."""
    service = Service(PROVIDER, secret=current_app.secret_key)  # seals cursors with it
    storage = Storage(Writer(speaker.name, clock.now()), several=path.strip("/") == BULK)
    try:
        return ScimHandler(service, storage).handle(_asked(path, speaker))
    except SCIMException as error:
        db.session.rollback()
        return service.error_response(error)


def _asked(path: str, speaker: Speaker) -> ScimRequest:
    return ScimRequest(
        method=request.method,
        base_url=current_app.config["SETTINGS"].public_url + ROOT,
        path=f"/{path}",
        query=request.args.to_dict(),
        headers=list(request.headers.items()),
        body=request.get_data(),
        subject=speaker,
    )
