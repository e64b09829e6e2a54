"""What stands in somebody's booklet."""

from dataclasses import replace
from datetime import datetime

from flask import current_app, url_for
from flask_babel import gettext as _

from academy import clock
from academy.passport import queries
from academy.passport.booklet.contents import Contents, Holder, contents
from academy.passport.links import queries as links
from academy.passport.links.queries import Shown
from academy.people import queries as people
from academy.rewards import shown


def of(person_id: int, name: str, zone: str, at: datetime) -> Contents:
    """What was certified, once it is; before, what is held today. What is on the way is today's in both."""
    held, mine = links.my_passport(person_id), shown.collection(person_id)
    today = clock.day_in(zone, at)
    coming = tuple(each for each in mine.visas if not each.granted_on)
    place = people.workplace(person_id)
    holder = Holder(
        name=name,
        entity=f"{place.entity}, {place.site}" if place else "",
        company=current_app.config["SETTINGS"].company,
        since=clock.day_in(zone, queries.joined_at(person_id) or at),
        issued_on=None,
        code="",
        address="",
        without_code=_("Not issued yet: a page to fill, one quiz at a time."),
    )
    if held is None:
        return contents(holder, mine.visas, mine.attested, today)
    said = queries.certified(held.certificate)
    issued = replace(
        _with_proof(holder, held, at),
        name=said.holder,
        entity=said.entity,
        company=said.company or holder.company,
        issued_on=held.certificate.issued_on,
    )
    won = {each.key for each in said.visas}
    still = tuple(each for each in coming if each.key not in won)
    return contents(issued, (*said.visas, *still), said.awards, today)


def _with_proof(holder: Holder, held: Shown, at: datetime) -> Holder:
    """The code and where it leads; only a word where its holder has closed it."""
    if not held.is_live(at):
        closed = _("This code is closed: whoever scans it sees nothing.")
        return replace(holder, without_code=closed)
    code = held.certificate.code
    path = url_for("passport.verification", code=code)
    return replace(holder, code=code, address=current_app.config["SETTINGS"].public_url + path)
