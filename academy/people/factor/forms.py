"""The forms that ask for codes."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import StringField, SubmitField, ValidationError
from wtforms.validators import DataRequired, Length

from academy.people.accounts.forms import present_password
from academy.people.factor import rules


def _code() -> StringField:
    """Spaces between the digits do not matter."""
    return StringField(
        _("Code of six digits"),
        [DataRequired(_("Type the code that your application shows.")), Length(max=40)],
        filters=[lambda typed: rules.tidy(typed) if typed else typed],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


class CodeForm(FlaskForm):
    code = _code()
    submit = SubmitField(_("Sign in"))

    def validate_code(self, field: StringField) -> None:
        if not rules.is_code(field.data):
            raise ValidationError(_("A code has six digits."))


class ConfirmForm(CodeForm):
    submit = SubmitField(_("Turn it on"))


class BeginForm(FlaskForm):
    present = present_password()
    submit = SubmitField(_("Begin"))


class OffForm(CodeForm):
    present = present_password()
    submit = SubmitField(_("Turn it off"))


class RenewForm(CodeForm):
    present = present_password()
    submit = SubmitField(_("Make ten new codes"))


class RecoveryForm(FlaskForm):
    code = StringField(
        _("Recovery code"),
        [DataRequired(_("Type one of your recovery codes.")), Length(max=40)],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    submit = SubmitField(_("Sign in"))
