"""One Paper Toy on one desk."""

from datetime import datetime

from sqlalchemy import select

from academy.database import db
from academy.passport.toy import services
from academy.passport.toy.choosing import Paper
from academy.passport.toy.crew.people import Character
from academy.passport.toy.palette import Colour
from academy.passport.toy.queries import Choice
from academy.people.models import Person
from academy.people.services import PERSONAS

CAT = Choice(Character.PIXEL, Colour.PINE, Paper.A4)


def print_one(now: datetime) -> None:
    """Karim printed his cat; what has no place on it waits as stickers."""
    karim = db.session.scalar(select(Person).where(Person.email == PERSONAS["learner"]))
    if karim is not None:
        services.print_figure(karim.id, CAT, now)
