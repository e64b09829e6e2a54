"""Why a sign-in through a provider came to nothing. Pure."""

from enum import StrEnum


class Trouble(StrEnum):
    """Each has words on a page; nothing was changed by any of them."""

    FORGED = "forged"  # no such sign-in began in this browser, or it was used already
    LATE = "late"  # it began too long ago
    DECLINED = "declined"  # the person, or the provider, said no
    UNREACHABLE = "unreachable"  # the provider does not answer
    UNTRUSTWORTHY = "untrustworthy"  # its answer does not hold
    UNVERIFIED = "unverified"  # it does not vouch for the address
    ELSEWHERE = "elsewhere"  # the address is of no domain of this provider
    UNKNOWN = "unknown"  # nobody here has this address
    CLOSED = "closed"  # the account is closed
    TAKEN = "taken"  # the account belongs to another identity of this provider
    NAMELESS = "nameless"  # it does not say what a newcomer is called
    UNPLACED = "unplaced"  # it does not say where a newcomer works


class SignOnRefused(Exception):
    """The sign-in ends here. `detail` is for the log: a word of ours, never of a person."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(trouble, detail)
        self.trouble = trouble
        self.detail = detail
