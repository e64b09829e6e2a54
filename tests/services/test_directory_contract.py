"""The storage keeps the promises that scim2-server asks of every storage, on both databases."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from scim2_models import Resource, ResourceType, ScimProvider
from scim2_server.testing import ENTERPRISE, SEARCH_USERS, ScimStorageContract

from academy.people.provisioning.facts import Writer
from academy.people.scim.shape import PROVIDER
from academy.people.scim.storage import Storage
from tests.conftest import MONDAY


class Completing(Storage):
    """The contract sends people without an address; ours need one, so each gets one."""

    def create(self, resource_type: ResourceType, resource: Resource[Any]) -> Resource[Any]:
        return super().create(resource_type, _completed(resource))


def _completed(resource: Any) -> Any:
    if resource.__class__.__name__.startswith("Group") or resource.emails:
        return resource
    whole = resource.model_copy(deep=True)
    address = f"{uuid4().hex}@aurore.example"
    return whole.__class__.model_validate(
        {**whole.model_dump(), "emails": [{"value": address, "type": "work"}]}
    )


class TestStorage(ScimStorageContract):
    """Somebody else's tests: searching, sorting, cursors, versions; those of what we refuse are skipped."""

    @pytest.fixture
    def provider(self) -> ScimProvider:
        return PROVIDER

    @pytest.fixture
    def storage(self, context: Flask) -> Iterator[Storage]:
        with PROVIDER:  # as in every request: what is not declared is let pass
            yield Completing(Writer("Contract", MONDAY))

    def search_users(self) -> list[dict[str, Any]]:
        return [
            {key: value for key, value in user.items() if key != ENTERPRISE}
            for user in SEARCH_USERS
        ]
