"""What notices of campaigns say."""

from datetime import date
from typing import Any

from flask_babel import gettext as _

from academy.notices.queries import Told
from academy.notices.saying import both
from academy.web.words import day


def campaign(told: Told) -> str:
    said = {"name": both(told.data, "name"), "day": day(date.fromisoformat(told.data["last"]))}
    match told.data["what"]:
        case "reminded":
            return _("“%(name)s”: there is time until %(day)s.", **said)
        case "withdrawn":
            return _("“%(name)s” is withdrawn: nothing is expected of you any more.", **said)
        case _:
            return _("“%(name)s” concerns you, until %(day)s.", **said)


def page(data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The campaign; the list of mine once it is withdrawn."""
    if data["what"] == "withdrawn":
        return "campaigns.mine.campaigns", {}
    return "campaigns.mine.campaign", {"number": data["campaign"]}
