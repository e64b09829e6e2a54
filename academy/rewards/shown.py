"""Awards as pages show them: the rule's progress put into words, the dates, the ink."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from academy.catalog import releases
from academy.catalog.tracks import VISA
from academy.catalog.tree import Words
from academy.people.workdays import queries as workdays
from academy.rewards import badges, diary, queries, rule_words
from academy.rewards.badges import Award, AwardKind
from academy.rewards.queries import Granted
from academy.rewards.rules import Facts, evaluate


@dataclass(frozen=True, slots=True)
class AwardView:
    key: str
    kind: str
    medal: str
    title: Words
    summary: Words
    ink: str
    granted_on: date | None
    have: int
    need: int
    explanation: str
    withdrawn: Granted | None = None


@dataclass(frozen=True, slots=True)
class VisaView:
    key: str
    ink: str
    title: Words
    granted_on: date | None
    place: str
    have: int
    need: int
    explanation: str

    @property
    def shape(self) -> str:
        """The outline of the stamp: a theme has its own, every track the same other one."""
        return "track" if is_of_track(self.key) else self.ink


def is_of_track(key: str) -> bool:
    return key.startswith(VISA)


@dataclass(frozen=True, slots=True)
class EarnedView:
    points: int = 0
    stars: int = 0
    keys: int = 0
    awards: tuple[AwardView, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """Every award of one person: held or to come, in showing order; levels the lowest first."""

    passport: AwardView | None
    visas: tuple[VisaView, ...]
    others: tuple[AwardView, ...]
    withdrawn: tuple[AwardView, ...] = ()
    levels: tuple[AwardView, ...] = ()

    @property
    def held(self) -> tuple[AwardView, ...]:
        return tuple(award for award in self.others if award.granted_on)

    @property
    def level(self) -> AwardView | None:
        """The highest level reached: the one to show, of all those below it too."""
        return next((level for level in reversed(self.levels) if level.granted_on), None)

    @property
    def next_level(self) -> AwardView | None:
        """The level after it; None at the top."""
        above = self.levels[self.levels.index(self.level) + 1 :] if self.level else self.levels
        return next(iter(above), None)

    @property
    def attested(self) -> tuple[AwardView, ...]:
        """What a passport tells beside its visas: the level, then badges and medals."""
        return (self.level, *self.held) if self.level else self.held

    @property
    def to_come(self) -> tuple[AwardView, ...]:
        return tuple(award for award in self.others if not award.granted_on)


def collection(person_id: int, today: date | None = None) -> Collection:
    """What the person holds and what comes next. Two statements, bounded by the awards there are.

    The visa of a track is among them once it is held: before, it is shown with its track. With a day,
    working days in a row are told as they stand then: two statements more, while there are some to reach.
    """
    granted, withdrawn = queries.all_grants(person_id)
    facts = facts_of(person_id, frozenset(granted), today)
    shelf = [each for each in badges.current().values() if each.key not in withdrawn]
    return Collection(
        passport=_passport(facts, granted, withdrawn),
        visas=tuple(
            _visa(award, facts, granted)
            for award in shelf
            if award.kind is AwardKind.VISA and (award.key in granted or not is_of_track(award.key))
        ),
        others=tuple(
            award_view(award, facts, granted)
            for award in shelf
            if award.kind in (AwardKind.BADGE, AwardKind.MEDAL)
        ),
        withdrawn=tuple(
            replace(won(award, None), withdrawn=withdrawn[key])
            for key, award in badges.current().items()
            if key in withdrawn
        ),
        levels=tuple(
            award_view(award, facts, granted) for award in shelf if award.kind is AwardKind.LEVEL
        ),
    )


def _passport(
    facts: Facts, granted: Mapping[str, Granted], withdrawn: Mapping[str, Granted]
) -> AwardView | None:
    found = [each for each in badges.current().values() if each.kind is AwardKind.PASSPORT]
    if not found:
        return None
    view = award_view(found[0], facts, granted)
    return replace(view, explanation="") if view.key in withdrawn else view


def facts_of(person_id: int, held: frozenset[str], today: date | None = None) -> Facts:
    """What the rules read of a person who holds these awards."""
    tallies, ever = queries.counted(person_id)
    rows = [
        verb
        for verb, watched in badges.in_force().watched.items()
        if watched.runs and f"{verb}#r" in tallies
        if tallies.get(f"{verb}#run", 0) < watched.runs[-1]
    ]
    if today is None or not rows:
        return Facts(tallies, held, ever=ever)
    calendar = workdays.calendar_of(person_id, today)
    runs = {verb: diary.running(tallies, verb, today, calendar) for verb in rows}
    return Facts(tallies, held, runs=runs, ever=ever)


def award_view(award: Award, facts: Facts, granted: Mapping[str, Granted]) -> AwardView:
    progress = evaluate(award.rule, facts)
    found = granted.get(award.key)
    return replace(
        won(award, found.on if found else None),
        have=progress.have,
        need=progress.need,
        explanation="" if found else rule_words.explain(progress),
    )


def earned_view(stored: Mapping[str, Any]) -> EarnedView:
    """What a sitting brought, as it was kept with it."""
    shelf = badges.current()
    awards = [shelf[key] for key in stored.get("awards", ()) if key in shelf]
    on = date.fromisoformat(stored["on"]) if awards else None
    return EarnedView(
        points=stored.get("points", 0),
        stars=stored.get("stars", 0),
        keys=stored.get("keys", 0),
        awards=tuple(won(award, on) for award in awards),
    )


def won(award: Award, on: date | None) -> AwardView:
    """An award of which nothing is missing."""
    return AwardView(
        key=award.key,
        kind=award.kind,
        medal=award.metal,
        title=award.title,
        summary=award.summary,
        ink=award.ink,
        granted_on=on,
        have=1,
        need=1,
        explanation="",
    )


def track_visa(track: str, granted: Mapping[str, Granted], have: int, need: int) -> VisaView | None:
    """The visa of a track, held or to come: how far one is, the track knows; None when it has none."""
    award = badges.current().get(VISA + track)
    if award is None:
        return None
    found = granted.get(award.key)
    return VisaView(
        key=award.key,
        ink=award.ink,
        title=award.title,
        granted_on=found.on if found else None,
        place=found.place if found else "",
        have=have,
        need=need,
        explanation="",
    )


def _visa(award: Award, facts: Facts, granted: Mapping[str, Granted]) -> VisaView:
    view = award_view(award, facts, granted)
    found = granted.get(award.key)
    theme = releases.current().themes.get(award.ink)
    return VisaView(
        key=award.key,
        ink=theme.ink if theme else award.ink,
        title=award.title,
        granted_on=view.granted_on,
        place=found.place if found else "",
        have=view.have,
        need=view.need,
        explanation=view.explanation,
    )
