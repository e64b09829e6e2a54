"""One night: new numbers out of the answers, and whether they deserve to go into force. Pure.

What is kept and scored is what comes out of a row: the numbers are written and read before they are weighed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple, TypeVar

from academy.catalog.tree import Catalog
from academy.mastery import fitting, lines, starting
from academy.mastery.fitting import Effort, Fitted, better
from academy.mastery.lines import Hardness, Numbers, UnreadableNumbers
from academy.mastery.nights import recalling
from academy.mastery.nights.laying import History, Places, laid_out
from academy.mastery.nights.living import Engine, Items, Told, late, lived, turned
from academy.mastery.nights.recalling import Care
from academy.mastery.shelf import USUAL_SECONDS

HELD_OUT: Final = 5
"""One history in so many is kept from the fit, to weigh it."""
Each = TypeVar("Each")
FIRST: Final = 20
"""Answers of somebody over which it is weighed where they begin."""
MOVED: Final = 3.0
"""Seconds: by less, times are not told anew."""


@dataclass(frozen=True, slots=True)
class Night:
    """What a night may do, and the least it needs: `answers` and `people`, or nothing is fitted."""

    effort: Effort = Effort(searches=(60,), restraint=0.5, epochs=3)  # noqa: RUF009  # frozen
    care: Care = Care()  # noqa: RUF009  # frozen
    answers: int = 1_000
    people: int = 25


class Change(NamedTuple):
    """Log losses on people held out, before and after, and whether what is new deserves to go into force."""

    before: float
    after: float
    better: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a night. `numbers`: to be put in force, None when everything stays as it is.

    `ability`: of the chance shown, the new numbers having made the minds; `handed`: the same in the second
    half of each history, over minds that the old numbers have made, as they are on the morning after;
    `memory`: of the memory layer's own chance; `start`: of the chance shown in first answers, by where each
    trade begins. `reason`: why something was not put in force.
    """

    answers: int = 0
    people: int = 0
    held_out: int = 0
    ability: Change | None = None
    handed: Change | None = None
    memory: Change | None = None
    start: Change | None = None
    numbers: Numbers | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a night goes by. `trades`: of the person of each history, empty where there is none; `items`: the
    questions in force as numbers see them; `editions`: theirs."""

    catalog: Catalog
    old: Numbers
    histories: Sequence[History]
    trades: Sequence[str]
    seconds: Mapping[str, float]
    editions: Mapping[str, str]
    items: Callable[[Numbers], Items]


def made(facts: Facts, night: Night, seed: int) -> Verdict:
    """The verdict of a night: the same facts and seed give the same."""
    sizes = [len(history) for history in facts.histories]
    verdict = Verdict(answers=sum(sizes), people=len(sizes))
    lacking = _lacking(verdict, night)
    if lacking:
        return _timed(facts, replace(verdict, reason=lacking))
    held, others = facts.histories[::HELD_OUT], _without(facts.histories)
    weighing = _Weighing(facts, held)
    verdict = replace(verdict, held_out=len(weighing.before.right))
    if not verdict.held_out:
        return _timed(facts, replace(verdict, reason="no answer of people held out can be weighed"))
    verdict = weighing.able(verdict, _fitted(facts, others, night, seed))
    verdict = weighing.remembering(verdict, others, night.care)
    return _timed(facts, weighing.starting(verdict, others))


def _lacking(verdict: Verdict, night: Night) -> str:
    if verdict.answers < night.answers:
        return f"too few answers: {verdict.answers}, at least {night.answers} are needed"
    if verdict.people < night.people:
        return f"too few people: {verdict.people}, at least {night.people} are needed"
    return ""


def _without(each_of: Sequence[Each]) -> list[Each]:
    """Those that are not held out."""
    return [each for place, each in enumerate(each_of) if place % HELD_OUT]


def _fitted(facts: Facts, histories: Sequence[History], night: Night, seed: int) -> Numbers:
    """New ability and difficulties, the memory as it was."""
    places = Places(facts.catalog)
    rows = laid_out(histories, places)
    start = facts.old.model.population
    found = fitting.fit(rows, places.catalogue(), start, night.effort, seed=seed)
    model = replace(found.model, memory=facts.old.model.memory)
    return replace(facts.old, model=model, hardness=_hardness(found, places, facts.editions))


def _hardness(found: Fitted, places: Places, editions: Mapping[str, str]) -> dict[str, Hardness]:
    """Of every question in force: the first places are theirs."""
    return {
        key: Hardness(found.difficulty[place], found.variance[place], editions[key])
        for place, key in enumerate(places.questions)
    }


class _Weighing:
    """The people held out, and what is told of their answers, by the old numbers and those kept so far."""

    def __init__(self, facts: Facts, held: Sequence[History]) -> None:
        self.facts, self.held = facts, held
        self.old = self.engine = self._engine(facts.old)
        self.before = self.told = lived(held, self.old)

    def able(self, verdict: Verdict, new: Numbers) -> Verdict:
        """Ability and difficulties, for people who begin and for minds as they are."""
        try:
            new = _as_kept(new)
        except UnreadableNumbers as wrong:
            return replace(verdict, reason=f"the fit went astray ({wrong})")
        engine = self._engine(new)
        told = lived(self.held, engine)
        ability = _change(self.before.chance, told.chance, told.right)
        handed = self._handed(lived(self.held, self.old, engine))
        verdict = replace(verdict, ability=ability, handed=handed)
        if not ability.better:
            return replace(verdict, reason="the new numbers are not better on people held out")
        if not handed.better:
            return replace(verdict, reason="the new numbers are worse over minds as they are")
        self.engine, self.told = engine, told
        return replace(verdict, numbers=new)

    def remembering(self, verdict: Verdict, others: Sequence[History], care: Care) -> Verdict:
        """The memory, on top of the ability that will be in force."""
        base = verdict.numbers or self.facts.old
        memory = recalling.fitted(others, self.engine, care)
        try:
            new = _as_kept(replace(base, model=replace(base.model, memory=memory)))
        except UnreadableNumbers as wrong:
            return _also(verdict, f"the memory's fit went astray ({wrong})")
        told = lived(self.held, self._engine(new))
        change = _change(self.told.remembered, told.remembered, told.right)
        verdict = replace(verdict, memory=change)
        if not change.better:
            return _also(verdict, "the memory's new numbers are not better")
        return replace(verdict, numbers=new)

    def starting(self, verdict: Verdict, others: Sequence[History]) -> Verdict:
        """Where each trade begins, by the ability that will be in force; nowhere, if that is no worse."""
        base = verdict.numbers or self.facts.old
        trades, engine = self.facts.trades, self.engine
        begin = starting.starts(
            turned(others, _without(trades), engine), engine.model.population.ability_variance
        )
        if begin == base.starts:
            return verdict
        new = _as_kept(replace(base, starts=begin))
        told = [self._first_answers(numbers) for numbers in (base, new)]
        change = _change(told[0].chance, told[1].chance, told[0].right)
        if not begin:  # what does not help any more goes
            change = change._replace(better=change.after <= change.before)
        verdict = replace(verdict, start=change)
        return replace(verdict, numbers=new) if change.better else verdict

    def _first_answers(self, by: Numbers) -> Told:
        """Of the people held out, each begun where these numbers say."""
        held = [history[:FIRST] for history in self.held]
        starts = [by.starts.get(trade, 0.0) for trade in self.facts.trades[::HELD_OUT]]
        return lived(held, self.engine, starts=starts)

    def _engine(self, numbers: Numbers) -> Engine:
        return Engine(numbers.model, self.facts.items(numbers))

    def _handed(self, told: Told) -> Change:
        """No worse is good enough: the new numbers will make the minds more and more."""
        old, new = list(late(told, self.before.chance)), list(late(told, told.chance))
        if not old:
            return Change(0.0, 0.0, better=True)
        _better, before, after = better(old, new, list(late(told, told.right)))
        return Change(before, after, after <= before)


def _change(old: Sequence[float], new: Sequence[float], right: Sequence[bool]) -> Change:
    is_better, before, after = better(old, new, right)
    return Change(before, after, is_better)


def _timed(facts: Facts, verdict: Verdict) -> Verdict:
    """With the times that questions take, if anything else changes or if they moved."""
    if verdict.numbers is None and not _moved(facts.old.seconds, facts.seconds):
        return verdict
    numbers = verdict.numbers or facts.old
    return replace(verdict, numbers=_as_kept(replace(numbers, seconds=facts.seconds)))


def _moved(old: Mapping[str, float], new: Mapping[str, float]) -> bool:
    return any(
        abs(new.get(key, USUAL_SECONDS) - old.get(key, USUAL_SECONDS)) >= MOVED
        for key in old.keys() | new.keys()
    )


def _as_kept(numbers: Numbers) -> Numbers:
    return lines.read(lines.written(numbers), numbers.version)


def _also(verdict: Verdict, reason: str) -> Verdict:
    return replace(verdict, reason="; ".join(each for each in (verdict.reason, reason) if each))
