"""What a notice says, in the language of its reader, and where it leads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from academy.notices.kinds import Kind
from academy.notices.queries import Told
from academy.people.words import role_name
from academy.web.words import day, language, moment

KINDS = {
    Kind.BADGE: lazy_gettext("I earn a badge or a medal"),
    Kind.VISA: lazy_gettext("I earn a visa"),
    Kind.PASSPORT: lazy_gettext("I earn the passport"),
    Kind.COMMENT: lazy_gettext("somebody comments on my post"),
    Kind.REPLY: lazy_gettext("somebody answers my question"),
    Kind.CHOSEN: lazy_gettext("my answer is marked as the answer"),
    Kind.REPORT: lazy_gettext("a report waits in a group I animate"),
    Kind.ANSWERED: lazy_gettext("a problem I reported is answered"),
    Kind.ROLE: lazy_gettext("a role is lent to me"),
    Kind.MEETING: lazy_gettext("I am invited to a speed meeting, or it changes"),
    Kind.WISHES: lazy_gettext("I may still say whom I would like in a mentoring programme"),
    Kind.PAIR: lazy_gettext("the pairs of my mentoring programme are known"),
    Kind.PAIR_LIFE: lazy_gettext("something happens in my mentoring pair"),
    Kind.PAIR_CARE: lazy_gettext("a mentoring pair of my programme needs me"),
    Kind.WITHDRAWN: lazy_gettext("an award is withdrawn from me"),
    Kind.GIFT: lazy_gettext("a gift I ordered is ready, refused or about to expire"),
}
ICONS = {
    Kind.BADGE: "badge",
    Kind.VISA: "stamp",
    Kind.PASSPORT: "passport",
    Kind.COMMENT: "group",
    Kind.REPLY: "group",
    Kind.CHOSEN: "check",
    Kind.REPORT: "warning",
    Kind.ANSWERED: "flag",
    Kind.ROLE: "key",
    Kind.MEETING: "season",
    Kind.WISHES: "group",
    Kind.PAIR: "group",
    Kind.PAIR_LIFE: "group",
    Kind.PAIR_CARE: "group",
    Kind.WITHDRAWN: "info",
    Kind.GIFT: "gift",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A notice as it is shown."""

    id: int
    text: str
    icon: str
    at: datetime
    unread: bool


def line(told: Told) -> Line:
    return Line(told.id, said(told), ICONS[Kind(told.kind)], told.at, told.unread)


PAGES = {
    Kind.BADGE: "rewards.awards",
    Kind.WITHDRAWN: "rewards.awards",
    Kind.REPORT: "community.moderation.desk",
    Kind.ANSWERED: "reports.mine",
    Kind.ROLE: "roles.delegations",
    Kind.MEETING: "mentoring.speed.inviting.mine",
    Kind.WISHES: "mentoring.wishes.wishes",
    Kind.PAIR: "mentoring.pairs.mine",
}
"""Where a notice leads; what is not here leads to the passport, or to a message of a group."""
_IN_GROUPS = frozenset({Kind.COMMENT, Kind.REPLY, Kind.CHOSEN})
_OF_A_PROGRAMME = frozenset({Kind.MEETING, Kind.WISHES})
_OF_A_PAIR = frozenset({Kind.PAIR_LIFE, Kind.PAIR_CARE})


def said(told: Told) -> str:
    """One sentence."""
    return SENTENCES[Kind(told.kind)](told)


def target(told: Told) -> tuple[str, dict[str, Any]]:
    """The page it is about: an endpoint and its values."""
    kind, data = Kind(told.kind), told.data
    if kind in _IN_GROUPS:
        after = {"after": data["message"] - 1} if data.get("far") else {}
        place = {"number": data["group"], "post": data["post"], **after}
        return "community.posts.post", {**place, "_anchor": f"message-{data['message']}"}
    if kind in _OF_A_PAIR:
        return _to_pair(data)
    if kind is Kind.GIFT:
        return "shop.order", {"number": data["order"]}
    if kind is Kind.WITHDRAWN and data.get("shown"):
        return "rewards.award", {"award": data["award"]}
    endpoint = PAGES.get(kind, "passport.passport")
    return endpoint, {"number": data["programme"]} if kind in _OF_A_PROGRAMME else {}


