"""The slip of an order: its code, and a seal that only the academy makes, for a short address to scan."""

import hmac

from flask import current_app

from academy.people import tokens
from academy.post.composing import address
from academy.rewards.shop import codes

SEAL = 10


def slip(number: int) -> str:
    return f"{codes.written(number)}-{_seal(number)}"


def number_on(slip: str) -> int | None:
    """The order of this slip; None when it was made up or mistyped."""
    code, _hyphen, seal = slip.partition("-")
    number = codes.read(code)
    if number is None or not hmac.compare_digest(_seal(number).encode(), seal.encode()):
        return None
    return number


def public_address(number: int) -> str:
    """What the QR code says: short, so that the code stays coarse and any telephone reads it."""
    return address("shop.desk.scanned", slip=slip(number))


def _seal(number: int) -> str:
    secret: str = current_app.config["SECRET_KEY"]
    return tokens.seal(secret, "gift-order", number)[:SEAL]
