"""What is said of providers, and of a sign-in that came to nothing."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from academy.people.signon import doors
from academy.people.signon.troubles import Trouble
from academy.providers import Provider
from academy.web.words import language


@dataclass(frozen=True, slots=True)
class Said:
    status: int
    title: str
    words: str


SAID = {
    Trouble.FORGED: Said(
        400,
        lazy_gettext("This sign-in did not begin here"),
        lazy_gettext(
            "It began in another browser, or it was used already. Nothing was changed: begin again."
        ),
    ),
    Trouble.LATE: Said(
        400,
        lazy_gettext("That took too long"),
        lazy_gettext(
            "A sign-in is good for ten minutes, and once. Nothing was changed: begin again."
        ),
    ),
    Trouble.DECLINED: Said(
        403,
        lazy_gettext("You did not sign in"),
        lazy_gettext(
            "%(provider)s says that the sign-in was stopped, by you or by a rule of your company. "
            "Nothing was changed."
        ),
    ),
    Trouble.UNREACHABLE: Said(
        503,
        lazy_gettext("%(provider)s does not answer"),
        lazy_gettext("It is not you, and nothing is lost. Try again in a minute."),
    ),
    Trouble.UNTRUSTWORTHY: Said(
        502,
        lazy_gettext("The answer of %(provider)s cannot be trusted"),
        lazy_gettext(
            "For your safety you were not signed in, and nothing was changed. Begin again; "
            "if it comes back, tell your administrator the number below."
        ),
    ),
    Trouble.UNVERIFIED: Said(
        403,
        lazy_gettext("%(provider)s does not vouch for your address"),
        lazy_gettext(
            "The academy finds your account by an e-mail address that was verified. "
            "Ask your administrator to have it verified; nothing was changed."
        ),
    ),
    Trouble.ELSEWHERE: Said(
        403,
        lazy_gettext("That address belongs elsewhere"),
        lazy_gettext(
            "%(provider)s named you by an address of another domain than those it speaks for here. "
            "Choose your account at work; nothing was changed."
        ),
    ),
    Trouble.UNKNOWN: Said(
        403,
        lazy_gettext("You have no account here yet"),
        lazy_gettext(
            "%(provider)s knows you, the academy does not. Ask human resources to open an account "
            "at your address at work, then come back."
        ),
    ),
    Trouble.CLOSED: Said(
        403,
        lazy_gettext("This account is closed"),
        lazy_gettext(
            "Nothing in it is lost. If you work here, ask human resources to open it again."
        ),
    ),
    Trouble.TAKEN: Said(
        403,
        lazy_gettext("Another identity opens this account"),
        lazy_gettext(
            "The account of your address was linked to another identity of %(provider)s. "
            "Ask your administrator: they can untie the two. Nothing was changed."
        ),
    ),
    Trouble.NAMELESS: Said(
        403,
        lazy_gettext("%(provider)s does not say what you are called"),
        lazy_gettext(
            "An account needs a first and a last name. Ask human resources to open yours, then come back."
        ),
    ),
    Trouble.UNPLACED: Said(
        403,
        lazy_gettext("%(provider)s does not say where you work"),
        lazy_gettext(
            "An account needs a place in the company. Ask human resources to open yours, then come back."
        ),
    ),
}


def label(provider: Provider) -> str:
    """What people call it, in the language of the page."""
    return provider.said(language())


def told(trouble: Trouble, provider: Provider) -> Said:
    """The words for a trouble with this provider."""
    words = SAID[trouble]
    name = label(provider)
    return Said(
        words.status,
        str(words.title).replace("%(provider)s", name),
        str(words.words).replace("%(provider)s", name),
    )


def instead_words(provider: Provider) -> str:
    """Where people for whom passwords are switched off find their way in."""
    return _("At this address one signs in with %(provider)s.", provider=label(provider))


@dataclass(frozen=True, slots=True)
class Way:
    """A button of the sign-in page."""

    label: str
    address: str


def ways_in(target: str) -> tuple[Way, ...]:
    """One for each provider; where to go after it comes along."""
    return tuple(
        Way(label(each), url_for("signon.begin", provider=each.key, next=target))
        for each in doors.providers()
    )
