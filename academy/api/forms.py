"""The form by which administrators make a token."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, HiddenField, StringField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from academy.api.scopes import SCOPES
from academy.people.clients.models import LONGEST_NAME
from academy.web.fields import Ticks
from academy.web.incoming import one_line


class TokenForm(FlaskForm):
    """Without an entity the token is for the whole company: its administrators alone may leave it out."""

    name = StringField(
        _("Name"),
        [
            DataRequired(_("Give the system a name, so that you know it again.")),
            Length(max=LONGEST_NAME),
        ],
        filters=[one_line],
        description=_("As the audit log will say it: payroll, intranet…"),
        render_kw={"autocomplete": "off"},
    )
    scopes = Ticks(
        _("It may read"),
        [DataRequired(_("Choose what it may read."))],
        choices=[SelectChoice(scope, words) for scope, words in SCOPES.items()],
    )
    place = StringField(
        _("Within this entity, and all under it"),
        [Length(max=120)],
        filters=[one_line],
        render_kw={"autocomplete": "off", "list": "places"},
    )
    ends_on = DateField(
        _("Last day of the token"),
        [DataRequired(_("Choose the last day."))],
        description=_("Two years at most. Make a new token before it is over."),
    )
    once = HiddenField(validators=[Length(min=32, max=32)])
    submit = SubmitField(_("Make the token"))
