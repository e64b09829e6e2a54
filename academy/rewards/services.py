"""Recording deeds and everything they earn, in one transaction, once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from academy.catalog import releases
from academy.catalog.tracks import Step, StepKind
from academy.database import db, insert
from academy.deeds import queries as log
from academy.deeds import services as deeds
from academy.deeds.queries import Done
from academy.deeds.services import Act
from academy.deeds.verbs import Verb
from academy.folio import services as folio
from academy.folio.queries import Balances, Page
from academy.notices import services as notices
from academy.notices.kinds import Kind
from academy.notices.services import News
from academy.people import queries as people
from academy.people.workdays import queries as workdays
from academy.rewards import badges, evidence, paying, queries, watching
from academy.rewards.badges import Award, AwardKind
from academy.rewards.diary import Around
from academy.rewards.models import Grant
from academy.rewards.rules import STEPS, Facts, Walked, leaves
from academy.rewards.tariff import Currency, Pay, pay
from academy.rewards.watching import Plan
from academy.tracks import queries as tracks


@dataclass(frozen=True, slots=True)
class Earned:
    """What a deed brought: nothing when it had been recorded before."""

    pay: Pay
    awards: tuple[Award, ...] = ()

    def __add__(self, other: "Earned") -> "Earned":
        return Earned(self.pay + other.pay, self.awards + other.awards)


NOTHING = Earned(Pay())
TOLD_AS = {
    AwardKind.BADGE: Kind.BADGE,
    AwardKind.MEDAL: Kind.BADGE,
    AwardKind.LEVEL: Kind.BADGE,
    AwardKind.VISA: Kind.VISA,
    AwardKind.PASSPORT: Kind.PASSPORT,
}


def record(act: Act) -> Earned:
    """Write the deed, pay it, count it, grant what it completes. The caller commits."""
    page = folio.open_page(act.person_id)  # two deeds at once must see one another's tallies
    earned = record_on(page, act)
    if earned is not NOTHING:
        folio.keep(page)
    return earned


def record_on(page: Page, act: Act) -> Earned:
    """The same on the person's page in hand, which the caller keeps: two statements without an award.

    An award adds the place where it was won, its grant, and a deed each.
    """
    number = deeds.record(act)
    if number is None:
        return NOTHING
    paid = {number: pay(act.verb, act.result)}
    paying.credit(page, paid[number])
    plan, around = badges.in_force(), _around(act.person_id)
    count = (page.tallies, act.verb, act.theme, act.result, act.day)
    watching.take(*count, plan.watched, around)
    awards = _grant(page, act, number, plan)
    return _paid(page, act, awards, paid)


def rebuild(person_id: int) -> None:
    """Make tallies, awards and lifetime totals anew from the log; what was spent stays spent."""
    page = folio.open_page(person_id)
    has = queries.balances(person_id)
    history = list(log.all_of([person_id]))
    calendar = partial(workdays.calendar_of, person_id)
    page.tallies = watching.tallied(history, badges.in_force(), calendar)
    page.awards = queries.standing(person_id)
    total = sum((pay(Verb(deed.verb), deed.result) for deed in history), Pay())
    folio.restate(
        page,
        Balances(
            points=total.points,
            stars=total.stars - (has.stars_ever - has.stars),
            keys=total.keys - (has.keys_ever - has.keys),
            stars_ever=total.stars,
            keys_ever=total.keys,
        ),
    )


def catch_up(person_id: int, at: datetime, today: date) -> Earned:
    """Count a person's deeds anew, and grant what they have deserved under the rules in force.

    For awards that came after the deeds. Twice is as good as once.
    """
    page = folio.open_page(person_id)
    history = list(log.all_of([person_id]))
    plan = badges.in_force()
    page.tallies = watching.tallied(history, plan, partial(workdays.calendar_of, person_id))
    page.awards = queries.standing(person_id)
    act = Act(person_id, Verb.AWARD_EARNED, "", at, today, "")
    keys = _owed(page, act, history, plan)
    return bring(page, act, history[-1].id if history else 0, keys)


def bring(page: Page, act: Act, deed_id: int, keys: Sequence[str]) -> Earned:
    """Grant these awards, pay them, and keep the page: for what a deed of before has earned after all."""
    shelf = badges.current()
    awards = grant(page, act, deed_id, [shelf[key] for key in keys]) if keys else ()
    earned = _paid(page, act, awards, {})
    folio.keep(page)
    return earned


def _owed(page: Page, act: Act, history: Iterable[Done], plan: Plan) -> tuple[str, ...]:
    shelf, held = badges.current().values(), frozenset(page.awards)
    asked = steps_asked(award for award in shelf if award.key not in held)
    done = frozenset(deed.once.partition(":")[2] for deed in history)
    facts = Facts(page.tallies, held, asked, done, ever=ever(page))
    return of_theirs(act, facts, plan.met_by)


def _around(person_id: int) -> Around:
    """Asked when a rule about days needs more than what is kept: the person's calendar, and the log."""
    return Around(partial(workdays.calendar_of, person_id), partial(_in_log, person_id))


def _in_log(person_id: int, base: str, first: date, last: date) -> dict[int, int]:
    verb, _slash, theme = base.partition("/")
    return log.by_day(person_id, verb, theme or None, first, last)


