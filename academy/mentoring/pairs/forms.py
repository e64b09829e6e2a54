"""What the two of a pair agree on."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from academy.mentoring.pairs.models import LONGEST_PLACE, LONGEST_THANKS, Rhythm
from academy.mentoring.pairs.queries import Seen
from academy.mentoring.pairs.services import Agreed
from academy.mentoring.pairs.words import RHYTHMS
from academy.web.incoming import one_line

MOST_DIGITS = 9


class AgreementForm(FlaskForm):
    rhythm = RadioField(
        _("How often we meet"),
        [DataRequired(_("Choose how often."))],
        choices=[SelectChoice(each, RHYTHMS[each]) for each in Rhythm],
        description=_("At least once a month, by the calendar of your pair."),
    )
    place = StringField(
        _("Where we meet, or how"),
        [
            DataRequired(_("Say where: a room, a café, a call.")),
            Length(max=LONGEST_PLACE, message=_("At most %(max)d characters.")),
        ],
        filters=[one_line],
        render_kw={"autocomplete": "off"},
    )
    signed = BooleanField(
        _("I sign the code of conduct, and what we agree here"),
        [DataRequired(_("Read the code, then tick this: it is your signature."))],
    )
    version = HiddenField(default="0")

    def __init__(self, found: Seen, **data: Any) -> None:
        said = {"rhythm": found.pair.rhythm or Rhythm.MONTHLY, "place": found.pair.place}
        super().__init__(data={**said, "version": str(found.pair.version)}, **data)

    def agreed(self) -> Agreed:
        return Agreed(self.rhythm.data, self.place.data)

    def read(self) -> int:
        """The version this form was filled from; 0 for what cannot be one."""
        typed = self.version.data or ""
        return (
            int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= MOST_DIGITS else 0
        )


class ThanksForm(FlaskForm):
    words = TextAreaField(
        _("A kind word, if you like"),
        [Length(max=LONGEST_THANKS, message=_("At most %(max)d characters."))],
        filters=[lambda typed: (typed or "").strip()],
        render_kw={"rows": 3},
    )

    def __init__(self, found: Seen, **data: Any) -> None:
        super().__init__(prefix="thanks-", data={"words": found.thanks}, **data)
