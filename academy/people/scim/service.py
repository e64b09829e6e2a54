"""The SCIM service: what a directory may do, by the scope of its token."""

from scim2_models import ForbiddenException, ResourceType
from scim2_server.requests import ScimRequest
from scim2_server.routing import Operation, Target
from scim2_server.service import ScimService

from academy.people.provisioning.clients import Speaker
from academy.people.scim.storage import PEOPLE

READS = {Operation.query, Operation.search, Operation.search_with_body}


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
