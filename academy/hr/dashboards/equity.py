"""The page of whom the programme reaches least: for each way to tell people apart, the widest difference."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from academy.hr.dashboards import fairness, queries
from academy.hr.dashboards.fairness import LARGE, Group, Spread
from academy.hr.dashboards.framing import Frame
from academy.hr.dashboards.naming import CUTS, value_name, wave_names
from academy.hr.dashboards.queries import Told
from academy.hr.rollup.cuts import WAVE
from academy.people import places
from academy.people.models import EntityKind

SITE = "site"
ENDS = 10
"""So many groups are listed at each end of a long list."""
MEASURES = {
    "month": _("Came this month"),
    "passport": _("Hold the passport"),
    "gifts": _("Have ordered a gift"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One measure within one cut; `spread` is None where there are not two large groups."""

    measure: str
    name: str
    spread: Spread | None
    groups: tuple[Group, ...]

    @property
    def between(self) -> int:
        """How many groups are neither among the best served nor among the least."""
        return max(0, len(self.groups) - 2 * ENDS)

    @property
    def shown(self) -> tuple[Group | None, ...]:
        """Both ends of a long list, and None for what is between them."""
        if not self.between:
            return self.groups
        return (*self.groups[:ENDS], None, *self.groups[-ENDS:])


@dataclass(frozen=True, slots=True)
class Cut:
    """`left_out` groups are too small to be compared, or to be told of at all."""

    key: str
    title: str
    findings: tuple[Finding, ...]
    left_out: int

    @property
    def compared(self) -> bool:
        return any(finding.spread for finding in self.findings)


@dataclass(frozen=True, slots=True)
class EquityPage:
    """`worst` are the differences that mean something, the widest first."""

    cuts: tuple[Cut, ...]
    worst: tuple[tuple[Cut, Finding], ...]
    large: int = LARGE

    @property
    def by_wave(self) -> bool:
        return any(cut.key == WAVE for cut in self.cuts)


def page(frame: Frame) -> EquityPage:
    """Two statements: the sites under an entity, and its figures with theirs; the names of waves, if any."""
    below = places.below([frame.here.id], frame.day)
    sites = {place.id: place.name for place in below if place.kind == EntityKind.SITE}
    sites.pop(frame.here.id, None)
    told = queries.of_day(frame.here.id, list(sites), frame.day)
    by_site = {sites[each.entity_id]: each for each in told if each.entity_id in sites}
    cuts = [cut_of(SITE, str(_("By site")), by_site)]
    names = wave_names(each.cut for each in told)
    for key, title in CUTS.items():
        groups = {
            value_name(key, each.value, names): each
            for each in told
            if each.entity_id == frame.here.id and each.cut == key
            if key != WAVE or each.value  # who waits cannot come
        }
        cuts.append(cut_of(key, str(title), groups))
    shown = tuple(cut for cut in cuts if cut.left_out or cut.compared)
    return EquityPage(shown, _worst(shown))


def cut_of(key: str, title: str, told: Mapping[str, Told]) -> Cut:
    """Groups by name, measure by measure. What is not said of people is no group of theirs."""
    large = {name: each for name, each in told.items() if (each.people or 0) >= LARGE}
    findings = []
    for measure, name in MEASURES.items():
        groups = tuple(
            sorted(
                (
                    Group(who, each.people or 0, each.figures.get(measure, 0))
                    for who, each in large.items()
                ),
                key=lambda group: -group.share,
            )
        )
        findings.append(Finding(measure, str(name), fairness.spread(groups), groups))
    alone = len(told) == 1  # it is compared with nobody
    return Cut(key, title, tuple(findings), 0 if alone else len(told) - len(large))


def _worst(cuts: Sequence[Cut]) -> tuple[tuple[Cut, Finding], ...]:
    found = [
        (cut, finding)
        for cut in cuts
        for finding in cut.findings
        if finding.spread and finding.spread.means_something
    ]
    return tuple(sorted(found, key=lambda each: -each[1].spread.low if each[1].spread else 0))
