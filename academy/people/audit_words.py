"""Administrative acts as the audit page says them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from academy.people.audit import Act
from academy.people.calendar import Span
from academy.people.words import role_name
from academy.people.workdays.words import days, weekdays
from academy.web.words import day

ACTS = {
    Act.ROLE_GRANTED: lazy_gettext("Role granted"),
    Act.ROLE_REVOKED: lazy_gettext("Role taken back"),
    Act.ROLE_DELEGATED: lazy_gettext("Role lent"),
    Act.DELEGATION_REVOKED: lazy_gettext("Loan taken back"),
    Act.ACCOUNT_OPENED: lazy_gettext("Account opened"),
    Act.INVITATION_SENT: lazy_gettext("Invitation sent again"),
    Act.ACCOUNT_CLOSED: lazy_gettext("Account closed"),
    Act.ACCOUNT_REOPENED: lazy_gettext("Account reopened"),
    Act.PERSON_ERASED: lazy_gettext("Person erased"),
    Act.RESET_LINK_SENT: lazy_gettext("Password link sent"),
    Act.FACTOR_REMOVED: lazy_gettext("Second factor taken off"),
    Act.SITE_CLOSED: lazy_gettext("Site closed"),
    Act.CLOSURE_REMOVED: lazy_gettext("Closure of a site removed"),
    Act.PATTERN_SET: lazy_gettext("Working days set"),
    Act.RELEASE_PUBLISHED: lazy_gettext("Release published"),
    Act.RELEASE_ROLLED_BACK: lazy_gettext("Release rolled back"),
    Act.PROBLEM_MENDED: lazy_gettext("Problem mended"),
    Act.PROBLEM_DISMISSED: lazy_gettext("Problem dismissed"),
    Act.PROBLEM_REOPENED: lazy_gettext("Problem reopened"),
    Act.PROGRAMME_CREATED: lazy_gettext("Mentoring programme prepared"),
    Act.PROGRAMME_DISCARDED: lazy_gettext("Draft of a mentoring programme thrown away"),
    Act.PROGRAMME_CHANGED: lazy_gettext("Mentoring programme changed"),
    Act.PROGRAMME_OPENED: lazy_gettext("Call for mentoring volunteers opened"),
    Act.PROGRAMME_CLOSED: lazy_gettext("Call for mentoring volunteers closed"),
    Act.PROGRAMME_ENDED: lazy_gettext("Mentoring programme ended"),
    Act.PAIR_MADE: lazy_gettext("Mentoring pair made by hand"),
    Act.PAIRS_PUBLISHED: lazy_gettext("Mentoring pairs published"),
    Act.PAIR_PARTED: lazy_gettext("Mentoring pair parted"),
    Act.AWARD_GIVEN: lazy_gettext("Award given"),
    Act.AWARD_REVOKED: lazy_gettext("Award withdrawn"),
    Act.GIFT_CREATED: lazy_gettext("Gift put in the shop"),
    Act.GIFT_CHANGED: lazy_gettext("Gift changed"),
    Act.GIFT_BUDGET_SET: lazy_gettext("Budget for gifts set"),
    Act.ORDER_APPROVED: lazy_gettext("Order of a gift approved"),
    Act.ORDER_REFUSED: lazy_gettext("Order of a gift refused"),
    Act.ORDER_READY: lazy_gettext("Gift ready"),
    Act.ORDER_HANDED: lazy_gettext("Gift handed over"),
    Act.PEOPLE_IMPORTED: lazy_gettext("People imported"),
    Act.ENTITIES_IMPORTED: lazy_gettext("Entities imported"),
    Act.DIRECTORY_CONNECTED: lazy_gettext("Directory connected"),
    Act.DIRECTORY_REVOKED: lazy_gettext("Directory disconnected"),
    Act.DIRECTORY_CHANGED: lazy_gettext("Person changed by a directory"),
    Act.DIRECTORY_REMOVED: lazy_gettext("Person removed by a directory"),
    Act.DIRECTORY_RETURNED: lazy_gettext("Person brought back by a directory"),
    Act.DIRECTORY_GROUP_CHANGED: lazy_gettext("Group changed by a directory"),
    Act.DIRECTORY_GROUP_TIED: lazy_gettext("Role of a directory’s group set"),
    Act.DIRECTORY_WORD_SET: lazy_gettext("Word of a directory explained"),
    Act.DIRECTORY_WORD_REMOVED: lazy_gettext("Word of a directory forgotten"),
    Act.IDENTITIES_FORGOTTEN: lazy_gettext("Identities of a sign-in provider forgotten"),
    Act.CAMPAIGN_CREATED: lazy_gettext("Campaign prepared"),
    Act.CAMPAIGN_CHANGED: lazy_gettext("Draft of a campaign changed"),
    Act.CAMPAIGN_DISCARDED: lazy_gettext("Draft of a campaign thrown away"),
    Act.CAMPAIGN_ANNOUNCED: lazy_gettext("Campaign announced"),
    Act.CAMPAIGN_ENDED: lazy_gettext("Campaign ended"),
    Act.CAMPAIGN_WITHDRAWN: lazy_gettext("Campaign withdrawn"),
    Act.CAMPAIGN_EXPORTED: lazy_gettext("Names of a campaign exported"),
    Act.FIGURES_EXPORTED: lazy_gettext("Figures of an entity exported"),
    Act.API_OPENED: lazy_gettext("Token of the API made"),
    Act.API_CLOSED: lazy_gettext("Token of the API taken back"),
    Act.BACKUP_FAILED: lazy_gettext("Backup failed"),
    Act.WAVE_DECLARED: lazy_gettext("Wave declared"),
    Act.WAVE_CHANGED: lazy_gettext("Wave changed"),
    Act.WAVE_DISCARDED: lazy_gettext("Wave given up"),
    Act.WAVE_DECIDED: lazy_gettext("Go or wait decided for a wave"),
    Act.WAVE_OPENED: lazy_gettext("Wave opened"),
    Act.WAVE_PAUSED: lazy_gettext("Wave paused"),
    Act.WAVE_RESUMED: lazy_gettext("Wave opened again after a pause"),
}

CHANGED = {
    "name": lazy_gettext("name"),
    "address": lazy_gettext("address"),
    "place": lazy_gettext("place at work"),
    "closed": lazy_gettext("account closed"),
    "opened": lazy_gettext("account reopened"),
    "record": lazy_gettext("what is said elsewhere"),
}
SAID = frozenset({"role", "entity", "weekdays", "from", "to", "changed", "through"})
KINDS = {
    "backup": lazy_gettext("Backup"),
    "campaign": lazy_gettext("Campaign"),
    "directory": lazy_gettext("Directory"),
    "entity": lazy_gettext("Entity"),
    "gift": lazy_gettext("Gift"),
    "group": lazy_gettext("Group"),
    "order": lazy_gettext("Order"),
    "pair": lazy_gettext("Pair"),
    "programme": lazy_gettext("Programme"),
    "release": lazy_gettext("Release"),
    "token": lazy_gettext("Token"),
    "wave": lazy_gettext("Wave"),
    "word": lazy_gettext("Word"),
}
"""Of what is not a person, as `wave:3` names it."""
DETAILS = {
    "amount": lazy_gettext("amount"),
    "award": lazy_gettext("award"),
    "decision": lazy_gettext("decision"),
    "file": lazy_gettext("file"),
    "identities": lazy_gettext("identities"),
    "loans_ended": lazy_gettext("loans ended"),
    "pairs": lazy_gettext("pairs"),
    "proposal": lazy_gettext("proposal"),
    "reports": lazy_gettext("reports"),
    "scopes": lazy_gettext("may read"),
    "why": lazy_gettext("why"),
    "year": lazy_gettext("year"),
    "+": lazy_gettext("came in"),
    "-": lazy_gettext("went out"),
}
DECIDED = {"go": lazy_gettext("go"), "wait": lazy_gettext("wait")}


def act_name(act: str) -> str:
    """In words; an act that has none yet, as it was recorded."""
    return str(ACTS[Act(act)]) if act in ACTS else act


def told(details: Mapping[str, Any]) -> str:
    """The details of an act on one line: those that have words in words, the others as they are."""
    said = []
    if details.get("role"):
        said.append(role_name(str(details["role"])))
    if "entity" in details:
        said.append(str(details["entity"] or _("in the whole company")))
    if "weekdays" in details:
        said.append(weekdays(details["weekdays"]))
    if details.get("from"):
        said.append(_term(details["from"], details.get("to")))
    said += [str(CHANGED.get(each, each)) for each in details.get("changed", ())]
    if details.get("through"):
        said.append(_("through %(directory)s", directory=details["through"]))
    others = (_other(name, value) for name, value in details.items() if name not in SAID)
    return " · ".join([*said, *others])


def kind_name(subject: str) -> tuple[str, str]:
    """What sort of thing it is and which: ("Wave", "3"); a sort that has no word yet, as recorded."""
    kind, _colon, key = subject.partition(":")
    return (str(KINDS[kind]), key) if kind in KINDS else ("", subject)


def _other(name: str, value: object) -> str:
    said = DECIDED.get(str(value), value) if name == "decision" else value
    return _("%(name)s: %(value)s", name=DETAILS.get(name, name), value=said)


def _term(first: str, last: str | None) -> str:
    """From when to when; what is no date (two releases, say) as it was recorded."""
    try:
        begun = date.fromisoformat(first)
        ended = date.fromisoformat(last) if last else None
    except ValueError:
        return " → ".join(filter(None, (first, last)))
    return days(Span(begun, ended)) if ended else _("from %(day)s", day=day(begun))
