"""The SCIM service: what a directory may do, by the scope of its token, and how often."""

from typing import Any

from scim2_models import (
    BulkOperation,
    ForbiddenException,
    Resource,
    ResourceType,
    SCIMException,
)
from scim2_server.requests import ScimRequest
from scim2_server.routing import Operation, Target
from scim2_server.service import ScimService

from academy import clock
from academy.people.provisioning import clients
from academy.people.provisioning.clients import Speaker
from academy.people.scim.storage import PEOPLE

READS = {Operation.query, Operation.search, Operation.search_with_body}


class TooManyRequests(SCIMException):
    """The operations of a bulk request are counted like requests."""

    status = 429
    _default_detail = "Too many requests: wait, then go on."


class Service(ScimService):
    """Reading is open to every token; writing to those that may."""

    def authorize(self, request: ScimRequest, target: Target, resource_type: ResourceType) -> None:
        speaker: Speaker = request.subject
        if target.operation in READS:
            return
        about_people = resource_type.id == PEOPLE
        if not (speaker.writes_people if about_people else speaker.writes_groups):
            what = "people" if about_people else "groups"
            raise ForbiddenException(detail=f"This token may not write {what}.")

    def authorize_bulk_operation(
        self,
        request: ScimRequest,
        operation: BulkOperation[Resource[Any]],
        resource_type: ResourceType | None,
    ) -> None:
        if not clients.heard(request.subject, clock.now()):
            raise TooManyRequests
        super().authorize_bulk_operation(request, operation, resource_type)

    def bulk_failure(self, outcome: dict[str, Any], exception: Exception) -> dict[str, Any]:
        """What nobody expected is no answer to one operation: nothing of the request is kept."""
        if not isinstance(exception, SCIMException):
            raise exception
        return super().bulk_failure(outcome, exception)
