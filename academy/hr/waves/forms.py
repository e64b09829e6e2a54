"""What human resources write of a wave, and of the decision to open it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from academy.community.once import token
from academy.hr.campaigns import whom
from academy.hr.campaigns.queries import Offered
from academy.hr.campaigns.whom import WhomForm, name_field
from academy.hr.waves import words
from academy.hr.waves.models import LONGEST_REASON
from academy.hr.waves.queries import Declared
from academy.hr.waves.rules import Verdict
from academy.hr.waves.services import Decision
from academy.web.fields import wrong


class WaveForm(WhomForm):
    """`first` asks to be sure: from the first wave on, nobody else comes in."""

    name_fr = name_field(_("Name in French"))
    name_en = name_field(_("Name in English"))
    opens_on = DateField(
        _("Planned opening"),
        [Optional()],
        description=_(
            "Those who wait read this day. It opens nothing by itself: you do. Left empty: not yet known."
        ),
    )
    understood = BooleanField(
        _(
            "From now on the academy opens by waves: whoever has come in before stays in, and everybody "
            "else waits for an open wave."
        )
    )

    def __init__(self, offered: Offered, first: bool = False, **data: Any) -> None:
        super().__init__(offered, **data)
        self._first = first

    @property
    def is_first(self) -> bool:
        return self._first

    def columns(self) -> dict[str, Any]:
        return {each.short_name: each.data for each in (self.name_fr, self.name_en, self.opens_on)}

    def mistakes(self) -> Iterator[bool]:
        unsaid = self._first and not self.understood.data
        yield wrong(self.understood, unsaid, _("Tick this to declare the first wave."))
        yield from super().mistakes()


def as_form(found: Declared, entities: list[str]) -> dict[str, Any]:
    """A wave as the form shows it."""
    wave = found.wave
    return {
        "name_fr": wave.name_fr,
        "name_en": wave.name_en,
        "opens_on": wave.opens_on,
        "version": str(wave.version),
        **whom.as_form(found.whom, entities),
    }


class DecisionForm(FlaskForm):
    verdict = RadioField(
        _("The decision"),
        choices=[SelectChoice(each.value, words.VERDICTS[each]) for each in Verdict],
        validators=[DataRequired(_("Choose go or wait."))],
    )
    wait_until = DateField(_("Wait until (if you know)"), [Optional()])
    reason = TextAreaField(
        _("Why"),
        [
            DataRequired(_("Say why: it is read when it is asked later.")),
            Length(max=LONGEST_REASON),
        ],
        description=_(
            "Whoever looks after the whole company reads it, with your name and the day. Name nobody."
        ),
        render_kw={"rows": 3},
    )
    token = HiddenField(default=token, validators=[Length(max=40)])

    def decided(self, today: date) -> Decision | None:
        """What was decided, once all of it is right; the form says what is not."""
        if not self.validate_on_submit():
            return None
        waits, until = self.verdict.data == Verdict.WAIT, self.wait_until.data
        past = bool(waits and until and until <= today)
        if wrong(self.wait_until, past, _("Choose a day to come.")):
            return None
        return Decision(
            Verdict(self.verdict.data), self.reason.data.strip(), until if waits else None
        )
