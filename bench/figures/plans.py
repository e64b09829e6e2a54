"""Campaigns and waves of the made-up company, announced and opened; nobody is written to."""

from datetime import date, timedelta

from sqlalchemy import update

from academy import clock
from academy.database import db
from academy.hr.campaigns import figures, progress, queries, services
from academy.hr.campaigns.models import CampaignMember
from academy.hr.campaigns.rules import GoalKind, Move, Population
from academy.hr.campaigns.services import Plan
from academy.hr.waves import services as waves
from academy.hr.waves.rules import Move as Step
from academy.hr.waves.rules import Verdict
from bench.figures.telling import measured
from bench.morning.place import Place


def campaigns(place: Place, day: date) -> list[int]:
    """A mandatory one and a voluntary one, both for everybody."""
    found = []
    for mandatory in (True, False):
        now = clock.now()
        name = "Passport for all" if mandatory else "A passport, if you like"
        columns = {
            **{"name_fr": name, "name_en": name, "message_fr": "", "message_en": ""},
            **{"mandatory": mandatory, "goal": GoalKind.PASSPORT.value, "goal_key": "passport"},
            **{"starts_on": day, "due_on": day + timedelta(days=60), "reminders": [7]},
        }
        number = services.create(Plan(columns, Population()), name, 1, now)
        services.move(number, 1, Move.ANNOUNCE, 1, now, day)
        db.session.commit()
        with measured(f"{name}: first look", place.postmaster):
            _look(number, day)
        found.append(number)
    return found


def _look(number: int, day: date) -> None:
    campaign = queries.campaign(number)
    assert campaign is not None
    for step in (progress.enrol, progress.mark_done, figures.count):
        for _batch in step(campaign, day):
            db.session.commit()
    told = update(CampaignMember).where(CampaignMember.campaign_id == number).values(told_on=day)
    db.session.execute(told)
    progress.note_count(number, clock.now())
    db.session.commit()
    db.session.remove()


def wave(day: date) -> int:
    """Of half the company, opened; gives its number."""
    names = {"name_fr": "Vague 1", "name_en": "Wave 1", "opens_on": None}
    plan = waves.Plan(names, Population((2, 3, 4, 5, 6)))
    number = waves.declare(plan, "1", 1, clock.now())
    waves.decide(number, waves.Decision(Verdict.GO, "Ready."), "go", 1, clock.now())
    waves.move(number, 1, Step.OPEN, 1, clock.now(), day)
    db.session.commit()
    db.session.remove()
    return number
