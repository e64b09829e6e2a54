"""Where the SCIM server reads and writes: people and groups, for one directory at one moment."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

from scim2_models import (
    Resource,
    ResourceType,
    ResponseParameters,
    SCIMException,
    SearchRequest,
    UniquenessException,
)
from scim2_server.storage import ScimStorage, SearchPage

from academy.database import db
from academy.people.provisioning.facts import Writer
from academy.people.provisioning.services import Taken
from academy.people.scim import groups, root, users
from academy.refusal import Refusal

PEOPLE = "User"


class Refused(SCIMException):
    """What the academy itself refuses, as the answer to one operation of several."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(detail=str(refusal.words))
        self.status = refusal.status


class Storage(ScimStorage):
    """What is written here is written in the transaction of whoever calls.

    With `several`, each operation is done whole or not at all, whatever becomes of the others.
    """

    supports_cursors = True

    def __init__(self, by: Writer, several: bool = False) -> None:
        self.by, self.several = by, several

    def operation(self) -> AbstractContextManager[None]:
        return _apart() if self.several else nullcontext()

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
            return root.search(search_request, position)
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


@contextmanager
def _apart() -> Iterator[None]:
    """What fails within is undone. The savepoint is left only once everything is written."""
    try:
        with db.session.begin_nested():
            yield
    except Refusal as refusal:
        raise Refused(refusal) from refusal


def _room(resource_type: ResourceType) -> Any:
    return users if resource_type.id == PEOPLE else groups


def _told(taken: Taken) -> UniquenessException:
    return UniquenessException(
        detail="userName or emails: an account has this name or this address already. "
        "Look it up with a filter, and change that one."
    )
