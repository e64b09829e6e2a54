"""Recording deeds and everything they earn, in one transaction, once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import delete

from academy import database
from academy.catalog import releases
from academy.catalog.tracks import Step, StepKind
from academy.database import db, insert
from academy.deeds import queries as log
from academy.deeds import services as deeds
from academy.deeds.models import Deed
from academy.deeds.services import Act
from academy.deeds.verbs import Verb
from academy.notices import services as notices
from academy.notices.kinds import Kind
from academy.notices.services import News
from academy.people import queries as people
from academy.rewards import badges, queries
from academy.rewards.badges import Award, AwardKind
from academy.rewards.models import Balance, Grant, LedgerEntry, Tally
from academy.rewards.rules import Facts, Walked, leaves, listens_to, measures, newly_met
from academy.rewards.tariff import Currency, Pay, pay
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
    AwardKind.VISA: Kind.VISA,
    AwardKind.PASSPORT: Kind.PASSPORT,
}


def record(act: Act) -> Earned:
    """Write the deed, pay it, count it, grant what it completes. The caller commits."""
    database.one_at_a_time(act.person_id)  # two deeds at once must see one another's tallies
    number = deeds.record(act)
    if number is None:
        return NOTHING
    paid = {number: pay(act.verb, act.result)}
    _count(act.person_id, measures(act.verb, act.theme, act.result))
    awards = _grant(act, number)
    paid.update(_award_deeds(act, awards))
    _pay_out(act.person_id, paid)
    return Earned(sum(paid.values(), Pay()), awards)


def rebuild(person_id: int) -> None:
    """Make tallies and lifetime balances anew from the log; what was spent stays spent."""
    database.one_at_a_time(person_id)
    spent = {row.currency: row.lifetime - row.spendable for row in queries.balance_rows(person_id)}
    db.session.execute(delete(Tally).where(Tally.person_id == person_id))
    db.session.execute(delete(Balance).where(Balance.person_id == person_id))
    tallies: dict[str, int] = {}
    total = Pay()
    for deed in log.deeds_of(person_id):
        total += pay(Verb(deed.verb), deed.result)
        for measure, amount in _measures_of(deed).items():
            tallies[measure] = tallies.get(measure, 0) + amount
    _count(person_id, tallies)
    _credit(person_id, total.amounts(), spent)


def _measures_of(deed: Deed) -> Mapping[str, int]:
    if deed.verb == Verb.AWARD_EARNED:
        return {}
    return measures(deed.verb, deed.theme, deed.result)


def _count(person_id: int, added: Mapping[str, int]) -> None:
    if not added:
        return
    statement = insert(Tally).values(
        [{"person_id": person_id, "measure": key, "amount": n} for key, n in added.items()]
    )
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=[Tally.person_id, Tally.measure],
            set_={"amount": Tally.amount + statement.excluded.amount},
        )
    )


def _grant(act: Act, deed_id: int) -> tuple[Award, ...]:
    """Grant the awards this deed completes; only rules that listen to its verb are looked at first."""
    shelf = badges.current()
    if not any(act.verb in listens_to(award.rule) for award in shelf.values()):
        return ()
    facts = _facts(act.person_id, shelf.values())
    keys = _met(act, shelf, facts)
    if not keys:
        return ()
    workplace = people.workplace(act.person_id)
    statement = (
        insert(Grant)
        .values(
            [
                {
                    "person_id": act.person_id,
                    "award": key,
                    "version": shelf[key].version,
                    "deed_id": deed_id,
                    "granted_at": act.at,
                    "granted_on": act.day,
                    "place": workplace.site if workplace else "",
                }
                for key in keys
            ]
        )
        .on_conflict_do_nothing(index_elements=[Grant.person_id, Grant.award])
        .returning(Grant.award)
    )
    granted = set(db.session.execute(statement).scalars())
    awards = tuple(shelf[key] for key in keys if key in granted)
    _tell(act, awards)
    return awards


def _tell(act: Act, awards: Iterable[Award]) -> None:
    for award in awards:
        title = {"fr": award.title.fr, "en": award.title.en}
        data = {"award": award.key, "title": title, "medal": award.metal}
        notices.tell([act.person_id], News(TOLD_AS[award.kind], f"award:{award.key}", data), act.at)


def _met(act: Act, shelf: Mapping[str, Award], facts: Facts) -> tuple[str, ...]:
    """The awards earned by now. Whose a track is gets asked only once all its steps are done."""
    rules = [(award.key, award.rule) for award in shelf.values()]
    keys = newly_met(rules, facts)
    if not any(isinstance(leaf, Walked) for key in keys for leaf in leaves(shelf[key].rule)):
        return keys
    mine = tracks.theirs(act.person_id, act.day)
    steps = {key: steps for key, steps in facts.tracks.items() if key in mine}
    return newly_met(rules, replace(facts, tracks=steps))


def _facts(person_id: int, shelf: Iterable[Award]) -> Facts:
    """One statement, whatever the rules ask and however long the history."""
    asked = steps_asked(shelf)
    known = queries.known(person_id, frozenset[str]().union(*asked.values()))
    return Facts(known.tallies, known.held, asked, known.done)


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


def _pay_out(person_id: int, paid: Mapping[int, Pay]) -> None:
    """One ledger line per deed and currency, and the balances they add up to."""
    lines = [
        {"person_id": person_id, "deed_id": deed, "currency": currency, "amount": amount}
        for deed, each in paid.items()
        for currency, amount in each.amounts().items()
    ]
    if not lines:
        return
    db.session.execute(insert(LedgerEntry).values(lines))
    _credit(person_id, sum(paid.values(), Pay()).amounts(), {})


def _credit(
    person_id: int, amounts: Mapping[Currency, int], already_spent: Mapping[str, int]
) -> None:
    rows: Sequence[dict[str, object]] = [
        {
            "person_id": person_id,
            "currency": currency,
            "lifetime": amount,
            "spendable": amount - already_spent.get(currency, 0),
        }
        for currency, amount in amounts.items()
    ]
    if not rows:
        return
    statement = insert(Balance).values(rows)
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=[Balance.person_id, Balance.currency],
            set_={
                "lifetime": Balance.lifetime + statement.excluded.lifetime,
                "spendable": Balance.spendable + statement.excluded.spendable,
            },
        )
    )
