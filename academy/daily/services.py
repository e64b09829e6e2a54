"""Drawing the day's round and taking its answers."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from operator import attrgetter
from secrets import randbelow
from typing import Any

from flask_babel import lazy_gettext as _
from sqlalchemy import bindparam, update

from academy.catalog import releases
from academy.catalog.marking import Mark, mark
from academy.catalog.tree import Catalog, Question
from academy.daily import asking, choices, queries
from academy.daily.choices import Chosen, chosen, kept
from academy.daily.models import POLICY
from academy.daily.queries import ROUND, Drawn
from academy.database import db, insert
from academy.deeds.services import Act
from academy.deeds.verbs import Verb
from academy.folio import queries as folios
from academy.folio import services as folio
from academy.folio.queries import Page
from academy.learning.alone import Posted
from academy.learning.services import LARGEST_SEED, Learner, celebrate, stored
from academy.mastery import choosing, minds, numbers, remembering, shelves
from academy.mastery import services as mastery
from academy.mastery.mind import Mind, moment, tag
from academy.mastery.models import Context
from academy.mastery.returning import Stakes, next_date
from academy.mastery.services import LONGEST, Marked, Sitting
from academy.prepared import Prepared
from academy.refusal import Refusal
from academy.rewards import services as rewards

WANTED = 2
GRACE = timedelta(days=1)
"""A round begun before midnight may be finished the next day; it counts for its own day."""


class NotToday(Refusal):
    """The round of another day is closed."""

    def __init__(self) -> None:
        super().__init__(
            _("This question was for another day. Nothing is lost: today’s minute is waiting."), 409
        )


class NotYet(Refusal):
    """Questions are answered in order."""

    def __init__(self) -> None:
        super().__init__(_("Answer the question before this one first."), 409)


class Changed(Refusal):
    """The question was edited between asking and answering, and the one that was asked is gone for good."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This question was updated while you were reading it: nothing was counted. Read it again."
            ),
            409,
        )


def draw(learner: Learner, at: datetime, seed: int | None = None) -> Drawn | None:
    """The round of the person's day, drawn now if it was not yet; None when there is nothing to ask.

    Drawn once: a refresh, a second tab and another device get the same one. `seed` is for make-believe.
    """
    found = queries.round_of(learner.person_id, learner.today)
    page = folios.page_of(learner.person_id)
    return draw_with(learner, found, page, at, seed)


def draw_with(
    learner: Learner, found: Drawn | None, page: Page | None, at: datetime, seed: int | None = None
) -> Drawn | None:
    """The same, with what is known already: the round of the day, and the person's page."""
    if found is not None:
        return found if is_askable(found) else _mended(found, learner, at)
    seed = randbelow(LARGEST_SEED) if seed is None else seed
    found_choices, questions = _choose(learner, page, at, seed, WANTED, ())
    if not found_choices:
        return None
    values = {
        "person_id": learner.person_id,
        "day": learner.today,
        "notion": found_choices[0].notion,
        "choices": choices.stored(found_choices),
        "release": releases.current().release,
        "policy": POLICY,
        "questions": questions,
        "seed": seed,
        "drawn_at": at,
        "shown_at": at,
    }
    new = _INSERT.row(values)
    if page is None:
        folio.begin(learner.person_id)
    drawn = queries.round_of(learner.person_id, learner.today) if new is None else None
    return drawn or _as_drawn(new[0], values)


def show(drawn: Drawn, at: datetime) -> None:
    """Note when the next question is first put before the person."""
    slot = drawn.answered + 1
    values = {"number": drawn.id, "slot": slot, "now": at}
    if _SHOW.change(values):
        drawn.shown, drawn.shown_at = slot, at


def answer(
    learner: Learner, drawn: Drawn, asked: Posted, at: datetime, page: Page | None = None
) -> Mark | None:
    """Grade one answer, once; None when this slot was answered before (nothing changes).

    `drawn` is locked and belongs to the learner, and so does `page`, opened here when it is not in hand.
    What was asked is marked as it was asked: by the release of the sheet, as long as it is known.
    Raises Unmarkable, NotToday, NotYet, Changed.
    """
    if asked.slot <= drawn.answered:
        return None
    if learner.today - drawn.day > GRACE:
        raise NotToday
    if asked.slot != drawn.answered + 1:
        raise NotYet
    sheet, question = _asked(drawn, asked)
    result = mark(question, asked.language, drawn.seed, asked.fields)
    page = page or folio.open_page(learner.person_id)
    sitting = Sitting(learner.person_id, Context.ROUND, drawn.id, sheet.release)
    took = _seconds(drawn, asked.slot, at)
    marked = Marked(asked.slot, question.key, question.notion, result, took)
    mind = mastery.take_on(page, sitting, [marked], at)
    drawn.answered = asked.slot
    drawn.right_answers += int(result.right)
    drawn.dont_know += int(result.dont_know)
    if mind is not None:
        about = drawn.about(asked.slot)
        about.again = _again(about, question.notion, mind, sheet, at)
    if drawn.answered == len(drawn.questions):
        _finish(drawn, page, sheet.modules[question.module].theme, at)
    folio.keep(page)
    _advance(drawn)
    return result


def is_askable(drawn: Drawn) -> bool:
    """Is all that is left of it still in the academy? A round done stays as it was."""
    catalog = releases.current()
    left = drawn.questions[drawn.answered :]
    return all(key in catalog.questions for key in left)


