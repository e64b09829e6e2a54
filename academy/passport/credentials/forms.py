"""The forms that take a file to verify, and that say what goes into a record."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, FileField, SubmitField
from wtforms.validators import Length, ValidationError

from academy.passport.credentials.subjects import Part
from academy.web.incoming import address


class UploadForm(FlaskForm):
    file = FileField(
        _("Credential, or picture that carries one"),
        render_kw={"accept": ".json,.jsonld,.jwt,.txt,.png,.svg"},
    )
    email = EmailField(
        _("E-mail address of the holder (optional)"),
        [Length(max=254, message=_("At most %(max)d characters."))],
        filters=[address],
        render_kw={"autocomplete": "off"},
    )
    submit = SubmitField(_("Verify"))


class RecordForm(FlaskForm):
    class Meta:
        csrf = False  # the page's own token: one for all its forms

    visas = BooleanField(_("My visas"))
    awards = BooleanField(_("My badges and medals"))

    def validate_awards(self, field: BooleanField) -> None:
        """One of them at least."""
        if not field.data and not self.visas.data:
            raise ValidationError(_("Choose what goes into the record."))

    def part(self) -> Part:
        if self.visas.data and self.awards.data:
            return Part.ALL
        return Part.VISAS if self.visas.data else Part.AWARDS
