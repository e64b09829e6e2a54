"""What a notice says, in the language of its reader, and where it leads."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from academy.notices import campaigns, mentoring, shop
from academy.notices.kinds import Kind
from academy.notices.queries import Told
from academy.notices.saying import both, who
from academy.people.words import role_name
from academy.web.words import day

KINDS = {
    Kind.BADGE: lazy_gettext("I earn a badge or a medal, or reach a level"),
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
    Kind.CAMPAIGN: lazy_gettext("a campaign concerns me, or its deadline nears"),
    Kind.BACKUP: lazy_gettext("the academy I administer could not be backed up"),
    Kind.ORDERS: lazy_gettext("orders of gifts wait for my decision"),
    Kind.WAVE: lazy_gettext("the academy opens to me"),
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
    Kind.CAMPAIGN: "flag",
    Kind.BACKUP: "warning",
    Kind.ORDERS: "gift",
    Kind.WAVE: "star",
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
    Kind.ORDERS: "shop.desk.queue",
    Kind.WAVE: "home.home",
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
    if kind is Kind.CAMPAIGN:
        return campaigns.page(data)
    if kind is Kind.BACKUP:
        return "auditing.log", {"act": "backup-failed"}
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


def _badge(told: Told) -> str:
    title = both(told.data, "title")
    if told.data.get("kind") == "level":
        return _("You have reached a level: %(title)s.", title=title)
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


def _wave(_told: Told) -> str:
    return _("The academy is open to you. Welcome!")


def _there(told: Told) -> dict[str, str]:
    """By whom, and in which group."""
    return {"who": who(told), "group": both(told.data, "group_name")}


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
        who=who(told),
        role=role_name(told.data["role"]),
        day=day(date.fromisoformat(told.data["last"])),
    )


def _withdrawn(told: Told) -> str:
    return _(
        "“%(title)s” was withdrawn. Its page says why; every point you earned stays yours.",
        title=both(told.data, "title"),
    )


def _backup(told: Told) -> str:
    night = day(date.fromisoformat(told.data["night"]))
    return _("The backup of %(day)s failed. The audit log says why.", day=night)


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
    Kind.MEETING: mentoring.meeting,
    Kind.WISHES: mentoring.wishes,
    Kind.PAIR: mentoring.pair,
    Kind.PAIR_LIFE: mentoring.pair_life,
    Kind.PAIR_CARE: mentoring.pair_care,
    Kind.WITHDRAWN: _withdrawn,
    Kind.GIFT: shop.gift,
    Kind.CAMPAIGN: campaigns.campaign,
    Kind.BACKUP: _backup,
    Kind.ORDERS: shop.orders,
    Kind.WAVE: _wave,
}
