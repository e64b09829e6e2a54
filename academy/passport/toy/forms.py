"""The form that chooses a figure."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf

from academy.passport.toy.choosing import Paper
from academy.passport.toy.crew.people import Character, figure
from academy.passport.toy.palette import Colour
from academy.passport.toy.queries import Choice, Won
from academy.passport.toy.words import COLOURS, NAMES, PAPERS, title


class ToyForm(FlaskForm):
    """What to print, as it stands on the page; the awards listed are those held."""

    character = RadioField(
        lazy_gettext("Who"),
        choices=[SelectChoice(each, NAMES[each]) for each in Character],
        validators=[AnyOf(list(Character), lazy_gettext("Choose one of the figures."))],
        validate_choice=False,  # the validator above says what to do instead
    )
    colour = RadioField(
        lazy_gettext("Colour"),
        choices=[SelectChoice(each, COLOURS[each]) for each in Colour],
        validators=[AnyOf(list(Colour), lazy_gettext("Choose one of the colours."))],
        validate_choice=False,
    )
    paper = RadioField(
        lazy_gettext("Paper"),
        choices=[SelectChoice(each, PAPERS[each]) for each in Paper],
        validators=[AnyOf(list(Paper), lazy_gettext("Choose a size of paper."))],
        validate_choice=False,
    )
    awards = SelectMultipleField(lazy_gettext("What it wears"), validate_choice=False)

    def offer(self, held: tuple[Won, ...]) -> None:
        """The awards to choose from."""
        self.awards.choices = [SelectChoice(won.award.key, title(won)) for won in held]

    def validate_awards(self, field: Any) -> None:
        """No more than there are places; what is not held is left aside when it is printed."""
        if self.character.data not in set(Character):
            return
        places = len(figure(Character(self.character.data), Colour.SEA).places)
        if len(set(field.data or ())) > places:
            raise ValidationError(
                gettext("This figure has %(places)d places: choose as many at most.", places=places)
            )

    def wanted(self, held: tuple[Won, ...]) -> Choice:
        chosen = set(self.awards.data or ())
        return Choice(
            Character(self.character.data),
            Colour(self.colour.data),
            Paper(self.paper.data),
            tuple(won.award.key for won in held if won.award.key in chosen),
        )


def filled(choice: Choice) -> ToyForm:
    """The form that says what was chosen last."""
    return ToyForm(
        formdata=None,
        data={
            "character": choice.character,
            "colour": choice.colour,
            "paper": choice.paper,
            "awards": list(choice.awards),
        },
    )
