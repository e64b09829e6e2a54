"""What the worker does for campaigns: begin and end them, take people in, count, tell."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib import import_module
from typing import Any

from flask import Flask

from academy import database
from academy.database import db
from academy.hr.campaigns import progress, queries, telling
from academy.hr.campaigns.models import Campaign
from academy.hr.campaigns.rules import LIVE, State
from academy.post import jobs


def init_app(app: Flask) -> None:
    """The outbox and the clock are there already."""
    jobs.every(app, look_after, minute="*/5")


def look_after(at: datetime) -> int:
    """Every campaign that lives, or was withdrawn and not told yet; gives how many people were told.

    Killed in the middle, or run twice at once, it tells nobody twice and counts the same.
    """
    today, told = at.astimezone(UTC).date(), 0
    for number in queries.to_look_after():
        database.about_to_write()
        progress.turn(number, at, today)
        db.session.commit()
        campaign = queries.campaign(number)
        db.session.rollback()
        if campaign is not None:
            _count(campaign, at, today)
            told += _kept(telling.tell(campaign, at, today))
    database.may_write()
    return told


def _count(campaign: Campaign, at: datetime, today: date) -> None:
    """Not a withdrawn one, of which nothing is counted any more."""
    if campaign.state == State.WITHDRAWN:
        return
    if campaign.state in LIVE:
        _kept(progress.enrol(campaign, today))
    _kept(progress.move_deadlines(campaign))
    _kept(progress.mark_done(campaign, today))
    figures: Any = import_module("academy.hr.campaigns.figures")  # numpy, which no page needs
    _kept(figures.count(campaign, today))
    database.about_to_write()
    progress.note_count(campaign.id, at)
    db.session.commit()


def _kept(batches: Iterator[int]) -> int:
    """Each batch is a transaction; gives how many rows or people there were in all."""
    total = 0
    for each in batches:
        db.session.commit()
        total += each
    return total
