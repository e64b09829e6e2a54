"""Notices by mail: a letter that looks, when it is about to leave, whether it still should, and when."""

from datetime import datetime, timedelta

from flask_babel import force_locale

from academy import clock
from academy.notices import queries, quiet, stopping
from academy.notices.kinds import EVEN_READ, Kind
from academy.notices.queries import Post
from academy.notices.services import put_letter
from academy.notices.words import KINDS, said
from academy.people.workdays import queries as workdays
from academy.post import mail
from academy.post.composing import Composed, address, compose
from academy.post.mail import Reader

LATEST = timedelta(days=3)
"""The worker was away, or the outbox closed, for longer than that: it would be no news any more."""


def send(number: int, due_at: datetime, at: datetime) -> None:
    """Mail this notice, now or when quiet hours are over; not to whoever has read it or wants no more."""
    found = queries.to_mail(number)
    if found is None or not _is_worth_it(found) or at - due_at > LATEST:
        return
    calendar = workdays.calendar_of(found.person_id, clock.day_in(found.zone, at))
    leaves_at = quiet.may_leave(at, found.zone, found.quiet, calendar)
    if leaves_at is None:
        return
    if leaves_at > at:
        once = f"notice:{number}:{leaves_at:%Y%m%d%H%M}"
        put_letter(number, found.person_id, once, leaves_at)
        return
    kind = found.told.kind
    stop = stopping.link(found.person_id, kind, at)
    to = Reader(found.email, found.given_name, found.person_id)
    mail.put(to, written(found, stop), f"notice-mail:{number}", at, unsubscribe=stop)


def _is_worth_it(found: Post) -> bool:
    return found.wanted and (found.told.unread or Kind(found.told.kind) in EVEN_READ)


def written(found: Post, stop: str) -> Composed:
    """The notice in words, in its reader's language."""
    with force_locale(found.language):
        sentence, when = said(found.told), str(KINDS[Kind(found.told.kind)])
    return compose(
        "notice",
        found.language,
        given_name=found.given_name,
        sentence=sentence,
        when=when,
        open=address("notices.open", number=found.told.id),
        stop=stop,
    )
