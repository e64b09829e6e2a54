"""The four places of the tab bar, and the menu in order of what one wants to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from flask import request, url_for
from flask_babel import gettext as _

CONTENTS = frozenset({"author", "admin"})
STAFF = frozenset({"hr", "admin"})
EVERYBODY = frozenset[str]()


class Reader(Protocol):
    """Who opens the menu: roles with the entity they are held for, None for the whole company."""

    @property
    def roles(self) -> Iterable[tuple[str, int | None]]: ...


@dataclass(frozen=True, slots=True)
class Place:
    endpoint: str
    url: str
    label: str
    icon: str
    also: tuple[str, ...] = ()

    @property
    def current(self) -> bool:
        """Is the page shown in this place (any page of the same feature, or of those it leads to)?"""
        feature = (request.endpoint or "").partition(".")[0]
        return feature in (self.endpoint.partition(".")[0], *self.also)


@dataclass(frozen=True, slots=True)
class Way:
    """A line of the menu, for those who hold one of these roles, wherever or for the whole company."""

    endpoint: str
    label: str
    icon: str
    roles: frozenset[str] = EVERYBODY
    everywhere: bool = False

    @property
    def url(self) -> str:
        return url_for(self.endpoint)

    @property
    def here(self) -> bool:
        return request.endpoint == self.endpoint

    def open_to(self, reader: Reader) -> bool:
        held = {role for role, entity in reader.roles if entity is None or not self.everywhere}
        return not self.roles or not held.isdisjoint(self.roles)


@dataclass(frozen=True, slots=True)
class Ways:
    """Lines that answer one wish."""

    key: str
    title: str
    ways: tuple[Way, ...]


def navigation() -> tuple[Place, ...]:
    return (
        Place("home.home", url_for("home.home"), _("Home"), "home"),
        Place(
            "learning.themes",
            url_for("learning.themes"),
            _("Learn"),
            "learn",
            also=("tracks", "seasons"),
        ),
        Place("daily.minute", url_for("daily.minute"), _("My minute"), "minute"),
        Place("passport.passport", url_for("passport.passport"), _("Passport"), "passport"),
    )


def menu_for(reader: Reader, waits: bool, demo: bool) -> tuple[Ways, ...]:
    """What this reader may open, in groups; who waits for their wave has only what is theirs to set."""
    groups = (_mine(),) if waits else (*_everyday(demo), *_duties(), _mine())
    open_to = (
        Ways(each.key, each.title, tuple(way for way in each.ways if way.open_to(reader)))
        for each in groups
    )
    return tuple(each for each in open_to if each.ways)


def line_here() -> str | None:
    """The page shown, if it is a line of the menu: on all others the menu is the same."""
    return request.endpoint if request.endpoint in _lines() else None


@cache
def _lines() -> frozenset[str]:
    groups = (*_everyday(demo=True), *_duties(), _mine())
    return frozenset(way.endpoint for each in groups for way in each.ways)


def _everyday(demo: bool) -> tuple[Ways, ...]:
    mailbox = (Way("mailbox.mailbox", _("Mailbox"), "mail"),) if demo else ()
    return (
        Ways(
            "learn",
            _("Go on learning"),
            (
                Way("path.path", _("My path"), "compass"),
                Way("learning.bookmarks.kept", _("Kept for later"), "keep"),
                Way("campaigns.mine.campaigns", _("My campaigns"), "clock"),
                Way("regularity.rhythm", _("My rhythm"), "season"),
            ),
        ),
        Ways(
            "won",
            _("See what I won"),
            (
                Way("rewards.awards", _("My badges"), "badge"),
                Way("rewards.history", _("My history"), "history"),
                Way("shop.shelf", _("Gift shop"), "gift"),
            ),
        ),
        Ways(
            "talk",
            _("Talk with others"),
            (
                Way("community.groups.groups", _("Groups"), "group"),
                Way("reports.mine", _("My reports"), "flag"),
                *mailbox,
            ),
        ),
    )


def _duties() -> tuple[Ways, ...]:
    return (
        Ways(
            "follow",
            _("Follow and set going"),
            (
                Way("dashboards.start", _("Figures"), "point", STAFF),
                Way("campaigns.campaigns", _("Campaigns"), "flag", STAFF),
                Way("waves.waves", _("Waves"), "up", STAFF, everywhere=True),
            ),
        ),
        Ways(
            "people",
            _("Look after people"),
            (
                Way("directory.people", _("People"), "key", STAFF),
                Way(
                    "mentoring.organising.programmes",
                    _("Mentoring programmes"),
                    "person",
                    frozenset({"organiser"}),
                ),
                Way("shop.desk.queue", _("Gift desk"), "cup", STAFF | {"host"}),
            ),
        ),
        Ways(
            "contents",
            _("Look after the contents"),
            (
                Way("catalog.log", _("Releases"), "book", CONTENTS),
                Way("reports.queue", _("Problems reported"), "warning", CONTENTS),
                Way("figures.questions", _("How questions do"), "unsure", CONTENTS),
            ),
        ),
    )


def _mine() -> Ways:
    return Ways(
        "mine",
        _("Set what is mine"),
        (
            Way("accounts.account", _("My account"), "person"),
            Way("people.preferences", _("Preferences"), "settings"),
            Way("privacy.my_data", _("What the academy keeps about me"), "info"),
        ),
    )
