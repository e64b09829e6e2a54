"""What notices of the gift shop say."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import ngettext

from academy.notices.queries import Told
from academy.notices.saying import both
from academy.web.words import day


def gift(told: Told) -> str:
    name, what = both(told.data, "gift"), told.data["what"]
    last = day(date.fromisoformat(told.data["last"])) if told.data["last"] else ""
    match what:
        case "ready" if told.data["sort"] == "time":
            return _("“%(gift)s”: agree on a moment before %(day)s.", gift=name, day=last)
        case "ready":
            return _("“%(gift)s” is ready and waits for you until %(day)s.", gift=name, day=last)
        case "expiring":
            return _("“%(gift)s” still waits for you, until %(day)s.", gift=name, day=last)
        case "expired":
            return _("“%(gift)s” was not collected: you have everything back.", gift=name)
        case "refused":
            why = told.data["reason"]
            return _(
                "“%(gift)s” could not be granted, and is refunded: %(why)s", gift=name, why=why
            )
        case _:
            return _("“%(gift)s”: it is done. Thank you!", gift=name)


def orders(told: Told) -> str:
    return ngettext(
        "%(num)s order waits for your decision in the gift shop.",
        "%(num)s orders wait for your decision in the gift shop.",
        told.data["orders"],
    )
