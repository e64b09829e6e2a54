"""The forms by which administrators connect a directory and explain its words."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, HiddenField, SelectField, StringField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from academy.people.models import Role
from academy.people.provisioning.models import LONGEST_NAME, LONGEST_WORD
from academy.people.words import JOBS, ROLES
from academy.web.incoming import one_line

NOTHING = ""
TIED = tuple(role for role in Role if role != Role.ADMIN)
"""Nobody becomes an administrator by being in a group."""


class ConnectForm(FlaskForm):
    name = StringField(
        _("Name"),
        [
            DataRequired(_("Give the directory a name, so that you know it again.")),
            Length(max=LONGEST_NAME),
        ],
        filters=[one_line],
        description=_("As the audit log will say it: Entra ID, Okta…"),
        render_kw={"autocomplete": "off"},
    )
    people = BooleanField(_("It may open, change and close accounts"), default=True)
    groups = BooleanField(_("It may write groups"))
    ends_on = DateField(
        _("Last day of the token"),
        [DataRequired(_("Choose the last day."))],
        description=_("Two years at most. Make a new token before it is over."),
    )
    once = HiddenField(validators=[Length(min=32, max=32)])
    submit = SubmitField(_("Make the token"))


class WordForm(FlaskForm):
    """A department is an entity; a title is a trade: one of the two is filled in."""

    word = StringField(
        _("The directory’s word"),
        [DataRequired(_("Type the word as the directory writes it.")), Length(max=LONGEST_WORD)],
        filters=[one_line],
        description=_("A department, a division or a title."),
        render_kw={"autocomplete": "off", "list": "unknown"},
    )
    place = StringField(
        _("Here, this entity"),
        [Length(max=120)],
        filters=[one_line],
        render_kw={"autocomplete": "off", "list": "places"},
    )
    job = SelectField(
        _("Or this trade"),
        choices=[
            SelectChoice(NOTHING, _("None")),
            *(SelectChoice(family, words) for family, words in JOBS.items()),
        ],
        validators=[Optional()],
    )
    submit = SubmitField(_("Keep it"))


class TieForm(FlaskForm):
    role = SelectField(
        _("Role of its members"),
        choices=[
            SelectChoice(NOTHING, _("None")),
            *(SelectChoice(role, ROLES[role]) for role in TIED),
        ],
    )
    submit = SubmitField(_("Set"))
