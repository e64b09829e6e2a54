"""What a credential turned out to be, said in the page's language."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from academy.passport.credentials.models import Standing
from academy.passport.credentials.signing import Form
from academy.passport.credentials.verifying import Finding, Point, Verdict

FORMS = {
    Form.PNG: _("Picture (PNG)"),
    Form.SVG: _("Drawing (SVG)"),
    Form.JSON: _("Data (JSON)"),
    Form.JWT: _("Token (JWT)"),
}
POINTS = {
    Point.SIGNATURE: _("Signature"),
    Point.ISSUER: _("Issuer"),
    Point.STATUS: _("In force"),
    Point.DATES: _("Dates"),
    Point.HOLDER: _("Holder"),
    Point.INSIDE: _("What is inside"),
}
VERDICTS = {
    Verdict.HOLDS: _("Holds"),
    Verdict.FAILS: _("Does not hold"),
    Verdict.OPEN: _("Cannot be told here"),
}
FINDINGS = {
    "whole": _("The signature covers every word, and nothing was changed since it was signed."),
    "altered": _(
        "The signature does not fit: something was changed after signing, or it is forged."
    ),
    "not-all-signed": _("It holds words that the signature does not cover. Do not rely on it."),
    "laid-out-otherwise": _(
        "The signature fits, but this record is laid out in a way that cannot be read exactly here: "
        "check it with its issuer."
    ),
    "contradicts-itself": _("What it says around the credential is not what it says inside it."),
    "no-such-key": _("It names a signing key that is not, or no longer, one of this academy’s."),
    "no-proof": _("It carries no signature of a kind that can be checked here."),
    "key-unreadable": _("It names a signing key of a kind that cannot be read here."),
    "key-elsewhere": _(
        "It was signed with a key kept on another site. This page fetches nothing from elsewhere: "
        "check it with its issuer."
    ),
    "ours": _("It was issued by this academy."),
    "claims-to-be-ours": _("It says that it comes from this academy, and it does not."),
    "not-the-key-of-its-issuer": _("It was signed with a key that is not its issuer’s own."),
    "somebody-else": _("It was issued by somebody else. Who that is, this page cannot tell."),
    "not-looked-up": _("Not looked up, since it is not shown to be ours."),
    "kept-elsewhere": _("Its issuer keeps a list of what was revoked. It is not read from here."),
    "none-told": _("It names no list of what was revoked."),
    "not-in-register": _("The academy’s register does not know it."),
    Standing.VALID: _("The academy’s register says that it is in force."),
    Standing.REPLACED: _("It was genuine, and has been replaced: its holder has a newer passport."),
    Standing.REVOKED: _("The academy revoked it."),
    "dates-unreadable": _("It does not say properly from when until when it holds."),
    "not-yet": _("It holds from a later day on."),
    "expired": _("Its time is over."),
    "no-end": _("It has begun, and has no end."),
    "not-ended": _("It has begun, and has not ended."),
    "holder-same": _("It was issued to the address you typed."),
    "holder-other": _("It was not issued to the address you typed."),
    "holder-not-asked": _("It was issued to one e-mail address. Type it, and this page compares."),
    "inside-holds": _("Every credential inside holds by itself."),
    "inside-fails": _("Not every credential inside holds any more: the list says which."),
    "inside-open": _("Not everything inside can be told from here: the list says what."),
    "holder-not-told": _("It does not say to which e-mail address it was issued."),
}
UNREADABLE = {
    "missing": _("Choose a file: a credential, or a picture that carries one."),
    "empty": _("This file is empty. Choose the one that the holder gave you."),
    "nothing-baked": _(
        "This picture carries no credential, or it was damaged: pictures lose theirs when they are "
        "resized or sent through a chat. Ask the holder for the file itself."
    ),
    "not-text": _("This is neither a PNG or SVG picture nor a credential file."),
    "not-json": _("This looks like a credential, but it cannot be read: it was damaged."),
    "not-a-credential": _("This file holds no credential."),
    "not-a-token": _("This looks like a token, but it cannot be read: it was damaged."),
    "not-an-open-badge": _(
        "This is neither an Open Badges 3.0 credential nor a CLR 2.0 record; only those are checked here."
    ),
    "not-badges-inside": _(
        "This record holds something else than Open Badges 3.0 credentials, or too many of them. "
        "Only records of up to 64 such credentials are checked here."
    ),
}


@dataclass(frozen=True, slots=True)
class Conclusion:
    """The page's headline."""

    state: str
    title: object
    words: object


VALID = Conclusion(
    "valid",
    _("This credential is valid"),
    _("This academy issued it, it was not altered, and it is in force."),
)
EXPIRED = Conclusion(
    "replaced", _("This credential has expired"), _("It was genuine, and its time is over.")
)
REPLACED = Conclusion(
    "replaced",
    _("This credential has been replaced"),
    _("It was genuine; its holder has a newer one."),
)
REVOKED = Conclusion(
    "revoked",
    _("This credential was revoked"),
    _("This academy issued it, and took it back."),
)
WRONG_HOLDER = Conclusion(
    "revoked",
    _("This credential is somebody else’s"),
    _("It is genuine, but it was not issued to the address you typed."),
)
PARTLY = Conclusion(
    "replaced",
    _("Part of this record does not hold any more"),
    _(
        "This academy issued it, and not all that is inside is still in force. The list says what is."
    ),
)
FOREIGN = Conclusion(
    "replaced",
    _("This credential is not from this academy"),
    _("What can be told about it from here is below; the rest, only its issuer can tell."),
)
BROKEN = Conclusion(
    "revoked",
    _("Do not rely on this credential"),
    _("Something about it does not hold. The lines below say what."),
)


def conclude(findings: Sequence[Finding]) -> Conclusion:
    """One headline out of five points: the worst of them that is sure."""
    why = {finding.point: finding.why for finding in findings}
    failed = {finding.point for finding in findings if finding.verdict is Verdict.FAILS}
    if failed & {Point.SIGNATURE, Point.ISSUER}:
        return BROKEN
    if Point.STATUS in failed:
        ended: dict[str, Conclusion] = {Standing.REVOKED: REVOKED, Standing.REPLACED: REPLACED}
        return ended.get(why[Point.STATUS], BROKEN)
    if Point.DATES in failed:
        return EXPIRED if why[Point.DATES] == "expired" and _genuine(findings) else BROKEN
    if Point.HOLDER in failed:
        return WRONG_HOLDER if _genuine(findings) else BROKEN
    if Point.INSIDE in failed:
        return PARTLY if _genuine(findings) else BROKEN
    return VALID if _genuine(findings) else FOREIGN


def _genuine(findings: Sequence[Finding]) -> bool:
    return any(each.point is Point.ISSUER and each.verdict is Verdict.HOLDS for each in findings)
