"""What the worker does at night: a backup, and old ones go."""

import logging
from datetime import date, datetime
from pathlib import Path

from flask import Flask, current_app

from academy import clock
from academy.backups import nights, services
from academy.backups.keeping import Rule
from academy.database import db
from academy.post import jobs
from academy.settings import Settings

log = logging.getLogger(__name__)


def init_app(app: Flask, config: Settings) -> None:
    """Each hour, so that a night that was missed or failed is made up for."""
    if config.backups is not None:
        services.passphrase(config)
        jobs.every(app, back_up_tonight, minute="5")


def back_up_tonight(at: datetime) -> None:
    """Once a night, whoever tries twice."""
    config: Settings = current_app.config["SETTINGS"]
    night = nights.due(at, config.backup_hour)
    if config.backups is None or night is None:
        return
    ours = nights.take(night, at)
    db.session.commit()
    if ours:
        _back_up(config, config.backups, night, at)


def _back_up(config: Settings, folder: Path, night: date, at: datetime) -> None:
    try:
        made = services.back_up(config, folder, at)
        nights.made(night, made, clock.now())
        db.session.commit()
        gone = services.prune(folder, Rule(*config.backups_kept))
    except Exception as error:  # a disk, a server, a tool: whatever it is, somebody must hear of it
        db.session.rollback()
        log.exception("the backup of %s failed", night)
        nights.failed(night, f"{type(error).__name__}: {error}", clock.now())
        db.session.commit()
        return
    log.info("backup %s: %s bytes; %s old ones are gone", made.file.name, made.size, len(gone))
