"""What the eight leaves say: strings and drawings, ready to be set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from academy.catalog.tree import Words
from academy.passport import codes
from academy.passport.guilloche import guilloche
from academy.rewards import badges
from academy.rewards.metals import Metal
from academy.rewards.shown import AwardView, VisaView
from academy.web.qr import qr_svg
from academy.web.words import day, language

VISAS_A_LEAF = 6
VISA_LEAVES = 2
AWARDS_A_LEAF = 20
AWARD_LEAVES = 2
LINE = 44
"""Letters in each of the two lines for machines, as ICAO 9303 has them."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose passport it is; `code` and `address` are empty until it is issued."""

    name: str
    entity: str
    company: str
    since: date
    issued_on: date | None
    code: str
    address: str
    without_code: str
    """What to say where there is no code to show."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A visa or a badge on a leaf: its drawing as SVG, a title, and a line or two under it."""

    drawing: str
    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coming:
    """A visa on the way: `share` of it is done, from 0 to 1."""

    title: str
    said: str
    share: float


@dataclass(frozen=True, slots=True)
class Contents:
    """All a booklet says, in one language. What finds no room is counted in the `_rest`."""

    language: str
    labels: dict[str, str]
    company: str
    holder: str
    identity: tuple[tuple[str, str], ...]
    code: str
    address: str
    without_code: str
    qr: str
    lines: str
    machine: tuple[str, str]
    visas: tuple[tuple[Mark, ...], ...]
    visas_rest: str
    coming: tuple[Coming, ...]
    awards: tuple[tuple[Mark, ...], ...]
    awards_rest: str
    printed: str


def contents(
    holder: Holder, visas: Sequence[VisaView], awards: Sequence[AwardView], today: date
) -> Contents:
    """The booklet of what is held; visas not granted yet tell how far they have come."""
    granted = [each for each in visas if each.granted_on]
    visa_leaves, more_visas = dealt([_visa(each) for each in granted], VISAS_A_LEAF, VISA_LEAVES)
    award_leaves, more_awards = dealt(
        [_award(each) for each in awards], AWARDS_A_LEAF, AWARD_LEAVES
    )
    return Contents(
        language=language(),
        labels=_labels(),
        company=holder.company,
        holder=holder.name,
        identity=tuple(_identity(holder)),
        code=codes.grouped(holder.code) if holder.code else "",
        address=holder.address,
        without_code=holder.without_code,
        qr=qr_svg(holder.address) if holder.address else "",
        lines=_fine_lines(holder),
        machine=_machine(holder),
        visas=visa_leaves,
        visas_rest=_("%(count)s more on the page of the passport", count=more_visas)
        if more_visas
        else "",
        coming=tuple(_coming(each) for each in visas if not each.granted_on and each.need),
        awards=award_leaves,
        awards_rest=_("%(count)s more on the page of the passport", count=more_awards)
        if more_awards
        else "",
        printed=_("Printed on %(day)s.", day=day(today)),
    )


def dealt(
    marks: Sequence[Mark], a_leaf: int, leaves: int
) -> tuple[tuple[tuple[Mark, ...], ...], int]:
    """The marks leaf by leaf, always so many leaves; and how many find no room."""
    room = a_leaf * leaves
    dealt = tuple(tuple(marks[leaf * a_leaf : (leaf + 1) * a_leaf]) for leaf in range(leaves))
    return dealt, max(0, len(marks) - room)


def _visa(visa: VisaView) -> Mark:
    lines = (day(visa.granted_on) if visa.granted_on else "", visa.place)
    return Mark(_drawing(visa.key), _said(visa.title), tuple(line for line in lines if line))


def _award(award: AwardView) -> Mark:
    lines = (_metal(award.medal), day(award.granted_on) if award.granted_on else "")
    return Mark(_drawing(award.key), _said(award.title), tuple(line for line in lines if line))


def _coming(visa: VisaView) -> Coming:
    return Coming(_said(visa.title), visa.explanation, min(1.0, visa.have / visa.need))


def _said(title: Words) -> str:
    return title.said(language())


def _metal(metal: str) -> str:
    match metal:
        case Metal.GOLD:
            return _("Gold medal")
        case Metal.SILVER:
            return _("Silver medal")
        case Metal.BRONZE:
            return _("Bronze medal")
        case _:
            return ""


def _drawing(key: str) -> str:
    """Nothing for an award that the academy has no drawing of any more."""
    found = badges.current().get(key)
    return found.picture.decode("utf-8-sig") if found else ""


def _identity(holder: Holder) -> Iterable[tuple[str, str]]:
    yield _("Holder"), holder.name
    if holder.entity:
        yield _("Entity"), holder.entity
    yield _("Learning since"), day(holder.since)
    if holder.issued_on:
        yield _("Issued on"), day(holder.issued_on)


def _machine(holder: Holder) -> tuple[str, str]:
    """The two lines at the foot of a passport; a wink, read by nobody's machine."""
    filler = "<" * LINE
    first = f"P<ACADEMY<<{holder.name.upper().replace(' ', '<')}{filler}"
    second = f"{holder.code.upper().replace('-', '')}<<{holder.since.isoformat().replace('-', '')}{filler}"
    return first[:LINE], second[:LINE]


def _fine_lines(holder: Holder) -> str:
    """The lines behind the page, with their strokes inside: there is no style sheet on paper."""
    style = (
        "<style>.guilloche-line,.guilloche-accent{fill:none;stroke-width:.5}"
        ".guilloche-line{stroke:#f0e3dd}.guilloche-accent{stroke:#e2e7f1}</style>"
    )
    drawn = guilloche(holder.code or holder.name, 420, 592)
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).replace(
        ">", f">{style}", 1
    )


def _labels() -> dict[str, str]:
    return {
        "title": _("Digital passport"),
        "identity": _("Identity"),
        "code": _("Code of this passport"),
        "qr": _("QR code of the verification page"),
        "visas": _("Visas"),
        "visas_more": _("Visas, continued"),
        "coming": _("On the way"),
        "all_won": _("Every visa there is. Nothing left on the way, for now."),
        "awards": _("Badges and medals"),
        "awards_more": _("Badges and medals, continued"),
        "blank": _("A blank page, for now."),
        "verify": _("Is it genuine?"),
        "verify_how": _(
            "Scan the code on the page of identity, or type this address. No account needed."
        ),
        "verify_what": _(
            "The academy shows what it certified, word for word, and whether it still stands."
        ),
    }
