"""What a person and a group are in SCIM here. What the academy does not need, it does not even read.

Attributes that are not declared (telephone numbers, addresses, photos) are let pass and forgotten.
"""

from typing import Annotated, Any

from pydantic import Field, field_validator
from scim2_models import (
    URN,
    AuthenticationScheme,
    Bulk,
    CaseExact,
    ChangePassword,
    ComplexAttribute,
    ETag,
    Extension,
    Filter,
    Mutability,
    Pagination,
    Patch,
    Reference,
    Required,
    Resource,
    ResourceType,
    ScimPolicy,
    ScimProvider,
    ServiceProviderConfig,
    Sort,
    Uniqueness,
)
from scim2_models.resources.resource import AnyExtension

from academy.web.exchange import BODY_LIMIT

PAGE = 100
LARGEST_PAGE = 200
CURSOR_SECONDS = 3600
MOST_OPERATIONS = 20
"""Of a bulk request: they are one transaction, and meanwhile nobody else writes to SQLite."""


class Name(ComplexAttribute):
    """How the person is called."""

    formatted: str | None = None
    """The whole name, as it is displayed."""

    family_name: str | None = None
    """The family name."""

    given_name: str | None = None
    """The given name."""


class Email(ComplexAttribute):
    """An address. Of several, one is kept: the primary one, else that of work, else the first."""

    value: Annotated[str | None, Required.true] = None
    """The address: with it the person signs in, and there the academy writes."""

    type: str | None = None
    """What the address is for: 'work', 'home'."""

    primary: bool | None = None
    """Whether it is the preferred one."""


class Membership(ComplexAttribute):
    """A group of the person."""

    value: Annotated[str | None, Mutability.read_only, CaseExact.true] = None
    """The identifier of the group."""

    ref: Annotated[Reference["Group"] | None, Mutability.read_only] = Field(
        None, serialization_alias="$ref", validation_alias="$ref"
    )
    """The address of the group."""

    display: Annotated[str | None, Mutability.read_only] = None
    """The name of the group."""


class User(Resource[AnyExtension]):
    """A person at work."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:User")

    user_name: Annotated[str | None, Uniqueness.server, Required.true] = None
    """What the directory calls the person; capitals do not matter."""

    name: Name | None = None
    """How the person is called."""

    display_name: str | None = None
    """The name to display; read when there is no other."""

    title: str | None = None
    """The title at work, from which the trade is read."""

    preferred_language: str | None = None
    """The language of a new account, French or English; the person chooses from then on."""

    active: bool | None = None
    """Whether the account is open. When it becomes false, access ends at once."""

    emails: Annotated[list[Email] | None, Required.true] = None
    """The address of the person."""

    groups: Annotated[list[Membership] | None, Mutability.read_only] = None
    """The groups of the person."""


class Manager(ComplexAttribute):
    """Who manages the person."""

    value: Annotated[str | None, CaseExact.true] = None
    """The identifier of the manager."""

    ref: Reference["User"] | None = Field(  # type: ignore[type-arg]  # named before it is made
        None, serialization_alias="$ref", validation_alias="$ref"
    )
    """The address of the manager."""


class EnterpriseUser(Extension):
    """Where the person works, and under whom."""

    __schema__ = URN("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")

    organization: str | None = None
    """The organisation; read when neither department nor division is known."""

    division: str | None = None
    """The division; read when the department is not known."""

    department: str | None = None
    """The department, from which the entity is read."""

    manager: Manager | None = None
    """Who manages the person."""

    @field_validator("manager", mode="before")
    @classmethod
    def _as_entra_sends_it(cls, said: Any) -> Any:
        """A plain identifier, or a list with one manager in it, is a manager too."""
        if isinstance(said, list):
            said = said[0] if said else None
        return {"value": said} if isinstance(said, str) else said


class Member(ComplexAttribute):
    """A person in a group."""

    value: Annotated[str | None, Mutability.immutable, CaseExact.true] = None
    """The identifier of the person."""

    ref: Annotated[Reference["User"] | None, Mutability.immutable] = Field(  # type: ignore[type-arg]  # likewise
        None, serialization_alias="$ref", validation_alias="$ref"
    )
    """The address of the person."""


class Group(Resource[Any]):
    """A group of people; an administrator may tie it to a role."""

    __schema__ = URN("urn:ietf:params:scim:schemas:core:2.0:Group")

    display_name: Annotated[str | None, Required.true] = None
    """The name of the group."""

    members: list[Member] | None = None
    """The people of the group."""


Someone = User[EnterpriseUser]

CONFIG = ServiceProviderConfig(
    patch=Patch(supported=True),
    bulk=Bulk(supported=True, max_operations=MOST_OPERATIONS, max_payload_size=BODY_LIMIT),
    filter=Filter(supported=True, max_results=LARGEST_PAGE),
    change_password=ChangePassword(supported=False),
    sort=Sort(supported=True),
    etag=ETag(supported=True),
    pagination=Pagination(
        cursor=True,
        index=True,
        default_pagination_method=Pagination.DefaultPaginationMethod.index,
        default_page_size=PAGE,
        max_page_size=LARGEST_PAGE,
        cursor_timeout=CURSOR_SECONDS,
    ),
    authentication_schemes=[
        AuthenticationScheme(
            type=AuthenticationScheme.Type.oauthbearertoken,
            name="Bearer token",
            description="A token made by an administrator of the academy, sent in the Authorization header.",
            spec_uri=Reference("https://www.rfc-editor.org/info/rfc6750"),
            primary=True,
        )
    ],
)

AS_DIRECTORIES_SPEAK = ScimPolicy(
    unknown=ScimPolicy.Unknown.ignore,
    remove_value_as_filter=ScimPolicy.RemoveValue.apply,
    unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create,
)
"""Entra ID and Okta send more than is declared, and PATCH in ways of their own."""

PROVIDER = ScimProvider(
    models=[User, EnterpriseUser, Group],
    resource_types=[ResourceType.from_resource(Someone), ResourceType.from_resource(Group)],
    config=CONFIG,
    policy=AS_DIRECTORIES_SPEAK,
)
