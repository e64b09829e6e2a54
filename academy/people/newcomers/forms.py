"""The form that opens an account."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, EmailField, SelectField, StringField, SubmitField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, Length, Optional

from academy.people.forms import ZONES
from academy.people.words import JOBS
from academy.post.mail import is_address
from academy.web.incoming import address, one_line

AS_AT_THE_SITE = ""
ANOTHER = "other"
ALONE: dict[str, Any] = {"autocomplete": "off"}  # the browser must not offer the reader's own name


class NewcomerForm(FlaskForm):
    given_name = StringField(
        _("Given name"),
        [DataRequired(_("Type the given name.")), Length(max=80)],
        filters=[one_line],
        render_kw=ALONE,
    )
    family_name = StringField(
        _("Family name"),
        [DataRequired(_("Type the family name.")), Length(max=80)],
        filters=[one_line],
        render_kw=ALONE,
    )
    email = EmailField(
        _("E-mail at work"),
        [DataRequired(_("Type the e-mail address.")), Length(max=254)],
        filters=[address],
        description=_("The invitation goes there."),
        render_kw=ALONE,
    )
    place = StringField(
        _("Works in"),
        [DataRequired(_("Type the entity.")), Length(max=120)],
        description=_("The name of a team or a site, or its key."),
        render_kw={**ALONE, "list": "places"},
    )
    job = SelectField(
        _("Trade"),
        [DataRequired(_("Choose the trade."))],
        choices=[
            SelectChoice("", _("Choose…")),
            *(SelectChoice(family, words) for family, words in JOBS.items()),
            SelectChoice(ANOTHER, _("Another one, written below")),
        ],
    )
    other_job = StringField(
        _("Another trade"), [Length(max=60)], filters=[one_line], render_kw=ALONE
    )
    manager = EmailField(
        _("E-mail of the manager (if there is one)"),
        [Length(max=254)],
        filters=[address],
        render_kw=ALONE,
    )
    joined_on = DateField(_("Joined on"), [DataRequired(_("Choose the day they join."))])
    language = SelectField(
        _("Language"),
        choices=[SelectChoice("fr", "Français"), SelectChoice("en", "English")],
    )
    zone = SelectField(
        _("Time zone"),
        choices=[
            SelectChoice(AS_AT_THE_SITE, _("That of the site")),
            *(SelectChoice(zone, zone.replace("_", " ")) for zone in ZONES),
        ],
        validators=[Optional(), AnyOf(ZONES, _("Choose a time zone of the list."))],
        validate_choice=False,  # the validator above says what to do instead
    )
    submit = SubmitField(_("Open the account"))

    def validate_email(self, field: EmailField) -> None:
        if not is_address(field.data):
            raise ValidationError(_("That is not an e-mail address: name@company.com."))

    def validate_other_job(self, field: StringField) -> None:
        if self.job.data == ANOTHER and not field.data:
            raise ValidationError(_("Type the trade, or choose one above."))
