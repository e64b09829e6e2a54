"""The form that takes a file to verify."""

from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, FileField, SubmitField
from wtforms.validators import Length

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
