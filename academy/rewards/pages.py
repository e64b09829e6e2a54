"""What the page of one award shows."""

from dataclasses import dataclass
from datetime import date, datetime

from academy.catalog.tree import Words
from academy.rewards import queries, rule_words, shown, words
from academy.rewards.badges import Award
from academy.rewards.models import AwardVersion, Grant
from academy.rewards.rules import Facts, evaluate
from academy.rewards.shown import AwardView
from academy.web.words import language


@dataclass(frozen=True, slots=True)
class Proof:
    """One deed that counted."""

    on: date
    words: str


@dataclass(frozen=True, slots=True)
class AwardPage:
    """`asked` is what the rule asked for when it was earned, `number` which rule of this award it was."""

    award: AwardView
    asked: str
    number: int | None = None
    changed: bool = False
    place: str = ""
    proofs: tuple[Proof, ...] = ()
    withdrawn_at: datetime | None = None
    reason: str = ""


def held(award: Award, grant: Grant, version: AwardVersion | None) -> AwardPage:
    """For who holds it, or held it until it was withdrawn."""
    now = rule_words.asks(evaluate(award.rule, Facts({})))
    asked = Words(version.asks["fr"], version.asks["en"]).said(language()) if version else now
    return AwardPage(
        award=shown.won(award, None if grant.revoked_at else grant.granted_on),
        asked=asked,
        number=version.number if version else None,
        changed=grant.version != award.version,
        place=grant.place,
        proofs=tuple(
            Proof(
                date.fromisoformat(deed["on"]),
                words.deed(deed["verb"], deed["subject"], deed["result"]),
            )
            for deed in grant.evidence
        ),
        withdrawn_at=grant.revoked_at,
        reason=grant.revoked_reason,
    )


def to_come(award: Award, person_id: int, today: date) -> AwardPage:
    """For who does not hold it: how far they are."""
    granted = queries.grants(person_id)
    facts = shown.facts_of(person_id, frozenset(granted), today)
    view = shown.award_view(award, facts, granted)
    return AwardPage(award=view, asked=rule_words.asks(evaluate(award.rule, facts)))
