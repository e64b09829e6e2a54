"""The short code of an order, to be said at the desk: its number, and a sign that catches slips. Pure.

Consonants and a 2, so that no word appears, without look-alikes. The last sign is a Luhn mod N check. The
code opens nothing: only the desk can read it, and the page it leads to names the person.
"""

ALPHABET = "BCDFGHJKMNPQRSTVWXZ2"
BASE = len(ALPHABET)
SHORTEST, LONGEST = 5, 15


def written(number: int) -> str:
    """The code of this order: at least four signs and the check."""
    signs = ""
    while number or len(signs) < SHORTEST - 1:
        number, place = divmod(number, BASE)
        signs = ALPHABET[place] + signs
    return signs + _check(signs)


def read(typed: str) -> int | None:
    """The number behind what was typed, spaces, hyphens and small letters forgiven; None for a slip."""
    signs = "".join(sign for sign in typed.upper() if sign not in " -")
    if not SHORTEST <= len(signs) <= LONGEST or not set(signs) <= set(ALPHABET):
        return None
    if _check(signs[:-1]) != signs[-1]:
        return None
    number = 0
    for sign in signs[:-1]:
        number = number * BASE + ALPHABET.index(sign)
    return number if written(number) == signs else None


def _check(body: str) -> str:
    total = 0
    for place, sign in enumerate(reversed(body)):
        value = ALPHABET.index(sign) * (2 - place % 2)
        total += value // BASE + value % BASE
    return ALPHABET[-total % BASE]
