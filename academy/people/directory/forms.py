"""The form to grant a role."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, StringField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from academy.people.words import ROLES
from academy.web.incoming import one_line

EVERYWHERE = "company"
ELSEWHERE = "other"


class GrantForm(FlaskForm):
    """The places offered are those above the person; `other` takes any, by its name or key."""

    role = SelectField(
        _("Role"), choices=[SelectChoice(role, words) for role, words in ROLES.items()]
    )
    place = RadioField(_("Where"), [InputRequired(_("Choose where the role holds."))])
    other = StringField(_("Another entity"), [Length(max=120)], filters=[one_line])
    first = DateField(_("From"), [DataRequired(_("Choose the first day."))])
    last = DateField(
        _("To (leave it empty for no end)"),
        [Optional()],
    )
    submit = SubmitField(_("Grant it"))
