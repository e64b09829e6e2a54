"""The forms of signing in and of preferences."""

from zoneinfo import available_timezones

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    PasswordField,
    SelectField,
    SelectMultipleField,
    SubmitField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from academy.people.password_rules import LONGEST
from academy.people.words import COLOURS, NEEDS

CONTINENTS = (
    "Africa/",
    "America/",
    "Asia/",
    "Atlantic/",
    "Australia/",
    "Europe/",
    "Indian/",
    "Pacific/",
)
ZONES = sorted(zone for zone in available_timezones() if zone.startswith(CONTINENTS))


class SignInForm(FlaskForm):
    email = EmailField(
        _("E-mail at work"),
        [DataRequired(_("Type your e-mail address.")), Length(max=254)],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        _("Password"),
        [DataRequired(_("Type your password.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )
    remember = BooleanField(_("Remember me on this device for 30 days"))
    submit = SubmitField(_("Sign in"))


class PreferencesForm(FlaskForm):
    language = SelectField(
        _("Language"),
        choices=[SelectChoice("fr", "Français"), SelectChoice("en", "English")],
    )
    zone = SelectField(
        _("Time zone"),
        choices=[SelectChoice(zone, zone.replace("_", " ")) for zone in ZONES],
        validators=[AnyOf(ZONES, _("Choose a time zone of the list."))],
        validate_choice=False,  # the validator above says what to do instead
    )
    colour_scheme = SelectField(
        _("Colours"),
        choices=[SelectChoice(scheme, words) for scheme, words in COLOURS.items()],
    )
    needs = SelectMultipleField(
        _("Never ask me questions that need"),
        choices=[SelectChoice(need, words) for need, words in NEEDS.items()],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    submit = SubmitField(_("Save"))
