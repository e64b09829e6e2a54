"""What a token may read."""

from enum import StrEnum

from flask_babel import lazy_gettext as _


class Scope(StrEnum):
    PEOPLE = "people:read"
    COMPLETION = "completion:read"
    AWARDS = "awards:read"
    VERIFICATION = "verification:read"


SCOPES = {
    Scope.PEOPLE: _("People: staff number, name, entity, trade, account open or closed"),
    Scope.COMPLETION: _(
        "Completion: the figures of groups, and campaigns; with People, the names of what is mandatory"
    ),
    Scope.AWARDS: _("Awards: what there is, and what somebody’s passport attests"),
    Scope.VERIFICATION: _("Verification: where a passport or a credential stands"),
}
"""In words of the page where tokens are made."""
