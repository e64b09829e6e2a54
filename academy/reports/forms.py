"""The forms of reporting and of deciding."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import RadioField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, Length

from academy.reports.kinds import Outcome, Trouble
from academy.reports.models import LONGEST_WORDS
from academy.reports.words import OUTCOMES, TROUBLES

_short = Length(max=LONGEST_WORDS, message=_("At most %(max)d characters."))


def _tidy(typed: str | None) -> str:
    return (typed or "").replace("\r\n", "\n").strip()


class ReportForm(FlaskForm):
    trouble = RadioField(
        _("What is the matter?"),
        choices=[SelectChoice(trouble, label) for trouble, label in TROUBLES.items()],
        validators=[AnyOf(TROUBLES, _("Say what is the matter: one tick is enough."))],
        validate_choice=False,  # the validator above says what to do instead
    )
    words = TextAreaField(
        _("In your words (if you like)"),
        [_short],
        description=_("Which sentence, which answer? Nobody else’s name is needed."),
        filters=[_tidy],
        render_kw={"rows": 4, "maxlength": LONGEST_WORDS},
    )

    def validate_words(self, field: TextAreaField) -> None:
        if self.trouble.data == Trouble.OTHER and not field.data:
            raise ValidationError(_("Say in a few words what it is: nobody can guess."))


class DecisionForm(FlaskForm):
    outcome = RadioField(
        _("What do you answer?"),
        choices=[SelectChoice(outcome, label) for outcome, label in OUTCOMES.items()],
        validators=[AnyOf(OUTCOMES, _("Say whether it was mended or dismissed."))],
        validate_choice=False,
    )
    note = TextAreaField(
        _("Your words to those who reported it"),
        [
            DataRequired(_("They took the trouble to write: tell them what you did, or why not.")),
            _short,
        ],
        filters=[_tidy],
        render_kw={"rows": 3, "maxlength": LONGEST_WORDS},
    )

    @property
    def chosen(self) -> Outcome:
        return Outcome(self.outcome.data)
