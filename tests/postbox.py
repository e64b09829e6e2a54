"""Reading the mail that the academy wrote in a test."""

import re

from flask import Flask, has_app_context
from sqlalchemy import select

from academy import database
from academy.database import db
from academy.post import jobs
from academy.post.models import PostedMail

LINK = re.compile(r"https://academy\.example(/\S+)")


def mails(app: Flask) -> list[PostedMail]:
    """Empty the outbox; everything that has ever arrived, in order. What was not committed is let go."""
    if has_app_context():
        db.session.rollback()
    with app.app_context():
        database.may_write()
        jobs.drain()
        return list(db.session.scalars(select(PostedMail).order_by(PostedMail.id)))


def link(mail: PostedMail) -> str:
    """The path of the first link in a mail."""
    found = LINK.search(mail.text)
    assert found is not None, mail.text
    return found[1].rstrip(">")
