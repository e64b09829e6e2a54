"""What human resources write of a campaign."""

from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DateField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from academy.hr.campaigns import whom, words
from academy.hr.campaigns.models import LONGEST_MESSAGE, Campaign
from academy.hr.campaigns.queries import Offered
from academy.hr.campaigns.rules import (
    LONGEST,
    MOST_GRACE,
    MOST_MINUTES,
    REMINDERS,
    GoalKind,
    Population,
)
from academy.hr.campaigns.whom import WhomForm, name_field
from academy.web.fields import Ticks, wrong

MANDATORY, VOLUNTARY = "mandatory", "voluntary"


def _message(label: object) -> TextAreaField:
    said = DataRequired(_("Say why, in both languages."))
    return TextAreaField(label, [said, Length(max=LONGEST_MESSAGE)], render_kw={"rows": 4})


def _date(label: object, *validators: Any) -> DateField:
    return DateField(label, list(validators) or [DataRequired(_("Choose a day."))])


class CampaignForm(WhomForm):
    name_fr = name_field(_("Name in French"))
    name_en = name_field(_("Name in English"))
    message_fr = _message(_("Message in French"))
    message_en = _message(_("Message in English"))
    sort = RadioField(
        _("Invitation or duty"),
        choices=[
            SelectChoice(
                VOLUNTARY,
                _("An invitation: you see rounded figures of groups, never who takes part"),
            ),
            SelectChoice(
                MANDATORY, _("Mandatory, and told: you see names with done, not yet or paused")
            ),
        ],
        default=VOLUNTARY,
    )
    goal = SelectField(_("Goal"))
    goal_days = IntegerField(
        _("On how many working days"),
        [Optional(), NumberRange(1, MOST_MINUTES, _("Type a number from 1 to 60."))],
        description=_("For the minute alone: days of the campaign on which they did it."),
    )
    starts_on = _date(_("First day"))
    due_on = _date(_("Deadline"))
    grace_days = IntegerField(
        _("Days of grace"),
        [
            InputRequired(_("Type a number, 0 for none.")),
            NumberRange(0, MOST_GRACE, _("Type a number from 0 to 60.")),
        ],
        default=0,
        description=_(
            "After the deadline it goes on quietly for so long. Nobody is reminded then."
        ),
    )
    reminders = Ticks(
        _("Reminders, so many days before the deadline"),
        coerce=int,
        choices=[SelectChoice(days, str(days)) for days in REMINDERS],
        default=[7, 1],
        description=_("To those who are not there yet, outside their quiet hours and their leave."),
    )

    def __init__(self, offered: Offered, **data: Any) -> None:
        super().__init__(offered, **data)
        self.goal.choices = [SelectChoice(key, said) for key, said in words.goals()]

    def columns(self) -> dict[str, Any]:
        kind, _colon, key = self.goal.data.partition(":")
        minutes = kind == GoalKind.MINUTES
        same = (self.name_fr, self.name_en, self.starts_on, self.due_on, self.grace_days)
        return {
            **{each.short_name: each.data for each in same},
            "message_fr": self.message_fr.data.strip(),
            "message_en": self.message_en.data.strip(),
            "mandatory": self.sort.data == MANDATORY,
            "goal": kind,
            "goal_key": "" if minutes else key or kind,
            "goal_days": self.goal_days.data if minutes else 0,
            "reminders": sorted(self.reminders.data, reverse=True),
        }

    def mistakes(self) -> Iterator[bool]:
        first, last = self.starts_on.data, self.due_on.data
        days = (last - first).days + 1 if first and last else None
        yield wrong(
            self.due_on, days is not None and days < 1, _("This day comes before the first one.")
        )
        yield wrong(
            self.due_on,
            days is not None and days > LONGEST.days,
            _("That is more than a year. Choose an earlier day."),
        )
        yield from self._goal_mistakes(days)
        yield from super().mistakes()

    def _goal_mistakes(self, days: int | None) -> Iterator[bool]:
        wanted = self.goal_days.data if self.goal.data == GoalKind.MINUTES else None
        missing = self.goal.data == GoalKind.MINUTES and not wanted and not self.goal_days.errors
        yield wrong(self.goal_days, missing, _("Say on how many days."))
        many = wanted is not None and days is not None and wanted > days > 0
        yield wrong(self.goal_days, many, _("There are not so many days until the deadline."))


def as_form(found: Campaign, takes: Population, entities: list[str]) -> dict[str, Any]:
    """A campaign as the form shows it."""
    columns = {column.name: getattr(found, column.name) for column in Campaign.__table__.c}
    return {
        **columns,
        "version": str(found.version),
        "sort": MANDATORY if found.mandatory else VOLUNTARY,
        "goal": found.aim.said,
        "goal_days": found.goal_days or None,
        **whom.as_form(takes, entities),
    }
