"""Award rules as authors write them, into the tree that `rules` evaluates."""

from typing import Final

from academy.catalog.record import Record
from academy.deeds.verbs import Verb
from academy.rewards.rules import Count, Distinct, Held, Rule, Some, Sum, Walked

MOST: Final = 100_000
FIGURES: Final = ("right", "dont_know")
NODES: Final = {
    "count": ("count", "theme", "at_least"),
    "distinct_themes": ("distinct_themes", "at_least"),
    "sum": ("sum", "of", "at_least"),
    "award": ("award",),
    "track": ("track",),
    "all": ("all",),
    "any": ("any",),
    "some": ("some", "at_least"),
}


def read_rule(record: Record, name: str) -> Rule:
    """The rule under `name`; mistakes are noted, and a rule that is never met stands in for them."""
    every_entry = {entry for entries in NODES.values() for entry in entries}
    return _node(record.record(name, every_entry))


def _node(record: Record) -> Rule:
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
        return _some(record, kind)
    if kind == "award":
        return Held(record.key("award"))
    if kind == "track":
        return Walked(record.key("track"))
    return _tally(record, kind)


def _some(record: Record, kind: str) -> Rule:
    parts = tuple(_node(part) for part in record.records(kind, 1))
    if kind == "some":
        return Some(parts, record.whole("at_least", 1, max(1, len(parts))))
    return Some(parts, len(parts) if kind == "all" else 1)


def _tally(record: Record, kind: str) -> Rule:
    at_least = record.whole("at_least", 1, MOST)
    if kind == "sum":
        verb = record.member("of", Verb) or Verb.ROUND_DONE
        return Sum(verb, _figure(record), at_least)
    verb = record.member(kind, Verb) or Verb.LESSON_DONE
    if kind == "distinct_themes":
        return Distinct(verb, at_least)
    return Count(verb, at_least, record.key("theme") if record.has("theme") else None)


def _figure(record: Record) -> str:
    said = record.text("sum")
    if said and said not in FIGURES:
        record.note(
            f"`{said[:60]}` is not a figure of a deed", "Use one of " + ", ".join(FIGURES), "sum"
        )
    return said
