"""The four places of the tab bar."""

from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext as _


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