def _to_pair(data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The pair's own page; my pairs once a colleague has left; for organisers, the board."""
    if "number" in data:
        return "mentoring.board.board", {"number": data["number"]}
    if data["what"] == "left":
        return "mentoring.pairs.mine", {}
    return "mentoring.pairs.pair", {"number": data["pair"]}


def both(data: dict[str, Any], name: str) -> str:
    """Something kept in both languages, or in the one it was said in."""
    words: dict[str, str] = data.get(name) or {}
    mine, other = ("en", "fr") if language() == "en" else ("fr", "en")
    return words.get(mine) or words.get(other) or ""


def _who(told: Told) -> str:
    return told.actor or _("A colleague who has left")


def _badge(told: Told) -> str:
    title = both(told.data, "title")
    match told.data.get("medal"):
        case "gold":
            return _("You have earned “%(title)s”, in gold.", title=title)
        case "silver":
            return _("You have earned “%(title)s”, in silver.", title=title)
        case "bronze":
            return _("You have earned “%(title)s”, in bronze.", title=title)
        case _:
            return _("You have earned “%(title)s”.", title=title)


def _visa(told: Told) -> str:
    return _("A stamp for your passport: %(title)s.", title=both(told.data, "title"))


def _passport(_told: Told) -> str:
    return _("Your digital passport is issued. Well travelled!")


def _there(told: Told) -> dict[str, str]:
    """By whom, and in which group."""
    return {"who": _who(told), "group": both(told.data, "group_name")}


def _comment(told: Told) -> str:
    if told.count == 1:
        return _("%(who)s commented on your post in “%(group)s”.", **_there(told))
    return ngettext(
        "%(num)s new comment on your post in “%(group)s”, the latest by %(who)s.",
        "%(num)s new comments on your post in “%(group)s”, the latest by %(who)s.",
        told.count,
        **_there(told),
    )


def _reply(told: Told) -> str:
    if told.count == 1:
        return _("%(who)s answered your question in “%(group)s”.", **_there(told))
    return ngettext(
        "%(num)s answer to your question in “%(group)s”, the latest by %(who)s.",
        "%(num)s answers to your question in “%(group)s”, the latest by %(who)s.",
        told.count,
        **_there(told),
    )


def _chosen(told: Told) -> str:
    group = both(told.data, "group_name")
    return _("Your answer in “%(group)s” was marked as the answer. Thank you!", group=group)


def _report(told: Told) -> str:
    return ngettext(
        "%(num)s report waits for the animators of “%(group)s”.",
        "%(num)s reports wait for the animators of “%(group)s”.",
        told.count,
        group=both(told.data, "group_name"),
    )


def _answered(told: Told) -> str:
    if told.data.get("mended"):
        return _("A problem you reported is mended. Thank you!")
    return _("An author has answered a problem you reported.")


def _role(told: Told) -> str:
    return _(
        "%(who)s lends you the role “%(role)s” until %(day)s.",
        who=_who(told),
        role=role_name(told.data["role"]),
        day=day(date.fromisoformat(told.data["last"])),
    )


def _meeting(told: Told) -> str:
    said = {
        "name": both(told.data, "name"),
        "moment": moment(datetime.fromisoformat(told.data["starts_at"])),
    }
    match told.data["cause"]:
        case "promoted":
            return _("“%(name)s”: a chair is free, come to the meeting of %(moment)s.", **said)
        case "changed":
            return _("“%(name)s”: your speed meeting has changed, it is on %(moment)s.", **said)
        case "cancelled":
            return _("“%(name)s”: the speed meeting of %(moment)s is cancelled.", **said)
        case "reminded":
            return _("“%(name)s”: your speed meeting is on %(moment)s.", **said)
        case _:
            return _("“%(name)s”: you are invited to a speed meeting on %(moment)s.", **said)


def _wishes(told: Told) -> str:
    return _(
        "Whom would you like to go on with in “%(programme)s”? You may say so until %(day)s.",
        programme=both(told.data, "name"),
        day=day(date.fromisoformat(told.data["last"])),
    )


def _pair(told: Told) -> str:
    """To both of a pair; or to somebody who has none, with no word on why."""
    programme = both(told.data, "name")
    if told.data["paired"]:
        return _(
            "%(who)s and you are a pair in “%(programme)s”: say hello, and choose a first date.",
            who=_who(told),
            programme=programme,
        )
    return _(
        "Thank you for taking part in “%(programme)s”. There is no pair for you this time; "
        "the organisers keep you in mind, and you stay welcome.",
        programme=programme,
    )


def _pair_life(told: Told) -> str:
    when = told.data.get("day")
    known = {
        "who": _who(told),
        "programme": both(told.data, "programme"),
        "day": day(date.fromisoformat(when)) if when else "",
    }
    return str(PAIR_LIFE[told.data["what"]]) % known


def _pair_care(told: Told) -> str:
    known = {"programme": both(told.data, "programme")}
    return str(PAIR_CARE[told.data["what"]]) % known


PAIR_LIFE = {
    "signed": lazy_gettext("%(who)s has signed the agreement of your pair: your turn."),
    "reread": lazy_gettext("%(who)s proposes another agreement for your pair: read it, then sign."),
    "live": lazy_gettext("You have both signed: the first month of your pair begins."),
    "slots": lazy_gettext("%(who)s proposes times for your next mentoring meeting."),
    "agreed": lazy_gettext("%(who)s accepts the time of your mentoring meeting."),
    "cancelled": lazy_gettext("%(who)s cannot make the time of your mentoring meeting after all."),
    "logged": lazy_gettext("%(who)s has written down your mentoring meeting of %(day)s."),
    "quiet": lazy_gettext(
        "Four weeks without a mentoring meeting written down. It happens: how about proposing a time?"
    ),
    "closed": lazy_gettext("%(who)s has closed your pair with thanks. Your attestation is ready."),
    "over": lazy_gettext("The months of your pair are over: thank you. Your attestation is ready."),
    "parted": lazy_gettext(
        "Your pair in “%(programme)s” has come to an end, and nobody is to blame. "
        "You are free for another one."
    ),
    "left": lazy_gettext(
        "Your pair in “%(programme)s” has come to an end: your colleague is no longer there. "
        "You are free for another one."
    ),
}
PAIR_CARE = {
    "silent": lazy_gettext("A pair of “%(programme)s” has written nothing down for five weeks."),
    "another": lazy_gettext(
        "A pair of “%(programme)s” would like another match. Nobody is to blame, or to be asked why."
    ),
}


def _withdrawn(told: Told) -> str:
    return _(
        "“%(title)s” was withdrawn. Its page says why; every point you earned stays yours.",
        title=both(told.data, "title"),
    )


def _gift(told: Told) -> str:
    gift, what = both(told.data, "gift"), told.data["what"]
    last = day(date.fromisoformat(told.data["last"])) if told.data["last"] else ""
    match what:
        case "ready" if told.data["sort"] == "time":
            return _("“%(gift)s”: agree on a moment before %(day)s.", gift=gift, day=last)
        case "ready":
            return _("“%(gift)s” is ready and waits for you until %(day)s.", gift=gift, day=last)
        case "expiring":
            return _("“%(gift)s” still waits for you, until %(day)s.", gift=gift, day=last)
        case "expired":
            return _("“%(gift)s” was not collected: you have everything back.", gift=gift)
        case "refused":
            why = told.data["reason"]
            return _(
                "“%(gift)s” could not be granted, and is refunded: %(why)s", gift=gift, why=why
            )
        case _:
            return _("“%(gift)s”: it is done. Thank you!", gift=gift)


SENTENCES: dict[Kind, Callable[[Told], str]] = {
    Kind.BADGE: _badge,
    Kind.VISA: _visa,
    Kind.PASSPORT: _passport,
    Kind.COMMENT: _comment,
    Kind.REPLY: _reply,
    Kind.CHOSEN: _chosen,
    Kind.REPORT: _report,
    Kind.ANSWERED: _answered,
    Kind.ROLE: _role,
    Kind.MEETING: _meeting,
    Kind.WISHES: _wishes,
    Kind.PAIR: _pair,
    Kind.PAIR_LIFE: _pair_life,
    Kind.PAIR_CARE: _pair_care,
    Kind.WITHDRAWN: _withdrawn,
    Kind.GIFT: _gift,
}
