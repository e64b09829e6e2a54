"""Asking for a way back in, and sending it."""

import hashlib
from datetime import datetime, timedelta

from academy.people.accounts import queries
from academy.people.accounts import services as accounts
from academy.people.accounts.queries import Keys
from academy.people.signon import doors
from academy.post import mail
from academy.post import services as post
from academy.post.composing import compose
from academy.post.mail import Reader
from academy.post.services import AHEAD
from academy.web import throttle
from academy.web.throttle import Limit

FORGOTTEN = "forgotten-password"
AN_HOUR = timedelta(hours=1)
# Many colleagues share one address at the edge of the company network.
PER_ACCOUNT = Limit("forgot", 3, AN_HOUR)
PER_ADDRESS = Limit("forgot-from", 100, AN_HOUR)


def may_ask(address: str, at: datetime) -> bool:
    """Count a request from this network address; False when there were too many."""
    return throttle.allow(PER_ADDRESS, address, at)


def ask(email: str, at: datetime) -> None:
    """Note that somebody at this address forgot a password. Whether it has an account is found out later.

    So the same statements run for every address, known or not, and the answer takes the same time. A
    fourth request within the hour is not noted, and nobody is told.
    """
    email = email.strip().lower()
    if not throttle.allow(PER_ACCOUNT, email, at):
        return
    who = hashlib.sha256(email.encode()).hexdigest()[:32]
    post.put(FORGOTTEN, {"email": email}, f"forgot:{who}:{at:%Y%m%d%H%M}", at - AHEAD)


def answer(email: str, once: str, at: datetime) -> bool:
    """Send the link, if this address has an open account that a password opens; else False."""
    keys = queries.keys_at(email)
    if keys is None or not doors.password_opens(keys.person_id, keys.email, at.date()):
        return False
    send_link(keys, once, at)
    return True


def send_link(keys: Keys, once: str, at: datetime) -> bool:
    """Put the mail that lets this person choose a password; False when this `once` was put before."""
    token = accounts.reset_token(keys, at)
    words = compose("password_reset", keys.language, name=keys.given_name, token=token)
    to = Reader(keys.email, keys.given_name, keys.person_id)
    return mail.put(to, words, f"{once}:link", at, due_at=at - AHEAD)