def _asked(drawn: Drawn, asked: Posted) -> tuple[Catalog, Question]:
    """The content the sheet was made from, and its question."""
    found = asked.sheet(drawn.questions[asked.slot - 1])
    if found is None:
        raise Changed
    return found


def _again(about: Chosen, notion: str, mind: Mind, sheet: Catalog, at: datetime) -> int:
    """In how many days the notion has its turn again."""
    by, now = numbers.in_force(), moment(at)
    ready = remembering.ready(mind, shelves.required(sheet, by, notion), now, by.model.memory)
    stakes = Stakes(about.rivals, about.weight, ready)
    return next_date(mind.traces[tag(notion)], stakes, now, by.model.memory, asking.TASTE)


def _seconds(drawn: Drawn, slot: int, at: datetime) -> float | None:
    """From the showing of this very question; not known when the clock went back since."""
    if drawn.shown_at is None or drawn.shown != slot or at < drawn.shown_at:
        return None
    return min(LONGEST, (at - drawn.shown_at).total_seconds())


def _finish(drawn: Drawn, page: Page, theme: str, at: datetime) -> None:
    """The round is one deed, of its own day: a star for taking part, a key per right answer."""
    drawn.finished_at = at
    for each in drawn.choices:
        each.rivals = []  # no date is worked out from them any more, and they are long
    act = Act(
        drawn.person_id,
        Verb.ROUND_DONE,
        drawn.notion,
        at,
        drawn.day,
        f"round:{drawn.day}",
        theme,
        {"right": drawn.right_answers, "dont_know": drawn.dont_know},
    )
    earned = celebrate(rewards.record_on(page, act), drawn.person_id, at, drawn.day)
    drawn.earned = stored(earned, drawn.day)


def _choose(
    learner: Learner, page: Page | None, at: datetime, seed: int, wanted: int, but: Sequence[str]
) -> tuple[list[Chosen], list[str]]:
    """What to ask, notion by notion, and its questions; nothing of the notions `but` these."""
    facts = queries.facts_of(learner.person_id, learner.today)
    mind = minds.of(page, facts.trade) if page else minds.stranger(facts.trade)
    chooser = asking.chooser(learner, releases.current(), mind, facts, at, seed)
    if but:
        chooser = chooser._replace(leanings=asking.without(chooser.leanings, but))
    found = choosing.compose(chooser, wanted)
    return (
        [chosen(choice, chooser.leanings) for choice in found],
        [question for choice in found for question in choice.questions],
    )


def _mended(found: Drawn, learner: Learner, at: datetime) -> Drawn | None:
    """A round whose next question was withdrawn since it was drawn gets another; answers stay.

    None when there is no other to ask.
    """
    drawn = queries.round_numbered(found.id, for_update=True) or found
    if is_askable(drawn):  # mended meanwhile, in another tab
        return drawn
    stay = kept(drawn.choices, drawn.answered)
    left = len(drawn.questions) - drawn.answered
    page, but = folios.page_of(learner.person_id), [each.notion for each in stay]
    others, questions = _choose(learner, page, at, drawn.seed, left, but)
    if not others:
        return None
    drawn.questions = [*drawn.questions[: drawn.answered], *questions]
    drawn.choices = [*stay, *others]
    drawn.notion, drawn.release = drawn.choices[0].notion, releases.current().release
    drawn.shown, drawn.shown_at = drawn.answered + 1, at
    db.session.execute(
        update(ROUND)
        .where(ROUND.c.id == drawn.id)
        .values(
            questions=drawn.questions,
            choices=choices.stored(drawn.choices),
            notion=drawn.notion,
            release=drawn.release,
            policy=POLICY,
            shown=drawn.shown,
            shown_at=at,
        )
    )
    return drawn


def _as_drawn(number: int, values: Mapping[str, Any]) -> Drawn:
    known = {name: values[name] for name in Drawn.__slots__ if name in values}
    known["choices"] = [Chosen(**each) for each in values["choices"]]
    return Drawn(id=number, finished_at=None, **{**_BEGUN, "earned": {}}, **known)


_NEW = (
    *("person_id", "day", "notion", "choices", "release", "policy"),
    *("questions", "seed", "drawn_at", "shown_at"),
)
_BEGUN: dict[str, Any] = {
    "answered": 0,
    "right_answers": 0,
    "dont_know": 0,
    "earned": {},
    "shown": 1,
}
_INSERT = Prepared(
    lambda: (
        insert(ROUND)
        .values({**{name: bindparam(name) for name in _NEW}, **_BEGUN})
        .on_conflict_do_nothing(index_elements=[ROUND.c.person_id, ROUND.c.day])
        .returning(ROUND.c.id)
    )
)
_SHOW = Prepared(
    lambda: (
        update(ROUND)
        .where(ROUND.c.id == bindparam("number"), ROUND.c.shown < bindparam("slot"))
        .values(shown=bindparam("slot"), shown_at=bindparam("now"))
    )
)
_PROGRESS = ("answered", "right_answers", "dont_know", "choices", "finished_at", "earned")
_NOW = tuple(f"now_{name}" for name in _PROGRESS)
_STANDS = attrgetter(*_PROGRESS)
_ADVANCE = Prepared(
    lambda: (
        update(ROUND)
        .where(ROUND.c.id == bindparam("number"))
        .values(dict(zip(_PROGRESS, map(bindparam, _NOW), strict=True)))
    )
)


def _advance(drawn: Drawn) -> None:
    values = dict(zip(_NOW, _STANDS(drawn), strict=True))
    values["now_choices"] = choices.stored(drawn.choices)
    _ADVANCE.change({"number": drawn.id, **values})
