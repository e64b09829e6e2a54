"""The forms of an import."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, FileField, HiddenField, IntegerField, RadioField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, Length, Optional

from academy.people.importing.models import Kind
from academy.people.importing.words import KINDS

ACCEPTED = ".csv,.txt,.tsv,.xlsx"


class UploadForm(FlaskForm):
    kind = RadioField(
        _("What is in the file"),
        [AnyOf([kind.value for kind in Kind], _("Choose what is in the file."))],
        choices=[SelectChoice(kind.value, words) for kind, words in KINDS.items()],
        default=Kind.PEOPLE.value,
        validate_choice=False,  # the validator above says what to do instead
    )
    file = FileField(
        _("The file"),
        description=_("CSV or XLSX, up to 48 MB; the first row holds the headings."),
        render_kw={"accept": ACCEPTED},
    )
    token = HiddenField(validators=[Length(max=64)])
    submit = SubmitField(_("Read it"))


class ReadingForm(FlaskForm):
    """How to read what the columns say; the columns themselves are drawn by hand."""

    month_first = BooleanField(_("Dates say the month first: 01/31/2026"))
    complete = BooleanField(
        _("This list is complete: whoever works in my entities and is not in it has left"),
    )
    submit = SubmitField(_("Try it out"))


class ConfirmForm(FlaskForm):
    without_wrong = BooleanField(_("Apply the right rows, without the wrong ones"))
    invite = BooleanField(_("Send every newcomer the invitation, with a link to choose a password"))
    leaving = IntegerField(
        _("How many people leave"),
        [Optional()],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )
    submit = SubmitField(_("Apply it"))
