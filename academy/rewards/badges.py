"""The awards in force: read from `badges/` when the academy starts, held in memory by every worker."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from flask import Flask, current_app

from academy import proxies
from academy.catalog.draft import Draft
from academy.catalog.findings import BrokenPack, Findings, Mistake, suggestion
from academy.catalog.folder import read_files
from academy.catalog.record import Record
from academy.catalog.rendering import safe_svg
from academy.catalog.tags import is_key
from academy.catalog.tracks import Track
from academy.catalog.tree import Catalog, Words
from academy.rewards.metals import Metal
from academy.rewards.rule_reader import read_rule
from academy.rewards.rules import (
    Count,
    Reached,
    Rule,
    Walked,
    Within,
    awards_asked,
    leaves,
    on_ladder,
)
from academy.rewards.watching import Plan, plan

_SHELF = "academy.awards"
_PLAN = "academy.awards.plan"
UNDRAWN = "The picture"
LARGEST_ORDER = 9999
LARGEST_POINTS = 10_000


class AwardKind(StrEnum):
    BADGE = "badge"
    MEDAL = "medal"
    LEVEL = "level"
    VISA = "visa"
    PASSPORT = "passport"


@dataclass(frozen=True, slots=True)
class Award:
    """Something that can be earned. `version` names this exact rule; medals of one badge share `badge`."""

    key: str
    badge: str
    kind: AwardKind
    order: int
    title: Words
    summary: Words
    points: int
    rule: Rule
    version: str
    picture: bytes
    metal: str = ""
    ink: str = ""


class BrokenBadges(BrokenPack):
    """Award files with mistakes cannot be opened."""


def init_app(app: Flask, folder: Path) -> None:
    """Read the awards; raises BrokenBadges with every mistake."""
    app.extensions[_SHELF] = read_awards(folder)


def current() -> Mapping[str, Award]:
    """The awards of this worker by key, in showing order."""
    awards: Mapping[str, Award] = proxies.app().extensions[_SHELF]
    return awards


def in_force() -> Plan:
    """What the awards of this worker ask of a deed; made anew when they are others."""
    shelf = current()
    known: tuple[Mapping[str, Award], Plan] | None = current_app.extensions.get(_PLAN)
    if known is None or known[0] is not shelf:
        known = shelf, plan((award.key, award.rule) for award in shelf.values())
        current_app.extensions[_PLAN] = known
    return known[1]


def read_awards(folder: Path) -> dict[str, Award]:
    findings = Findings()
    draft = Draft(read_files(folder, findings), findings)
    awards = [
        award for name in draft.files if name.endswith(".yaml") for award in _read(draft, name)
    ]
    _refuse_strays(draft, {award.key for award in awards})
    _refuse_unknown_awards(draft, awards)
    if findings.mistakes:
        raise BrokenBadges(findings.mistakes)
    return {award.key: award for award in _knowing_levels(awards, awards)}


def read_trial(file: Path, known: Mapping[str, Award]) -> list[Award]:
    """The awards of one file that is not among the others yet; it need not be drawn. Raises BrokenBadges.

    Its rule may name the awards that are `known`.
    """
    findings = Findings()
    draft = Draft({file.name: file.read_bytes()}, findings)
    awards = _read(draft, file.name)
    others = [award for award in known.values() if award.badge != file.stem]
    _refuse_unknown_awards(draft, [*others, *awards])
    mistakes = [each for each in findings.mistakes if not each.problem.startswith(UNDRAWN)]
    if mistakes:
        raise BrokenBadges(mistakes)
    return _knowing_levels(awards, [*others, *awards])


def ladder(awards: Iterable[Award]) -> tuple[str, ...]:
    """The levels, the lowest first."""
    levels = (award for award in awards if award.kind is AwardKind.LEVEL)
    return tuple(award.key for award in sorted(levels, key=lambda each: each.order))


def _knowing_levels(awards: Iterable[Award], shelf: Iterable[Award]) -> list[Award]:
    """In showing order; a rule that waits for a level also takes those above it."""
    levels = ladder(shelf)
    ordered = sorted(awards, key=lambda each: each.order)
    return [replace(award, rule=on_ladder(award.rule, levels)) for award in ordered]


def unmatched(
    tracks: Mapping[str, Track], awards: Mapping[str, Award] | None = None
) -> list[Mistake]:
    """Tracks whose visa is no award here, and awards that wait for a track there is not."""
    shelf = current() if awards is None else awards
    missing = [
        Mistake(
            f"tracks/{track.key}.yaml",
            1,
            f"No award is called `{track.visa}`",
            f"Write `{track.visa}.yaml` and draw `{track.visa}.svg` among the badges",
        )
        for track in tracks.values()
        if track.visa is not None and track.visa not in shelf
    ]
    waiting = [
        Mistake(
            f"{award.badge}.yaml",
            1,
            f"The rule waits for the track `{leaf.track}`, which does not exist",
            suggestion(leaf.track, tracks, "Write the track, or remove the award"),
        )
        for award in shelf.values()
        for leaf in leaves(award.rule)
        if isinstance(leaf, Walked) and leaf.track not in tracks
    ]
    return missing + waiting


def without_effect(catalog: Catalog, awards: Mapping[str, Award]) -> list[Mistake]:
    """Rules about themes that the content does not have: nobody can meet them."""
    return [
        Mistake(
            f"{award.badge}.yaml",
            1,
            f"The rule counts deeds in the theme `{theme}`, which does not exist",
            suggestion(theme, catalog.themes, "Name a theme that exists"),
        )
        for award in awards.values()
        for leaf in leaves(award.rule)
        if isinstance(leaf, Count | Within) and (theme := leaf.theme)
        if theme not in catalog.themes
    ]


def _read(draft: Draft, name: str) -> list[Award]:
    """The award of one file, or its three medals."""
    badge = name.removesuffix(".yaml")
    record = draft.mapping(name)
    if record is None:
        return []
    if not is_key(badge):
        record.note(
            f"`{badge}` is not a key", "Name the file in lower-case words joined by hyphens"
        )
    record.allow(("kind", "order", "ink", "fr", "en", "points", "rule", "medals"))
    if not record.has("medals"):
        return [_award(draft, record, record, badge, "")]
    medals = record.record("medals", list(Metal))
    return [
        _award(draft, record, medals.record(metal, ("points", "rule")), badge, metal)
        for metal in Metal
        if medals.has(metal)
    ]


def _award(draft: Draft, record: Record, earned: Record, badge: str, metal: str) -> Award:
    key = f"{badge}-{metal}" if metal else badge
    both = record.both("title", "summary")
    kind = AwardKind.MEDAL if metal else record.member("kind", AwardKind) or AwardKind.BADGE
    points, rule = earned.whole("points", 0, LARGEST_POINTS), read_rule(earned, "rule", key)
    return Award(
        key=key,
        badge=badge,
        kind=kind,
        order=record.whole("order", 0, LARGEST_ORDER),
        title=both.plain("title"),
        summary=both.plain("summary"),
        points=points,
        rule=rule,
        version=version_of(rule, points),
        picture=_picture(draft, record, f"{key}.svg"),
        metal=metal,
        ink=record.text("ink") if kind is AwardKind.VISA else "",
    )


def version_of(rule: Rule, points: int) -> str:
    """Names this very rule and what it pays; the words of an award may change without another version."""
    return hashlib.sha256(repr((rule, points)).encode()).hexdigest()[:12]


def _picture(draft: Draft, record: Record, name: str) -> bytes:
    if name not in draft.files:
        record.note(f"{UNDRAWN} `{name}` is missing", f"Draw `{name}` beside this file")
        return b""
    try:
        return safe_svg(draft.files[name])
    except ValueError as error:
        draft.findings.note(name, 1, f"The picture is refused: {error}", "Draw it without that")
        return b""


def _refuse_unknown_awards(draft: Draft, awards: Iterable[Award]) -> None:
    """A rule that waits for an award nobody can earn is never met."""
    awards = tuple(awards)
    every, levels = {award.key for award in awards}, set(ladder(awards))
    for award in awards:
        for leaf in leaves(award.rule):
            asked, known = awards_asked(leaf), levels if isinstance(leaf, Reached) else every
            if asked and known.isdisjoint(asked):
                draft.findings.note(
                    f"{award.badge}.yaml",
                    1,
                    f"The rule waits for `{asked[0][:60]}`, which "
                    + ("is no level" if isinstance(leaf, Reached) else "does not exist"),
                    suggestion(asked[0], known, "Name an award that exists"),
                )


def _refuse_strays(draft: Draft, keys: set[str]) -> None:
    for name in draft.files:
        stem, _dot, ending = name.rpartition(".")
        if ending != "yaml" and (ending != "svg" or stem not in keys):
            draft.findings.note(name, 1, "This file belongs to no award", "Remove it or rename it")
