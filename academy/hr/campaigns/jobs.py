"""What the worker does for campaigns: begin and end them, take people in, count, tell."""

from datetime import UTC, datetime, timedelta

from flask import Flask

from academy import database
from academy.database import db
from academy.hr.campaigns import figures, progress, queries, telling
from academy.hr.campaigns.rules import LIVE, State
from academy.post import jobs

KEPT = timedelta(days=365)


def init_app(app: Flask) -> None:
    """The outbox and the clock are there already."""
    jobs.every(app, look_after, minute="*/5")
    jobs.every(app, forget, hour="4", minute="50")


def look_after(at: datetime) -> int:
    """Every campaign that lives, or was withdrawn and not told yet; gives how many people were told.

    Killed in the middle, or run twice at once, it tells nobody twice and counts the same.
    """
    today, told = at.astimezone(UTC).date(), 0
    for number in queries.to_look_after():
        progress.turn(number, at, today)
        campaign = queries.campaign(number)
        db.session.rollback()
        if campaign is None:
            continue
        if campaign.state in LIVE:
            progress.enrol(campaign, today)
        if campaign.state in (*LIVE, State.ENDED):
            progress.move_deadlines(campaign)
            progress.mark_done(campaign, today)
            figures.count(campaign, today)
            progress.note_count(number, at)
        told += telling.tell(campaign, at, today)
    database.may_write()
    return told


def forget(at: datetime) -> None:
    """A year after a campaign ended, nobody knows any more whom it concerned."""
    database.about_to_write()
    progress.forget(at - KEPT)
    db.session.commit()
