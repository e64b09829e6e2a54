"""Where the SCIM server reads and writes: people and groups, for one directory at one moment."""

from typing import Any

from scim2_models import (
    NotImplementedException,
    Resource,
    ResourceType,
    ResponseParameters,
    SearchRequest,
    UniquenessException,
)
from scim2_server.storage import ScimStorage, SearchPage

from academy.people.provisioning.facts import Writer
from academy.people.provisioning.services import Taken
from academy.people.scim import groups, users

PEOPLE = "User"


class Storage(ScimStorage):
    """What is written here is written in the transaction of whoever calls."""

    supports_cursors = True

    def __init__(self, by: Writer) -> None:
        self.by = by

    def get(
        self,
        resource_type: ResourceType,
        resource_id: str,
        *,
        response_parameters: ResponseParameters[Any] | None = None,
    ) -> Resource[Any]:
        if resource_type.id == PEOPLE:
            return users.get(resource_id)
        return groups.get(resource_id, response_parameters)

    def search(
        self,
        resource_types: list[ResourceType],
        search_request: SearchRequest[Any],
        *,
        position: Any = None,
    ) -> SearchPage:
        if len(resource_types) > 1:
            raise NotImplementedException(detail="Search people or groups, not both at once.")
        room = users if resource_types[0].id == PEOPLE else groups
        return room.search(search_request, position)

    def create(self, resource_type: ResourceType, resource: Resource[Any]) -> Resource[Any]:
        try:
            return _room(resource_type).create(resource, self.by)
        except Taken as taken:
            raise _told(taken) from taken

    def update(
        self,
        resource_type: ResourceType,
        resource: Resource[Any],
        *,
        expected_version: str | None = None,
    ) -> Resource[Any]:
        try:
            return _room(resource_type).update(resource, expected_version, self.by)
        except Taken as taken:
            raise _told(taken) from taken

    def delete(
        self, resource_type: ResourceType, resource_id: str, *, expected_version: str | None = None
    ) -> None:
        _room(resource_type).delete(resource_id, expected_version, self.by)


def _room(resource_type: ResourceType) -> Any:
    return users if resource_type.id == PEOPLE else groups


def _told(taken: Taken) -> UniquenessException:
    return UniquenessException(
        detail="userName or emails: an account has this name or this address already. "
        "Look it up with a filter, and change that one."
    )
