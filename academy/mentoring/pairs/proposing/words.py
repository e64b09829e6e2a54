"""Proposals in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from academy.mentoring.pairs.models import Bond, Status

POLICIES = {
    "stable_for_all": lazy_gettext("Everybody paired, nobody tempted"),
    "best_on_average": lazy_gettext("Best on average"),
    "nobody_badly_served": lazy_gettext("Nobody badly served"),
    "stable_and_many": lazy_gettext("Nobody tempted, as many as possible"),
}
MEANINGS = {
    "stable_for_all": lazy_gettext(
        "As many pairs as possible; then as few people as possible who would rather have each other."
    ),
    "best_on_average": lazy_gettext(
        "As many pairs as possible; then the smallest sum of places. Some may be less lucky."
    ),
    "nobody_badly_served": lazy_gettext(
        "As many pairs as possible; then the worst place anybody gets is as good as can be."
    ),
    "stable_and_many": lazy_gettext(
        "For many people: no two would rather have each other, and as many pairs as that allows."
    ),
}
FIGURES = {
    "pairs": lazy_gettext("Pairs"),
    "blocking": lazy_gettext("Two who would rather have each other"),
    "worst": lazy_gettext("The worst place anybody gives their pair"),
    "total": lazy_gettext("All places added up"),
    "fit": lazy_gettext("Topics that pairs have in common"),
    "kept": lazy_gettext("Pairs kept from the earlier proposal"),
}
MORE_IS_BETTER = frozenset({"pairs", "fit", "kept"})
COMPARED = ("pairs", "blocking", "worst", "total", "fit")
STATES = {
    Status.READY: lazy_gettext("Ready"),
    Status.PUBLISHED: lazy_gettext("Published"),
    Status.PASSED: lazy_gettext("Not taken"),
}
BONDS = {Bond.PIN: lazy_gettext("Together"), Bond.FORBID: lazy_gettext("Apart")}
WHY = {
    "PREFERS": lazy_gettext("Prefers the pair they have."),
    "FULL": lazy_gettext("Likes the pair they have as much, and has no place left."),
    "PINNED": lazy_gettext("You wanted one of them with somebody else."),
    "BOTH_WOULD": lazy_gettext("Both would rather have each other; it would cost others more."),
    "NOT_POSSIBLE": lazy_gettext("Not possible."),
}
FAILED = {
    "not possible": lazy_gettext(
        "Two people are wanted together, and that pair is not possible. Let it go, then propose again."
    ),
    "pinned and forbidden": lazy_gettext(
        "Two people are wanted together and apart. Let one of it go, then propose again."
    ),
    "too many pins": lazy_gettext(
        "Somebody is wanted together with more people than they can take. Let one go, then propose again."
    ),
}


def failed(said: Mapping[str, Any]) -> str:
    """Why a search found nothing to solve."""
    known = FAILED.get(str(said.get("reason")))
    return str(known or _("What was asked contradicts itself. Tell the administrators of it."))


def place(rank: int | None) -> str:
    """A place somebody gave."""
    return _("place %(rank)s", rank=rank) if rank else _("no preference")


def proven(objective: Mapping[str, Any]) -> str:
    """How sure it is that nothing is better."""
    if objective["optimal"]:
        return _("Proven: nothing can be better in this order.")
    doubtful = objective["sought"][len(objective["proven"])]
    return _(
        "The best found in time. Not proven from here on: %(figure)s.",
        figure=str(FIGURES[doubtful]).lower(),
    )


def without(people: int, places: int) -> str:
    """Of those who compete, so many go without."""
    return ngettext("%(num)s of them goes without.", "%(num)s of them go without.", people - places)


def best(figure: str, values: Sequence[int]) -> int:
    """The best of some values of one figure."""
    return max(values) if figure in MORE_IS_BETTER else min(values)
