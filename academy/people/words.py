"""Roles, trades and wishes as pages say them."""

from babel import Locale
from flask_babel import lazy_gettext as _

from academy.people.models import Need, Role
from academy.web.words import language

COLOURS = {"auto": _("As on this device"), "light": _("Light"), "dark": _("Dark")}
NEEDS = {
    Need.BLIND: _("seeing a picture"),
    Need.COLOUR_BLIND: _("telling colours apart"),
    Need.MOTOR: _("moving things precisely"),
}
ROLES = {
    Role.MENTOR: _("Mentor"),
    Role.AUTHOR: _("Author"),
    Role.ANIMATOR: _("Community animator"),
    Role.HOST: _("Workshop host"),
    Role.ORGANISER: _("Mentoring organiser"),
    Role.HR: _("Human resources"),
    Role.ADMIN: _("Administration"),
}
JOBS = {
    "management": _("Management"),
    "human-resources": _("Human resources"),
    "marketing": _("Marketing"),
    "it": _("Information technology"),
    "sales": _("Sales"),
    "logistics": _("Logistics"),
    "production": _("Production"),
    "quality": _("Quality"),
    "customer-service": _("Customer service"),
    "finance": _("Finance"),
    "apprenticeship": _("Apprenticeship"),
}


def role_name(role: str) -> str:
    return str(ROLES[Role(role)]) if role in list(Role) else role


def job_name(family: str) -> str:
    """A trade of the usual ones in words; another one as HR wrote it."""
    return str(JOBS.get(family, family))


def language_name(code: str) -> str:
    """How a language is called in the language of the page."""
    return Locale(language()).languages.get(code, code)
