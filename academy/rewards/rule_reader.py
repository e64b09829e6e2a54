"""Award rules as authors write them, into the tree that `rules` evaluates."""

from typing import Final

from academy.catalog.record import Record
from academy.deeds.verbs import COUNTED, Verb
from academy.people.role_kinds import Role
from academy.rewards.diary import MOST_A_DAY
from academy.rewards.metals import Metal
from academy.rewards.rules import (
    AtLeast,
    Count,
    Distinct,
    Gathered,
    Given,
    Held,
    Period,
    Reached,
    Rule,
    Run,
    Some,
    Sum,
    Walked,
    Within,
)
from academy.rewards.tariff import Currency

MOST: Final = 100_000
MOST_DAYS: Final = 31
"""The longest time a rule may give for several deeds."""
MOST_IN_A_ROW: Final = 60
FIGURES: Final = ("right", "dont_know")
GATHERED: Final = {"stars": Currency.STAR, "keys": Currency.KEY}
NODES: Final = {
    "count": ("count", "theme", "at_least", "since", "until", "within"),
    "working_days": ("working_days", "at_least"),
    "medal": ("medal", "at_least"),
    "granted_by": ("granted_by",),
    "distinct_themes": ("distinct_themes", "at_least"),
    "sum": ("sum", "of", "at_least"),
    "gathered": ("gathered", "at_least"),
    "level": ("level",),
    "award": ("award",),
    "track": ("track",),
    "all": ("all",),
    "any": ("any",),
    "some": ("some", "at_least"),
}


def read_rule(record: Record, name: str, award: str) -> Rule:
    """The rule under `name`, of this award; a rule that is never met stands in for one with mistakes."""
    every_entry = {entry for entries in NODES.values() for entry in entries}
    return _node(record.record(name, every_entry), award)


def _node(record: Record, award: str) -> Rule:
    kinds = [kind for kind in NODES if record.has(kind)]
    if len(kinds) != 1:
        record.note(
            "A rule says one thing at a time",
            "Write one of " + ", ".join(f"`{kind}`" for kind in NODES),
        )
        return Some((), 1)
    kind = kinds[0]
    record.allow(NODES[kind])
    if kind in ("all", "any", "some"):
        return _some(record, kind, award)
    match kind:
        case "award":
            return Held(record.key("award"))
        case "level":
            return Reached(record.key("level"))
        case "track":
            return Walked(record.key("track"))
        case "medal":
            return _medal(record)
        case "granted_by":
            return _given(record, award)
        case _:
            return _tally(record, kind)


def _medal(record: Record) -> Rule:
    badge, metal = record.key("medal"), record.member("at_least", Metal) or Metal.BRONZE
    enough = list(Metal)[list(Metal).index(metal) :]
    return AtLeast(badge, metal.value, tuple(f"{badge}-{each}" for each in enough))


def _given(record: Record, award: str) -> Rule:
    roles = record.members("granted_by", Role)
    if not roles:
        record.note("Nobody may give this award", "Name one role at least", "granted_by")
    return Given(award, tuple(sorted(role.value for role in roles)))


def _some(record: Record, kind: str, award: str) -> Rule:
    parts = tuple(_node(part, award) for part in record.records(kind, 1))
    if kind == "some":
        return Some(parts, record.whole("at_least", 1, max(1, len(parts))))
    return Some(parts, len(parts) if kind == "all" else 1)


def _tally(record: Record, kind: str) -> Rule:
    if kind == "sum":
        return Sum(_verb(record, "of"), _figure(record), record.whole("at_least", 1, MOST))
    if kind == "gathered":
        return Gathered(_currency(record), record.whole("at_least", 1, MOST))
    verb = _verb(record, kind)
    if kind == "working_days":
        return Run(verb, record.whole("at_least", 2, MOST_IN_A_ROW))
    if kind == "distinct_themes":
        return Distinct(verb, record.whole("at_least", 1, MOST))
    return _counted(record, verb)


def _verb(record: Record, name: str) -> str:
    verb = record.member(name, Verb) or Verb.LESSON_DONE
    if verb not in COUNTED:
        record.note(f"No rule counts `{verb}`", "Use one of " + ", ".join(COUNTED), name)
    return verb.value


def _currency(record: Record) -> str:
    said = record.text("gathered")
    if said and said not in GATHERED:
        problem = f"`{said[:60]}` is not what one gathers"
        record.note(problem, "Use one of " + ", ".join(GATHERED), "gathered")
    return GATHERED.get(said, Currency.STAR).value


def _counted(record: Record, verb: str) -> Rule:
    theme = record.key("theme") if record.has("theme") else None
    if not record.has("within"):
        return Count(verb, record.whole("at_least", 1, MOST), theme, _period(record))
    if record.has("since") or record.has("until"):
        record.note(
            "`within` goes with any days, `since` and `until` with these",
            "Write two rules under `all`",
            "within",
        )
    days = record.whole("within", 1, MOST_DAYS)
    return Within(verb, record.whole("at_least", 2, MOST_A_DAY), days, theme)


def _period(record: Record) -> Period | None:
    since = record.day("since") if record.has("since") else None
    until = record.day("until") if record.has("until") else None
    if since and until and until < since:
        record.note("`until` is before `since`", "Exchange the two days", "until")
    return Period(since, until) if since or until else None


def _figure(record: Record) -> str:
    said = record.text("sum")
    if said and said not in FIGURES:
        record.note(
            f"`{said[:60]}` is not a figure of a deed", "Use one of " + ", ".join(FIGURES), "sum"
        )
    return said
