"""A campaign that runs: the passport for everybody, three weeks old, with a month to go."""

from datetime import datetime, timedelta

from academy.database import db
from academy.hr.campaigns import jobs, services
from academy.hr.campaigns.rules import Move, Population
from academy.hr.campaigns.services import Plan
from academy.people.models import Person

AGO = timedelta(days=21)
TO_GO = timedelta(days=30)


def run_campaign(hr: Person, now: datetime) -> None:
    """Everybody was told when it began; nobody has been reminded yet."""
    began = now - AGO
    plan = Plan(
        {
            "name_fr": "Le passeport pour tous",
            "name_en": "A passport for everybody",
            "message_fr": (
                "Nos clients, nos ateliers et nos bureaux parlent de plus en plus numérique.\n"
                "Le passeport nous donne une langue commune. Il se prend par petits bouts, sur le temps "
                "de travail."
            ),
            "message_en": (
                "Our customers, workshops and offices speak more and more digital.\n"
                "The passport gives us one language. It is earned in small pieces, in working hours."
            ),
            "mandatory": True,
            "goal": "passport",
            "goal_key": "passport",
            "goal_days": 0,
            "starts_on": began.date(),
            "due_on": (now + TO_GO).date(),
            "grace_days": 7,
            "reminders": [14, 7, 1],
        },
        Population(),
    )
    number = services.create(plan, "seed-passport", hr.id, began)
    services.move(number, 1, Move.ANNOUNCE, hr.id, began, began.date())
    db.session.commit()
    jobs.look_after(began)
    jobs.look_after(now)
