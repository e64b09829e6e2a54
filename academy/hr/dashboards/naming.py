"""What the ways to tell people apart, and the groups they make, are called."""

from collections.abc import Iterable, Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from sqlalchemy import select

from academy.database import db
from academy.hr.rollup.cuts import WAVE
from academy.hr.waves.models import Wave
from academy.people.words import job_name
from academy.web.words import language

CUTS = {
    "job": lazy_gettext("By trade"),
    "language": lazy_gettext("By language"),
    "seniority": lazy_gettext("By years in the company"),
    "contract": lazy_gettext("By contract"),
    "shift": lazy_gettext("By shift"),
    WAVE: lazy_gettext("By wave"),
}
VALUES = {
    ("language", "fr"): lazy_gettext("French"),
    ("language", "en"): lazy_gettext("English"),
    ("seniority", "under-1"): lazy_gettext("Under a year"),
    ("seniority", "1-to-5"): lazy_gettext("1 to 5 years"),
    ("seniority", "5-to-15"): lazy_gettext("5 to 15 years"),
    ("seniority", "over-15"): lazy_gettext("Over 15 years"),
    (WAVE, ""): lazy_gettext("Before the waves, or in none yet"),
}


def wave_names(cuts: Iterable[str]) -> dict[str, str]:
    """By value, in their order, each name once; one statement if one of these cuts is that of waves."""
    if WAVE not in set(cuts):
        return {}
    found: dict[str, str] = {}
    columns = (Wave.id, Wave.name_fr, Wave.name_en)
    for number, french, english in db.session.execute(
        select(*columns).order_by(Wave.place, Wave.id)
    ):
        name = french if language() == "fr" else english
        again = name in found.values()
        found[str(number)] = f"{name} ({len(found) + 1})" if again else name
    return found


def value_name(cut: str, value: str, waves: Mapping[str, str]) -> str:
    """`waves` are those of `wave_names`."""
    if cut == "job" and value:
        return job_name(value)
    if cut == WAVE and value:
        return waves.get(value) or _("A wave that is no more")
    return str(VALUES.get((cut, value)) or value or _("Not said"))