def _grant(page: Page, act: Act, deed_id: int, plan: Plan) -> tuple[Award, ...]:
    """Grant the awards this deed completes. What is held stands on the page: nothing is asked for it."""
    shelf = badges.current()
    facts = _facts(page, act, shelf.values())
    keys = of_theirs(act, facts, partial(plan.met, act.verb))
    return grant(page, act, deed_id, [shelf[key] for key in keys]) if keys else ()


def grant(page: Page, act: Act, deed_id: int, awards: Sequence[Award]) -> tuple[Award, ...]:
    """Write the grants down, with the deeds that show why; gives those that were not there."""
    workplace = people.workplace(act.person_id)
    wanted = {verb for award in awards for verb in evidence.verbs(award.rule)}
    seen = log.latest(act.person_id, wanted, evidence.READ)
    statement = (
        insert(Grant)
        .values(
            [
                {
                    "person_id": act.person_id,
                    "award": award.key,
                    "version": award.version,
                    "deed_id": deed_id,
                    "granted_at": act.at,
                    "granted_on": act.day,
                    "place": workplace.site if workplace else "",
                    "evidence": evidence.kept(award.rule, seen),
                }
                for award in awards
            ]
        )
        .on_conflict_do_nothing(index_elements=[Grant.person_id, Grant.award])
        .returning(Grant.award)
    )
    granted = set(db.session.execute(statement).scalars())
    page.awards = sorted({*page.awards, *(award.key for award in awards)})
    new = tuple(award for award in awards if award.key in granted)
    _tell(act, new)
    return new


def _tell(act: Act, awards: Iterable[Award]) -> None:
    """Of several levels at once, the highest is word enough."""
    for award in _without_lower_levels(awards):
        title = {"fr": award.title.fr, "en": award.title.en}
        data = {"award": award.key, "title": title, "medal": award.metal, "kind": award.kind}
        notices.tell([act.person_id], News(TOLD_AS[award.kind], f"award:{award.key}", data), act.at)


def _without_lower_levels(awards: Iterable[Award]) -> list[Award]:
    awards = list(awards)
    levels = [award for award in awards if award.kind is AwardKind.LEVEL]
    lower = sorted(levels, key=lambda award: award.order)[:-1]
    return [award for award in awards if award not in lower]


def of_theirs(act: Act, facts: Facts, met: Callable[[Facts], tuple[str, ...]]) -> tuple[str, ...]:
    """What is met. Whose a track is gets asked only once all its steps are done."""
    keys, shelf = met(facts), badges.current()
    if not any(isinstance(leaf, Walked) for key in keys for leaf in leaves(shelf[key].rule)):
        return keys
    mine = tracks.theirs(act.person_id, act.day)
    return met(replace(facts, tracks={k: v for k, v in facts.tracks.items() if k in mine}))


def _facts(page: Page, act: Act, shelf: Iterable[Award]) -> Facts:
    """What the rules read: all on the page, but for the steps of tracks, asked about when one may be done."""
    held = frozenset(page.awards)
    if act.verb not in STEPS:
        return Facts(page.tallies, held, ever=ever(page))
    asked = steps_asked(award for award in shelf if award.key not in held)
    done = queries.done(act.person_id, frozenset[str]().union(*asked.values()))
    return Facts(page.tallies, held, asked, done, ever=ever(page))


def ever(page: Page) -> dict[str, int]:
    """All the stars and keys there ever were, spent or not, with what the page was just credited with."""
    return {
        Currency.STAR: page.stars_ever + page.stars,
        Currency.KEY: page.keys_ever + page.keys,
    }


def steps_asked(shelf: Iterable[Award]) -> dict[str, frozenset[str]]:
    """The steps of each track an award waits for, named as the deeds that do them."""
    known = releases.current().tracks
    asked = {
        leaf.track for award in shelf for leaf in leaves(award.rule) if isinstance(leaf, Walked)
    }
    return {key: frozenset(map(deed_of, known[key].steps)) for key in asked if key in known}


def deed_of(step: Step) -> str:
    """What the deed that does a step of a track is `once` for its person."""
    return f"lesson:{step.key}" if step.kind is StepKind.LESSON else f"quiz_passed:{step.key}"


def _paid(page: Page, act: Act, awards: tuple[Award, ...], before: Mapping[int, Pay]) -> Earned:
    """Write down what the awards pay with what the deed `before` paid, which is on the page already."""
    by_awards = _award_deeds(act, awards)
    paying.credit(page, sum(by_awards.values(), Pay()))
    paid = {**before, **by_awards}
    paying.enter(act.person_id, paid)
    return Earned(sum(paid.values(), Pay()), awards)


def _award_deeds(act: Act, awards: Iterable[Award]) -> dict[int, Pay]:
    """An award is a deed too, so that its points are explained; gives what each deed pays."""
    paid = {}
    for award in awards:
        result = {"points": award.points}
        number = deeds.record(
            Act(
                act.person_id,
                Verb.AWARD_EARNED,
                award.key,
                act.at,
                act.day,
                f"award:{award.key}",
                result=result,
            )
        )
        if number is not None:
            paid[number] = pay(Verb.AWARD_EARNED, result)
    return paid
