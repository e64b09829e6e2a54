"""The forms of passwords and addresses."""

from flask import current_app
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from wtforms import EmailField, PasswordField, SubmitField, ValidationError
from wtforms.validators import DataRequired, EqualTo, Length

from academy.people.accounts.queries import Keys
from academy.people.password_rules import LONGEST, SHORTEST, Flaw, flaw
from academy.post.mail import is_address
from academy.web.incoming import address

MEND = {
    Flaw.SHORT: _(
        "Take at least %(count)s signs: three or four words in a row do very well.", count=SHORTEST
    ),
    Flaw.LONG: _("Take at most %(count)s signs.", count=LONGEST),
    Flaw.COMMON: _(
        "That is one of the first things a stranger would try. Take words that do not belong together."
    ),
    Flaw.OWN_WORDS: _(
        "That is your name, your address, or a word of your company, with little else. Take words that have "
        "nothing to do with either."
    ),
    Flaw.OWN_ADDRESS: _("That is your address. Take something nobody reads on your mails."),
}


class NewPasswordForm(FlaskForm):
    """Whose password it is, `belongs_to` says: it must not be made of what everybody knows of them."""

    email = ""
    words: tuple[str, ...] = ()

    password = PasswordField(
        _("New password"),
        [DataRequired(_("Type the new password."))],
        description=_("At least ten signs. A short sentence is easier to keep than a riddle."),
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        _("The same, once more"),
        [EqualTo("password", _("These two are not the same. Type them once more."))],
        render_kw={"autocomplete": "new-password"},
    )
    submit = SubmitField(_("Change my password"))

    def belongs_to(self, keys: Keys) -> None:
        settings = current_app.config["SETTINGS"]
        self.email = keys.email
        self.words = (
            *(keys.given_name, keys.family_name),
            *(settings.company, *settings.password_words),
        )

    def validate_password(self, field: PasswordField) -> None:
        found = flaw(field.data, self.email, self.words)
        if found is not None:
            raise ValidationError(MEND[found])


def present_password() -> PasswordField:
    return PasswordField(
        _("Present password"),
        [DataRequired(_("Type your present password.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )


class PasswordForm(NewPasswordForm):
    present = present_password()


class AddressForm(FlaskForm):
    email = EmailField(
        _("New e-mail address"),
        [DataRequired(_("Type the new address.")), Length(max=254)],
        filters=[address],
        render_kw={"autocomplete": "email"},
    )
    present = present_password()
    submit = SubmitField(_("Send the link"))

    def validate_email(self, field: EmailField) -> None:
        if not is_address(field.data):
            raise ValidationError(_("This does not look like an address: name@company.com."))
