"""Whom a campaign or a wave takes, as human resources write it: the part their forms share."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from academy.community.once import token
from academy.hr.campaigns import words
from academy.hr.campaigns.models import LONGEST_NAME
from academy.hr.campaigns.queries import Offered
from academy.hr.campaigns.reaching import SEES
from academy.hr.campaigns.rules import Population
from academy.people.directory import desk
from academy.people.directory.services import NoSuchEntity
from academy.people.words import job_name, language_name
from academy.web.fields import Ticks, lines, version_of, wrong
from academy.web.incoming import one_line

TONGUES = ("fr", "en")
MOST_ENTITIES = 12


@dataclass(frozen=True, slots=True)
class Typed:
    """The entities that were typed in, or why they cannot be."""

    entities: tuple[int, ...] = ()
    wrong: str = ""


def name_field(label: object) -> StringField:
    return StringField(
        label,
        [DataRequired(_("Give it a name in both languages.")), Length(max=LONGEST_NAME)],
        filters=[one_line],
        render_kw={"autocomplete": "off"},
    )


class WhomForm(FlaskForm):
    """Conditions on people. `version` is what the form was filled from, `token` tells it from another."""

    entities = TextAreaField(
        _("Entities"),
        [Length(max=1600)],
        description=_("One on each line, with all below it. Left empty: the whole company."),
        render_kw={"rows": 3, "autocomplete": "off"},
    )
    jobs = Ticks(_("Trades"))
    contracts = Ticks(_("Contracts"))
    shifts = Ticks(_("Shifts"))
    countries = Ticks(_("Countries of their site"))
    languages = Ticks(_("Languages in which they read"))
    joined_from = DateField(_("Joined from"), [Optional()])
    joined_until = DateField(_("Joined until"), [Optional()])
    version = HiddenField(default="0")
    token = HiddenField(default=token, validators=[Length(max=40)])

    def __init__(self, offered: Offered, **data: Any) -> None:
        super().__init__(**data)
        self.jobs.choices = [SelectChoice(job, job_name(job)) for job in offered.trades]
        self.contracts.choices = [SelectChoice(each, each) for each in offered.contracts]
        self.shifts.choices = [SelectChoice(each, each) for each in offered.shifts]
        self.countries.choices = [
            SelectChoice(code, words.country(code)) for code in offered.countries
        ]
        self.languages.choices = [SelectChoice(code, language_name(code)) for code in TONGUES]

    def accepted(self) -> bool:
        """Was it sent and is it right? Every mistake is said, not only the first."""
        return self.is_submitted() and all([self.validate(), self.is_coherent()])

    def is_coherent(self) -> bool:
        return not any(list(self.mistakes()))

    def mistakes(self) -> Iterator[bool]:
        early, late = self.joined_from.data, self.joined_until.data
        yield wrong(
            self.joined_until,
            bool(early and late and late < early),
            _("This day comes before the one they joined from."),
        )
        yield wrong(
            self.entities,
            len(lines(self.entities.data)) > MOST_ENTITIES,
            _("At most 12 entities. Name those above them."),
        )

    def population(self) -> Population | None:
        """Whom it takes, once all that was written is right; the form says what is not."""
        right, typed = self.accepted(), self._typed()
        if typed.wrong:
            self.entities.errors = [*self.entities.errors, typed.wrong]
        return self._whom(typed.entities) if right and not typed.wrong else None

    def written(self) -> int:
        """The version this form was filled from; 0 for what cannot be one."""
        return version_of(self.version)

    def _whom(self, entities: tuple[int, ...]) -> Population:
        return Population(
            entities,
            tuple(self.jobs.data),
            tuple(self.countries.data),
            tuple(self.languages.data),
            self.joined_from.data,
            self.joined_until.data,
            tuple(self.contracts.data),
            tuple(self.shifts.data),
        )

    def _typed(self) -> Typed:
        wanted = lines(self.entities.data)
        if not wanted:
            everywhere = desk.my_reach(*SEES).everywhere
            needed = gettext("You look after a part of the company: type which entities.")
            return Typed(wrong="" if everywhere else needed)
        try:
            yours = gettext("“%(entity)s” is not within your reach.")
            found = [
                desk.entity_of_mine(each, yours % {"entity": each}, *SEES).id for each in wanted
            ]
        except (NoSuchEntity, desk.OutOfReach) as no:
            return Typed(wrong=str(no.words))
        return Typed(tuple(sorted(set(found))))


def as_form(whom: Population, entities: list[str]) -> dict[str, Any]:
    """A population as the form shows it."""
    return {
        "entities": "\n".join(entities),
        "jobs": list(whom.jobs),
        "contracts": list(whom.contracts),
        "shifts": list(whom.shifts),
        "countries": list(whom.countries),
        "languages": list(whom.languages),
        "joined_from": whom.joined_from,
        "joined_until": whom.joined_until,
    }
